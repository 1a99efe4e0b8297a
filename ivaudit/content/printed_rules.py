"""Which columns of a sheet are printed: those that are not come last."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem

_LAST = "printed: une colonne qui ne s'imprime pas vient après celles qui s'impriment"
_NONE = "columns: au moins une colonne imprimée attendue"


class _Column(Protocol):
    @property
    def printed(self) -> bool: ...


def problems_of_printing(parsed: Parsed, owner: object, columns: Sequence[_Column]) -> Iterator[Problem]:
    """Yield the columns that would not be printed though nothing says so, and a sheet without any.

    Args:
        parsed: the file.
        owner: what has the columns.
        columns: in the order of the sheet.
    """
    if columns and not any(column.printed for column in columns):
        yield parsed.problem(owner, "columns", _NONE)
        return
    last = max((rank for rank, column in enumerate(columns) if column.printed), default=0)
    for column in columns[:last]:
        if not column.printed:
            yield parsed.problem(column, "printed", _LAST)
