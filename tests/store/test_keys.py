"""The key file: what opens it, what does not, what survives damage."""

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.errors import (
    CorruptFile,
    DiskFull,
    KnownError,
    NewerFile,
    NotAllowedNow,
    WrongPassphrase,
    WrongRecoveryCode,
)
from ivaudit.store import key_file, key_slots, keys
from ivaudit.store.keys import CEILING, FLOOR, STANDARD, KdfCost
from ivaudit.store.recovery_code import ALPHABET, new_recovery_code, understood

SECRET = "un deux trois quatre cinq six sept"


def _made(folder: Path, *, with_recovery: bool = False) -> tuple[bytes, str | None]:
    return keys.create(folder, SECRET, cost=FLOOR, with_recovery=with_recovery)


def _rewritten(folder: Path, **parts: object) -> None:
    """Rewrite both copies, with a sum that fits, as someone who wants to be believed would."""
    content = json.loads((folder / key_file.MAIN).read_text(encoding="utf-8")) | parts
    content.pop("sum")
    raw = json.dumps({**content, "sum": key_file._sum(content)})
    for name in (key_file.MAIN, key_file.TWIN):
        (folder / name).write_text(raw, encoding="utf-8")


def _slot(folder: Path, **kdf: object) -> dict[str, object]:
    slot = json.loads((folder / key_file.MAIN).read_text(encoding="utf-8"))["slots"][0]
    return {**slot, "kdf": {**slot["kdf"], **kdf}}


def test_the_passphrase_opens_and_another_does_not(tmp_path: Path) -> None:
    data_key, _ = _made(tmp_path)
    assert keys.unlock(tmp_path, passphrase=SECRET).data_key == data_key
    with pytest.raises(WrongPassphrase, match="phrase de passe n'ouvre pas"):
        keys.unlock(tmp_path, passphrase=SECRET + " ")


def test_accents_typed_in_two_ways_are_the_same(tmp_path: Path) -> None:
    data_key, _ = keys.create(tmp_path, "phrase protégée", cost=FLOOR, with_recovery=False)
    assert keys.unlock(tmp_path, passphrase="phrase prote\u0301ge\u0301e").data_key == data_key


def test_the_recovery_code_opens_however_it_is_typed(tmp_path: Path) -> None:
    data_key, code = _made(tmp_path, with_recovery=True)
    assert code is not None
    assert keys.has_recovery(tmp_path)
    typed = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l").replace("v", "u")
    for each in (code, typed, f" {code} "):
        assert keys.unlock(tmp_path, recovery_code=each).data_key == data_key


def test_another_or_mistyped_code_does_not_open(tmp_path: Path) -> None:
    _, code = _made(tmp_path, with_recovery=True)
    assert code is not None
    for typed in (new_recovery_code(), code[:-1], "", "é" * 28):
        with pytest.raises(WrongRecoveryCode, match="code de secours"):
            keys.unlock(tmp_path, recovery_code=typed)


def test_without_a_recovery_sheet_the_sentence_says_so(tmp_path: Path) -> None:
    _made(tmp_path)
    assert not keys.has_recovery(tmp_path)
    with pytest.raises(NotAllowedNow, match="pas de feuille de secours"):
        keys.unlock(tmp_path, recovery_code=new_recovery_code())


