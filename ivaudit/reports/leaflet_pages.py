"""Short papers about one entry, printed (tagged PDF) or for Word: the same parts in the same order."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from reportlab.platypus import Flowable, Spacer, TableStyle

from ivaudit.domain.leaflet import Leaflet, Part, PartKind
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.blank_page import Boxes, Paper
from ivaudit.reports.document import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH, Look
from ivaudit.reports.docx_styles import BULLET, CALLOUT, HEAD, LANGUAGE, LOOKS, TITLES, dress, twips
from ivaudit.reports.docx_text import clean, field, hexadecimal, made, paragraph, run, settle, tab
from ivaudit.reports.palette import LIGHT, Inks
from ivaudit.reports.pdf_flowables import Heading, barred, markup, together
from ivaudit.reports.pdf_page import prepare
from ivaudit.reports.structure_flowables import signed_list
from ivaudit.reports.structure_tables import Shape, Table
from ivaudit.reports.symbols import symbol

_LABEL = 0.34
_AFTER = 6.0
_WORD_ROOM = 16.0
_FILL_IN = "FFF8E6"


def write(
    leaflet: Leaflet,
    path: Path,
    *,
    format: str,  # noqa: A002 - formats are called so
    program: str,
    progress: Progress = silent,
) -> None:
    """Write a paper.

    Args:
        leaflet: what it says.
        path: the file to write.
        format: «pdf» or «docx».
        program: what made the file.
        progress: told of its steps.
    """
    progress(0, 2, "mise en page")
    if format == "docx":
        _write_docx(leaflet, path, program)
    else:
        path.write_bytes(render(leaflet, program=program))
    progress(2, 2, "fichier prêt")


# -- printed -----------------------------------------------------------------------------------------------


def render(leaflet: Leaflet, *, program: str) -> bytes:
    """Return a paper as the bytes of a PDF; the same paper gives the same bytes."""
    prepare()
    paper = Paper(
        title=f"{leaflet.title} – {leaflet.subtitle}" if leaflet.subtitle else leaflet.title,
        foot=leaflet.foot,
        program=program,
        warning=leaflet.warning,
        subject=leaflet.title,
    )
    story: list[Flowable] = [paper.text(leaflet.title, "first")]
    if leaflet.subtitle:
        story.append(paper.text(leaflet.subtitle, "strong"))
    for rank, part in enumerate(leaflet.parts):
        story += _printed(paper, part, rank)
    return paper.render(story, silent)


def _printed(paper: Paper, part: Part, rank: int) -> list[Flowable]:
    """Return a part, its title on the page of what follows."""
    heads: list[Flowable] = []
    if part.title:
        style = paper.style("heading", fontSize=10.5, leading=13.5, spaceAfter=3)
        heads.append(Heading(part.title, style, key=f"page-{rank}", level=0))
    body = [*_body(paper, part), Spacer(0, _AFTER)]
    return together(heads, body, whole=part.kind in {PartKind.BLANK, PartKind.LINES})


def _body(paper: Paper, part: Part) -> Iterator[Flowable]:
    match part.kind:
        case PartKind.TEXT:
            for line in part.text.split("\n"):
                yield paper.text(line, "text")
        case PartKind.CALLOUT:
            yield barred(part.text, paper.styles.barred, paper.inks.accent)
        case PartKind.FACTS:
            yield _lines(paper, part.rows, (_LABEL, 1 - _LABEL))
        case PartKind.BLANK:
            if part.text:
                yield paper.text(part.text, "quiet")
            yield _blank(paper, part)
        case PartKind.GRID:
            yield _lines(paper, part.rows, part.shares, head=part.columns, room=part.room)
        case PartKind.LINES:
            sign = symbol("plein", paper.inks.accent, 6.0)
            yield from signed_list([markup(row[0]) for row in part.rows], paper.styles.point, sign)
        case PartKind.BOXES:
            yield Boxes([row[0] for row in part.rows], paper.inks)


def _blank(paper: Paper, part: Part) -> Table:
    """Return labels, each beside an empty box to write in."""
    rows: list[list[Flowable | str]] = [[paper.text(row[0], "cell_strong"), ""] for row in part.rows]
    heights = [14 + part.room] * len(rows)
    if part.last:
        heights[-1] = 14 + part.last
    widths = [paper.width * _LABEL, paper.width * (1 - _LABEL)]
    table = Table(rows, colWidths=widths, rowHeights=heights, shape=Shape(named=True))
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("BOX", (0, 0), (-1, -1), 0.8, paper.inks.neutral),
                ("INNERGRID", (0, 0), (-1, -1), 0.4, paper.inks.neutral),
                ("BACKGROUND", (0, 0), (0, -1), paper.inks.soft),
                ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ]
        )
    )
    return table


def _lines(
    paper: Paper,
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    *,
    head: Sequence[str] = (),
    room: float = 0.0,
) -> Table:
    """Return a table of texts, the first cell of each line saying what it is about."""
    titles = [[paper.text(each, "cell_head") for each in head]] if head else []
    lines = [
        [
            paper.text(cell, "cell_strong" if rank == 0 else "cell") if cell else ""
            for rank, cell in enumerate(row)
        ]
        for row in rows
    ]
    table = Table(
        [*titles, *lines],
        colWidths=[paper.width * share for share in shares],
        repeatRows=len(titles),
        shape=Shape(heads=len(titles), named=True),
    )
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3 + room),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, paper.inks.line),
            ]
        )
    )
    return table


# -- for Word ----------------------------------------------------------------------------------------------


def _write_docx(leaflet: Leaflet, path: Path, program: str) -> None:
    document = docx.Document()
    dress(document, LIGHT)
    _page(document, leaflet)
    _describe(document, leaflet, program)
    end = document.element.body.sectPr
    for part in _worded(leaflet):
        end.addprevious(part)
    document.save(str(path))


def _worded(leaflet: Leaflet) -> Iterator[BaseOxmlElement]:
    yield paragraph(TITLES[1], [run(leaflet.title)])
    if leaflet.subtitle:
        yield paragraph(LOOKS[Look.SUBTITLE], [run(leaflet.subtitle)])
    for part in leaflet.parts:
        if part.title:
            yield paragraph(TITLES[2], [run(part.title)], kept=True)
        yield from _part(part)
    yield paragraph(LOOKS[Look.QUIET], [run(leaflet.warning)] if leaflet.warning else [])


def _part(part: Part) -> Iterator[BaseOxmlElement]:
    text = LOOKS[Look.TEXT]
    match part.kind:
        case PartKind.TEXT:
            yield paragraph(text, [run(part.text)])
        case PartKind.CALLOUT:
            yield paragraph(CALLOUT, [run(part.text)])
        case PartKind.LINES:
            yield from (paragraph(BULLET, [run(row[0])]) for row in part.rows)
        case PartKind.BOXES:
            yield from (paragraph(text, [run(f"☐ {row[0]}")]) for row in part.rows)
        case PartKind.FACTS | PartKind.BLANK | PartKind.GRID:
            if part.text:
                yield paragraph(LOOKS[Look.QUIET], [run(part.text)], kept=True)
            yield _tabled(part)
            yield _small()


def _tabled(part: Part) -> BaseOxmlElement:
    """Return a part that is a table."""
    match part.kind:
        case PartKind.BLANK:
            rows = [(*row, "") for row in part.rows]
            return _word_table(rows, (_LABEL, 1 - _LABEL), room=part.room, last=part.last, blank=True)
        case PartKind.GRID:
            return _word_table(part.rows, part.shares, head=part.columns, room=part.room, blank=True)
        case _:
            return _word_table(part.rows, (_LABEL, 1 - _LABEL))


def _word_table(
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    *,
    head: Sequence[str] = (),
    room: float = 0.0,
    last: float = 0.0,
    blank: bool = False,
) -> BaseOxmlElement:
    """Return a table; its empty cells are those to fill in."""
    widths = [WIDTH * share for share in shares]
    lines = []
    if head:
        cells = [
            _boxed(paragraph(HEAD, [run(each)], kept=True), w) for each, w in zip(head, widths, strict=True)
        ]
        lines.append(made("tr", made("trPr", made("cantSplit"), made("tblHeader")), *cells))
    for rank, row in enumerate(rows):
        high = last if last and rank == len(rows) - 1 else room
        about = [made("cantSplit")]
        if blank:
            about.append(made("trHeight", val=twips(_WORD_ROOM + high), hRule="atLeast"))
        cells = [
            _boxed(
                paragraph(LOOKS[Look.CELL_STRONG if at == 0 else Look.CELL], [run(cell)] if cell else []),
                width,
                fill=_FILL_IN if blank and not cell else "",
            )
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(made("tr", made("trPr", *about), *cells))
    return _whole(lines, widths, headed=bool(head), inks=LIGHT)


def _boxed(said: BaseOxmlElement, width: float, *, fill: str = "") -> BaseOxmlElement:
    about = [made("tcW", w=twips(width), type="dxa")]
    if fill:
        about.append(made("shd", val="clear", color="auto", fill=fill))
    return made("tc", made("tcPr", *about), said)


def _whole(
    rows: Sequence[BaseOxmlElement], widths: Sequence[float], *, headed: bool, inks: Inks
) -> BaseOxmlElement:
    pen = {"val": "single", "sz": "4", "space": "0", "color": hexadecimal(inks.line)}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rooms = (("top", 2.5), ("left", 4.0), ("bottom", 3.0), ("right", 4.0))
    about = made(
        "tblPr",
        made("tblW", w=twips(sum(widths)), type="dxa"),
        made("tblBorders", *(made(side, **pen) for side in sides)),
        made("tblLayout", type="fixed"),
        made("tblCellMar", *(made(side, w=twips(room), type="dxa") for side, room in rooms)),
        made("tblLook", val="0000", firstRow=str(int(headed)), firstColumn="1"),
    )
    columns = made("tblGrid", *(made("gridCol", w=twips(width)) for width in widths))
    return made("tbl", about, columns, *rows)


def _small() -> BaseOxmlElement:
    """Return the smallest paragraph there is: two tables that touch become one."""
    return made("p", made("pPr", made("spacing", before="0", after="0", line="120", lineRule="exact")))


def _page(document: Document, leaflet: Leaflet) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Pt(MARGIN)
    section.top_margin = section.bottom_margin = Pt(MARGIN - 6)
    (only,) = section.footer.paragraphs
    numbers = [run("page "), *field("PAGE"), run(" sur "), *field("NUMPAGES")]
    foot = paragraph("Footer", [run(leaflet.foot), tab(), *numbers])
    settle(foot.find(qn("w:pPr")), made("tabs", made("tab", val="right", pos=twips(WIDTH))))
    only._p.getparent().replace(only._p, foot)  # noqa: SLF001 - no public way


def _describe(document: Document, leaflet: Leaflet, program: str) -> None:
    about = document.core_properties
    about.title = clean(f"{leaflet.title} – {leaflet.subtitle}".strip(" –"))[:255]
    about.subject = clean(leaflet.title)[:255]
    about.author = about.last_modified_by = clean(program)
    about.language, about.comments, about.keywords = LANGUAGE, "", "identitovigilance"
    about.created = about.modified = datetime.now().astimezone().replace(tzinfo=None, microsecond=0)
