"""A workbook of a checklist looked at: problems by cell, what it would change, the file it would become."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ivaudit.content.book_problems import Words, said_of
from ivaudit.content.book_reading import Lists, read_checklist
from ivaudit.content.book_table import Cell, Notes
from ivaudit.content.comparing import Comparison, compare_headers
from ivaudit.content.drafting import with_draft, without_local
from ivaudit.content.library import Library
from ivaudit.content.localising import SUFFIX, Localised, localised, shared
from ivaudit.content.parsing import Parsed, parse_bytes, read_nodes
from ivaudit.content.resolving import entries_of
from ivaudit.content.rules import problems_of, wording_of
from ivaudit.content.shapes import ChecklistFile, Family
from ivaudit.content.sources import Source, names_a_file
from ivaudit.content.writing import to_yaml
from ivaudit.domain.checklist_import import ComingFile, Examined, Model
from ivaudit.domain.checklist_sheet import HEAD_SHEET
from ivaudit.domain.errors import KnownError
from ivaudit.domain.scale import Scale
from ivaudit.domain.sheet_problems import Severity, SheetProblem, blocking
from ivaudit.tables.reading import BookCells

CHECKLISTS = "checklists"
SCALES = "checklists/echelles"

_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The id and the version asked for instead of those of the workbook."""

    id: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A checklist as it was understood, before it is given its place in the library."""

    file: ChecklistFile
    scales: tuple[Scale, ...] = ()
    notes: tuple[str, ...] = ()


def examine(book: BookCells, library: Library, wanted: Wanted) -> Examined:
    """Return what a workbook written by ivaudit would bring.

    Args:
        book: its cells.
        library: everything there is, local files included.
        wanted: another id, another version.
    """
    notes = Notes(book)
    lists = Lists(library.vocabulary(), library.scales, library.known)
    root = read_checklist(book, lists, notes)
    if root is None:
        return Examined(model=Model.OURS, id="", version="", title="", problems=tuple(notes.problems))
    parsed = read_nodes(source_of(root.values["id"].text), root)  # type: ignore[union-attr]
    words = Words(book)
    if parsed.value is None:
        said_of(parsed.problems, words, notes)
        return Examined(model=Model.OURS, id="", version="", title="", problems=tuple(notes.problems))
    beside = with_draft(library, parsed)
    said_of(problems_of(parsed, beside), words, notes)
    said_of(wording_of(parsed, beside), words, notes, Severity.WARNING)
    return settle(Draft(file=parsed.value), library, wanted, notes, Model.OURS)


def settle(draft: Draft, library: Library, wanted: Wanted, notes: Notes, model: Model) -> Examined:
    """Return what a checklist would bring once it has its place: its id, its version, ids nobody else uses.

    Args:
        draft: what was understood.
        library: everything there is.
        wanted: another id, another version.
        notes: the problems so far; receives those of the place.
        model: how the workbook said it.
    """
    place = _Place(draft, library, wanted)
    problems = [*notes.problems, *place.problems()]
    local = place.localised
    if not blocking(tuple(problems)):
        problems += _last_look(local.file, draft.scales, place.rest)
    old = place.compared
    known = with_draft(place.rest, read_text(place.id, local.file), first=False).known
    compare = Comparison(library.vocabulary(), library.scales, known, local.renamed)
    changes = tuple(compare.new(local.file) if old is None else compare.changes(old, local.file))
    points = len([*entries_of(local.file)])
    examined = Examined(
        model=model,
        id=place.id,
        version=local.file.version,
        title=local.file.title,
        points=points,
        shared=shared(local.file),
        compared=f"{old.id} {old.version}" if old else "",
        replaces=place.former is not None,
        problems=tuple(sorted(problems, key=notes.order)),
        header=() if old is None else compare_headers(old, local.file),
        changes=changes,
        unchanged=points - sum(each.kind != "retiré" for each in changes),
        notes=(*place.notes(), *draft.notes),
    )
    same = examined.identical and wanted.id is None
    return examined if same or blocking(examined.problems) else _with_files(examined, draft, local.file)


def source_of(id: str, folder: str = CHECKLISTS) -> Source:  # noqa: A002 - ids are called ids here
    """Return the source of a file that is not written yet."""
    return Source(f"contenu/{folder}/{id}.yaml", Path(f"{id}.yaml"), folder, shipped=False)


def read_text(id: str, file: ChecklistFile) -> Parsed:  # noqa: A002
    """Return a checklist as it would be read from its file."""
    return parse_bytes(source_of(id), to_yaml(file).encode())


class _Place:
    """Where a checklist goes in the library."""

    def __init__(self, draft: Draft, library: Library, wanted: Wanted) -> None:
        self._draft = draft
        self._library = library
        self._wanted = wanted
        self._shipped = {each.source.id for each in library.files() if each.source.shipped}
        own = draft.file.id
        self.id = wanted.id or (f"{own}-{SUFFIX}" if own in self._shipped else own)
        self.rest = without_local(library, CHECKLISTS, self.id)
        self.former = None if self.id in self._shipped else _file(library, self.id)
        self.compared = self.former or _file(library, own)
        version = wanted.version or draft.file.version
        self.localised: Localised = localised(
            replace(draft.file, id=self.id, version=version), self.rest.known
        )

    def problems(self) -> Iterator[SheetProblem]:
        """Yield what is wrong with the id and the version."""
        if self.id in self._shipped:
            yield self._problem(f"Identifiant : « {self.id} » est celui d'un contenu livré avec le programme")
        elif not names_a_file(self.id):
            yield self._problem("Identifiant : ce nom ne peut pas être celui d'un fichier")
        asked = self.localised.file
        if self.former is None or to_yaml(self.former) == to_yaml(asked):
            return
        before, after = _numbers(self.former.version), _numbers(asked.version)
        if after <= before:
            more = f"{before[0]}.{before[1]}.{before[2] + 1}"
            yield self._problem(
                f"Version : cette grille locale existe déjà en {self.former.version} ; une version "
                f"plus grande est attendue, par exemple {more}"
            )

    def notes(self) -> Iterator[str]:
        """Yield what is to be known of the place it takes."""
        own, renamed = self._draft.file.id, self.localised.renamed
        if own in self._shipped and self.id != own:
            yield (
                f"« {own} » est livrée avec le programme et ne se remplace pas : la grille est ajoutée sous "
                f"« {self.id} »."
            )
            if (shipped := _file(self._library, own)) and shipped.title == self._draft.file.title:
                yield "Elle porte le même titre : changez-le dans la feuille « Grille » pour les distinguer."
        if renamed:
            one = "Un critère publié ailleurs et reformulé ici prend un nouvel identifiant"
            many = (
                f"{len(renamed)} critères publiés ailleurs et reformulés ici prennent un nouvel identifiant"
            )
            yield (
                f"{one if len(renamed) == 1 else many} ; les autres sont repris de leur grille, et une "
                "réponse sert pour les deux."
            )

    def _problem(self, message: str) -> SheetProblem:
        return SheetProblem(sheet=HEAD_SHEET, message=message, title=message.partition(" :")[0])


def _last_look(file: ChecklistFile, scales: Iterable[Scale], rest: Library) -> Iterator[SheetProblem]:
    """Yield what would prevent the file from being used; places in the workbook are told before."""
    for scale in scales:
        read = parse_bytes(source_of(scale.id, SCALES), to_yaml(scale, Family.SCALE).encode())
        rest = with_draft(rest, read)
        for problem in read.problems or tuple(problems_of(read, rest)):
            yield SheetProblem(sheet=HEAD_SHEET, message=problem.message)
    read = read_text(file.id, file)
    beside = with_draft(rest, read, first=False)
    for problem in read.problems or tuple(problems_of(read, beside)):
        yield SheetProblem(sheet=HEAD_SHEET, message=problem.message)


def _with_files(examined: Examined, draft: Draft, file: ChecklistFile) -> Examined:
    """Return what was looked at with what accepting it writes, the scales before what names them."""
    scales = tuple(
        ComingFile(place=f"{SCALES}/{scale.id}.yaml", text=to_yaml(scale, Family.SCALE))
        for scale in draft.scales
    )
    checklist = ComingFile(place=f"{CHECKLISTS}/{file.id}.yaml", text=to_yaml(file))
    return replace(examined, files=(*scales, checklist))


def _file(library: Library, id: str) -> ChecklistFile | None:  # noqa: A002
    """Return a checklist of the library, nothing when there is none that can be read."""
    try:
        file: ChecklistFile = library.one(Family.CHECKLIST, id)
    except KnownError:
        return None
    return file


def _numbers(version: str) -> tuple[int, int, int]:
    found = _VERSION.fullmatch(version)
    return (int(found[1]), int(found[2]), int(found[3])) if found else (0, 0, 0)


__all__ = ["Cell", "Draft", "Wanted", "examine", "settle"]
