"""Values that leave for good: one, or a word wherever it is written; and the backups that still hold them."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ivaudit.app import (
    anomaly_erasure,
    anomaly_log_reading,
    backups,
    facility_keys,
    names,
    own_keys,
    privacy,
    teams,
    texts,
)
from ivaudit.app.session import Session
from ivaudit.app.trail_names import Names
from ivaudit.domain.audit import Changes
from ivaudit.domain.entry_fold import DECLARED, TRAIL, trail_value
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.journal import RECOVER, Json, decode
from ivaudit.domain.trail_words import HOLDING, shown
from ivaudit.domain.wording import folded
from ivaudit.store import anomalies as stored_anomalies
from ivaudit.store import erased_copies, erasure, word_search
from ivaudit.store.backup import BackupInfo
from ivaudit.store.erased_copies import Erasures, Holding
from ivaudit.store.journal import Edit
from ivaudit.store.word_search import Found, Kind

__all__ = ["Holding", "Kind", "Occurrence", "WordSearch", "erase_value", "holding", "holding_of"]

SHORTEST = 3
MAX_REASON = 300
PIECE = 0.03
_EXTRACT = 60
_TELLING = 5
_BEFORE = "avant la purge de sauvegardes"
_MEMOS = {
    anomaly_log_reading.MEMO: (Kind.MEMORY, "Colonnes retenues d'un journal importé"),
    own_keys.KNOWN: (Kind.KNOWN, "Nom donné à la clé d'une autre copie"),
    teams.STICK: (Kind.KNOWN, "Dossier des échanges"),
    facility_keys.MEMO: (Kind.KNOWN, "Qui garde la clé de l'établissement"),
}
"""What is remembered outside the journal and may hold a word; numbers, dates and keys hold none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A place where a word is written, in words; `found` is what the store knows of it."""

    where: str
    what: str
    extract: str
    found: Found

    @property
    def erasable(self) -> bool:
        """Tell whether it may be erased here: see `Kind`."""
        return self.found.kind.erasable


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What a piece of a search found; `done` of `total` steps are behind."""

    found: tuple[Occurrence, ...]
    done: int
    total: int


class WordSearch:
    """Where a word is written, whatever its case and accents; used on the thread of the session.

    Args:
        session: the open workspace.
        text: what to look for, at least three characters.

    Raises:
        InvalidValue: the text is too short to tell anything.
    """

    def __init__(self, session: Session, text: str) -> None:
        self.word = folded(text)
        if len(self.word) < SHORTEST:
            raise InvalidValue(f"Cherchez un texte d'au moins {SHORTEST} caractères.")
        texts.settle(session)
        self._session = session
        self._names = Names(session)
        self._done = 0

    @property
    def over(self) -> bool:
        """Tell whether everything was looked at."""
        return self._done > word_search.SLICES

    def next(self, seconds: float = PIECE) -> Searched:
        """Return what the next pieces hold; `seconds` is how long it may take."""
        end = time.monotonic() + seconds
        found: list[Found] = []
        while not self.over:
            if self._done < word_search.SLICES:
                found += word_search.of_slice(self._session.workspace.db, self._done, self.word)
            else:
                found += word_search.elsewhere(self._session.workspace.db, self.word)
                found += self._remembered()
            self._done += 1
            if time.monotonic() > end:
                break
        told = tuple(map(self._occurrence, found))
        return Searched(found=told, done=self._done, total=word_search.SLICES + 1)

    def _remembered(self) -> Iterator[Found]:
        for key, (kind, _) in _MEMOS.items():
            text = self._session.workspace.recall(key) or ""
            if self.word in folded(text):
                yield Found(kind, b"", -1, "", "", key, text, "", "")

    def _occurrence(self, found: Found) -> Occurrence:
        text = shown(decode(found.text)) if found.kind in {Kind.VALUE, Kind.RECEIVED} else found.text
        return Occurrence(
            where=self._names.where(found.scope, found.entity) if found.scope else "Tout le dossier",
            what=self._what(found),
            extract=_around(text, self.word),
            found=found,
        )

    def _what(self, found: Found) -> str:
        match found.kind:
            case Kind.VALUE | Kind.RECEIVED | Kind.NAME:
                return self._names.what(found.entity, found.field)
            case Kind.DRAFT:
                return f"{self._names.what(found.entity, found.field)} (texte en cours)"
            case Kind.REASON:
                return "Motif ou auteur d'un geste"
            case Kind.DEFINITION:
                return f"Grille ou texte publié « {found.field} »"
            case Kind.MEMORY | Kind.KNOWN:
                return _MEMOS[found.field][1]


