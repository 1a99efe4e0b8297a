"""The FINESS directory: imported whole after a preview, searched, and structures made from its lines."""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ivaudit.app import facilities, gestures, jobs, names
from ivaudit.app.session import Session
from ivaudit.content.shapes import Family
from ivaudit.domain.audit import Changes, Facility
from ivaudit.domain.directory import (
    Categories,
    Category,
    DirectoryPreview,
    DirectoryState,
    Entry,
    EntryKind,
    category_of,
    query_words,
)
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound
from ivaudit.domain.finess import whole_number
from ivaudit.domain.journal import IMPORT
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.plain import from_plain
from ivaudit.store import layout
from ivaudit.store.journal import Edit

LIMIT = 100
"""Entries that one search gives at most, unless told otherwise."""

STACK = "facilities"
"""Under which name making structures from the directory is undone."""

ENTITY = "directory:workspace"
"""What the journal calls the directory: each import of one is a gesture on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What building a directory beside the session needs of it: plain values, no connection."""

    work: Path
    former: Path
    key: bytes
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A directory that is built and not in use yet."""

    built: Path
    preview: DirectoryPreview


# -- reading


def state(session: Session) -> DirectoryState | None:
    """Return what directory there is, nothing when none was imported or it cannot be read any more."""
    return session.workspace.directory.state()


def find(session: Session, text: str, limit: int = LIMIT) -> tuple[Entry, ...]:
    """Return the entries where every word of a text begins a word, whatever the order, case and accents.

    Words are those of the names, the commune, the labels of category and department, the postal code, the
    department and both numbers. Open entries come first, then by name.

    Args:
        session: the open workspace.
        text: what is looked for; nothing is found for an empty one.
        limit: how many are given at most.

    Raises:
        CorruptFile: the directory cannot be read any more and is to be imported again.
    """
    found = session.workspace.directory.find(query_words(text), limit)
    return tuple(_labelled(session, found))


def by_number(session: Session, finess: str) -> Entry | None:
    """Return the entry whose own number this is, a site before a legal entity; nothing when there is none.

    Spaces, and the leading zero that a spreadsheet lost, do not matter. An etalab directory has no line for
    legal entities.

    Raises:
        CorruptFile: the directory cannot be read any more and is to be imported again.
    """
    found = session.workspace.directory.numbered(whole_number(finess))
    return next(iter(_labelled(session, found)), None)


def sites_among(session: Session, departments: Sequence[str], categories: Sequence[str]) -> tuple[Entry, ...]:
    """Return the sites of some departments and categories, by their codes, closed ones included.

    Raises:
        CorruptFile: the directory cannot be read any more and is to be imported again.
    """
    return tuple(_labelled(session, session.workspace.directory.sites_among(departments, categories)))


# -- importing one


def place(session: Session) -> Place:
    """Return what `prepare` needs, which then runs beside the session."""
    folder, known = session.workspace.folder, session.workspace.directory
    words = {each.code: each.label for each in _categories(session)}
    return Place(work=folder / layout.WORK, former=known.file, key=known.key, known=words)


def prepare(
    where: Place, path: Path, *, progress: Progress = silent, cancelled: Callable[[], bool] = jobs.never
) -> Prepared:
    """Read a file of the directory and build it beside the present one; nothing is in use yet.

    Args:
        where: from `place`.
        path: an etalab CSV or a FINESS+ JSON, whatever its name.
        progress: told how far it has come.
        cancelled: asked often whether to stop.

    Raises:
        NotFound: there is no file.
        UnreadableFile: it is neither, is damaged or out of bounds.
        Cancelled: somebody asked to stop.
        KnownError: full or failing disk.
    """
    folder = Path(tempfile.mkdtemp(prefix="annuaire-", dir=where.work))
    built = folder / layout.DIRECTORY
    request = {
        "tempdir": str(folder),
        "path": str(path.absolute()),
        "target": str(built),
        "former": str(where.former.absolute()),
        "key": where.key.hex(),
        "known": dict(where.known),
    }
    try:
        found = jobs.run("annuaire", request, progress=progress, cancelled=cancelled)
    except BaseException:
        _remove(folder)
        raise
    return Prepared(built=built, preview=from_plain(DirectoryPreview, found["preview"]))


def accept(session: Session, prepared: Prepared) -> Changes:
    """Put a directory that was prepared in use, in place of the present one, whole or not at all.

    Raises:
        NotFound: it was discarded, or accepted already.
        KnownError: the disk refuses; the present one stays.
    """
    if not prepared.built.is_file():
        raise NotFound("Cet annuaire n'est plus prêt : choisissez de nouveau son fichier.")
    state = prepared.preview.state
    about = {
        "digest": state.digest,
        "format": state.format.value,
        "date": state.date,
        "entries": state.tally.entities + state.tally.sites,
    }
    with session.workspace.gesture():
        recorded = session.record(names.WORKSPACE, [Edit(ENTITY, "batch", about)], kind=IMPORT)
        session.workspace.directory.install(prepared.built)
    discard(prepared)
    return Changes(entities=frozenset({ENTITY}), done="Annuaire importé", at=recorded.at)


def discard(prepared: Prepared) -> None:
    """Remove a directory that was prepared and is not wanted."""
    _remove(prepared.built.parent)


# -- structures


def known_as(session: Session, entry: Entry) -> Facility | None:
    """Return the structure that has the number of an entry as its FINESS ET (or EJ for a legal entity)."""
    for each in facilities.all_of(session):
        number = each.finess_et if entry.kind is EntryKind.ET else each.finess_ej
        alone = entry.kind is EntryKind.ET or not each.finess_et
        if alone and whole_number(number) == entry.finess:
            return each
    return None


def values_of(session: Session, entry: Entry) -> dict[str, object]:
    """Return the fields of the form `structure` that an entry fills in, with what its category proposes."""
    category = category_of(_categories(session), entry.category)
    values: dict[str, object] = {
        "name": entry.title,
        "finess_et": entry.finess if entry.kind is EntryKind.ET else "",
        "finess_ej": entry.ej,
        "category": " ".join(filter(None, (entry.category, entry.category_label))),
        "city": entry.city,
        "department": " ".join(filter(None, (entry.department, entry.department_label))),
        "contact": entry.phone,
        "setting": category.setting if category is not None else None,
        "profile": list(category.profile) if category is not None else [],
    }
    return {key: value for key, value in values.items() if value}


def create_from(session: Session, finess: str, kind: EntryKind | None = None) -> tuple[Changes, str]:
    """Create a structure from the entry that has a number, as one gesture that `undo` takes back.

    A structure that has this number already is not made twice: its id comes with empty changes.

    Args:
        session: the open workspace.
        finess: the number of the entry.
        kind: which of the two where the number names a site and a legal entity; a site unless told.

    Raises:
        NotFound: the directory has no such number.
    """
    number = whole_number(finess)
    found = tuple(_labelled(session, session.workspace.directory.numbered(number)))
    entry = next((each for each in found if kind in {None, each.kind}), None)
    if entry is None:
        raise NotFound("Ce numéro FINESS n'est pas dans l'annuaire importé.")
    known = known_as(session, entry)
    if known is not None:
        return Changes(), known.id
    if not entry.title:
        raise InvalidValue("Cette ligne de l'annuaire n'a pas de nom : créez la structure à la main.")
    key, edits = facilities.creation(session, values_of(session, entry))
    recorded = session.record(names.structure(key), edits, kind=IMPORT)
    return gestures.done(session, STACK, recorded, "Structure créée depuis l'annuaire"), key


def undo(session: Session) -> Changes:
    """Undo the last structure made from the directory in this session.

    Raises:
        NotAllowedNow: there is none, or its sheet was changed since.
    """
    if not session.stack(STACK).done:
        raise NotAllowedNow("Aucune structure n'a été créée depuis l'annuaire depuis l'ouverture.")
    return gestures.undo(session, STACK)


def redo(session: Session) -> Changes:
    """Redo the last one undone.

    Raises:
        NotAllowedNow: there is none.
    """
    return gestures.redo(session, STACK)


def _labelled(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """Return entries with the label that the program has for their category where their file gave none."""
    known = {each.code: each.label for each in _categories(session)}
    return [
        each if each.category_label else replace(each, category_label=known.get(each.category, ""))
        for each in entries
    ]


def _categories(session: Session) -> tuple[Category, ...]:
    files: tuple[Categories, ...] = session.library.every(Family.CATEGORIES)
    return tuple(each for file in files for each in file.categories)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
