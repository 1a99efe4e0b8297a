"""The field work of the demonstration: what was seen, concluded and agreed, recorded as a real one."""

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from ivaudit.app import (
    actions,
    answers,
    audits,
    campaigns,
    evidence,
    findings,
    notebook,
    observations,
    pictures,
    subjects,
)
from ivaudit.app.session import Session
from ivaudit.content.packaged import packaged
from ivaudit.domain.actions import ActionState
from ivaudit.domain.campaign import Draw
from ivaudit.domain.findings import Cause, Grade, Urgency
from ivaudit.domain.observation import ObservedValue
from ivaudit.domain.progress import Progress, silent
from ivaudit.resources import path

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = "demonstration"
_SCRIPT = f"{_FOLDER}/terrain-les-tilleuls.yaml"
_SIGNS = {
    "o": ObservedValue.YES,
    "n": ObservedValue.NO,
    "s": ObservedValue.NOT_APPLICABLE,
    "r": ObservedValue.REFUSED,
    "-": ObservedValue.NOT_OBSERVED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """One answer of the earlier audit."""

    criterion: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedAudit:
    """An audit that came before."""

    kind: str
    date: str
    title: str
    answers: tuple[EarlierAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswer:
    """What one unit answered; the structure then has no answer of its own."""

    criterion: str
    unit: str
    value: str
    constat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedPerson:
    """Somebody met; `id` is for the lines of the script."""

    id: str
    function: str
    interlocutor: str
    at: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedLine:
    """A line of the notebook."""

    text: str
    at: str
    means: str
    criteria: tuple[str, ...]
    person: str = ""
    value: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedDocument:
    """A document of the register."""

    title: str
    status: str
    criteria: tuple[str, ...]
    reference: str = ""
    version: str = ""
    date: str = ""
    shown_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedPhoto:
    """A drawn picture beside the script."""

    file: str
    caption: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedUnit:
    """Lines of a unit; the last `unseen` ones were not observed."""

    name: str
    present: int
    rows: int
    unseen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedCampaign:
    """A campaign; `values` has one sign for each line that was seen, by fact."""

    grid: str
    title: str
    start: str
    end: str
    observers: tuple[str, ...]
    draw: Draw
    units: tuple[ScriptedUnit, ...]
    reason: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedFinding:
    """A finding."""

    grade: Grade
    text: str
    criteria: tuple[str, ...]
    recommendation: str = ""
    cause: Cause | None = None
    urgent: bool = False
    told: str = ""
    told_at: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedAction:
    """An action; `finding` is the rank of its finding in the script, from 1."""

    finding: int
    what: str
    due: str
    priority: str
    owner_kind: str = "structure"
    owner: str = ""
    editor: str = ""
    state: ActionState = ActionState.TO_DO
    done: str = ""
    progress: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldScript:
    """Everything of the demonstration beside the answers of its audit."""

    earlier: ScriptedAudit
    units: tuple[str, ...]
    by_unit: tuple[UnitAnswer, ...]
    people: tuple[ScriptedPerson, ...]
    lines: tuple[ScriptedLine, ...]
    documents: tuple[ScriptedDocument, ...]
    photos: tuple[ScriptedPhoto, ...]
    campaign: ScriptedCampaign
    findings: tuple[ScriptedFinding, ...]
    actions: tuple[ScriptedAction, ...]


def script() -> FieldScript:
    """Return the script."""
    found: FieldScript = packaged(_SCRIPT, FieldScript)
    return found


def build_earlier(session: Session, facility: str, checklist: str, found: FieldScript) -> str:
    """Record the audit that came before, and return its id."""
    earlier = found.earlier
    _, audit = audits.create(session, facility, earlier.kind, [checklist], earlier.date, title=earlier.title)
    for each in earlier.answers:
        answers.answer(session, audit, each.criterion, each.value)
    return audit


def build(
    session: Session, facility: str, audit: str, found: FieldScript, progress: Progress = silent
) -> None:
    """Record the field work of an audit."""
    parts: tuple[tuple[str, Callable[[], None]], ...] = (
        ("Sujets", partial(_by_unit, session, audit, found)),
        ("Carnet", partial(_notebook, session, audit, found)),
        ("Preuves", partial(_evidence, session, audit, found)),
        ("Observations", partial(_campaign, session, facility, audit, found.campaign)),
        ("Constats et actions", partial(_concluded, session, facility, audit, found)),
    )
    for rank, (label, work) in enumerate(parts):
        progress(rank, len(parts), f"{label} de démonstration")
        work()


def _by_unit(session: Session, audit: str, found: FieldScript) -> None:
    keys = {unit: subjects.add(session, audit, unit)[1] for unit in found.units}
    for criterion in dict.fromkeys(each.criterion for each in found.by_unit):
        for field in ("constat", "note"):
            answers.write(session, audit, criterion, field, "")
        answers.means(session, audit, criterion, ())
        answers.answer(session, audit, criterion, None)
    for each in found.by_unit:
        subject = keys[each.unit]
        answers.answer(session, audit, each.criterion, each.value, subject=subject)
        answers.write(session, audit, each.criterion, "constat", each.constat, subject=subject)


def _notebook(session: Session, audit: str, found: FieldScript) -> None:
    known = {
        each.id: notebook.meet(
            session, audit, each.function, interlocutor=each.interlocutor, unit=each.unit, at=each.at
        )[1]
        for each in found.people
    }
    for line in found.lines:
        notebook.note(
            session,
            audit,
            line.text,
            person=known.get(line.person, ""),
            criteria=line.criteria,
            means=line.means,
            value=line.value,
            source=line.source,
            at=line.at,
        )


def _evidence(session: Session, audit: str, found: FieldScript) -> None:
    for each in found.documents:
        evidence.add_document(
            session,
            audit,
            title=each.title,
            reference=each.reference,
            version=each.version,
            date=each.date,
            shown_by=each.shown_by,
            status=each.status,
            criteria=each.criteria,
        )
    day = session.audit(audit).date
    for photo in found.photos:
        body = pictures.picture(path(f"{_FOLDER}/{photo.file}").read_bytes(), photo.file)
        evidence.add_photo(session, audit, body, caption=photo.caption, date=day, criteria=photo.criteria)


def _campaign(session: Session, facility: str, audit: str, found: ScriptedCampaign) -> None:
    _, key = campaigns.create(
        session,
        facility,
        found.grid,
        audit=audit,
        title=found.title,
        start=found.start,
        end=found.end,
        units=[unit.name for unit in found.units],
        observers=found.observers,
        present={unit.name: unit.present for unit in found.units},
        draw=found.draw,
    )
    columns = {item: iter(signs) for item, signs in found.values.items()}
    for unit in found.units:
        for rank in range(unit.rows):
            _, row = observations.add_row(session, key)
            unseen = rank >= unit.rows - unit.unseen
            reason = found.reason if unseen else ""
            observations.set_row(session, key, row, unit=unit.name, date=found.start, reason=reason)
            for item, signs in columns.items() if not unseen else ():
                for sign in islice(signs, 1):
                    observations.note(session, key, row, item, _SIGNS[sign])


def _concluded(session: Session, facility: str, audit: str, found: FieldScript) -> None:
    kept = [_finding(session, audit, each) for each in found.findings]
    for each in found.actions:
        actions.create(
            session,
            facility,
            each.what,
            audit=audit,
            finding=kept[each.finding - 1],
            criteria=found.findings[each.finding - 1].criteria,
            owner_kind=each.owner_kind,
            owner=each.owner,
            editor=each.editor,
            due=each.due,
            priority=each.priority,
            state=each.state.value,
            done=each.done,
            progress=each.progress,
            measure=each.measure,
        )


def _finding(session: Session, audit: str, each: ScriptedFinding) -> str:
    _, key = findings.create(
        session,
        audit,
        each.text,
        each.grade,
        recommendation=each.recommendation,
        cause=each.cause,
        criteria=each.criteria,
    )
    if each.urgent:
        urgency = Urgency(told=each.told, at=each.told_at, done=each.done)
        findings.urgent(session, audit, key, urgency)
    return key