def search(session: Session, text: str) -> tuple[Occurrence, ...]:
    """Return every place where a text is written, at once: for the command line."""
    searching = WordSearch(session, text)
    found: list[Occurrence] = []
    while not searching.over:
        found += searching.next(1.0).found
    return tuple(found)


def erase_value(session: Session, op: bytes, index: int, reason: str) -> Changes:
    """Erase one value for good, with its copies in the same field; what is declared of an entry, whole.

    Raises:
        InvalidValue: no reason, one that says what is erased, or that looks like an identity.
        NotFound: there is no such value, or it was erased already.
    """
    workspace = session.workspace
    row = workspace.db.execute(
        "SELECT entity, field, body FROM change WHERE op = ? AND i = ?", (op, index)
    ).fetchone()
    if row is None or row[2] is None:
        raise NotFound("Cette valeur n'existe pas, ou a déjà été effacée.")
    entity, field, body = row
    if field in HOLDING:
        raise InvalidValue("Ce champ se choisit, ne se tape pas, et porte le reste : il ne s'efface pas.")
    said = _checked(session, reason, shown(decode(body)))
    with workspace.gesture():
        if entity.startswith(names.anomaly("")) and field == DECLARED:
            anomaly_erasure.forget(session, entity, DECLARED, said)
        else:
            workspace.journal.erase_all([(op, index)], author=session.author, reason=said)
    later = session.rewrite()
    return names.changes({entity}, done=f"Valeur effacée pour de bon{later}")


def erase_found(session: Session, word: str, occurrences: Iterable[Occurrence], reason: str) -> Changes:
    """Erase for good every value and draft where a word was found, in one gesture.

    Args:
        session: the open workspace.
        word: what was looked for: the reason must not repeat it.
        occurrences: those to erase; those that may not be are left as they are.
        reason: why, without the word.

    Raises:
        InvalidValue: no reason, one that repeats the word, or that looks like an identity.
        NotFound: none of them may be erased any more.
    """
    said, word = _checked(session, reason, word), folded(word)
    chosen = [each.found for each in occurrences if each.erasable]
    values = [each for each in chosen if each.kind is Kind.VALUE]
    drafts = [(each.entity, each.field) for each in chosen if each.kind is Kind.DRAFT]
    if not chosen:
        raise NotFound("Il n'y a rien à effacer : ces emplacements ne peuvent pas l'être.")
    plain = [each for each in values if not _declared(each)]
    journal = session.workspace.journal
    with session.workspace.gesture():
        for entity in dict.fromkeys(each.entity for each in values if _in_states(each, word)):
            _keep_states(session, entity, word, said)
        for entity, field in dict.fromkeys(place for each in values for place in _parts(each, word)):
            anomaly_erasure.forget(session, entity, field, said)
        journal.erase_all([(each.op, each.rank) for each in plain], author=session.author, reason=said)
        erased_copies.erase_drafts(session.workspace.db, drafts)
        if any(each.kind is Kind.MEMORY for each in chosen):
            anomaly_log_reading.forget(session, lambda text: word in folded(text))
            erasure.ask_scrub(session.workspace.db)
    later = session.rewrite()
    amount = len(chosen)
    return names.changes(
        {each.entity for each in chosen if each.entity},
        done=f"{amount} emplacement{'s'[: amount > 1]} effacé{'s'[: amount > 1]} pour de bon{later}",
    )


