"""A questionnaire that comes back: its sheets found by what they say, its rows put back with their questions.

Sheets may be renamed, columns moved, rows sorted, notes added, and the file saved by another program.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.questionnaire import (
    AskedPoint,
    Cell,
    Column,
    Label,
    Manifest,
    Returned,
    ReturnedField,
    ReturnedRow,
)
from ivaudit.domain.questionnaire_sheet import from_rows, is_hidden_sheet
from ivaudit.domain.sheet_problems import ProblemList, SheetProblem
from ivaudit.domain.wording import fingerprint, folded
from ivaudit.exchange.identities import without_identities
from ivaudit.tables.reading import BookCells, SheetCells, column_letters

_NOT_OURS = (
    "Ce classeur n'est pas un questionnaire d'ivaudit, ou sa feuille cachée a disparu (c'est ce que fait un "
    "copier-coller dans un classeur neuf). Rien n'a été modifié. Demandez à la structure le fichier "
    "qu'elle a reçu, une fois rempli, ou recopiez ses réponses dans un questionnaire neuf."
)
_NO_QUESTIONS = (
    "Ce questionnaire n'a plus de feuille de questions avec les colonnes « Question » et « Réponse ». Rien "
    "n'a été modifié. Rétablissez ces titres de colonnes, ou demandez le fichier d'origine."
)
_TITLES: Mapping[str, Column] = {
    **{folded(column): column for column in Column},
    "reponses": Column.ANSWER,
    "questions": Column.QUESTION,
    "motif": Column.REASON,
    "precision": Column.REASON,
    "constats": Column.CONSTAT,
    "preuve": Column.DOCUMENT,
    "preuves": Column.DOCUMENT,
    "document": Column.DOCUMENT,
    "documents": Column.DOCUMENT,
}
_HEAD_WITHIN = 60
_WRITTEN = (Column.ANSWER, Column.REASON, Column.CONSTAT, Column.DOCUMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Where the questions are: the row of the titles, and the rank of each column, both from 1."""

    sheet: SheetCells
    head: int
    columns: Mapping[Column, int]

    def cell(self, row: int, column: Column) -> Cell:
        rank = self.columns.get(column)
        if rank is None:
            return Cell(sheet=self.sheet.name, row=row)
        text = self.sheet.at(row, rank).strip()
        return Cell(text=text, sheet=self.sheet.name, row=row, column=column_letters(rank))


def read(book: BookCells) -> Returned:
    """Return what a questionnaire says, as text with its places.

    Raises:
        UnreadableFile: it is not a questionnaire of ours, or its questions cannot be found.
        NewerFile: it comes from a newer version of the program.
    """
    hidden = next((each for each in book.sheets if is_hidden_sheet(each.rows)), None)
    if hidden is None:
        raise UnreadableFile(_NOT_OURS)
    manifest = from_rows(hidden.rows)
    shown = [each for each in book.sheets if each is not hidden]
    tables = [table for each in shown if (table := _table(each)) is not None]
    if not tables or not manifest.points:
        raise UnreadableFile(_NO_QUESTIONS)
    problems = ProblemList()
    rows = _rows(tables, manifest, problems)
    others = [each for each in shown if all(each is not table.sheet for table in tables)]
    structure = _structure(others, manifest)
    return Returned(
        manifest=manifest,
        rows=tuple(rows),
        fields=tuple(_fields(structure, manifest.fields)),
        activities=tuple(_fields(structure, manifest.activities)),
        problems=tuple(problems),
    )


def _table(sheet: SheetCells) -> _Table | None:
    for row, cells in enumerate(sheet.rows[:_HEAD_WITHIN], 1):
        columns: dict[Column, int] = {}
        for rank, text in enumerate(cells, 1):
            if (column := _TITLES.get(folded(text))) is not None:
                columns.setdefault(column, rank)
        if columns.keys() >= {Column.QUESTION, Column.ANSWER}:
            return _Table(sheet=sheet, head=row, columns=columns)
    return None


# -- questions ---------------------------------------------------------------------------------------------


