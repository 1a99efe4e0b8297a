"""The passphrase that a team agrees on for an audit, and the place where its files are exchanged.

It is kept in the encrypted database, this copy's only: afterwards nobody looks for a key in a corridor.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from ivaudit.app.session import Session
from ivaudit.domain.errors import InvalidValue
from ivaudit.exchange import age_recipients

_TEAMS = "equipes"
STICK = "support-echange"
LEAST_WORDS, LEAST_SIGNS = 4, 14


class PhraseUse(StrEnum):
    """What a passphrase that opens the file of an audit is to its team here."""

    NONE = "aucune"
    AGREED = "convenue"
    NEW = "nouvelle"
    OTHER = "autre"
    WEAK = "faible"


def passphrase_problem(text: str) -> str | None:
    """Return what a team passphrase misses, or nothing: it protects files that may be lost in a corridor."""
    plain = " ".join(text.split())
    if len({word.casefold() for word in plain.split()}) >= LEAST_WORDS and len(plain) >= LEAST_SIGNS:
        return None
    return (
        "Choisissez au moins quatre mots différents, quatorze lettres en tout : ce fichier peut se perdre en "
        "chemin, et cette phrase est tout ce qui le protège."
    )


def agree(session: Session, audit: str, passphrase: str) -> None:
    """Keep the passphrase of the team of an audit; an empty one forgets it.

    Raises:
        NotFound: no such audit.
        InvalidValue: it is too weak.
    """
    session.audit(audit)
    if passphrase.strip() and (problem := passphrase_problem(passphrase)):
        raise InvalidValue(problem)
    keep(session, audit, passphrase)


def use_of(session: Session, audit: str, passphrase: str) -> PhraseUse:
    """Return what a passphrase that opens the file of an audit is to its team here: it replaces none."""
    plain = " ".join(passphrase.split())
    if not plain:
        return PhraseUse.NONE
    agreed = of_audit(session, audit)
    if agreed is not None:
        return PhraseUse.AGREED if agreed[0] == plain else PhraseUse.OTHER
    return PhraseUse.WEAK if passphrase_problem(plain) else PhraseUse.NEW


def keep(session: Session, audit: str, passphrase: str) -> None:
    """Keep the passphrase of a team as it is given; an empty one forgets it."""
    known = dict(_known(session))
    plain = " ".join(passphrase.split())
    if plain == known.get(audit, {}).get("phrase", ""):
        return
    known.pop(audit, None)
    if plain:
        known[audit] = {"phrase": plain, "salt": secrets.token_hex(age_recipients.SALT)}
    session.workspace.remember(_TEAMS, json.dumps(known, ensure_ascii=False))


def of_audit(session: Session, audit: str) -> tuple[str, bytes] | None:
    """Return the passphrase of the team of an audit and its salt, nothing where none was agreed on."""
    found = _known(session).get(audit)
    return (found["phrase"], bytes.fromhex(found["salt"])) if found else None


def shared(session: Session, audits: Sequence[str]) -> str:
    """Return the first of some audits if one team passphrase is that of them all, nothing otherwise."""
    phrases = {found[0] if (found := of_audit(session, each)) else "" for each in audits}
    return audits[0] if len(phrases) == 1 and "" not in phrases else ""


def passphrases(session: Session) -> tuple[str, ...]:
    """Return every team passphrase, each once: one of them most likely opens a file."""
    return tuple(dict.fromkeys(each["phrase"] for each in _known(session).values()))


def stick(session: Session) -> Path | None:
    """Return the folder files were last exchanged in, nothing when there is none or it is not there."""
    kept = session.workspace.recall(STICK)
    try:
        return Path(kept) if kept and Path(kept).is_dir() else None
    except OSError:
        return None


def remember_stick(session: Session, folder: Path) -> None:
    """Remember the folder files are exchanged in."""
    session.workspace.remember(STICK, str(folder))


@lru_cache(maxsize=64)
def derived(passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    """Return what a passphrase derives to, computed once: a team sends many files under the same salt."""
    return age_recipients.argon2id(passphrase, salt, cost)


def _known(session: Session) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads(session.workspace.recall(_TEAMS) or "{}")
    return found
