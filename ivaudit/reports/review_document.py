"""The form of the reading-back for a word processor: tables whose last column says what each line is.

Nothing is hidden: what lets it be read back stands in plain words, which any word processor keeps.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

from ivaudit.domain.printable import without_controls
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.review import CommentKind, ReviewRow
from ivaudit.domain.review_form import BY, FORMAT, MARK, Column, ReviewForm
from ivaudit.reports.document import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Look
from ivaudit.reports.docx_styles import BULLET, HEAD, LANGUAGE, LOOKS, TITLES, blank, dress, twips
from ivaudit.reports.docx_text import clean, field, hexadecimal, made, paragraph, run, tab
from ivaudit.reports.palette import LIGHT, Inks
from ivaudit.reports.review_words import FINDINGS, HOW, NO_FINDING, POINTS, SCORES, TITLE

_WIDTHS = {
    Column.NUMBER: 36.0,
    Column.ABOUT: 150.0,
    Column.SAID: 220.0,
    Column.COMMENT: 210.0,
    Column.KIND: 82.0,
    Column.ID: 58.0,
}
_OPEN_HEIGHT = 34.0
_FILL_IN = "#FFF8E6"


def write(form: ReviewForm, path: Path, *, program: str, progress: Progress = silent) -> None:
    """Write the form.

    Args:
        form: what is read back.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    progress(0, 2, "textes à relire")
    document = blank()
    dress(document, LIGHT)
    _page(document)
    _describe(document, form, program)
    end = document.element.body.sectPr
    for part in _parts(form):
        end.addprevious(part)
    progress(1, 2, "écriture du document")
    document.save(str(path))
    progress(2, 2, "formulaire prêt")


def _parts(form: ReviewForm) -> list[BaseOxmlElement]:
    text = LOOKS[Look.TEXT]
    said = f"{form.facility} – {form.title}, visite du {long_date(form.date)}"
    parts = [
        paragraph(TITLES[1], [run(TITLE)]),
        paragraph(LOOKS[Look.SUBTITLE], [run(said)]),
        *(paragraph(BULLET, [run(line)]) for line in HOW),
        _who(),
        paragraph(text, []),
    ]
    if form.scores:
        parts.append(paragraph(TITLES[2], [run(SCORES)]))
        parts += [paragraph(BULLET, [run(line)]) for line in form.scores]
    findings = [row for row in form.rows if row.id.startswith("c:")]
    points = [row for row in form.rows if not row.id.startswith("c:")]
    parts.append(paragraph(TITLES[2], [run(FINDINGS)], kept=True))
    parts += [_table(findings, LIGHT)] if findings else [paragraph(text, [run(NO_FINDING)])]
    if points:
        parts += [paragraph(TITLES[2], [run(POINTS)], kept=True), _table(points, LIGHT)]
    manifest = form.manifest
    mark = f"{MARK} {FORMAT} {manifest.audit} {manifest.form}"
    parts.append(paragraph(LOOKS[Look.QUIET], [run(f"Ne pas retirer cette ligne : {mark}")]))
    return parts


def _who() -> BaseOxmlElement:
    widths = [sum(_WIDTHS.values()) * share for share in (0.4, 0.6)]
    strong, cell = LOOKS[Look.CELL_STRONG], LOOKS[Look.CELL]
    label = _boxed(paragraph(strong, [run(BY)]), widths[0])
    return _whole(
        [made("tr", label, _boxed(paragraph(cell, []), widths[1], fill=_FILL_IN))], widths, headed=False
    )


def _table(rows: Sequence[ReviewRow], inks: Inks) -> BaseOxmlElement:
    widths = list(_WIDTHS.values())
    titles = [
        _boxed(paragraph(HEAD, [run(column.value)], kept=True), width, under=hexadecimal(inks.accent))
        for column, width in _WIDTHS.items()
    ]
    head = made("tr", made("trPr", made("cantSplit"), made("tblHeader")), *titles)
    return _whole([head, *(_row(each) for each in rows)], widths, headed=True)


