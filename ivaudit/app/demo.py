"""A made-up care home and a whole made-up audit, recorded through the same use cases as a real one."""

from dataclasses import dataclass

from ivaudit.app import (
    answers,
    audits,
    demo_field,
    demo_indicators,
    demo_insi,
    demo_register,
    demo_review,
    facilities,
    forms,
    synthesis,
)
from ivaudit.app.session import Session
from ivaudit.content.packaged import packaged
from ivaudit.domain.audit import Highlight
from ivaudit.domain.progress import Progress, silent

_SCRIPT = "demonstration/ehpad-les-tilleuls.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedAnswer:
    """One answer of the script; what is absent stays empty."""

    criterion: str
    value: str
    constat: str = ""
    note: str = ""
    na_reason: str = ""
    awaiting: str = ""
    means: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The whole demonstration; `default` answers every point the script does not name."""

    facility: dict[str, str]
    facility_rows: dict[str, tuple[dict[str, str], ...]]
    profile: tuple[str, ...]
    kind: str
    checklist: str
    date: str
    title: str
    visit: dict[str, str]
    visit_rows: dict[str, tuple[dict[str, str], ...]]
    default: str
    answers: tuple[ScriptedAnswer, ...]
    appreciation: str
    strengths: tuple[Highlight, ...]
    priorities: tuple[Highlight, ...]


def build(session: Session, progress: Progress = silent) -> str:
    """Record the demonstration and return the id of its audit."""
    script: Script = packaged(_SCRIPT, Script)
    _, facility = facilities.create(session, _facility(script))
    terrain = demo_field.script()
    demo_field.build_earlier(session, facility, script.checklist, terrain)
    _, audit = audits.create(
        session, facility, script.kind, [script.checklist], script.date, title=script.title
    )
    for field, value in (script.visit | script.visit_rows).items():
        forms.set_field(session, audit, audits.VISIT_FORM, field, value)
    _answer(session, audit, script, progress)
    synthesis.write(
        session,
        audit,
        appreciation=script.appreciation,
        strengths=script.strengths,
        priorities=script.priorities,
    )
    demo_field.build(session, facility, audit, terrain, progress)
    demo_review.build(session, audit)
    demo_register.build(session, facility)
    demo_indicators.build(session, facility)
    demo_insi.build(session)
    return audit


def _facility(script: Script) -> dict[str, object]:
    return {**script.facility, **script.facility_rows, "profile": list(script.profile)}


def _answer(session: Session, audit: str, script: Script, progress: Progress) -> None:
    scripted = {each.criterion: each for each in script.answers}
    index = session.frozen(session.audit(audit)).index
    for rank, criterion in enumerate(index):
        progress(rank, len(index), "Réponses de démonstration")
        _one(
            session, audit, scripted.get(criterion, ScriptedAnswer(criterion=criterion, value=script.default))
        )


def _one(session: Session, audit: str, each: ScriptedAnswer) -> None:
    answers.answer(
        session, audit, each.criterion, each.value, na_reason=each.na_reason, awaiting=each.awaiting
    )
    for field, text in (("constat", each.constat), ("note", each.note)):
        if text:
            answers.write(session, audit, each.criterion, field, text)
    if each.means:
        answers.means(session, audit, each.criterion, each.means)
