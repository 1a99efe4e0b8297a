"""What a table of columns must respect beyond its shape."""

from collections.abc import Collection, Iterator, Sequence

from ivaudit.content.parsing import Parsed
from ivaudit.content.printed_rules import problems_of_printing
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import enumeration, near
from ivaudit.domain.action_table import CLOSED, ActionField, ActionTable, TableColumn
from ivaudit.domain.insi_table import InsiColumn, InsiField, InsiTable
from ivaudit.domain.wording import folded

_NARROWEST, _WIDEST = 4, 120


def problems(parsed: Parsed, table: ActionTable) -> Iterator[Problem]:
    """Yield the rules that a table of columns breaks."""
    keys = [column for column in table.columns if column.field is ActionField.KEY]
    if len(keys) != 1:
        yield parsed.problem(
            table,
            "columns",
            f"columns: une colonne « field: {ActionField.KEY} » attendue, {len(keys)} trouvées",
        )
    yield from _columns(parsed, table.columns, {ActionField.EMPTY, ActionField.KEY})
    yield from problems_of_printing(parsed, table, [each for each in table.columns if not each.hidden])
    for column in table.columns:
        yield from _words(parsed, column)


def insi_problems(parsed: Parsed, table: InsiTable) -> Iterator[Problem]:
    """Yield the rules that a table of columns of the INSi follow-up breaks."""
    if InsiField.FINESS not in {column.field for column in table.columns}:
        yield parsed.problem(table, "columns", f"columns: une colonne « field: {InsiField.FINESS} » attendue")
    yield from _columns(parsed, table.columns, {InsiField.EMPTY})
    yield from problems_of_printing(parsed, table, table.columns)


def _columns(
    parsed: Parsed, columns: Sequence[TableColumn | InsiColumn], often: Collection[str]
) -> Iterator[Problem]:
    """Yield the rules that columns break; the fields `often` may come several times."""
    ids = repeated(column.id for column in columns)
    titles = repeated(folded(column.title) for column in columns)
    fields = repeated(column.field for column in columns if column.field not in often)
    for column in columns:
        if column.id in ids:
            yield parsed.problem(column, "id", f"id: la colonne « {column.id} » est en double")
        if folded(column.title) in titles:
            yield parsed.problem(column, "title", f"title: le titre « {column.title} » est en double")
        if column.field in fields:
            yield parsed.problem(
                column, "field", f"field: « {column.field} » est déjà dans une autre colonne"
            )
        if not _NARROWEST <= column.width <= _WIDEST:
            yield parsed.problem(
                column, "width", f"width: un nombre de caractères de {_NARROWEST} à {_WIDEST} attendu"
            )


def _words(parsed: Parsed, column: TableColumn) -> Iterator[Problem]:
    closed = CLOSED.get(column.field)
    if closed is None:
        if column.words:
            yield parsed.problem(
                column,
                "words",
                f"words: seulement pour les champs {enumeration(each.value for each in CLOSED)}",
            )
        return
    known = [each.value for each in closed]
    for word in column.words:
        if word not in known:
            hint = near(word, known) or f" ; mots admis : {', '.join(known)}"
            yield parsed.problem(column, "words", f"words.{word}: mot inconnu{hint}", word)
    twice = repeated(folded(text) for text in column.words.values())
    for word, text in column.words.items():
        if folded(text) in twice:
            yield parsed.problem(column, "words", f"words.{word}: « {text} » traduit déjà un autre mot", word)