def test_codes_are_long_grouped_and_all_different() -> None:
    codes = {new_recovery_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [4] * 7
        assert set(code) <= set(ALPHABET + "-")


@given(st.integers(0, 27), st.integers(1, 31))
def test_one_wrong_sign_is_always_noticed(place: int, shift: int) -> None:
    signs = understood(new_recovery_code()) or ""
    wrong = ALPHABET[(ALPHABET.index(signs[place]) + shift) % 32]
    assert understood(signs) == signs
    assert understood(signs[:place] + wrong + signs[place + 1 :]) is None


def test_a_new_passphrase_replaces_the_former_and_leaves_the_code(tmp_path: Path) -> None:
    data_key, code = _made(tmp_path, with_recovery=True)
    keys.change_passphrase(tmp_path, data_key, "une autre phrase", cost=FLOOR)
    assert keys.unlock(tmp_path, passphrase="une autre phrase").data_key == data_key
    assert keys.unlock(tmp_path, recovery_code=code).data_key == data_key
    with pytest.raises(WrongPassphrase):
        keys.unlock(tmp_path, passphrase=SECRET)


def test_a_new_code_replaces_the_former_and_leaves_the_passphrase(tmp_path: Path) -> None:
    data_key, former = _made(tmp_path, with_recovery=True)
    code = keys.renew_recovery(tmp_path, data_key, cost=FLOOR)
    assert keys.unlock(tmp_path, recovery_code=code).data_key == data_key
    assert keys.unlock(tmp_path, passphrase=SECRET).data_key == data_key
    with pytest.raises(WrongRecoveryCode):
        keys.unlock(tmp_path, recovery_code=former)


@pytest.mark.parametrize("damage", [b"", b"{", b"[" * 60_000, b'{"format":"autre"}', b"\xff" * 70_000])
def test_the_twin_opens_when_the_first_copy_is_damaged(tmp_path: Path, damage: bytes) -> None:
    data_key, _ = _made(tmp_path)
    (tmp_path / key_file.MAIN).write_bytes(damage)
    assert keys.unlock(tmp_path, passphrase=SECRET).data_key == data_key
    keys.mend(tmp_path)
    assert (tmp_path / key_file.MAIN).read_bytes() == (tmp_path / key_file.TWIN).read_bytes() != damage


def test_each_flipped_bit_of_the_first_copy_is_noticed(tmp_path: Path) -> None:
    data_key, _ = _made(tmp_path)
    sound = (tmp_path / key_file.MAIN).read_bytes()
    for place in range(0, len(sound), 23):
        flipped = bytearray(sound)
        flipped[place] ^= 1
        (tmp_path / key_file.MAIN).write_bytes(flipped)
        keys.mend(tmp_path)
        healed = (tmp_path / key_file.MAIN).read_bytes()
        # A space may become another sign that JSON skips: the content is then the same.
        assert json.loads(healed) == json.loads(sound)
        (tmp_path / key_file.MAIN).write_bytes(sound)
    assert keys.unlock(tmp_path, passphrase=SECRET).data_key == data_key


def test_with_both_copies_gone_the_sentence_names_the_backup(tmp_path: Path) -> None:
    _made(tmp_path)
    (tmp_path / key_file.MAIN).unlink()
    (tmp_path / key_file.TWIN).write_bytes(b"{}")
    with pytest.raises(CorruptFile, match="sauvegarde"):
        keys.unlock(tmp_path, passphrase=SECRET)


def test_a_newer_key_file_is_refused(tmp_path: Path) -> None:
    _made(tmp_path)
    _rewritten(tmp_path, version=3)
    with pytest.raises(NewerFile):
        keys.unlock(tmp_path, passphrase=SECRET)


@pytest.mark.parametrize(
    "kdf",
    [
        {"memory_kib": FLOOR.memory_kib - 1},
        {"iterations": FLOOR.iterations - 1},
        {"lanes": 0},
        {"memory_kib": 100 * 1024 * 1024},
        {"iterations": 10**9},
        {"lanes": CEILING.lanes + 1},
        {"memory_kib": "65536"},
        {"memory_kib": True},
        {"name": "md5"},
        {"more": 1},
    ],
)
def test_a_weakened_or_ruinous_derivation_is_refused_before_it_runs(
    tmp_path: Path, kdf: dict[str, object]
) -> None:
    _made(tmp_path)
    _rewritten(tmp_path, slots=[_slot(tmp_path, **kdf)])
    with pytest.raises(CorruptFile):
        keys.unlock(tmp_path, passphrase=SECRET)


def test_the_derivation_written_beside_the_key_is_authenticated(tmp_path: Path) -> None:
    _made(tmp_path)
    _rewritten(tmp_path, slots=[_slot(tmp_path, iterations=FLOOR.iterations + 1)])
    with pytest.raises(WrongPassphrase):
        keys.unlock(tmp_path, passphrase=SECRET)


@pytest.mark.parametrize("slots", [[], "x", [{}], [{}] * 9, [{"kind": "phrase", "kdf": 3}]])
def test_misshapen_slots_are_refused(tmp_path: Path, slots: object) -> None:
    _made(tmp_path)
    _rewritten(tmp_path, slots=slots)
    with pytest.raises(CorruptFile):
        keys.unlock(tmp_path, passphrase=SECRET)


def test_what_is_used_by_default_is_well_above_the_floor() -> None:
    assert STANDARD.within(FLOOR, CEILING)
    assert STANDARD.memory_kib >= 3 * FLOOR.memory_kib
    assert not KdfCost(memory_kib=8, iterations=1, lanes=1).within(FLOOR, CEILING)


def test_a_slot_of_one_kind_does_not_pass_for_another() -> None:
    slot = key_slots.wrap(bytes(32), SECRET, key_slots.PASSPHRASE, FLOOR)
    assert key_slots.unwrap(slot, SECRET) == bytes(32)
    assert key_slots.unwrap(replace(slot, kind=key_slots.RECOVERY), SECRET) is None


@pytest.mark.parametrize(("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EIO, KnownError)])
def test_a_failing_disk_leaves_the_former_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[KnownError]
) -> None:
    data_key, _ = _made(tmp_path)
    before = sorted((path.name, path.read_bytes()) for path in tmp_path.iterdir())

    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(error):
            keys.change_passphrase(tmp_path, data_key, "une autre phrase", cost=FLOOR)
    assert sorted((path.name, path.read_bytes()) for path in tmp_path.iterdir()) == before
    assert keys.unlock(tmp_path, passphrase=SECRET).data_key == data_key


def test_a_stop_between_the_two_copies_is_mended_for_the_newer(tmp_path: Path) -> None:
    data_key, _ = _made(tmp_path)
    former = (tmp_path / key_file.TWIN).read_bytes()
    keys.change_passphrase(tmp_path, data_key, "une autre phrase", cost=FLOOR)
    (tmp_path / key_file.TWIN).write_bytes(former)
    with pytest.raises(WrongPassphrase):
        keys.unlock(tmp_path, passphrase=SECRET)
    keys.mend(tmp_path)
    assert (tmp_path / key_file.TWIN).read_bytes() == (tmp_path / key_file.MAIN).read_bytes()


def test_no_secret_stands_in_the_key_file(tmp_path: Path) -> None:
    data_key, code = _made(tmp_path, with_recovery=True)
    assert code is not None
    for name in (key_file.MAIN, key_file.TWIN):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
        assert SECRET not in text
        assert data_key.hex() not in text
        assert code.replace("-", "") not in text.replace("-", "")
