"""Entries of the register for tests, with only what a test is about."""

from typing import Any

from ivaudit.app.library import library
from ivaudit.content.shapes import Family
from ivaudit.domain.anomalies import EntryLine, State
from ivaudit.domain.entry_fold import entry_of, line_of
from ivaudit.domain.register_terms import RegisterTerms


def terms() -> RegisterTerms:
    """Return the shipped lists and thresholds."""
    found: RegisterTerms = library().one(Family.REGISTER, "registre")
    return found


def line(id: str = "a", state: State = State.REPORTED, **fields: Any) -> EntryLine:  # noqa: A002, ANN401
    """Return a line declared on 1 March 2026 at nine, of type P01 unless told."""
    trail = fields.pop("trail", [[state.value, "2026-03-01T09:00", "référent"]])
    values = {"kind": "anomalie", "number": "26-BBB-0001", "type": "P01", "trail": trail, **fields}
    return line_of(entry_of(id, values, "2026-03-01T08:00:00Z"))
