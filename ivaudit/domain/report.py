"""A report computed from an audit: pure, once, and the same for every format."""

from collections.abc import Iterable, Mapping, Sequence

from ivaudit.domain.audit import AuditSheet, Facility, Highlight
from ivaudit.domain.checklist import MARKS, Checklist, Vocabulary
from ivaudit.domain.forms import Form
from ivaudit.domain.report_field import DOCUMENTS, FieldSheet, field_report
from ivaudit.domain.report_figures import checklist_report
from ivaudit.domain.report_form import form_blocks
from ivaudit.domain.report_model import (
    AuditRow,
    ChecklistReport,
    CriticalRow,
    FacilityRow,
    HighlightRow,
    PointRow,
    ReportKind,
    ReportModel,
    UnansweredRow,
)
from ivaudit.domain.report_outline import BlockKind, ReportOutline
from ivaudit.domain.report_points import Place, is_gap, places, point_row
from ivaudit.domain.standing import CriticalState, PointStanding, State, standings

FORMAT = "ivaudit-rapport-2"
"""1 had no field work, no kind, and listed documents among the sections of the visit."""

_CRITICAL_ORDER = (
    CriticalState.BROKEN,
    CriticalState.PARTLY,
    CriticalState.NOT_RATED,
    CriticalState.KEPT,
    CriticalState.NOT_APPLICABLE,
)


def build(
    sheet: AuditSheet,
    vocabulary: Vocabulary,
    form: Form,
    outline: ReportOutline,
    *,
    generated: str,
    program: str,
    kind: ReportKind = ReportKind.REPORT,
    field: FieldSheet | None = None,
    with_notes: bool = False,
    with_score: bool = False,
    seal: str = "",
) -> ReportModel:
    """Return everything the report of an audit says.

    Args:
        sheet: the audit at one moment.
        vocabulary: the closed lists, for their labels.
        form: the form of the visit.
        outline: where titles and the explanation of the method come from.
        generated: local time, ISO 8601.
        program: name and version of the program.
        kind: what it is for.
        field: what was gathered beside the answers.
        with_notes: also give the internal notes.
        with_score: let a page for the end of the visit say scores and levels, which a report always does.
        seal: hash of the seal of a validated audit, as it is printed.
    """
    marked = _marked(sheet)
    asked = places(marked)
    gaps = _gaps(sheet, asked)
    reports = _reports(sheet, marked, gaps)
    points = [point_row(sheet, vocabulary, each, with_notes=with_notes) for each in asked.values()]
    values = dict(sheet.forms.get(form.id, {}))
    listed = values.pop(DOCUMENTS, None)
    return ReportModel(
        format=FORMAT,
        kind=kind,
        title=outline.title,
        generated=generated,
        program=program,
        with_notes=with_notes,
        with_score=with_score or kind is not ReportKind.DEBRIEF,
        complete=not _in_state(points, State.UNRATED, State.REVIEW, State.CARRIED, State.UNANSWERED),
        audit=_audit(sheet, vocabulary, seal),
        facility=_facility(sheet.facility, vocabulary),
        visit=form_blocks(form, values, vocabulary),
        appreciation=sheet.synthesis.appreciation.strip(),
        strengths=_highlights(sheet.synthesis.strengths, asked),
        priorities=_highlights(sheet.synthesis.priorities, asked),
        checklists=reports,
        points=tuple(points),
        critical=_critical(reports, asked),
        to_improve=gaps,
        to_see=_in_state(points, State.UNRATED, State.REVIEW, State.CARRIED),
        unanswered=_unanswered(points),
        not_applicable=_in_state(points, State.OUT),
        not_concerned=_in_state(points, State.NOT_CONCERNED),
        method=_method(outline, sheet.checklists, program),
        field=field_report(sheet, field or FieldSheet(), vocabulary, asked, listed),
    )


def _marked(sheet: AuditSheet) -> list[tuple[str, Checklist, tuple[PointStanding, ...]]]:
    alone = len(sheet.checklists) == 1
    return [
        ("" if alone else MARKS[rank % len(MARKS)], checklist, standings(sheet, checklist))
        for rank, checklist in enumerate(sheet.checklists)
    ]


