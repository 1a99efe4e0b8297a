"""What was seen, concluded and agreed on site, as a report says it: computed once, for every format."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ivaudit.domain.actions import Action
from ivaudit.domain.actions import in_order as actions_in_order
from ivaudit.domain.audit import STRUCTURE, AuditSheet
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.comparison import Comparison, Row
from ivaudit.domain.evidence import DocumentStatus, Evidence, EvidenceKind, register
from ivaudit.domain.findings import Finding, Grade
from ivaudit.domain.findings import in_order as findings_in_order
from ivaudit.domain.notebook import Disagreement, Line, Person, disagreements, lines_of
from ivaudit.domain.report_field_rows import (
    ActionRow,
    ChangedRow,
    ColumnRow,
    CommentRow,
    ComparisonRow,
    DisagreementRow,
    DocumentRow,
    FieldReport,
    FindingRow,
    NotedRow,
    PhotoRow,
    SaidRow,
)
from ivaudit.domain.report_observations import Observed, campaign_row
from ivaudit.domain.report_points import Place
from ivaudit.domain.review import Comment, ReviewRow, arranged, review_rows
from ivaudit.domain.scoring import displayed
from ivaudit.domain.wording import folded

_STATUSES = {"demande": "demandé", "recu": "reçu", "consulte": "consulté", "absent": "absent"}
DOCUMENTS = "documents"
"""The field of the form of the visit that listed documents before there was a register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSheet:
    """Everything of an audit beside its answers and its evidence, at one moment.

    `today` is the local day against which actions are late; `with_notebook` gives the lines of the notebook.
    """

    findings: tuple[Finding, ...] = ()
    actions: tuple[Action, ...] = ()
    campaigns: tuple[Observed, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    comments: tuple[Comment, ...] = ()
    persons: tuple[Person, ...] = ()
    lines: tuple[Line, ...] = ()
    today: str = ""
    with_notebook: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What every row is made with: the audit, what was gathered, the labels, and where points are asked."""

    sheet: AuditSheet
    found: FieldSheet
    words: Vocabulary
    asked: Mapping[str, Sequence[Place]]

    def numbers(self, criteria: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.number(each) for each in criteria if each in self.asked)

    def number(self, criterion: str) -> str:
        return " · ".join(place.number for place in self.asked[criterion])

    def subject(self, subject: str) -> str:
        return "" if subject == STRUCTURE else self.sheet.label(subject)

    def value(self, criterion: str, value: str) -> str:
        """Return an answer in words, by the scale of its criterion."""
        place = self.asked[criterion][0]
        found = place.checklist.scale_of(place.standing.criterion).value(value)
        return found.label.removesuffix("…") if found else value

    def means(self, key: str) -> str:
        return self.words.label("means", key) if key else ""


def field_report(
    sheet: AuditSheet,
    found: FieldSheet,
    vocabulary: Vocabulary,
    asked: Mapping[str, Sequence[Place]],
    listed: object = None,
) -> FieldReport:
    """Return what a report says of the field.

    Args:
        sheet: the audit.
        found: what was gathered beside it.
        vocabulary: the closed lists, for their labels.
        asked: where each criterion of the audit is asked, by id.
        listed: the documents that the form of the visit still holds.
    """
    context = _Context(sheet=sheet, found=found, words=vocabulary, asked=asked)
    ordered = findings_in_order(found.findings)
    rows = review_rows(sheet, found.findings) if found.comments else ()
    read_back = {row.id: row for row in rows}
    photos = _photos(context, ordered)
    return FieldReport(
        findings=tuple(_finding(context, each, photos) for each in ordered),
        actions=_actions(context),
        campaigns=tuple(map(campaign_row, found.campaigns)),
        documents=_documents(context, listed),
        photos=photos,
        disagreements=tuple(
            _disagreement(context, each) for each in disagreements(found.lines) if each.criterion in asked
        ),
        comparisons=tuple(_comparison(context, each) for each in found.comparisons),
        comments=tuple(_comment(each, read_back) for each in arranged(found.comments, rows)),
        notes=tuple(_noted(context, each) for each in found.lines) if found.with_notebook else (),
    )


# -- findings and pictures


def _finding(context: _Context, finding: Finding, photos: Iterable[PhotoRow]) -> FindingRow:
    urgency = finding.urgency
    return FindingRow(
        id=finding.id,
        grade=finding.grade.value,
        text=finding.text.strip(),
        recommendation="" if finding.grade is Grade.STRENGTH else finding.recommendation.strip(),
        cause=finding.cause.value if finding.cause else "",
        numbers=context.numbers(finding.criteria),
        criteria=finding.criteria,
        subject=context.subject(finding.subject),
        urgent=urgency is not None,
        told=urgency.told if urgency else "",
        told_at=urgency.at if urgency else "",
        done=urgency.done if urgency else "",
        photos=tuple(dict.fromkeys(each.id for each in _shown(context, finding, photos))),
    )


def _shown(context: _Context, finding: Finding, photos: Iterable[PhotoRow]) -> Iterator[PhotoRow]:
    """Yield the photographs of what a finding says: of its points, and not of another subject."""
    about = {each.id: each for each in context.sheet.evidence}
    for photo in photos:
        if _shows(about[photo.id], finding):
            yield photo


def _shows(evidence: Evidence, finding: Finding) -> bool:
    if evidence.kind is not EvidenceKind.PHOTO or not set(evidence.criteria) & set(finding.criteria):
        return False
    return STRUCTURE in {evidence.subject, finding.subject} or evidence.subject == finding.subject


def _photos(context: _Context, findings: Sequence[Finding]) -> tuple[PhotoRow, ...]:
    """Return every picture once, numbered: first beside the findings that they show, then the others."""
    beside: dict[str, str] = {}
    for finding in findings:
        for each in context.sheet.evidence:
            if each.pictures and _shows(each, finding):
                beside.setdefault(each.id, finding.id)
    known = {each.id: each for each in context.sheet.evidence}
    others = [each for each in context.sheet.evidence if each.id not in beside]
    ordered = [
        (each, digest) for each in (*(known[key] for key in beside), *others) for digest in each.pictures
    ]
    return tuple(
        PhotoRow(
            id=each.id,
            digest=digest,
            number=rank,
            caption=each.caption or each.name,
            date=each.date,
            numbers=context.numbers(each.criteria),
            finding=beside.get(each.id, ""),
        )
        for rank, (each, digest) in enumerate(ordered, 1)
    )


# -- actions and documents


def _actions(context: _Context) -> tuple[ActionRow, ...]:
    today = date.fromisoformat(context.found.today) if context.found.today else date.max
    return tuple(_action(context, each, today) for each in actions_in_order(context.found.actions, today))


def _action(context: _Context, action: Action, today: date) -> ActionRow:
    return ActionRow(
        id=action.id,
        what=action.what.strip(),
        owner_kind=action.owner_kind.value,
        owner=action.owner,
        editor=action.editor,
        due=action.due,
        priority=action.priority.value,
        state=action.state.value,
        late=action.standing(today) == "en retard",
        closed=action.done,
        progress=action.progress,
        measure=action.measure,
        result=action.result,
        reference=action.reference,
        numbers=context.numbers(action.criteria),
    )


def _documents(context: _Context, listed: object) -> tuple[DocumentRow, ...]:
    """Return the register, then what only the form of the visit lists."""
    kept = tuple(_document(context, each) for each in register(context.sheet.evidence))
    known = {folded(row.title) for row in kept}
    return (*kept, *(row for row in _listed(listed) if folded(row.title) not in known))


def _document(context: _Context, evidence: Evidence) -> DocumentRow:
    return DocumentRow(
        id=evidence.id,
        title=evidence.title,
        reference=evidence.reference,
        version=evidence.version,
        date=evidence.date,
        shown_by=evidence.shown_by,
        status=(evidence.status or DocumentStatus.SEEN).value,
        numbers=context.numbers(evidence.criteria),
    )


def _listed(rows: object) -> Iterator[DocumentRow]:
    for row in rows if isinstance(rows, list | tuple) else ():
        if isinstance(row, Mapping) and str(row.get("title") or "").strip():
            said = {key: str(value or "").strip() for key, value in row.items()}
            yield DocumentRow(
                id="",
                title=said["title"],
                reference=said.get("reference", ""),
                version=said.get("version", ""),
                date=said.get("date", ""),
                shown_by=said.get("shown_by", ""),
                status=_STATUSES.get(said.get("state", ""), DocumentStatus.ASKED.value),
                numbers=(),
            )


# -- what people, papers and eyes say


def _disagreement(context: _Context, each: Disagreement) -> DisagreementRow:
    lines = [line for line in lines_of(context.found.lines, each.criterion, each.subject) if line.value]
    said = (
        SaidRow(
            means=context.means(line.means),
            source=_who(context, line) or line.source,
            value=context.value(each.criterion, line.value),
        )
        for line in lines
    )
    answer = context.sheet.answer(each.criterion, each.subject)
    return DisagreementRow(
        criterion=each.criterion,
        number=context.number(each.criterion),
        question=context.asked[each.criterion][0].standing.criterion.question,
        subject=context.subject(each.subject),
        said=tuple(said),
        kept=context.value(each.criterion, answer.value) if answer.value else "",
    )


def _noted(context: _Context, line: Line) -> NotedRow:
    return NotedRow(
        at=line.at,
        who=_who(context, line) or line.source,
        means=context.means(line.means),
        text=line.text,
        numbers=context.numbers(line.criteria),
    )


def _who(context: _Context, line: Line) -> str:
    """Return the function of who spoke, never a name."""
    return next((each.function for each in context.found.persons if each.id == line.person), "")


# -- earlier audits


def _comparison(context: _Context, found: Comparison) -> ComparisonRow:
    gap, left = found.gap, found.left_out
    if gap is not None:
        more, less, same, sentence = gap.lower, gap.higher, gap.same, gap.sentence
    else:
        (step, *_) = found.steps
        more, less, same, sentence = step.improved, step.worsened, step.unchanged, step.sentence
    return ComparisonRow(
        title=found.title,
        columns=tuple(
            ColumnRow(
                kind=context.words.label("audit_kinds", each.kind),
                date=each.date,
                title=each.title,
                declared=each.declared,
                score=score,
            )
            for each, score in zip(found.columns, found.scores, strict=True)
        ),
        sentence=sentence,
        improved=tuple(_changed(context, row) for row in found.rows if row.criterion in more),
        worsened=tuple(_changed(context, row) for row in found.rows if row.criterion in less),
        unchanged=len(same),
        points=len(found.rows),
        left_out=len(left.not_asked) + len(left.reworded) + len(left.weighted) + len(left.not_rated),
        mixed=gap is not None,
    )


def _changed(context: _Context, row: Row) -> ChangedRow:
    return ChangedRow(
        number=context.number(row.criterion) if row.criterion in context.asked else row.number,
        question=row.question,
        critical=row.critical,
        before=displayed(row.earned[0]),
        after=displayed(row.earned[-1]),
    )


# -- what the structure says


def _comment(comment: Comment, read_back: Mapping[str, ReviewRow]) -> CommentRow:
    row = read_back.get(comment.row)
    return CommentRow(
        number=row.number if row else comment.number,
        about=row.about if row else "",
        auditor=row.text if row else "",
        kind=comment.kind.value,
        text=comment.text.strip(),
        by=comment.by,
        date=comment.date,
        decision=comment.decision.value if comment.decision else "",
        answer=comment.answer.strip(),
    )
