"""The look of the report in Word: named styles, so that a structure restyles it in one gesture."""

from dataclasses import dataclass, replace
from typing import cast

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from reportlab.lib.colors import Color

from ivaudit.reports.document import Look
from ivaudit.reports.docx_text import hexadecimal, made, settle
from ivaudit.reports.palette import Inks

LANGUAGE = "fr-FR"
_FONT = "Arial"
_WORD = "15"  # Word 2013 and later: no «mode de compatibilité» in the title of the window
_LEADING = "252"  # 240 is a single line


def blank() -> Document:
    """Return an empty document, without the thumbnail of a stranger's page that the template carries."""
    document = docx.Document()
    links = document.part.package.rels
    for key in [key for key, each in links.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        links.pop(key)
    return document


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    """How a style looks; sizes and room before and after in points, the ink by its role.

    `level` is that of a title, from 0.
    """

    name: str
    size: float
    ink: str = "text"
    bold: bool = False
    before: float = 0
    after: float = 0
    left: float = 0
    base: str = "Normal"
    level: int | None = None
    kept: bool = False
    right: bool = False
    hangs: bool = False


TITLES = {1: "Heading1", 2: "Heading2", 3: "Heading3"}
"""Ids of the styles of titles, by level."""

LABEL, CARD, CALLOUT, HEAD, HEAD_RIGHT, TILE, LARGE_BULLET, BULLET, NUMBER = (
    "ivauditIntitule",
    "ivauditFiche",
    "ivauditEncadre",
    "ivauditEntete",
    "ivauditEnteteDroite",
    "ivauditChiffre",
    "ListBullet2",
    "ListBullet",
    "ListNumber",
)
"""Ids of the styles of the parts that are no plain text."""

_TITLE = _Looks(name="Heading 3", size=11, bold=True, before=8, after=4, kept=True, level=2)
_STYLES: dict[str, _Looks] = {
    "Normal": _Looks(name="Normal", size=9.5, after=4, base=""),
    "Heading1": replace(_TITLE, name="Heading 1", size=21, ink="accent", before=0, after=8, level=0),
    "Heading2": replace(_TITLE, name="Heading 2", size=14, ink="accent", before=14, after=6, level=1),
    "Heading3": _TITLE,
    "Subtitle": _Looks(name="Subtitle", size=14, bold=True, after=4),
    "Caption": _Looks(name="Caption", size=8.5, ink="muted", before=8, after=2, kept=True),
    "Header": _Looks(name="Header", size=8, ink="muted"),
    "Footer": _Looks(name="Footer", size=8, ink="muted"),
    BULLET: _Looks(name="List Bullet", size=9.5, after=2),
    LARGE_BULLET: _Looks(name="List Bullet 2", size=11, after=4),
    NUMBER: _Looks(name="List Number", size=9.5, after=2),
    LABEL: replace(_TITLE, name="ivaudit Intitulé", size=9.5, ink="accent", after=2, base="Heading3"),
    CARD: replace(_TITLE, name="ivaudit Fiche", size=9.5, after=0, base="Heading3", hangs=True),
    CALLOUT: _Looks(name="ivaudit Encadré", size=10, after=6, left=9),
    "ivauditGrand": _Looks(name="ivaudit Grand", size=11, after=4),
    "ivauditDiscret": _Looks(name="ivaudit Discret", size=8.5, ink="muted", after=4),
    "ivauditFort": _Looks(name="ivaudit Fort", size=9.5, bold=True, after=4, kept=True),
    "ivauditDetail": _Looks(name="ivaudit Détail", size=9, after=2, left=14),
    "ivauditCellule": _Looks(name="ivaudit Cellule", size=8.5),
    "ivauditCelluleDiscrete": _Looks(name="ivaudit Cellule discrète", size=8.5, ink="muted"),
    "ivauditCelluleForte": _Looks(name="ivaudit Cellule forte", size=8.5, bold=True),
    "ivauditCelluleDroite": _Looks(name="ivaudit Cellule à droite", size=8.5, right=True),
    HEAD: _Looks(name="ivaudit En-tête", size=7.5, ink="muted", bold=True),
    HEAD_RIGHT: _Looks(name="ivaudit En-tête à droite", size=7.5, ink="muted", bold=True, right=True),
    TILE: _Looks(name="ivaudit Chiffre", size=16, bold=True),
}

LOOKS: dict[Look, str] = {
    Look.TEXT: "Normal",
    Look.LARGE: "ivauditGrand",
    Look.QUIET: "ivauditDiscret",
    Look.STRONG: "ivauditFort",
    Look.SUBTITLE: "Subtitle",
    Look.UNDER: "ivauditDetail",
    Look.FORM_TITLE: "Caption",
    Look.CELL: "ivauditCellule",
    Look.CELL_QUIET: "ivauditCelluleDiscrete",
    Look.CELL_STRONG: "ivauditCelluleForte",
    Look.CELL_RIGHT: "ivauditCelluleDroite",
}
"""Ids of the styles of texts."""


def dress(document: Document, inks: Inks) -> None:
    """Give a document its styles, in these inks, and its language."""
    for key, looks in _STYLES.items():
        _style(_named(document, key, looks), looks, inks)
    _bar(document, inks.accent)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD)


