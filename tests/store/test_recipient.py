"""The key of a facility: what it opens, how its codes are typed, and what it never is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.errors import (
    CorruptFile,
    InvalidValue,
    NotAllowedNow,
    WrongFacilityKey,
    WrongPassphrase,
)
from ivaudit.store import key_file, keys, recipient
from ivaudit.store.keys import FLOOR
from ivaudit.store.recovery_code import ALPHABET

SECRET = "sept mots pour ouvrir un dossier fictif"


@pytest.fixture
def made(tmp_path: Path) -> bytes:
    data_key, _ = keys.create(tmp_path, SECRET, cost=FLOOR, with_recovery=True)
    return data_key


def test_the_private_half_opens_and_the_passphrase_still_does(tmp_path: Path, made: bytes) -> None:
    private, public = recipient.new_pair()
    keys.add_facility(tmp_path, made, public)
    found = keys.unlock(tmp_path, recovery_code=recipient.private_code(private))
    assert (found.data_key, found.cost) == (made, FLOOR)
    assert keys.unlock(tmp_path, passphrase=SECRET).data_key == made
    assert keys.has_recovery(tmp_path)


def test_the_file_of_the_key_opens_whatever_stands_around_its_code(tmp_path: Path, made: bytes) -> None:
    private, public = recipient.new_pair()
    keys.add_facility(tmp_path, made, public)
    text = (
        f"Clé\r\nEmpreinte : {recipient.fingerprint(public)}\r\nCode : {recipient.private_code(private)}\r\n"
    )
    assert keys.unlock(tmp_path, recovery_code=text).data_key == made


def test_another_key_is_refused_and_the_sentence_says_which_opens(tmp_path: Path, made: bytes) -> None:
    _, public = recipient.new_pair()
    other, _ = recipient.new_pair()
    slot = keys.add_facility(tmp_path, made, public)
    with pytest.raises(WrongFacilityKey, match=slot.fingerprint):
        keys.unlock(tmp_path, recovery_code=recipient.private_code(other))


def test_without_a_key_the_sentence_says_so(tmp_path: Path, made: bytes) -> None:
    assert made
    private, _ = recipient.new_pair()
    with pytest.raises(NotAllowedNow, match="Aucune clé d'établissement"):
        keys.unlock(tmp_path, recovery_code=recipient.private_code(private))


def test_a_new_key_replaces_the_former_and_one_removed_opens_no_more(tmp_path: Path, made: bytes) -> None:
    former, public = recipient.new_pair()
    keys.add_facility(tmp_path, made, public)
    latter, public = recipient.new_pair()
    keys.add_facility(tmp_path, made, public)
    with pytest.raises(WrongPassphrase):
        keys.unlock(tmp_path, recovery_code=recipient.private_code(former))
    assert keys.unlock(tmp_path, recovery_code=recipient.private_code(latter)).data_key == made
    keys.remove_facility(tmp_path)
    assert keys.facility(tmp_path) is None
    with pytest.raises(NotAllowedNow):
        keys.unlock(tmp_path, recovery_code=recipient.private_code(latter))


def test_a_changed_passphrase_and_a_renewed_sheet_keep_the_key(tmp_path: Path, made: bytes) -> None:
    private, public = recipient.new_pair()
    keys.add_facility(tmp_path, made, public)
    keys.change_passphrase(tmp_path, made, "une autre phrase", cost=FLOOR)
    keys.renew_recovery(tmp_path, made, cost=FLOOR)
    assert keys.unlock(tmp_path, recovery_code=recipient.private_code(private)).data_key == made


@pytest.mark.parametrize("public", [bytes(32), b"short"])
def test_what_is_no_public_key_is_refused(tmp_path: Path, made: bytes, public: bytes) -> None:
    before = (tmp_path / key_file.MAIN).read_bytes()
    with pytest.raises(InvalidValue):
        keys.add_facility(tmp_path, made, public)
    assert (tmp_path / key_file.MAIN).read_bytes() == before


def test_every_part_of_the_slot_is_authenticated(made: bytes) -> None:
    private, public = recipient.new_pair()
    sound = recipient.wrap(made, public, "2026-11-21")
    for name in ("public", "ephemeral", "nonce", "wrapped"):
        raw = sound.as_json()
        flipped = bytearray(bytes.fromhex(str(raw[name])))
        flipped[0] ^= 1
        assert recipient.unwrap(recipient.read_slot({**raw, name: flipped.hex()}), private) is None
    moved = recipient.read_slot({**sound.as_json(), "added": "2020-01-01"})
    assert recipient.unwrap(moved, private) is None
    assert recipient.unwrap(sound, private) == made


@pytest.mark.parametrize("part", [{"public": "00"}, {"scheme": "autre"}, {"nonce": None}, {"wrapped": "x"}])
def test_misshapen_slots_are_refused(made: bytes, part: dict[str, object]) -> None:
    slot = recipient.wrap(made, recipient.new_pair()[1], "2026-11-21")
    with pytest.raises(CorruptFile):
        recipient.read_slot({**slot.as_json(), **part})


@given(key=st.binary(min_size=32, max_size=32))
def test_codes_come_back_and_never_pass_for_the_other_half(key: bytes) -> None:
    private, public = recipient.private_code(key), recipient.public_code(key)
    assert recipient.private_of(private.lower().replace("-", " ")) == key
    assert recipient.public_of(public) == key
    assert recipient.public_of(private) is None
    assert recipient.private_of(public) is None


@given(key=st.binary(min_size=32, max_size=32), place=st.integers(0, 55), shift=st.integers(1, 31))
def test_one_wrong_sign_is_noticed(key: bytes, place: int, shift: int) -> None:
    signs = recipient.private_code(key).replace("-", "")
    wrong = ALPHABET[(ALPHABET.index(signs[place]) + shift) % 32]
    assert recipient.private_of(signs[:place] + wrong + signs[place + 1 :]) is None


def test_neither_the_data_key_nor_the_private_half_is_written(tmp_path: Path, made: bytes) -> None:
    private, public = recipient.new_pair()
    keys.add_facility(tmp_path, made, public)
    raw = (tmp_path / key_file.MAIN).read_text(encoding="utf-8")
    assert made.hex() not in raw
    assert private.hex() not in raw
    assert public.hex() in raw
