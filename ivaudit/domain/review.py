"""The reading-back by the facility: what it says of answers and findings, and what the auditor decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.audit import AuditSheet, AuditState
from ivaudit.domain.findings import Finding, Grade, in_order
from ivaudit.domain.printable import without_controls
from ivaudit.domain.questionnaire import Question, questions
from ivaudit.domain.wording import fingerprint

REVIEW_DAYS = 21
"""How long a facility usually has to read back."""

LOCKED = (
    "Cet audit est validé : il ne se modifie plus. Pour y revenir, rouvrez-le dans l'onglet Rapport, en "
    "disant pourquoi. Les actions, elles, se suivent toujours."
)
"""What is said of a gesture in a validated audit."""

_POINT, _FINDING = "p:", "c:"
_DIGEST = 16


class CommentKind(StrEnum):
    """What a facility makes of a text."""

    COMMENT = "commentaire"
    CORRECTION = "correction proposée"
    DISAGREEMENT = "désaccord"


class Decision(StrEnum):
    """What the auditor makes of a comment."""

    KEPT = "retenu"
    PARTLY = "partiellement retenu"
    NOT_KEPT = "non retenu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment of the facility, on a point or on a finding.

    `row` says on what, as `row_of_point` and `row_of_finding` do; `number` is what it was called when it was
    sent; `digest` is that of the text that was read; `by` is a function, never a name; `date` is the local
    day it came in, `decided` that of the decision, `AAAA-MM-JJ`; `form` is the file it came in.
    """

    id: str
    audit: str
    row: str
    number: str
    text: str
    kind: CommentKind = CommentKind.COMMENT
    by: str = ""
    date: str = ""
    digest: str = ""
    form: str = ""
    decision: Decision | None = None
    answer: str = ""
    decided: str = ""
    created: str = ""
    conflict: bool = False

    @property
    def criterion(self) -> str:
        """Return the criterion it is about, empty when it is about a finding."""
        return self.row.removeprefix(_POINT) if self.row.startswith(_POINT) else ""

    @property
    def finding(self) -> str:
        """Return the finding it is about, empty when it is about a point."""
        return self.row.removeprefix(_FINDING) if self.row.startswith(_FINDING) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A text of the auditor as it is read back: `about` is its question, or the points it rests on."""

    id: str
    number: str
    about: str
    text: str

    @property
    def digest(self) -> str:
        """Return what tells whether it was reworded."""
        return digest_of(self.text)


def row_of_point(criterion: str) -> str:
    """Return the row of a point."""
    return f"{_POINT}{criterion}"


def row_of_finding(finding: str) -> str:
    """Return the row of a finding."""
    return f"{_FINDING}{finding}"


def digest_of(text: str) -> str:
    """Return what tells whether a text was reworded; typography alone changes nothing."""
    return fingerprint(without_controls(text))[:_DIGEST]


# -- what is read back -------------------------------------------------------------------------------------


def review_rows(sheet: AuditSheet, findings: Iterable[Finding]) -> tuple[ReviewRow, ...]:
    """Return what the facility reads back: the findings, then every point with an answer or a constat."""
    asked = tuple(questions(sheet.checklists))
    numbers = {each.criterion.id: each.number for each in asked}
    ordered = enumerate(in_order(findings), 1)
    return (
        *(_finding_row(finding, rank, numbers) for rank, finding in ordered),
        *(row for each in asked if (row := _point_row(sheet, each)) is not None),
    )


def _finding_row(finding: Finding, rank: int, numbers: Mapping[str, str]) -> ReviewRow:
    lines = [f"{finding.grade.value.capitalize()} : {finding.text.strip()}"]
    if finding.recommendation.strip() and finding.grade is not Grade.STRENGTH:
        lines.append(f"Recommandation : {finding.recommendation.strip()}")
    points = [numbers[each] for each in finding.criteria if each in numbers]
    about = f"Point{'s' if len(points) > 1 else ''} {', '.join(points)}" if points else ""
    return ReviewRow(id=row_of_finding(finding.id), number=f"C{rank}", about=about, text="\n".join(lines))


def _point_row(sheet: AuditSheet, asked: Question) -> ReviewRow | None:
    """Return the row of a point, nothing where there is nothing of the auditor's own to read."""
    said = [(subject, text) for subject in sheet.subjects if (text := _answer_text(sheet, asked, subject))]
    if not said:
        return None
    alone = len(said) == 1 and len(sheet.subjects) == 1
    texts = [text if alone else f"{sheet.label(subject)} : {text}" for subject, text in said]
    criterion = asked.criterion
    return ReviewRow(
        id=row_of_point(criterion.id), number=asked.number, about=criterion.question, text="\n".join(texts)
    )


def _answer_text(sheet: AuditSheet, asked: Question, subject: str) -> str:
    answer = sheet.answer(asked.criterion.id, subject)
    if answer.carried is not None or not (answer.value or answer.constat.strip()):
        return ""  # what was taken over and not confirmed is nobody's answer yet
    value = asked.checklist.scale_of(asked.criterion).value(answer.value or "")
    head = value.label if value else "Sans réponse"
    head += f" ({answer.na_reason})" if answer.na_reason else ""
    return f"{head}\n{answer.constat.strip()}" if answer.constat.strip() else head


# -- where it stands ---------------------------------------------------------------------------------------


def to_treat(comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """Return the comments that nobody decided on yet."""
    return tuple(each for each in comments if each.decision is None)


def reworded(comment: Comment, rows: Mapping[str, ReviewRow]) -> bool:
    """Tell whether the text that was read has changed since, or is gone; `rows` are by id."""
    row = rows.get(comment.row)
    return row is None or (bool(comment.digest) and row.digest != comment.digest)


def arranged(comments: Iterable[Comment], rows: Sequence[ReviewRow]) -> tuple[Comment, ...]:
    """Return comments in the order of what they are about, those on nothing any more at the end."""
    ranks = {row.id: rank for rank, row in enumerate(rows)}
    return tuple(sorted(comments, key=lambda c: (ranks.get(c.row, len(ranks)), c.created, c.id)))


def state_problem(now: AuditState, wanted: AuditState, waiting: int, reason: str) -> str:
    """Return why an audit cannot go from one state to another, empty when it can.

    Args:
        now: its state.
        wanted: another one.
        waiting: how many comments are still to be decided on.
        reason: why it is reopened, if it is.
    """
    if now is AuditState.VALIDATED and not reason.strip():
        return "Rouvrir un audit validé demande de dire pourquoi : le motif reste dans le journal."
    if wanted is not AuditState.VALIDATED:
        return ""
    if now is not AuditState.REVIEW:
        return "Un audit se valide après la relecture : passez-le d'abord « en relecture »."
    if waiting:
        many = "1 remarque reste" if waiting == 1 else f"{waiting} remarques restent"
        return f"{many} à traiter avant de valider l'audit."
    return ""
