"""The look of the printed report: one scale of sizes, one of spaces, one accent colour.

`role` is what a paragraph of a style is to those who do not see it.
"""

from dataclasses import dataclass
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from ivaudit.reports.fonts import BOLD, REGULAR
from ivaudit.reports.palette import Inks

TOP, BOTTOM = 56.0, 52.0

SMALL, TEXT, LARGE = 7.6, 8.8, 10.5
SPACE = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """Paragraph styles by what they are for."""

    text: ParagraphStyle
    large: ParagraphStyle
    quiet: ParagraphStyle
    form_title: ParagraphStyle
    strong: ParagraphStyle
    label: ParagraphStyle
    title: ParagraphStyle
    first: ParagraphStyle
    subtitle: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    cell: ParagraphStyle
    cell_quiet: ParagraphStyle
    cell_strong: ParagraphStyle
    cell_head: ParagraphStyle
    cell_right: ParagraphStyle
    cell_head_right: ParagraphStyle
    sign: ParagraphStyle
    signed: ParagraphStyle
    under_sign: ParagraphStyle
    point: ParagraphStyle
    point_large: ParagraphStyle
    tile: ParagraphStyle
    barred: ParagraphStyle


def styles(inks: Inks) -> Styles:
    """Return the styles in these inks."""

    def style(name: str, size: float, **others: object) -> ParagraphStyle:
        given: dict[str, Any] = {
            "fontName": REGULAR,
            "fontSize": size,
            "leading": round(size * 1.32, 2),
            "textColor": inks.text,
            "allowOrphans": 0,
            "allowWidows": 0,
            "splitLongWords": 1,
            **others,
        }
        return ParagraphStyle(name, None, **given)

    return Styles(
        text=style("text", TEXT, spaceAfter=SPACE),
        large=style("large", LARGE, spaceAfter=SPACE),
        quiet=style("quiet", SMALL, textColor=inks.muted, spaceAfter=SPACE),
        form_title=style("form_title", SMALL, textColor=inks.muted, spaceBefore=SPACE * 2),
        strong=style("strong", TEXT, fontName=BOLD, spaceAfter=SPACE),
        label=style(
            "label",
            TEXT,
            role="H3",
            fontName=BOLD,
            textColor=inks.accent,
            spaceBefore=SPACE * 2,
            spaceAfter=2,
        ),
        title=style("title", 21, role="H1", fontName=BOLD, textColor=inks.accent, spaceAfter=SPACE * 2),
        first=style("first", 14, role="H1", fontName=BOLD, spaceAfter=SPACE),
        subtitle=style("subtitle", 14, fontName=BOLD, spaceAfter=SPACE),
        heading=style("heading", 14, role="H2", fontName=BOLD, textColor=inks.accent, spaceAfter=SPACE * 1.5),
        subheading=style(
            "subheading", LARGE, role="H3", fontName=BOLD, spaceBefore=SPACE * 2, spaceAfter=SPACE
        ),
        cell=style("cell", SMALL),
        cell_quiet=style("cell_quiet", SMALL, textColor=inks.muted),
        cell_strong=style("cell_strong", SMALL, fontName=BOLD),
        cell_head=style("cell_head", 7, fontName=BOLD, textColor=inks.muted),
        cell_right=style("cell_right", SMALL, alignment=TA_RIGHT),
        cell_head_right=style("cell_head_right", 7, fontName=BOLD, textColor=inks.muted, alignment=TA_RIGHT),
        sign=style("sign", SMALL, leftIndent=11),
        signed=style("signed", 8.6, role="H3", fontName=BOLD, leftIndent=14, spaceBefore=6.5),
        under_sign=style("under_sign", 8.3, leftIndent=14, spaceAfter=1.2),
        point=style("point", TEXT, leftIndent=14, spaceAfter=2),
        point_large=style("point_large", LARGE, leftIndent=16, spaceAfter=SPACE),
        tile=style("tile", 16, fontName=BOLD, leading=19),
        barred=style("barred", 9.4, leading=12.8, leftIndent=10, spaceAfter=SPACE),
    )
