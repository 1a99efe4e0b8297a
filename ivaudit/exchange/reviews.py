"""A form of the reading-back that comes back: its remarks put back with the texts they are about.

Sheets may be renamed, columns moved, rows sorted, tables cut in two, and the file saved by another program.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.questionnaire import Cell
from ivaudit.domain.review import digest_of
from ivaudit.domain.review_form import (
    BY,
    MARK,
    Column,
    ReturnedComment,
    ReturnedReview,
    ReviewManifest,
    SentRow,
    check_format,
    from_rows,
    is_hidden_sheet,
)
from ivaudit.domain.sheet_problems import Severity, SheetProblem
from ivaudit.domain.wording import folded
from ivaudit.exchange.identities import masked_text, without_identities
from ivaudit.tables.document import DocumentText, TableCells
from ivaudit.tables.reading import BookCells, SheetCells, column_letters

_NOT_OURS = (
    "Ce fichier n'est pas un formulaire de relecture d'ivaudit, ou ce qui permet de le relire a disparu "
    "(c'est ce que fait un copier-coller dans un fichier neuf). Rien n'a été modifié. Demandez à la "
    "structure le fichier qu'elle a reçu, une fois rempli."
)
_NO_TEXTS = (
    "Ce formulaire n'a plus de tableau avec les colonnes « Ce que dit le rapport » et « Votre remarque ». "
    "Rien n'a été modifié. Rétablissez ces titres, ou demandez le fichier d'origine."
)
_TITLES: Mapping[str, Column] = {
    **{folded(column): column for column in Column},
    "remarque": Column.COMMENT,
    "remarques": Column.COMMENT,
    "vos remarques": Column.COMMENT,
    "ref": Column.ID,
    "identifiant": Column.ID,
}
_HEAD_WITHIN = 60
_FORM = re.compile(rf"{MARK} (\d+) ([0-9a-f]{{12}}) ([0-9a-f]{{8,32}})")
_REF = re.compile(r"([pc]:[\w.-]+)\s*[·|]\s*([0-9a-f]{16})")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Texts with their remarks: where the titles are, and the rank of each column, both from 1."""

    cells: SheetCells | TableCells
    name: str
    head: int
    columns: Mapping[Column, int]
    lettered: bool

    @property
    def below(self) -> range:
        return range(self.head + 1, len(self.cells.rows) + 1)

    def cell(self, row: int, column: Column) -> Cell:
        rank = self.columns.get(column)
        letters = column_letters(rank) if rank is not None and self.lettered else ""
        text = self.cells.at(row, rank).strip() if rank is not None else ""
        return Cell(text=text, sheet=self.name, row=row, column=letters)


def read_book(book: BookCells) -> ReturnedReview:
    """Return what a form in a workbook says.

    Raises:
        UnreadableFile: it is not a form of ours, or its remarks cannot be found.
        NewerFile: it comes from a newer version of the program.
    """
    hidden = next((each for each in book.sheets if is_hidden_sheet(each.rows)), None)
    if hidden is None:
        raise UnreadableFile(_NOT_OURS)
    manifest = from_rows(hidden.rows)
    shown = [each for each in book.sheets if each is not hidden]
    tables = [found for each in shown if (found := _table(each, each.name, lettered=True)) is not None]
    by = next((text for each in shown if (text := _by(each.rows))), "")
    return _returned(manifest, tables, by, [], _id_in_book(manifest))


def read_document(document: DocumentText) -> ReturnedReview:
    """Return what a form in a document says.

    Raises:
        UnreadableFile: it is not a form of ours, or its remarks cannot be found.
        NewerFile: it comes from a newer version of the program.
    """
    texts = [*document.paragraphs, *(cell for table in document.tables for row in table.rows for cell in row)]
    found = next((match for text in texts if (match := _FORM.search(text))), None)
    if found is None:
        raise UnreadableFile(_NOT_OURS)
    check_format(found[1])
    named = enumerate(document.tables, 1)
    tables = [t for n, each in named if (t := _table(each, f"Tableau {n}", lettered=False)) is not None]
    sent = [row for table in tables for row in _sent(table)]
    manifest = ReviewManifest(
        form=found[3], audit=found[2], rows=tuple({each.id: each for each in sent}.values())
    )
    problems = [_noted(document.notes)] if document.notes else []
    by = next((text for each in document.tables if (text := _by(each.rows))), "")
    return _returned(manifest, tables, by, problems, _id_in_document)


def _noted(notes: int) -> SheetProblem:
    many = "1 commentaire est" if notes == 1 else f"{notes} commentaires sont"
    return SheetProblem(
        sheet="Document",
        message=f"{many} en marge : rien n'y est repris, recopiez-les sous « Votre remarque ».",
    )


def _table(cells: SheetCells | TableCells, name: str, *, lettered: bool) -> _Table | None:
    for row, texts in enumerate(cells.rows[:_HEAD_WITHIN], 1):
        columns: dict[Column, int] = {}
        for rank, text in enumerate(texts, 1):
            if (column := _TITLES.get(folded(text))) is not None:
                columns.setdefault(column, rank)
        if columns.keys() >= {Column.SAID, Column.COMMENT}:
            return _Table(cells=cells, name=name, head=row, columns=columns, lettered=lettered)
    return None