def _reports(
    sheet: AuditSheet,
    marked: Iterable[tuple[str, Checklist, tuple[PointStanding, ...]]],
    gaps: Iterable[str],
) -> tuple[ChecklistReport, ...]:
    hashes = {key: sha for key, _, sha in sheet.audit.checklists}
    inside = frozenset(gaps)
    return tuple(
        checklist_report(checklist, points, sha256=hashes.get(checklist.id, ""), mark=mark, gaps=inside)
        for mark, checklist, points in marked
    )


def _gaps(sheet: AuditSheet, asked: Mapping[str, Sequence[Place]]) -> tuple[str, ...]:
    """Return what to improve: critical first, then the least acquired, the heaviest, the grid's order."""
    found = [key for key, where in asked.items() if any(is_gap(sheet, place) for place in where)]
    return tuple(sorted(found, key=lambda key: _urgency(asked[key])))


def _urgency(where: Sequence[Place]) -> tuple[bool, bool, int]:
    earned = min((p.standing.earned for p in where if p.standing.earned is not None), default=0)
    return (
        not any(place.standing.criterion.critical for place in where),
        earned > 0,
        -max(place.standing.criterion.weight for place in where),
    )


def _critical(
    reports: Sequence[ChecklistReport], asked: Mapping[str, Sequence[Place]]
) -> tuple[CriticalRow, ...]:
    """Return each critical point once, the most pressing states first."""
    rows: dict[str, CriticalRow] = {}
    for report in reports:
        for row in report.critical:
            numbers = " · ".join(place.number for place in asked[row.criterion])
            rows.setdefault(
                row.criterion,
                CriticalRow(
                    criterion=row.criterion,
                    number=numbers,
                    state=row.state,
                    reason=row.reason,
                    chosen_by=row.chosen_by,
                ),
            )
    order = [state.value for state in _CRITICAL_ORDER]
    return tuple(sorted(rows.values(), key=lambda row: order.index(row.state)))


def _in_state(points: Iterable[PointRow], *states: State) -> tuple[str, ...]:
    wanted = {state.value for state in states}
    return tuple(point.criterion for point in points if point.state in wanted)


def _unanswered(points: Iterable[PointRow]) -> tuple[UnansweredRow, ...]:
    found: dict[str, list[str]] = {}
    for point in points:
        if point.state == State.UNANSWERED.value:
            found.setdefault(point.domain, []).append(point.number)
    return tuple(UnansweredRow(domain=domain, numbers=tuple(n)) for domain, n in found.items())


def _highlights(
    written: Iterable[Highlight], asked: Mapping[str, Sequence[Place]]
) -> tuple[HighlightRow, ...]:
    return tuple(
        HighlightRow(
            text=each.text.strip(),
            numbers=tuple(" · ".join(p.number for p in asked[key]) for key in each.criteria if key in asked),
        )
        for each in written
        if each.text.strip()
    )


def _audit(sheet: AuditSheet, vocabulary: Vocabulary, seal: str) -> AuditRow:
    audit = sheet.audit
    return AuditRow(
        id=audit.id,
        title=audit.title.strip(),
        kind=vocabulary.label("audit_kinds", audit.kind),
        date=audit.date,
        state=vocabulary.label("audit_states", audit.state.value),
        seal=seal,
    )


def _facility(facility: Facility, vocabulary: Vocabulary) -> FacilityRow:
    return FacilityRow(
        name=facility.name.strip(),
        finess_ej=facility.finess_ej,
        finess_et=facility.finess_et,
        category=facility.category.strip(),
        city=facility.city.strip(),
        profile=tuple(vocabulary.label("profile", key) for key in facility.profile),
    )


def _method(outline: ReportOutline, checklists: Sequence[Checklist], program: str) -> tuple[str, ...]:
    block = outline.block(BlockKind.METHOD)
    if block is None:
        return ()
    thresholds = dict.fromkeys(f"{checklist.coverage_threshold} %" for checklist in checklists)
    chosen = dict.fromkeys(checklist.levels.chosen_by for checklist in checklists if checklist.levels)
    filled = {"{seuil}": " ou ".join(thresholds), "{choisi_par}": " ; ".join(chosen), "{programme}": program}
    said = (each for each in block.paragraphs if chosen or "{choisi_par}" not in each)
    return tuple(_filled(paragraph, filled) for paragraph in said)


def _filled(text: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        text = text.replace(key, value)
    return text
