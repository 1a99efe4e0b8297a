"""A filled form put into rows, without what no report prints."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.forms import FieldKind, Form, FormField, FormSection
from ivaudit.domain.months import month_of, of, said
from ivaudit.domain.report_model import FormBlock, FormLine, FormTable


def long_date(iso: str) -> str:
    """Return a day as people write it («21 novembre 2026»), a month («mois de novembre 2026»), or it."""
    if len(iso) == len("2026-11") and iso[:4].isdigit() and iso[4] == "-":
        return f"mois {of(iso)}"
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{'1er' if day.day == 1 else day.day} {said(month_of(day))}"


def form_blocks(form: Form, values: Mapping[str, object], vocabulary: Vocabulary) -> tuple[FormBlock, ...]:
    """Return the sections of a form that have something to print, in order."""
    blocks = [_block(section, values, vocabulary) for section in form.sections]
    return tuple(block for block in blocks if block.lines or block.tables)


def field_text(field: FormField, value: object, vocabulary: Vocabulary) -> str:
    """Return the value of a field as people read it, empty when there is none."""
    if value is None or value == "":
        return ""
    match field.kind:
        case FieldKind.DATE:
            return long_date(str(value))
        case FieldKind.CHOICE:
            return _choice(field, str(value), vocabulary)
        case FieldKind.CHOICES:
            keys = cast("Sequence[object]", value)
            return ", ".join(_choice(field, str(key), vocabulary) for key in keys)
        case FieldKind.NUMBER:
            return f"{value:,}".replace(",", "\u00a0") if isinstance(value, int) else str(value)
        case _:
            return str(value).strip()


def _choice(field: FormField, key: str, vocabulary: Vocabulary) -> str:
    if field.vocabulary:
        return vocabulary.label(field.vocabulary, key)
    return next((choice.label for choice in field.choices if choice.id == key), key)


def _block(section: FormSection, values: Mapping[str, object], vocabulary: Vocabulary) -> FormBlock:
    printed = [field for field in section.fields if field.printed and values.get(field.id)]
    texts = [
        FormLine(label=field.label, text=field_text(field, values[field.id], vocabulary))
        for field in printed
        if field.kind is not FieldKind.ROWS
    ]
    tables = [
        _table(field, values[field.id], vocabulary) for field in printed if field.kind is FieldKind.ROWS
    ]
    return FormBlock(
        title=section.title,
        lines=tuple(line for line in texts if line.text),
        tables=tuple(table for table in tables if table.rows),
    )


def _table(field: FormField, value: object, vocabulary: Vocabulary) -> FormTable:
    """Return the lines of a field, without the columns that are not printed nor those empty throughout."""
    lines = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    columns = [
        column for column in field.columns if column.printed and any(line.get(column.id) for line in lines)
    ]
    rows = [
        tuple(field_text(column, line.get(column.id), vocabulary) for column in columns) for line in lines
    ]
    return FormTable(
        title=field.label,
        columns=tuple(column.label for column in columns),
        rows=tuple(row for row in rows if any(row)),
    )