def _by(rows: Sequence[Sequence[str]]) -> str:
    """Return the first text at the right of the label that asks who reads back."""
    wanted = folded(BY)
    for row in rows:
        for rank, text in enumerate(row):
            if folded(text).startswith(wanted):
                return next((each.strip() for each in row[rank + 1 :] if each.strip()), "")
    return ""


# -- rows --------------------------------------------------------------------------------------------------

_Which = Callable[[_Table, int], str]


def _id_in_book(manifest: ReviewManifest) -> _Which:
    """Tell rows of a workbook by their hidden id, else by their number, else by their text."""
    ids = {row.id for row in manifest.rows}
    numbers = _alone((row.number, row.id) for row in manifest.rows)
    digests = _alone((row.digest, row.id) for row in manifest.rows)

    def which(table: _Table, row: int) -> str:
        known = table.cell(row, Column.ID).text
        if known in ids:
            return known
        said = table.cell(row, Column.SAID).text
        number = numbers.get(table.cell(row, Column.NUMBER).text, "")
        return number or (digests.get(digest_of(said), "") if said else "")

    return which


def _alone(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return pairs by their first part, those that say two things left out."""
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: next(iter(values)) for key, values in found.items() if len(values) == 1}


def _sent(table: _Table) -> list[SentRow]:
    """Return what a table of a document says that was sent, in its column of references."""
    found = []
    for row in table.below:
        if match := _REF.search(_joined(table.cell(row, Column.ID).text)):
            number = table.cell(row, Column.NUMBER).text
            found.append(SentRow(id=match[1], number=number, digest=match[2]))
    return found


def _id_in_document(table: _Table, row: int) -> str:
    match = _REF.search(_joined(table.cell(row, Column.ID).text))
    return match[1] if match else ""


def _joined(text: str) -> str:
    """Return a reference that a narrow column may have cut in lines."""
    return text.replace("\n", "").replace("\u200b", "")


def _returned(
    manifest: ReviewManifest,
    tables: Sequence[_Table],
    by: str,
    problems: list[SheetProblem],
    which: _Which,
) -> ReturnedReview:
    if not tables or not manifest.rows:
        raise UnreadableFile(_NO_TEXTS)
    digests = {row.id: row.digest for row in manifest.rows}
    found: dict[str, ReturnedComment] = {}
    for table in tables:
        for row in table.below:
            key = which(table, row)
            if key in digests:
                comment = _comment(table, row, key, digests[key], problems)
                found[key] = _one_of(found[key], comment, problems) if key in found else comment
            else:
                _lost(table, row, problems)
    _say_absent(manifest, found, tables[0].name, problems)
    kept = (each for each in found.values() if each.text.text or each.edited)
    return ReturnedReview(manifest=manifest, comments=tuple(kept), by=by, problems=tuple(problems))


def _comment(table: _Table, row: int, key: str, digest: str, problems: list[SheetProblem]) -> ReturnedComment:
    said = table.cell(row, Column.SAID)
    edited = said.text if said.text and digest_of(said.text) != digest else ""
    if edited:
        message = "texte modifié à même le formulaire : repris comme une correction proposée."
        problem = SheetProblem(
            sheet=said.sheet, row=row, column=said.column, message=message, severity=Severity.WARNING
        )
        problems.append(problem)
    text = without_identities(table.cell(row, Column.COMMENT), Column.COMMENT, problems.append)
    kind = table.cell(row, Column.KIND)
    return ReturnedComment(row=key, text=text, kind=kind, edited=masked_text(edited))


def _one_of(first: ReturnedComment, second: ReturnedComment, problems: list[SheetProblem]) -> ReturnedComment:
    """Return what to keep where a text is there twice: what says something, else the first."""
    if not first.text.text or not second.text.text:
        return first if first.text.text else second
    if first.text.text != second.text.text:
        message = f"ce texte a déjà une remarque ligne {first.text.row} : seule la première est reprise."
        problems.append(second.text.problem(message, title=Column.COMMENT))
    return first


def _lost(table: _Table, row: int, problems: list[SheetProblem]) -> None:
    """Say that a remark stands beside no text of the form."""
    comment = table.cell(row, Column.COMMENT)
    if comment.text and folded(comment.text) not in _TITLES:
        message = "cette remarque n'est à côté d'aucun texte du formulaire : elle n'est pas reprise."
        problems.append(comment.problem(message, title=Column.COMMENT))


def _say_absent(
    manifest: ReviewManifest, found: Iterable[str], name: str, problems: list[SheetProblem]
) -> None:
    there = set(found)
    absent = [row.number or row.id for row in manifest.rows if row.id not in there]
    if absent:
        problems.append(SheetProblem(sheet=name, message=f"lignes absentes : {', '.join(absent[:20])}."))
