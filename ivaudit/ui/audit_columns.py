"""How audits are called and listed, on Accueil and in Audits."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ivaudit.domain.checklist import Vocabulary
from ivaudit.ui import french
from ivaudit.ui.table import Column

if TYPE_CHECKING:
    from ivaudit.app.audits import AuditSummary


def called(summary: "AuditSummary", vocabulary: Vocabulary) -> str:
    """Return what people call an audit: its title, or its kind."""
    return summary.audit.title or vocabulary.label("audit_kinds", summary.audit.kind)


def progress(summary: "AuditSummary") -> str:
    """Return «47 points traités sur 72»."""
    return f"{french.count(summary.treated, 'point traité', 'points traités')} sur {summary.points}"


def share(summary: "AuditSummary") -> float:
    """Return the part of the points that are treated."""
    return summary.treated / summary.points if summary.points else 0.0


def left(summary: "AuditSummary") -> str:
    """Return «reste 1 h 10», or that nothing is left."""
    if summary.treated >= summary.points:
        return "tout est traité"
    return f"reste {french.duration(summary.minutes_left)}"


def columns(vocabulary: Callable[[], Vocabulary | None]) -> tuple[Column, ...]:
    """Return the columns of a list of audits; the vocabulary arrives with the values."""

    def title(summary: "AuditSummary") -> str:
        known = vocabulary()
        return called(summary, known) if known is not None else summary.audit.title

    def state(summary: "AuditSummary") -> str:
        known = vocabulary()
        return known.label("audit_states", summary.audit.state.value) if known is not None else ""

    return (
        Column(title="Structure", text=_facility, stretch=True),
        Column(title="Audit", text=title),
        Column(title="Visite", text=_date, key=_day),
        Column(title="État", text=state, spare=True),
        Column(title="Avancement", text=_progress, key=share, share=share),
        Column(title="Reste", text=left, key=_minutes, spare=True),
        Column(title="Dernière saisie", text=_last, key=_instant, spare=True),
    )


def _facility(summary: "AuditSummary") -> str:
    return summary.audit.facility_name


def _date(summary: "AuditSummary") -> str:
    return french.short_date(summary.audit.date)


def _day(summary: "AuditSummary") -> str:
    return summary.audit.date


def _progress(summary: "AuditSummary") -> str:
    return f"{summary.treated} sur {summary.points}"


def _minutes(summary: "AuditSummary") -> int:
    return summary.minutes_left


def _last(summary: "AuditSummary") -> str:
    return french.when(summary.last)


def _instant(summary: "AuditSummary") -> str:
    return summary.last
