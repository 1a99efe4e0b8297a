"""What is typed in the forms of an adaptation, there and back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ivaudit.app.adaptation_forms import ASKED, CRITICAL, EVERY_SETTING, OFF, PREFIX
from ivaudit.app.adaptation_places import holds, place_wanted, shown_place
from ivaudit.domain.adaptation import (
    Adaptation,
    AddedSection,
    AdoptedCritical,
    ChangedCriterion,
    Deactivated,
    Scope,
    mark_of,
)
from ivaudit.domain.adaptation_edit import with_added, with_change, with_state
from ivaudit.domain.checklist import Checklist, Confidence, Criterion, Force, NaPolicy, Reference

Values = Mapping[str, Any]

_P = PREFIX
_ALL = EVERY_SETTING


def header_values(adaptation: Adaptation) -> dict[str, object]:
    """Return what the fields about the whole adaptation show."""
    return {
        f"{_P}title": adaptation.title,
        f"{_P}author": adaptation.author,
        f"{_P}scope": adaptation.scope.value,
        f"{_P}finess": " ".join(adaptation.finess),
        f"{_P}reason": adaptation.reason,
    }


def with_header(adaptation: Adaptation, values: Values) -> Adaptation:
    """Return it with what was typed about the whole of it."""
    return replace(
        adaptation,
        title=_line(values, "title"),
        author=_line(values, "author"),
        scope=Scope(values.get(f"{_P}scope") or Scope.FACILITY.value),
        finess=tuple(_line(values, "finess").upper().split()),
        reason=_line(values, "reason"),
    )


def change_values(adaptation: Adaptation, criterion: Criterion) -> dict[str, object]:
    """Return what the fields about a published criterion show."""
    key = criterion.id
    change = _of(adaptation.change, key) or ChangedCriterion(criterion=key)
    off, critical = _of(adaptation.deactivate, key), _of(adaptation.critical, key)
    entry = off or critical
    return {
        f"{_P}state": OFF if off else CRITICAL if critical else ASKED,
        f"{_P}state_reason": entry.reason if entry else "",
        f"{_P}weight": change.weight,
        f"{_P}minutes": change.minutes,
        f"{_P}na": change.na.value if change.na else None,
        f"{_P}reason": change.reason or "",
        f"{_P}guidance": _rows_of_guidance(change.guidance),
        f"{_P}evidence": [{"text": each} for each in change.evidence],
        f"{_P}references": _rows_of_references(change.references),
    }


def with_criterion_values(adaptation: Adaptation, criterion: Criterion, values: Values) -> Adaptation:
    """Return it with what was typed about a published criterion."""
    key, mark = criterion.id, mark_of(criterion)
    na = values.get(f"{_P}na")
    change = ChangedCriterion(
        criterion=key,
        reason=_line(values, "reason") or None,
        fingerprint=mark,
        weight=_whole(values, "weight"),
        minutes=_whole(values, "minutes"),
        na=NaPolicy(na) if na else None,
        guidance=_guided(values),
        evidence=_texts(values),
        references=_referenced(values),
    )
    reason = _line(values, "state_reason")
    state: Deactivated | AdoptedCritical | None = None
    wanted = values.get(f"{_P}state")
    if wanted == OFF:
        state = Deactivated(criterion=key, reason=reason, fingerprint=mark)
    elif wanted == CRITICAL:
        state = AdoptedCritical(criterion=key, reason=reason, fingerprint=mark)
    return with_state(with_change(adaptation, change), key, state)


def added_values(adaptation: Adaptation, checklist: Checklist, key: str) -> dict[str, object]:
    """Return what the fields of a criterion of one's own show."""
    home = next(each for each in adaptation.add if holds(each, key))
    one = next(each for each in home.criteria if each.id == key)
    place, title = shown_place(home, checklist)
    ratings = {f"{_P}rating_{value}": text for value, text in one.rating.items()}
    return {
        f"{_P}question": one.question,
        f"{_P}why": one.why,
        f"{_P}place": place,
        f"{_P}new_section": title,
        **ratings,
        f"{_P}guidance": _rows_of_guidance(one.guidance),
        f"{_P}weight": one.weight,
        f"{_P}weight_reason": one.weight_reason or "",
        f"{_P}minutes": one.minutes,
        f"{_P}force": one.force.value,
        f"{_P}na": one.na.value,
        f"{_P}critical_reason": one.critical_reason or "",
        f"{_P}methods": list(one.methods),
        f"{_P}interlocutors": list(one.interlocutors),
        f"{_P}places": list(one.places),
        f"{_P}recommendation": one.recommendation,
        f"{_P}evidence": [{"text": each} for each in one.evidence],
        f"{_P}references": _rows_of_references(one.references),
    }