# -- backups


def erased(session: Session) -> Erasures:
    """Return what was ever erased here, to look for it in backups beside the window."""
    return erased_copies.erased(session.workspace.db)


def holding(folder: Path, data_key: bytes, what: Erasures) -> tuple[Holding, ...]:
    """Return the backups that still hold something that was erased; from any thread."""
    return erased_copies.holding(folder, data_key, what)


def holding_of(session: Session) -> tuple[Holding, ...]:
    """Return the same at once: for the command line."""
    return holding(session.workspace.folder, session.workspace.data_key, erased(session))


def purge_backups(session: Session, chosen: Sequence[BackupInfo]) -> None:
    """Remove backups that hold erased values, once a fresh one without them was made.

    From any thread: a backup has a connection of its own.

    Raises:
        KnownError: full or failing disk; nothing is removed before the fresh one is there.
    """
    backups.back_up(session, _BEFORE)
    erased_copies.remove(session.workspace.folder, chosen)


# -- parts


def _checked(session: Session, reason: str, secret: str) -> str:
    """Return a reason that may be kept for ever: the journal never forgets reasons."""
    said = " ".join(reason.split())
    if not said:
        raise InvalidValue("Un effacement demande un motif, sans la valeur elle-même.")
    if len(said) > MAX_REASON:
        raise InvalidValue(f"Le motif tient en {MAX_REASON} caractères.")
    hidden = folded(secret)
    if len(hidden) >= _TELLING and hidden in folded(said):
        raise InvalidValue(
            "Le motif répète ce qui est effacé, et le motif, lui, reste. Écrivez-le autrement."
        )
    privacy.check_reason(session, said)
    return said


def _declared(found: Found) -> bool:
    return found.field == DECLARED and found.entity.startswith(names.anomaly(""))


def _in_states(found: Found, word: str) -> bool:
    """Tell whether a word is in who changed the state of an entry, or why: the states must stay."""
    if not found.entity.startswith(names.anomaly("")):
        return False
    value = decode(found.text)
    declared = value.get(TRAIL) if found.field == DECLARED and isinstance(value, dict) else value
    return found.field in {DECLARED, TRAIL} and word in folded(_plain(declared))


def _keep_states(session: Session, entity: str, word: str, reason: str) -> None:
    """Record the states of an entry again without the word, before it is erased with them."""
    entry = stored_anomalies.entry(session.workspace.db, entity.partition(":")[2])
    if entry is None:
        return

    def clean(text: str) -> str:
        return "" if word in folded(text) else text

    turns = [replace(turn, by=clean(turn.by), reason=clean(turn.reason)) for turn in entry.trail]
    edit = Edit(entity, TRAIL, trail_value(turns))
    session.workspace.journal.record(
        names.REGISTER, [edit], author=session.author, kind=RECOVER, reason=reason
    )


def _parts(found: Found, word: str) -> list[tuple[str, str]]:
    """Return the fields of a declaration that hold a word: the others stay."""
    if not _declared(found):
        return []
    value = decode(found.text)
    parts: dict[str, Json] = dict(value) if isinstance(value, dict) else {}
    return [(found.entity, name) for name, each in parts.items() if word in folded(_plain(each))]


def _plain(value: Json) -> str:
    return " ".join(word_search.texts(value))


def _around(text: str, word: str) -> str:
    """Return what stands around a word: enough to know it, no more."""
    lines = " ".join(text.split())
    at = next((at for at in range(len(lines)) if folded(lines[at:]).startswith(word)), 0)
    start, end = max(0, at - _EXTRACT), at + len(word) + _EXTRACT
    return f"{'…' * (start > 0)}{lines[start:end]}{'…' * (end < len(lines))}"
