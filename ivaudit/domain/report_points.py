"""The points of an audit put into rows, each criterion once, for reports."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ivaudit.domain.audit import EMPTY, STRUCTURE, Answer, AuditSheet
from ivaudit.domain.checklist import Checklist, Confidence, Criterion, Reference, Vocabulary
from ivaudit.domain.found_codes import PlacedCode
from ivaudit.domain.report_model import AnswerRow, PointRow, ReferenceRow
from ivaudit.domain.scale import ScaleValue, Standing, Symbol
from ivaudit.domain.sources import reference_words
from ivaudit.domain.standing import PointStanding, State
from ivaudit.domain.subjects import explained
from ivaudit.domain.tone import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point in one of the checklists of an audit; `number` carries the mark of the checklist."""

    number: str
    checklist: Checklist
    standing: PointStanding


def places(
    checklists: Sequence[tuple[str, Checklist, Sequence[PointStanding]]],
) -> dict[str, tuple[Place, ...]]:
    """Return where each criterion is asked, by id, in order of first appearance.

    Args:
        checklists: for each, its mark («» when it is alone), itself and the standing of its points.
    """
    found: dict[str, list[Place]] = {}
    for mark, checklist, points in checklists:
        for each in points:
            number = f"{mark}-{each.point.number}" if mark else each.point.number
            place = Place(number=number, checklist=checklist, standing=each)
            found.setdefault(each.criterion.id, []).append(place)
    return {key: tuple(asked) for key, asked in found.items()}


def is_gap(sheet: AuditSheet, place: Place) -> bool:
    """Tell whether an answer calls for an improvement; one to review or to confirm does not establish it."""
    if place.standing.state is State.NOT_CONCERNED:
        return False
    criterion = place.standing.criterion
    answers = [answer for _, answer in _answers(sheet, criterion) if not (answer.review or answer.carried)]
    values = [_value(place.checklist, criterion, answer) for answer in answers]
    return any(value is not None and value.to_improve for value in values)


def point_row(
    sheet: AuditSheet, vocabulary: Vocabulary, asked: Sequence[Place], *, with_notes: bool
) -> PointRow:
    """Return a criterion with its answers, from all the places where it is asked."""
    first = next((p for p in asked if p.standing.criterion.critical), asked[0])
    criterion, checklist = first.standing.criterion, first.checklist
    given = _answers(sheet, criterion)
    answers = tuple(
        _answer_row(
            vocabulary,
            checklist,
            criterion,
            "" if subject == STRUCTURE else sheet.label(subject),
            answer,
            with_notes=with_notes,
        )
        for subject, answer in given
    )
    label, symbol, tone = _shown(first, answers)
    return PointRow(
        criterion=criterion.id,
        number=" · ".join(place.number for place in asked),
        domain=first.standing.point.domain.title,
        question=criterion.question,
        why=criterion.why,
        force=criterion.force.value,
        critical=any(place.standing.criterion.critical for place in asked),
        state=first.standing.state.value,
        label=label,
        symbol=symbol,
        tone=tone,
        recommendation=criterion.recommendation,
        explained=explained(sheet, first.standing),
        references=(
            *map(_reference, criterion.references),
            *map(_found, sheet.codes.get(criterion.id, ())),
        ),
        answers=answers,
    )


def _answers(sheet: AuditSheet, criterion: Criterion) -> list[tuple[str, Answer]]:
    given = [(subject, sheet.answer(criterion.id, subject)) for subject in sheet.subjects]
    return [(subject, answer) for subject, answer in given if not answer.empty] or [(STRUCTURE, EMPTY)]


def _value(checklist: Checklist, criterion: Criterion, answer: Answer) -> ScaleValue | None:
    return checklist.scale_of(criterion).value(answer.value) if answer.value else None


def _answer_row(
    vocabulary: Vocabulary,
    checklist: Checklist,
    criterion: Criterion,
    subject: str,
    answer: Answer,
    *,
    with_notes: bool,
) -> AnswerRow:
    value = _value(checklist, criterion, answer)
    # A reason or a person to ask stays in the journal when the answer changes: it is not this answer's.
    leaves = value is not None and value.standing is Standing.LEAVES
    stays = value is not None and value.standing is Standing.STAYS
    return AnswerRow(
        subject=subject,
        value=answer.value if value else None,
        label=_label(vocabulary, value, answer),
        symbol=(value.symbol if value else Symbol.EMPTY).value,
        tone=(value.tone if value else Tone.WAITING).value,
        constat=answer.constat.strip(),
        note=answer.note.strip() if with_notes else "",
        review=answer.review,
        conflict=answer.conflict,
        na_reason=vocabulary.label("na_reasons", answer.na_reason) if leaves and answer.na_reason else "",
        awaiting=vocabulary.label("interlocutors", answer.awaiting) if stays and answer.awaiting else "",
        means=tuple(vocabulary.label("means", key) for key in answer.means),
        at=answer.at,
        carried=answer.carried is not None,
    )


def _label(vocabulary: Vocabulary, value: ScaleValue | None, answer: Answer) -> str:
    if value is None:
        return "Sans réponse"
    if value.standing is Standing.STAYS and answer.awaiting:
        return f"{value.label.removesuffix('…')} : {vocabulary.label('interlocutors', answer.awaiting)}"
    return value.label


def _shown(place: Place, answers: Sequence[AnswerRow]) -> tuple[str, str, str]:
    """Return the words, the sign and the tone that tell where a point stands."""
    state, label = place.standing.state, _together(answers)
    match state:
        case State.NOT_CONCERNED:
            return "Non concerné", Symbol.DASH.value, Tone.NEUTRAL.value
        case State.REVIEW:
            shown = "À revoir" if answers[0].value is None else f"À revoir ({label})"
            return shown, Symbol.QUESTION.value, Tone.WAITING.value
        case State.CARRIED:
            return f"À reconfirmer ({label})", Symbol.QUESTION.value, Tone.WAITING.value
        case State.RATED if len(answers) > 1:
            return label, *_rated_sign(place.standing)
        case State.UNANSWERED | State.UNRATED | State.OUT | State.RATED:
            return label, answers[0].symbol, answers[0].tone


def _rated_sign(standing: PointStanding) -> tuple[str, str]:
    if standing.earned == 1:
        return Symbol.FULL.value, Tone.GOOD.value
    if standing.earned:
        return Symbol.HALF.value, Tone.MIDDLE.value
    return Symbol.CROSS.value, Tone.BAD.value


def _together(answers: Iterable[AnswerRow]) -> str:
    counts: Mapping[str, int] = Counter(answer.label for answer in answers)
    if len(counts) == 1:
        return next(iter(counts))
    return ", ".join(f"{label} ({count})" for label, count in counts.items())


def _reference(reference: Reference) -> ReferenceRow:
    return ReferenceRow(
        document=reference.document,
        edition=reference.edition,
        code=reference.code,
        section=reference.section,
        confidence=reference.confidence.value,
        source=reference.source,
        shown=reference_words(reference),
    )


def _found(code: PlacedCode) -> ReferenceRow:
    """Return a code that somebody read in the volume: the words say who and when."""
    return ReferenceRow(
        document=code.document,
        edition=code.found.edition,
        code=code.found.code,
        section=None,
        confidence=Confidence.READ.value,
        source=None,
        shown=code.words,
    )
