"""What a team goes through together after a merge: disagreements, critical points not seen, «sans objet»."""

from collections.abc import Iterator
from dataclasses import dataclass

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.checklist import Checklist, Point
from ivaudit.domain.scale import Standing
from ivaudit.domain.standing import CriticalState, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ToConfirm:
    """A point to go through: its number and question, about whom, and what is to be looked at.

    `subject` is the id of the subject, `about` what people call it; `said` is what was answered, `by` who
    answered it.
    """

    criterion: str
    number: str
    question: str
    subject: str = ""
    about: str = ""
    said: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """The two lists that the answers alone give; disagreements come from the journal."""

    unseen: tuple[ToConfirm, ...]
    not_applicable: tuple[ToConfirm, ...]


def consensus(sheet: AuditSheet) -> Consensus:
    """Return what is left to look at once everybody's answers are together."""
    points = [(checklist, point) for checklist in sheet.checklists for point in checklist.points()]
    unseen = (each for checklist, point in points if (each := _unseen(sheet, checklist, point)))
    out = (each for checklist, point in points for each in _not_applicable(sheet, checklist, point))
    return Consensus(unseen=tuple(unseen), not_applicable=tuple(out))


def _unseen(sheet: AuditSheet, checklist: Checklist, point: Point) -> ToConfirm | None:
    found = standing_of(sheet, checklist, point)
    if found.critical_state is not CriticalState.NOT_RATED:
        return None
    return ToConfirm(
        criterion=point.criterion.id,
        number=point.number,
        question=point.criterion.question,
        said=found.state.value,
    )


def _not_applicable(sheet: AuditSheet, checklist: Checklist, point: Point) -> Iterator[ToConfirm]:
    criterion = point.criterion
    for subject in sheet.subjects:
        answer = sheet.answer(criterion.id, subject)
        value = checklist.scale_of(criterion).value(answer.value or "")
        if value is not None and value.standing is Standing.LEAVES:
            yield ToConfirm(
                criterion=criterion.id,
                number=point.number,
                question=criterion.question,
                subject=subject,
                about=sheet.label(subject),
                said=answer.na_reason or "sans motif",
                by=answer.author,
            )
