"""What is due: urgent findings until they are closed, late actions, readings-back beyond three weeks."""

from dataclasses import replace
from datetime import date

from ivaudit.domain.actions import Action, ActionState
from ivaudit.domain.audit import Audit, AuditState
from ivaudit.domain.due import DueItem, Matter, due
from ivaudit.domain.findings import Finding, Grade, Urgency

TODAY = date(2026, 12, 15)
AUDIT = Audit(
    id="a1",
    facility="f1",
    facility_name="EHPAD Les Tilleuls",
    kind="externe",
    title="",
    date="2026-11-21",
    state=AuditState.REVIEW,
    checklists=(),
    created="2026-11-01T08:00:00Z",
)
URGENT = Finding(
    id="c1", audit="a1", grade=Grade.CRITICAL_GAP, text="Sans bracelet.", urgency=Urgency(told="IDEC")
)
ACTION = Action(id="x1", facility="f1", what="Poser les bracelets.", audit="a1", finding="c1")


def found(
    *findings: Finding, actions: tuple[Action, ...] = (), since: date | None = None
) -> tuple[DueItem, ...]:
    reviews = {"a1": since} if since else {}
    names = {"f1": AUDIT.facility_name}
    return due([AUDIT], findings, actions, reviews=reviews, facilities=names, today=TODAY)


def test_nothing_is_due_at_first() -> None:
    assert found(replace(URGENT, urgency=None), actions=(ACTION,), since=date(2026, 12, 1)) == ()


def test_an_urgent_finding_is_due_since_somebody_was_told_or_the_visit() -> None:
    (item,) = found(URGENT)
    assert (item.matter, item.since, item.facility) == (Matter.URGENT, "2026-11-21", "EHPAD Les Tilleuls")
    (told,) = found(replace(URGENT, urgency=Urgency(at="2026-11-22T10:00")))
    assert told.since == "2026-11-22"


def test_an_urgent_finding_is_closed_by_what_was_done_or_by_actions_all_closed() -> None:
    assert found(replace(URGENT, urgency=Urgency(done="Bracelets posés."))) == ()
    done = replace(ACTION, state=ActionState.DONE)
    assert found(URGENT, actions=(done,)) == ()
    (item,) = found(URGENT, actions=(done, replace(ACTION, id="x2")))
    assert item.matter is Matter.URGENT


def test_an_action_is_late_from_the_day_after() -> None:
    assert found(actions=(replace(ACTION, due="2026-12-15"),)) == ()
    (item,) = found(actions=(replace(ACTION, due="2026-12-14"),))
    assert (item.matter, item.target, item.since) == (Matter.LATE, "x1", "2026-12-14")
    assert found(actions=(replace(ACTION, due="2026-12-14", state=ActionState.DROPPED),)) == ()


def test_a_reading_back_is_due_after_three_weeks() -> None:
    assert found(since=date(2026, 11, 24)) == ()
    (item,) = found(since=date(2026, 11, 23))
    assert (item.matter, item.what, item.since) == (Matter.REVIEW, "Audit du 21/11/2026", "2026-11-23")


def test_the_most_pressing_come_first_then_the_oldest() -> None:
    late = replace(ACTION, finding="", due="2026-12-10")
    later = replace(late, id="x2", due="2026-12-01")
    items = found(URGENT, actions=(late, later), since=date(2026, 11, 1))
    assert [(each.matter, each.target) for each in items] == [
        (Matter.URGENT, "c1"),
        (Matter.LATE, "x2"),
        (Matter.LATE, "x1"),
        (Matter.REVIEW, ""),
    ]


def test_what_belongs_to_an_audit_taken_off_the_lists_is_not_due() -> None:
    assert found(replace(URGENT, audit="parti")) == ()