def _named(document: Document, key: str, looks: _Looks) -> BaseOxmlElement:
    """Return the style of that id, added where the template has none."""
    styles = document.styles.element
    found = styles.get_by_id(key)
    if found is None:
        found = made("style", made("name", val=looks.name), made("basedOn", val=looks.base), type="paragraph")
        found.append(made("qFormat"))
        found.set(qn("w:customStyle"), "1")
        found.set(qn("w:styleId"), key)
        styles.append(found)
    return cast("BaseOxmlElement", found)


def _style(style: BaseOxmlElement, looks: _Looks, inks: Inks) -> None:
    """Write what a style looks like anew: the template names fonts and colours of a theme."""
    numbers = style.find(qn("w:pPr") + "/" + qn("w:numPr"))
    for old in (style.find(qn("w:pPr")), style.find(qn("w:rPr"))):
        if old is not None:
            style.remove(old)
    about = [made("keepNext"), made("keepLines")] if looks.kept else []
    about += [numbers] if numbers is not None else []
    about.append(
        made("spacing", before=twips(looks.before), after=twips(looks.after), line="252", lineRule="auto")
    )
    about.append(_indent(looks, listed=numbers is not None))
    if looks.right:
        about.append(made("jc", val="right"))
    if looks.level is not None:
        about.append(made("outlineLvl", val=str(looks.level)))
    words = [
        made("rFonts", ascii=_FONT, hAnsi=_FONT, eastAsia=_FONT, cs=_FONT),
        made("b", val="1" if looks.bold else "0"),
        made("i", val="0"),
        made("color", val=hexadecimal(getattr(inks, looks.ink))),
        made("spacing", val="0"),
        made("kern", val="0"),
        made("sz", val=str(int(looks.size * 2))),
        made("szCs", val=str(int(looks.size * 2))),
    ]
    style.extend([made("pPr", *about), made("rPr", *words)])


def _indent(looks: _Looks, *, listed: bool) -> BaseOxmlElement:
    if listed or looks.hangs:
        return made("ind", left=twips(14), hanging=twips(14))
    return made("ind", left=twips(looks.left), firstLine="0")


def _bar(document: Document, ink: Color) -> None:
    """Put a bar along what stands out."""
    about = document.styles.element.get_by_id(CALLOUT).find(qn("w:pPr"))
    bar = made("left", val="single", sz="18", space="8", color=hexadecimal(ink))
    settle(about, made("pBdr", bar))


def twips(points: float) -> str:
    """Return a length in twentieths of a point."""
    return str(round(points * 20))
