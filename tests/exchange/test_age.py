"""The envelope: readable by age, unreadable once a bit of it changed."""

import base64
import io
import random
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.errors import InvalidValue, KnownError, NewerFile, UnreadableFile
from ivaudit.exchange import age_file, age_header, age_keys, age_recipients, signing

PRIVATE = bytes.fromhex("5864164c429f7a0b16d0b8a96b8676ac95b08c5e8f843d1a1ebfe5bef5e88c0b")
COST = (19 * 1024, 2, 1)

IDENTITY = "AGE-SECRET-KEY-1TPJPGJV998ASPVZJKKMJHZMERSFWX64T7P5X4K2H2GNHSUSHXXGQJY5FNA"
BY_RAGE = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBYcnBCMkdvUzhhSkVhRkFZOGRxS0JsQm55ZGNhRXc4SDFxTExaN3NHcGdNCmdY"
    "WmhlbzYxWlhPdmxYeldoWXRieXBKd3l1UDY5OUp1WDFabytuZ0VJOEkKLT4gWC1ncmVhc2UgcDw6W1sgUjhHRDhyO2sgPmZaXzdlClNz"
    "c3FaNkQ0aUFoRWpvZU14SEhrK0tXY0JCcjU5SzJpYktDbXNMUWhRbm9YcHgzNWVUNXV2MUpVL0tmYjVTcVAKb296UXBqNVV3RFFmV3Fw"
    "OVIvd2dPa0xubkxJeGJydVR5MWtSdVFCMHpYZXVoc1p0ZS9CcE9CWVNnSFdiMGVNCi0tLSBuY0oyYVFzZWx1bUhpM1FsN3d6Szg4OWU5"
    "aUlFTGx6WmpNZXRqV2F2Ti93CpcITn9JHTxq4vmGbNyaw+SnScmJMdefrKpWNWy56srNGB1yztLb6ReHkuPqhvD2"
)
"""A file that another program of the format, rage 1.4 (through pyrage), wrote for that identity."""


def sealed(data: bytes, *, passphrase: str = "") -> tuple[bytes, bytes]:
    out = io.BytesIO()
    file_key = secrets.token_bytes(16)
    stanzas = [age_recipients.to_key(file_key, signing.public_reading_key(PRIVATE))]
    if passphrase:
        salt = secrets.token_bytes(16)
        stanzas.append(
            age_recipients.to_passphrase(file_key, passphrase, salt, age_recipients.argon2id, COST)
        )
    sealer = age_file.Sealer(out, file_key, stanzas)
    sealer.write(data)
    sealer.finish()
    return out.getvalue(), file_key


def opened(raw: bytes, private: bytes = PRIVATE) -> bytes:
    source = io.BytesIO(raw)
    key = age_recipients.file_key_by_key(age_header.read_header(source), private)
    if key is None:
        raise UnreadableFile("pas pour cette clé")
    return b"".join(age_file.payload(source, key))


def test_a_file_of_another_program_of_the_format_is_read() -> None:
    signs = IDENTITY.lower().rpartition("1")[2][:-6]
    values = ["qpzry9x8gf2tvdw0s3jn54khce6mua7l".index(each) for each in signs]
    bits = "".join(f"{each:05b}" for each in values)[:256]
    assert opened(base64.b64decode(BY_RAGE), int(bits, 2).to_bytes(32, "big")) == "Écrit par rage".encode()


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_what_was_written_is_read_again(size: int) -> None:
    data = random.Random(size).randbytes(size)  # noqa: S311 - no secret
    assert opened(sealed(data)[0]) == data


def test_a_passphrase_opens_however_its_accents_and_spaces_are_typed() -> None:
    raw, file_key = sealed(b"texte", passphrase="été à la  campagne")
    header = age_header.read_header(io.BytesIO(raw))
    assert age_recipients.takes_passphrase(header)
    typed = "e\u0301te\u0301 a\u0300 la campagne "
    found = age_recipients.file_key_by_passphrase(header, typed, age_recipients.argon2id)
    assert found == file_key
    assert age_recipients.file_key_by_passphrase(header, "autre", age_recipients.argon2id) is None


def test_every_changed_bit_shows() -> None:
    raw, _ = sealed(b"a" * 70_000, passphrase="été")
    chance = random.Random(7)  # noqa: S311 - no secret
    places = [*range(24), *(chance.randrange(len(raw) * 8) for _ in range(200))]
    for place in places:
        changed = bytearray(raw)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(KnownError):
            opened(bytes(changed))


@pytest.mark.parametrize("cut", [1, 16, 65_552, 70_000])
def test_a_file_that_was_cut_shows(cut: int) -> None:
    raw, _ = sealed(b"a" * 140_000)
    with pytest.raises(UnreadableFile):
        opened(raw[:-cut])


def test_chunks_in_another_order_show() -> None:
    raw, _ = sealed(b"a" * 65_536 + b"b" * 65_536 + b"c")
    start = age_header.read_header(io.BytesIO(raw)).size + 16
    size = 65_536 + 16
    first, second, rest = (
        raw[start : start + size],
        raw[start + size : start + 2 * size],
        raw[start + 2 * size :],
    )
    with pytest.raises(UnreadableFile):
        opened(raw[:start] + second + first + rest)


def test_a_later_format_is_refused_by_its_name() -> None:
    with pytest.raises(NewerFile):
        age_header.read_header(io.BytesIO(b"age-encryption.org/v2\n-> X25519 a\n"))


@pytest.mark.parametrize(
    "raw", [b"", b"PK\x03\x04", b"age-encryption", b"age-encryption.org/v1\n", b"\x00" * 99]
)
def test_another_file_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableFile):
        age_header.read_header(io.BytesIO(raw))


def test_a_derivation_that_would_take_all_the_memory_is_refused() -> None:
    stanza = age_header.Stanza(words=("ivaudit.argon2id", "A" * 22, "4194304", "3", "4"), body=b"x" * 32)
    header = age_header.Header(stanzas=(stanza,), signed=b"", mac=b"", size=0)
    with pytest.raises(UnreadableFile, match="hors des limites"):
        age_recipients.file_key_by_passphrase(header, "phrase", age_recipients.argon2id)


@given(st.binary(min_size=32, max_size=32))
def test_a_key_is_written_and_understood(public: bytes) -> None:
    assert age_keys.understood(f" {age_keys.written(public).upper()}\n") == public


def test_a_key_is_written_as_age_does() -> None:
    """The recipient that rage gives for its identity above."""
    signs = IDENTITY.lower().rpartition("1")[2][:-6]
    bits = "".join(f"{'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.index(each):05b}" for each in signs)[:256]
    public = signing.public_reading_key(int(bits, 2).to_bytes(32, "big"))
    assert age_keys.written(public) == "age1ayjq89kqmt89c6smmvpy832gyudxtnslgkkax4glsq0jxe0g6ersv2lcfx"


@pytest.mark.parametrize("text", ["", "age1", "age1qqqq", "bonjour", "age1" + "q" * 58, "age1é" + "q" * 57])
def test_a_miscopied_key_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        age_keys.understood(text)
