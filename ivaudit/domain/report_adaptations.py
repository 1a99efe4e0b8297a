"""The local adaptations of a checklist put into rows, for reports."""

from ivaudit.domain.adapted import AdaptedCriterion, AppliedAdaptation, change_words, version_words
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.report_model import AdaptationRow, AdaptedRow


def adaptation_rows(checklist: Checklist) -> tuple[AdaptationRow, ...]:
    """Return the adaptations that made this checklist, in the order they apply."""
    return tuple(_adaptation(checklist, each) for each in checklist.adaptations)


def _adaptation(checklist: Checklist, each: AppliedAdaptation) -> AdaptationRow:
    return AdaptationRow(
        id=each.id,
        version=each.version,
        title=each.title,
        author=each.author,
        scope=each.scope,
        date=each.date,
        reason=each.reason,
        checklist_version=each.checklist_version,
        note=version_words(each, checklist.version),
        changes=tuple(map(_change, each.changes)),
        set_aside=tuple(f"{one.criterion} ({one.kind}) : {one.why}" for one in each.set_aside),
    )


def _change(each: AdaptedCriterion) -> AdaptedRow:
    return AdaptedRow(
        criterion=each.criterion,
        number=each.number,
        question=each.question,
        kind=each.kind.value,
        words=change_words(each),
        reason=each.reason,
        lightens=each.lightens,
    )
