"""Tables that know what their rows and cells are, whatever the number of pages they take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab import platypus

from ivaudit.reports.fonts import REGULAR
from ivaudit.reports.structure import Node, Structure, structure_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the rows and columns of a table are.

    `heads` rows are headers, and so is the first column where `named`. `lines` gives the line of each row
    below the headers, where long texts make several rows of one line; each row is a line where it is empty.
    `titles` are the lines that are one header over the whole width. A `listing` is read as a list: the first
    column is the mark of each line.
    """

    heads: int = 0
    named: bool = False
    lines: Sequence[int] = ()
    titles: frozenset[int] = frozenset()
    listing: bool = False


class Table(platypus.Table):
    """A table that is one whatever the number of pages, its repeated headers being read once.

    Without a shape it only places things, which are read one after the other.
    """

    def __init__(self, data: Sequence[Any], *given: Any, shape: Shape | None = None, **named: Any) -> None:  # noqa: ANN401 - reportlab's
        if shape is not None:
            named["renderCB"] = _Reader(shape)
        super().__init__(data, *given, **named)
        if "cellStyles" not in named:
            # What reportlab sets for cells that hold no text would bring in a font that is not embedded.
            self.setStyle([("FONTNAME", (0, 0), (-1, -1), REGULAR)])


class _Reader:
    """Told of each row and cell as it is drawn, page after page."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._table = Node("L" if shape.listing else "Table")
        self._drawn = 0
        self._first = 0
        self._quiet = False
        self._line = -1
        self._row = self._table
        self._cells: dict[int, Node] = {}

    def __call__(self, table: Any, event: str, *about: Any) -> None:  # noqa: ANN401 - reportlab's
        structure = structure_of(table.canv)
        match event:
            case "startTable":
                self._first = table.repeatRows if self._drawn else 0
                structure.enter(self._table)
            case "startRow":
                self._start_row(structure, about[0])
            case "startCell":
                _, column, value, *_ = about
                alone = not isinstance(value, list | tuple) or len(value) == 1
                structure.enter(self._cell(column, len(table._cellvalues[0])), alone=alone)  # noqa: SLF001 - no other way
            case "endCell" | "endTable":
                structure.leave()
            case "endRow" if self._quiet:
                structure.speak()

    def _start_row(self, structure: Structure, rank: int) -> None:
        self._quiet = rank < self._first
        if self._quiet:
            structure.hush()
            return
        line = self._line_of(self._drawn)
        self._drawn += 1
        if line != self._line:
            self._line = line
            self._cells = {}
            self._row = self._table.grow("LI" if self._shape.listing else "TR")

    def _line_of(self, row: int) -> int:
        """Return the line of a row, below zero for headers."""
        below = row - self._shape.heads
        if below < 0:
            return below - 1
        return self._shape.lines[below] if self._shape.lines else below

    def _cell(self, column: int, columns: int) -> Node:
        if self._quiet:
            return Node("TH")
        if self._line in self._shape.titles:
            column = 0
        if self._shape.listing:
            column = min(column, 1)
        if column not in self._cells:
            self._cells[column] = self._made(column, columns)
        return self._cells[column]

    def _made(self, column: int, columns: int) -> Node:
        shape = self._shape
        if shape.listing:
            return self._row.grow("LBody" if column else "Lbl")
        if self._line < 0:
            return self._row.grow("TH", traits=("Table", "/Scope /Column"))
        if self._line in shape.titles:
            return self._row.grow("TH", traits=("Table", f"/Scope /Column /ColSpan {columns}"))
        if shape.named and column == 0:
            return self._row.grow("TH", traits=("Table", "/Scope /Row"))
        return self._row.grow("TD")
