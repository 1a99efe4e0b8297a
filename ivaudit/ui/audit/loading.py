"""What is read of an audit when it opens, on the thread that owns the workspace. No Qt here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ivaudit.app import answers, audits, facilities, settings, subjects
from ivaudit.app.session import Session
from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.forms import Form
from ivaudit.domain.scoring import Result, result
from ivaudit.domain.standing import PointStanding, standings
from ivaudit.domain.subjects import Subject
from ivaudit.ui.audit.rows import Row, question_text, rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What the header needs at once."""

    facility: str
    kind: str
    date: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """An audit with everything its pages show; `standings` and `results` are by checklist id.

    `held` are texts left with an open identity alert, by subject, criterion and field.
    """

    sheet: AuditSheet
    rows: list[Row]
    standings: Mapping[str, Sequence[PointStanding]]
    results: Mapping[str, Result]
    subjects: tuple[Subject, ...]
    vocabulary: Vocabulary
    form: Form
    settings: settings.Settings
    position: str
    undo: str
    redo: str
    held: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


def heading(session: Session, key: str) -> Heading:
    """Return the name of an audit: two short reads, before anything else."""
    audit = session.audit(key)
    facility = facilities.get(session, audit.facility)
    kind = session.library.vocabulary().label("audit_kinds", audit.kind)
    return Heading(facility=facility.name, kind=kind, date=audit.date, title=audit.title)


def load(session: Session, key: str) -> Loaded:
    """Return everything the pages of an audit show."""
    sheet = audits.sheet(session, key)
    found = {each.id: standings(sheet, each) for each in sheet.checklists}
    stack = session.stack(key)
    return Loaded(
        sheet=sheet,
        rows=rows_of(sheet, found),
        standings=found,
        results={each.id: result(each, found[each.id]) for each in sheet.checklists},
        subjects=subjects.of_audit(session, key),
        vocabulary=session.library.vocabulary(),
        form=session.library.form(audits.VISIT_FORM),
        settings=settings.get(session),
        position=audits.position(session, key),
        undo=stack.undo_label,
        redo=stack.redo_label,
        held=answers.held(session, key),
    )


def search_texts(rows: list[Row]) -> list[str]:
    """Return what never changes of each row, folded once for all searches."""
    return [question_text(row) for row in rows]