def _rows(tables: Iterable[_Table], manifest: Manifest, problems: ProblemList) -> list[ReturnedRow]:
    by_id = {point.criterion: point for point in manifest.points}
    by_words = {point.question: point for point in manifest.points}
    found: dict[str, ReturnedRow] = {}
    for table in tables:
        for row in range(table.head + 1, len(table.sheet.rows) + 1):
            point = _point(table, row, by_id, by_words)
            returned = _returned(table, row, point.criterion if point else "", problems)
            if point is None:
                _lost(table, returned, problems)
                continue
            kept = found.setdefault(point.criterion, returned)
            if kept is not returned:
                found[point.criterion] = _one_of(kept, returned, problems)
            _notes(table, row, problems)
    absent = [point.number for point in manifest.points if point.criterion not in found]
    if absent:
        where = next(iter(tables)).sheet.name
        problems.append(SheetProblem(sheet=where, message=f"lignes absentes : {', '.join(absent[:20])}."))
    return [each for each in found.values() if not each.empty]


def _point(
    table: _Table, row: int, by_id: Mapping[str, AskedPoint], by_words: Mapping[str, AskedPoint]
) -> AskedPoint | None:
    """Return the point a row is about: by its id, else by the words of its question."""
    known = by_id.get(table.cell(row, Column.ID).text)
    question = table.cell(row, Column.QUESTION).text
    return known or (by_words.get(fingerprint(question)) if question else None)


def _returned(table: _Table, row: int, criterion: str, problems: ProblemList) -> ReturnedRow:
    answer, reason, constat, document = (
        without_identities(table.cell(row, column), column, problems.append) for column in _WRITTEN
    )
    return ReturnedRow(criterion=criterion, answer=answer, reason=reason, constat=constat, document=document)


def _lost(table: _Table, row: ReturnedRow, problems: ProblemList) -> None:
    """Say that an answer stands beside no question of the questionnaire."""
    if table.columns.get(Column.ANSWER) and row.answer.text:
        message = "cette réponse n'est à côté d'aucune question du questionnaire : elle n'est pas reprise."
        problems.append(row.answer.problem(message, title=Column.ANSWER))


def _one_of(first: ReturnedRow, second: ReturnedRow, problems: ProblemList) -> ReturnedRow:
    """Return the row to keep where a question is there twice: the one that says something, else the first."""
    if first.empty or second.empty:
        return second if first.empty else first
    if _texts(first) != _texts(second):
        message = f"question déjà répondue ligne {first.answer.row} : seule la première réponse est reprise."
        problems.append(second.answer.problem(message, title=Column.ANSWER))
    return first


def _texts(row: ReturnedRow) -> tuple[str, ...]:
    return tuple(each.text for each in (row.answer, row.reason, row.constat, row.document))


def _notes(table: _Table, row: int, problems: ProblemList) -> None:
    """Say that something was written outside the columns: it is not taken."""
    known = set(table.columns.values())
    for rank, text in enumerate(table.sheet.rows[row - 1], 1):
        if rank not in known and text.strip():
            place = Cell(sheet=table.sheet.name, row=row, column=column_letters(rank))
            problems.append(
                place.problem("texte écrit hors des colonnes du questionnaire : il n'est pas repris.")
            )


# -- the structure -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """Where a structure answers: the ranks of labels and answers, and the row of each label."""

    sheet: SheetCells
    answers: int
    rows: Mapping[str, int]


def _structure(sheets: Iterable[SheetCells], manifest: Manifest) -> _Sheet | None:
    """Return the column that holds most of the labels, whatever its sheet is called."""
    wanted = {folded(label.text) for label in (*manifest.fields, *manifest.activities)}
    best: _Sheet | None = None
    for sheet in sheets:
        for rank in range(1, max(map(len, sheet.rows), default=0) + 1):
            rows: dict[str, int] = {}
            for row in range(1, len(sheet.rows) + 1):
                text = folded(sheet.at(row, rank))
                if text in wanted:
                    rows.setdefault(text, row)
            if len(rows) > len(best.rows if best else ()):
                best = _Sheet(sheet=sheet, answers=_answers(sheet) or rank + 1, rows=rows)
    return best


def _answers(sheet: SheetCells) -> int:
    """Return the rank of the column titled «Réponse», 0 when none is."""
    title = folded(Column.ANSWER)
    ranks = (rank for cells in sheet.rows for rank, text in enumerate(cells, 1) if folded(text) == title)
    return next(ranks, 0)


def _fields(place: _Sheet | None, labels: Iterable[Label]) -> Iterator[ReturnedField]:
    """Yield what is answered beside each label."""
    for label in labels:
        row = place.rows.get(folded(label.text)) if place else None
        if place is not None and row is not None:
            cell = Cell(
                text=place.sheet.at(row, place.answers).strip(),
                sheet=place.sheet.name,
                row=row,
                column=column_letters(place.answers),
            )
            yield ReturnedField(id=label.id, cell=cell)