def _row(each: ReviewRow) -> BaseOxmlElement:
    cell, quiet = LOOKS[Look.CELL], LOOKS[Look.CELL_QUIET]
    about = paragraph(LOOKS[Look.CELL_STRONG], [run(each.number)])
    cells = [
        _boxed(about, _WIDTHS[Column.NUMBER]),
        _boxed(paragraph(cell, [run(each.about)]), _WIDTHS[Column.ABOUT]),
        _boxed(paragraph(cell, [run(each.text)]), _WIDTHS[Column.SAID]),
        _boxed(paragraph(cell, []), _WIDTHS[Column.COMMENT], fill=_FILL_IN),
        _boxed(_choice(), _WIDTHS[Column.KIND], fill=_FILL_IN),
        _boxed(paragraph(quiet, [_small(f"{each.id} · {each.digest}")]), _WIDTHS[Column.ID]),
    ]
    height = made("trHeight", val=twips(_OPEN_HEIGHT), hRule="atLeast")
    return made("tr", made("trPr", made("cantSplit"), height), *cells)


def _choice() -> BaseOxmlElement:
    """Return the kinds to choose from; a program that has no lists keeps the words as text."""
    items = [made("listItem", displayText=kind.value, value=kind.value) for kind in CommentKind]
    about = made(
        "sdtPr",
        made("alias", val=Column.KIND.value),
        made("tag", val="ivaudit-nature"),
        made("dropDownList", *items),
    )
    inside = made("sdtContent", run("commentaire"))
    said = paragraph(LOOKS[Look.CELL], [])
    said.append(made("sdt", about, inside))
    return said


def _small(text: str) -> BaseOxmlElement:
    small = run(text)
    small.insert(0, made("rPr", made("sz", val="9"), made("szCs", val="9")))
    return small


def _boxed(said: BaseOxmlElement, width: float, *, fill: str = "", under: str = "") -> BaseOxmlElement:
    about = [made("tcW", w=twips(width), type="dxa")]
    if under:
        line = made("bottom", val="single", sz="8", space="0", color=under)
        about.append(made("tcBorders", line))
    if fill:
        about.append(made("shd", val="clear", color="auto", fill=fill.lstrip("#")))
    return made("tc", made("tcPr", *about), said)


def _whole(rows: Sequence[BaseOxmlElement], widths: Sequence[float], *, headed: bool) -> BaseOxmlElement:
    pen = {"val": "single", "sz": "4", "space": "0", "color": hexadecimal(LIGHT.line)}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rooms = (("top", 2.5), ("left", 4.0), ("bottom", 3.0), ("right", 4.0))
    about = made(
        "tblPr",
        made("tblW", w=twips(sum(widths)), type="dxa"),
        made("tblBorders", *(made(side, **pen) for side in sides)),
        made("tblLayout", type="fixed"),
        made("tblCellMar", *(made(side, w=twips(room), type="dxa") for side, room in rooms)),
        made("tblLook", val="0000", firstRow=str(int(headed)), firstColumn="0"),
    )
    columns = made("tblGrid", *(made("gridCol", w=twips(width)) for width in widths))
    return made("tbl", about, columns, *rows)


def _page(document: Document) -> None:
    """Lay pages across: five columns to read side by side."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Pt(PAGE_HEIGHT), Pt(PAGE_WIDTH)
    section.left_margin = section.right_margin = Pt(MARGIN)
    section.top_margin = section.bottom_margin = Pt(MARGIN)
    (only,) = section.footer.paragraphs
    foot = paragraph(
        "Footer", [run(TITLE), tab(), run("page "), *field("PAGE"), run(" sur "), *field("NUMPAGES")]
    )
    only._p.getparent().replace(only._p, foot)  # noqa: SLF001 - no public way


def _describe(document: Document, form: ReviewForm, program: str) -> None:
    about = document.core_properties
    about.title = clean(f"{TITLE} – {form.facility}")[:255]
    about.subject = clean(f"{form.title}, visite du {long_date(form.date)}")[:255]
    about.author = about.last_modified_by = without_controls(program)
    about.language, about.comments, about.keywords = LANGUAGE, "", "identitovigilance"
    about.created = about.modified = datetime.now().astimezone().replace(tzinfo=None, microsecond=0)