def with_added_values(
    adaptation: Adaptation, checklist: Checklist, criterion: Criterion, values: Values
) -> Adaptation:
    """Return it with what was typed about a criterion of one's own."""
    rating = {
        value.id: text for value in checklist.scale.values if (text := _line(values, f"rating_{value.id}"))
    }
    critical = _line(values, "critical_reason")
    made = replace(
        criterion,
        question=_line(values, "question"),
        why=_line(values, "why"),
        rating=rating,
        guidance=_guided(values),
        weight=_whole(values, "weight") or 0,
        weight_reason=_line(values, "weight_reason") or None,
        minutes=_whole(values, "minutes") or 0,
        force=Force(values.get(f"{_P}force") or Force.GOOD_PRACTICE.value),
        na=NaPolicy(values.get(f"{_P}na") or NaPolicy.FORBIDDEN.value),
        critical=bool(critical),
        critical_reason=critical or None,
        methods=_keys(values, "methods"),
        interlocutors=_keys(values, "interlocutors"),
        places=_keys(values, "places"),
        recommendation=_line(values, "recommendation"),
        evidence=_texts(values),
        references=_referenced(values),
    )
    wanted = str(values.get(f"{_P}place") or ""), _line(values, "new_section")
    return with_added(adaptation, place_wanted(adaptation, checklist, criterion.id, wanted), made)


def new_criterion(adaptation: Adaptation, checklist: Checklist, beside: str) -> tuple[Adaptation, str]:
    """Return it with an empty criterion of one's own in the section of another, and its id."""
    taken = {each.id for each in adaptation.added}
    key = next(
        name for rank in range(1, len(taken) + 2) if (name := f"{adaptation.id}-{rank:02d}") not in taken
    )
    points = list(checklist.points())
    point = next((each for each in points if each.criterion.id == beside), points[0])
    blank = Criterion(
        id=key,
        question="",
        why="",
        guidance={_ALL: ""},
        rating={},
        evidence=(),
        methods=(),
        interlocutors=(),
        places=(),
        weight=1,
        force=Force.GOOD_PRACTICE,
        na=NaPolicy.REASON,
        recommendation="",
        minutes=2,
        references=(Reference(document="Pratique de terrain", confidence=Confidence.TO_CHECK),),
    )
    place = AddedSection(domain=point.domain.id, section=point.section.id, criteria=())
    return with_added(adaptation, place, blank), key


def _rows_of_guidance(guidance: Mapping[str, str]) -> list[dict[str, object]]:
    return [{"setting": setting, "text": text} for setting, text in guidance.items()]


def _rows_of_references(references: Sequence[Reference]) -> list[dict[str, object]]:
    names = ("document", "edition", "code", "section", "source")
    return [
        {**{name: getattr(each, name) or "" for name in names}, "confidence": each.confidence.value}
        for each in references
    ]


def _guided(values: Values) -> dict[str, str]:
    """Return the guidance by setting; two lines for one setting are one text."""
    found: dict[str, str] = {}
    for row in _rows(values, "guidance"):
        setting = str(row.get("setting") or _ALL)
        found[setting] = " ".join(filter(None, (found.get(setting), _cell(row, "text"))))
    return found


def _texts(values: Values) -> tuple[str, ...]:
    return tuple(text for row in _rows(values, "evidence") if (text := _cell(row, "text")))


def _referenced(values: Values) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            document=_cell(row, "document"),
            edition=_cell(row, "edition") or None,
            code=_cell(row, "code") or None,
            section=_cell(row, "section") or None,
            confidence=Confidence(row.get("confidence") or Confidence.TO_CHECK.value),
            source=_cell(row, "source") or None,
        )
        for row in _rows(values, "references")
        if any(row.values())
    )


def _rows(values: Values, key: str) -> list[dict[str, Any]]:
    return [dict(row) for row in values.get(f"{_P}{key}") or ()]


def _cell(row: Mapping[str, Any], key: str) -> str:
    return " ".join(str(row.get(key) or "").split())


def _line(values: Values, key: str) -> str:
    return " ".join(str(values.get(f"{_P}{key}") or "").split())


def _keys(values: Values, key: str) -> tuple[str, ...]:
    return tuple(values.get(f"{_P}{key}") or ())


def _whole(values: Values, key: str) -> int | None:
    value = values.get(f"{_P}{key}")
    return None if value is None else int(value)


def _of(entries: Sequence[Any], criterion: str) -> Any:  # noqa: ANN401 - an entry of any kind, or nothing
    return next((each for each in entries if each.criterion == criterion), None)
