"""The workbook that a service declares an anomaly with: a label and a cell to fill in on each row."""

from dataclasses import dataclass

from ivaudit.domain.exchange_sheet import ColumnKind
from ivaudit.domain.leaflet import LeafletTexts
from ivaudit.domain.log_fields import Holding, LogWords
from ivaudit.domain.log_table import LogField

MARK = "ivaudit-declaration"
"""What the first cell of its hidden sheet says."""

HIDDEN = "ivaudit"

ASKED: tuple[LogField, ...] = (
    LogField.FOUND,
    LogField.BY,
    LogField.UNIT,
    LogField.TYPE,
    LogField.APPLICATION,
    LogField.REFERENCES,
    LogField.DESCRIPTION,
    LogField.SEVERITY,
    LogField.MEASURES,
)
"""What a service is asked for, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationRow:
    """A row to fill in."""

    title: str
    kind: ColumnKind
    choices: tuple[str, ...] = ()
    large: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationSheet:
    """The whole workbook."""

    title: str
    lead: str
    help: str
    warning: str
    sheet: str
    foot: str
    rows: tuple[DeclarationRow, ...]


def declaration_sheet(texts: LeafletTexts, words: LogWords, facility: str) -> DeclarationSheet:
    """Return the workbook that a structure sends to its services."""
    return DeclarationSheet(
        title=texts.text("title"),
        lead=texts.text("lead"),
        help=texts.text("sheet_help"),
        warning=texts.text("warning"),
        sheet=texts.text("sheet"),
        foot=texts.text("foot", facility=facility or "votre structure"),
        rows=tuple(_row(field, words) for field in ASKED),
    )


def _row(name: LogField, words: LogWords) -> DeclarationRow:
    known = words.by_field[name]
    return DeclarationRow(
        title=known.title,
        kind=ColumnKind.DAY if known.holds is Holding.DAY else ColumnKind.TEXT,
        choices=tuple(each.label for each in known.choices),
        large=known.holds is Holding.LONG,
    )
