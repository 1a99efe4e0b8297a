"""The reading-back of the demonstration: remarks of the made-up care home, some of them decided on."""

from dataclasses import dataclass

from ivaudit.app import review, review_import, review_sending
from ivaudit.app.session import Session
from ivaudit.content.packaged import packaged
from ivaudit.domain.questionnaire import Cell
from ivaudit.domain.review import CommentKind, Decision
from ivaudit.domain.review_form import ReturnedComment, ReturnedReview, ReviewManifest

_SCRIPT = "demonstration/relecture-les-tilleuls.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedRemark:
    """A remark on the text of that number, and what was decided on it, if anything."""

    row: str
    kind: CommentKind
    text: str
    decision: Decision | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewScript:
    """What came back, from one function."""

    by: str
    remarks: tuple[ScriptedRemark, ...]


def build(session: Session, audit: str) -> None:
    """Send an audit to be read back, take the remarks in, and decide on those that are."""
    found: ReviewScript = packaged(_SCRIPT, ReviewScript)
    manifest = review_sending.prepare(session, audit).form.manifest
    review_sending.sent(session, audit)
    seen = review_import.compare(session, audit, _returned(found, manifest))
    review_import.accept(session, audit, seen, take=())
    decided = {each.text: each for each in found.remarks if each.decision is not None}
    for comment in review.comments(session, audit):
        if each := decided.get(comment.text):
            review.decide(session, audit, comment.id, each.decision, answer=each.answer)


def _returned(found: ReviewScript, manifest: ReviewManifest) -> ReturnedReview:
    rows = {each.number: each.id for each in manifest.rows}
    comments = tuple(
        ReturnedComment(row=rows[each.row], text=Cell(text=each.text), kind=Cell(text=each.kind.value))
        for each in found.remarks
    )
    return ReturnedReview(manifest=manifest, comments=comments, by=found.by)
