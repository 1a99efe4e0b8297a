"""How people and lines of the notebook are said. No Qt here."""

from ivaudit.domain.audit import STRUCTURE, AuditSheet
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.notebook import Disagreement, Line, Person
from ivaudit.domain.scale import ScaleValue
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.rows import Row

UNATTACHED = "○ non rattachée"


def person_words(person: Person | None) -> str:
    """Return «IDEC, Médecine, 14:05»: never a name."""
    if person is None:
        return ""
    return ", ".join(part for part in (person.function, person.unit, person.at[11:16]) if part)


def source_words(line: Line, person: Person | None) -> str:
    """Return who said it or where it stands, empty when nobody noted it."""
    who = "" if person is None else ", ".join(part for part in (person.function, person.unit) if part)
    return " — ".join(part for part in (who, line.source) if part)


def line_words(line: Line, person: Person | None, audit: OpenAudit, *, within: str = "") -> str:
    """Return «14:05 · Dit · IDEC, Médecine · point 1.3» for a line.

    Args:
        line: the line.
        person: who said it, if anybody.
        audit: the audit, open.
        within: a criterion under whose means it is listed: neither is said again.
    """
    vocabulary, sheet = audit.loaded.vocabulary, audit.loaded.sheet
    others = [key for key in line.criteria if key != within]
    numbers = [row.point.number for key in others if (row := audit.row(key)) is not None]
    parts = [
        line.at[11:16],
        vocabulary.label("means", line.means) if line.means and not within else "",
        source_words(line, person),
        sheet.label(line.subject) if line.subject != STRUCTURE else "",
        f"{'aussi ' if within else ''}point{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"
        if numbers
        else "",
        "" if line.criteria else UNATTACHED,
    ]
    return " · ".join(part for part in parts if part)


def value_of(line: Line, audit: OpenAudit) -> ScaleValue | None:
    """Return the answer a line amounts to, or nothing."""
    rows = (audit.row(key) for key in line.criteria)
    found = (row.checklist.scale_of(row.criterion).value(line.value) for row in rows if row is not None)
    return next((value for value in found if value is not None), None) if line.value else None


def disagreement_words(found: Disagreement, audit: OpenAudit, *, with_subject: bool = False) -> str:
    """Return «Dit : Oui · Vu : Non»."""
    row = audit.row(found.criterion)
    vocabulary, sheet = audit.loaded.vocabulary, audit.loaded.sheet
    said = list(dict.fromkeys((means, value) for means, value in found.said))
    words = " · ".join(f"{_means(vocabulary, means)} : {_label(row, value)}" for means, value in said)
    return f"{_about(sheet, found.subject)}{words}" if with_subject else words


def _means(vocabulary: Vocabulary, means: str) -> str:
    return vocabulary.label("means", means) if means else "Noté"


def _label(row: Row | None, value: str) -> str:
    if row is None:
        return value
    found = row.checklist.scale_of(row.criterion).value(value)
    return found.label if found is not None else value


def _about(sheet: AuditSheet, subject: str) -> str:
    return "" if subject == STRUCTURE else f"{sheet.label(subject)} — "
