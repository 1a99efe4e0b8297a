"""What the outline of a report must respect beyond its shape."""

import re
from collections.abc import Collection, Iterator, Mapping

from ivaudit.content.parsing import Parsed
from ivaudit.content.printed_rules import problems_of_printing
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import near
from ivaudit.domain.indicator_table import DEFINITION_FIELDS, READING_FIELDS
from ivaudit.domain.report_outline import WORDS, OutlineSheet, ReportOutline, SheetKind

_KNOWN: Mapping[SheetKind, Collection[str]] = {
    SheetKind.READINGS: READING_FIELDS.keys(),
    SheetKind.DEFINITIONS: DEFINITION_FIELDS.keys(),
}
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FILE = re.compile(r"[\w-]+\.(png|svg|jpg)")


def problems(parsed: Parsed, outline: ReportOutline) -> Iterator[Problem]:
    """Yield the rules that an outline breaks."""
    if not _COLOUR.fullmatch(outline.accent):
        yield parsed.problem(outline, "accent", "accent: une couleur « #rrggbb » en minuscules attendue")
    if outline.logo is not None and not _FILE.fullmatch(outline.logo):
        yield parsed.problem(
            outline, "logo", "logo: un nom de fichier .png, .svg ou .jpg, sans dossier, attendu"
        )
    for key in outline.words:
        if key not in WORDS:
            yield parsed.problem(outline, "words", f"words.{key}: mot inconnu{near(key, WORDS)}", key)
    twice = repeated(block.kind for block in outline.blocks)
    for block in outline.blocks:
        if block.kind in twice:
            yield parsed.problem(block, "kind", f"kind: la partie « {block.kind} » est en double")
    sheets = repeated(sheet.title for sheet in outline.sheets)
    for sheet in outline.sheets:
        if sheet.title in sheets:
            yield parsed.problem(sheet, "title", f"title: la feuille « {sheet.title} » est en double")
        yield from _fields(parsed, sheet)
        yield from problems_of_printing(parsed, sheet, sheet.columns)


def _fields(parsed: Parsed, sheet: OutlineSheet) -> Iterator[Problem]:
    """Yield the columns of a table of indicators that hold nothing known."""
    known = _KNOWN.get(sheet.kind)
    for column in sheet.columns if known is not None else ():
        if column.field not in (known or ()):
            hint = near(column.field, known or ())
            yield parsed.problem(column, "field", f"field: colonne « {column.field} » inconnue{hint}")
