"""Tables of the report in Word: fixed widths, heads repeated on each page, hairlines between lines."""

from collections.abc import Sequence

from docx.oxml.xmlchemy import BaseOxmlElement
from reportlab.lib.colors import Color

from ivaudit.domain.scale import Symbol
from ivaudit.reports.document import WIDTH, Cell, Look, Table, Tiles
from ivaudit.reports.docx_styles import HEAD, HEAD_RIGHT, LOOKS, TILE, twips
from ivaudit.reports.docx_text import GLYPHS, hexadecimal, made, paragraph, run
from ivaudit.reports.palette import Inks

_AFTER_FIGURES, _LINE = 8.0, 12.0
_LONG = 1200
"""Characters from which a line may be cut by the end of a page."""


def table(grid: Table, inks: Inks) -> BaseOxmlElement:
    """Return a table."""
    widths = [column.width for column in grid.columns]
    gaps = _gaps(grid)
    rows = []
    if grid.headed:
        styles = [HEAD_RIGHT if column.right else HEAD for column in grid.columns]
        titles = [
            paragraph(style, [run(column.title)], kept=True)
            for style, column in zip(styles, grid.columns, strict=True)
        ]
        rows.append(_row(titles, widths, head=True, under=inks.accent, gaps=gaps))
    for rank, line in enumerate(grid.lines):
        if rank in grid.titles:
            rows.append(_title(line[0], widths, inks))
        else:
            whole = sum(len(cell.text) for cell in line) < _LONG
            cells = [_cell(cell, inks) for cell in line]
            rows.append(_row(cells, widths, whole=whole, gaps=gaps, room=grid.room))
    rules = [_rule(side, inks.line, 4) for side in ("bottom", "insideH")]
    return _whole(rows, widths, rules, headed=grid.headed, named=grid.named)


def _gaps(grid: Table) -> list[float]:
    """Return the room before each column: figures end where the next words would start."""
    rights = [False, *(column.right for column in grid.columns)]
    return [
        _AFTER_FIGURES if before and not column.right else 0.0
        for before, column in zip(rights, grid.columns, strict=False)
    ]


def tiles(shown: Tiles, inks: Inks) -> BaseOxmlElement:
    """Return figures side by side, each under its name."""
    widths = [WIDTH / len(shown.tiles)] * len(shown.tiles)
    quiet = LOOKS[Look.CELL_QUIET]
    labels = [paragraph(HEAD, [run(tile.label)], kept=True) for tile in shown.tiles]
    values = [paragraph(TILE, [run(tile.value)], kept=True) for tile in shown.tiles]
    under = [paragraph(quiet, [run(tile.under)]) for tile in shown.tiles]
    rows = [
        _row(labels, widths, head=True, fill=inks.soft),
        _row(values, widths, fill=inks.soft),
        _row(under, widths, fill=inks.soft),
    ]
    return _whole(rows, widths, [], headed=True, named=False)


def _cell(cell: Cell, inks: Inks) -> BaseOxmlElement:
    if cell.score is not None:
        return paragraph(LOOKS[cell.look], [run(f"{cell.score} sur 100", strong=True)])
    runs = [run(cell.text)]
    if cell.sign is not None:
        glyph = GLYPHS[Symbol(cell.sign.symbol)]
        runs.insert(0, run(f"{glyph}\u00a0", strong=True, ink=inks.tone(cell.sign.tone)))
    if cell.under:
        runs.append(run(f"\n{cell.under}", strong=True))
    return paragraph(LOOKS[cell.look], runs)


def _title(cell: Cell, widths: Sequence[float], inks: Inks) -> BaseOxmlElement:
    """Return a line that is a title over the whole width."""
    said = paragraph(LOOKS[cell.look], [run(cell.text)], kept=True)
    made_cell = _boxed(said, sum(widths), span=len(widths), fill=inks.soft)
    return made("tr", made("trPr", made("cantSplit")), made_cell)


def _row(
    paragraphs: Sequence[BaseOxmlElement],
    widths: Sequence[float],
    *,
    head: bool = False,
    whole: bool = True,
    fill: Color | None = None,
    under: Color | None = None,
    gaps: Sequence[float] | None = None,
    room: float = 0.0,
) -> BaseOxmlElement:
    about = [made("cantSplit")] if whole else []
    if room:
        about.append(made("trHeight", val=twips(room + _LINE), hRule="atLeast"))
    if head:
        about.append(made("tblHeader"))
    cells = [
        _boxed(said, width, fill=fill, under=under, gap=gap)
        for said, width, gap in zip(paragraphs, widths, gaps or [0.0] * len(widths), strict=True)
    ]
    return made("tr", made("trPr", *about), *cells)


def _boxed(
    said: BaseOxmlElement,
    width: float,
    *,
    span: int = 1,
    fill: Color | None = None,
    under: Color | None = None,
    gap: float = 0.0,
) -> BaseOxmlElement:
    about = [made("tcW", w=twips(width), type="dxa")]
    if span > 1:
        about.append(made("gridSpan", val=str(span)))
    if under is not None:
        about.append(made("tcBorders", _rule("bottom", under, 8)))
    if fill is not None:
        about.append(made("shd", val="clear", color="auto", fill=hexadecimal(fill)))
    if gap:
        about.append(made("tcMar", made("left", w=twips(gap), type="dxa")))
    return made("tc", made("tcPr", *about), said)


def _rule(side: str, ink: Color, eighths: int) -> BaseOxmlElement:
    """Return a line along a side, `eighths` of a point thick."""
    return made(side, val="single", sz=str(eighths), space="0", color=hexadecimal(ink))


def _whole(
    rows: Sequence[BaseOxmlElement],
    widths: Sequence[float],
    rules: Sequence[BaseOxmlElement],
    *,
    headed: bool,
    named: bool,
) -> BaseOxmlElement:
    about = made(
        "tblPr",
        made("tblW", w=twips(sum(widths)), type="dxa"),
        made("tblBorders", *rules),
        made("tblLayout", type="fixed"),
        made("tblCellMar", *_margins()),
        made("tblLook", val="0000", firstRow=str(int(headed)), firstColumn=str(int(named))),
    )
    columns = made("tblGrid", *(made("gridCol", w=twips(width)) for width in widths))
    return made("tbl", about, columns, *rows)


def _margins() -> list[BaseOxmlElement]:
    rooms = (("top", 2.5), ("left", 0.0), ("bottom", 3.0), ("right", 5.0))
    return [made(side, w=twips(room), type="dxa") for side, room in rooms]
