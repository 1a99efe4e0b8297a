"""The keys of this copy for exchanges: one that signs, one that is written to; and whom others are known by.

Both are made on first need and kept in the encrypted database, this copy's only. A signature proves which
copy made a file, not who sat before it: people compare fingerprints once, then the program remembers.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ivaudit.app.session import Session
from ivaudit.exchange import age_keys, signing

_PAIRS = "cles-echange"
KNOWN = "signataires"
_GROUP = 4
_SIGNS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKeys:
    """The private keys, 32 bytes each, and their public halves."""

    signing: bytes
    reading: bytes
    public_signing: bytes
    public_reading: bytes

    @property
    def address(self) -> str:
        """Return what others write to (`age1…`)."""
        return age_keys.written(self.public_reading)

    @property
    def fingerprint(self) -> str:
        """Return what people compare by telephone."""
        return fingerprint(self.public_signing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed a bundle.

    Attributes:
        name: as the bundle says.
        fingerprint: of the key.
        since: the local day this key was first accepted, `AAAA-MM-JJ`, empty for one never seen.
        known_as: the name it had then.
        own: whether it is the key of this copy.
        other_key: whether this name was known under another key.
    """

    name: str
    fingerprint: str
    since: str = ""
    known_as: str = ""
    own: bool = False
    other_key: bool = False


def own_keys(session: Session) -> OwnKeys:
    """Return the keys of this copy, made the first time.

    Raises:
        KnownError: the disk refuses.
    """
    kept = session.workspace.recall(_PAIRS)
    if kept is None:
        kept = json.dumps(_new_pairs())
        session.workspace.remember(_PAIRS, kept)
    found = json.loads(kept)
    return _with_publics(bytes.fromhex(found["signing"]), bytes.fromhex(found["reading"]))


def fingerprint(public: bytes) -> str:
    """Return five groups of four signs that stand for a public key."""
    signs = base64.b32encode(hashlib.sha256(b"ivaudit-empreinte\n" + public).digest()).decode()[:_SIGNS]
    return " ".join(signs[start : start + _GROUP] for start in range(0, _SIGNS, _GROUP))


def signer(session: Session, key: bytes, name: str) -> Signer:
    """Return what is known here of who signed."""
    known = _known(session)
    seen = known.get(key.hex())
    named = {each["name"] for other, each in known.items() if other != key.hex()}
    return Signer(
        name=name,
        fingerprint=fingerprint(key),
        since=seen["since"] if seen else "",
        known_as=seen["name"] if seen else "",
        own=key == own_keys(session).public_signing,
        other_key=seen is None and name in named,
    )


def accept(session: Session, key: bytes, name: str) -> None:
    """Remember a key whose bundle was taken in."""
    known = dict(_known(session))
    if key.hex() in known or key == own_keys(session).public_signing:
        return
    since = datetime.now(UTC).astimezone().date().isoformat()
    known[key.hex()] = {"name": name, "since": since}
    session.workspace.remember(KNOWN, json.dumps(known, ensure_ascii=False))


def _known(session: Session) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads(session.workspace.recall(KNOWN) or "{}")
    return found


def _new_pairs() -> dict[str, str]:
    return {"signing": signing.new_signing_key().hex(), "reading": signing.new_reading_key().hex()}


def _with_publics(own: bytes, reading: bytes) -> OwnKeys:
    return OwnKeys(
        signing=own,
        reading=reading,
        public_signing=signing.public_signing_key(own),
        public_reading=signing.public_reading_key(reading),
    )
