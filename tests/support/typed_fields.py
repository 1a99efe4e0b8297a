"""Every free-text field that somebody may type into, each with the gesture that types there.

`FREE` and `CLOSED` name each text of each entity: a new field that is in neither is a test that fails.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_type_hints

from ivaudit.app import (
    actions,
    anomalies,
    anomaly_import,
    anomaly_reports,
    answers,
    audits,
    campaigns,
    evidence,
    facilities,
    findings,
    forms,
    indicators,
    insi_declared,
    names,
    notebook,
    observations,
    settings,
    subjects,
    synthesis,
)
from ivaudit.app.anomaly_import import Edited, RefusedRow
from ivaudit.app.indicators import Written
from ivaudit.app.settings import Settings
from ivaudit.domain.actions import Action
from ivaudit.domain.anomalies import FORMS, EntryKind, Reference, Reported, State, Told, Turn
from ivaudit.domain.audit import Answer, Audit, Highlight, Synthesis
from ivaudit.domain.campaign import Campaign, ObservedRow
from ivaudit.domain.evidence import Evidence
from ivaudit.domain.findings import Finding, Grade, Urgency
from ivaudit.domain.forms import FieldKind, FormField
from ivaudit.domain.insi_follow_up import DeclaredRate, Link
from ivaudit.domain.insi_perimeter import Perimeter
from ivaudit.domain.notebook import Line, Person
from ivaudit.domain.readings import Counts, Reading
from ivaudit.domain.review import Comment
from ivaudit.domain.subjects import Subject
from ivaudit.store.journal import Edit
from support.bench import Bench

Typing = Callable[[str], object]
TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG, FieldKind.FINESS})

ENTITIES: dict[str, tuple[type, ...]] = {
    "settings": (Settings,),
    "audit": (Audit, Synthesis, Highlight),
    "answer": (Answer,),
    "finding": (Finding, Urgency),
    "action": (Action,),
    "evidence": (Evidence,),
    "person": (Person,),
    "line": (Line,),
    "comment": (Comment,),
    "subject": (Subject,),
    "campaign": (Campaign,),
    "row": (ObservedRow,),
    "anomaly": (Reference, Told, Reported, Turn),
    "reading": (Reading,),
    "insi_link": (Link,),
    "insi_rate": (DeclaredRate,),
    "insi_perimeter": (Perimeter,),
}
"""The entities of the journal and what holds their texts; structures, visits and entries are forms."""

BY_FORM = {"facility": "structure", "form": "visite", "anomaly": "anomalie"}

FREE: dict[str, frozenset[str]] = {
    "settings": frozenset({"author"}),
    "audit": frozenset({"title", "appreciation", "text"}),
    "answer": frozenset({"constat", "note", "na_reason", "awaiting"}),
    "finding": frozenset({"text", "recommendation", "told", "done"}),
    "action": frozenset({"what", "owner", "editor", "progress", "measure", "result", "reference", "source"}),
    "evidence": frozenset({"title", "reference", "version", "shown_by", "caption"}),
    "person": frozenset({"function", "unit", "name"}),
    "line": frozenset({"text", "source"}),
    "comment": frozenset({"text", "by", "answer"}),
    "subject": frozenset({"label"}),
    "campaign": frozenset({"title", "units", "observers"}),
    "row": frozenset({"unit"}),
    "anomaly": frozenset({"value", "remark", "number", "by", "reason"}),
    "reading": frozenset({"source"}),
    "insi_link": frozenset({"note"}),
    "insi_rate": frozenset({"definition"}),
    "insi_perimeter": frozenset({"exclusions"}),
}
"""What people type."""

CLOSED: dict[str, frozenset[str]] = {
    "settings": frozenset({"theme"}),
    "audit": frozenset(
        {"id", "facility", "facility_name", "kind", "date", "created", "position", "source", "criteria"}
    ),
    "answer": frozenset({"value", "means", "author", "at"}),
    "finding": frozenset({"id", "audit", "criteria", "subject", "created", "at"}),
    "action": frozenset({"id", "facility", "audit", "finding", "criteria", "due", "done", "created"}),
    "evidence": frozenset({"id", "date", "criteria", "subject", "digest", "pages", "media", "created"}),
    "person": frozenset({"id", "interlocutor", "at", "created"}),
    "line": frozenset({"id", "at", "person", "means", "value", "subject", "criteria", "created"}),
    "comment": frozenset({"id", "audit", "row", "number", "date", "digest", "form", "decided", "created"}),
    "subject": frozenset({"id", "created"}),
    "campaign": frozenset({"id", "facility", "audit", "start", "end", "created"}),
    "row": frozenset({"id", "date", "time", "professional", "reason", "context"}),
    "reading": frozenset({"indicator", "month", "date"}),
    "insi_link": frozenset({"finess", "target", "since", "until"}),
    "insi_rate": frozenset({"finess", "month", "date"}),
    "insi_perimeter": frozenset({"month", "categories", "departments", "created"}),
    "anomaly": frozenset({"recipient", "informed", "confirmed", "circuit", "step", "done", "at"}),
}
"""What the program writes, or what comes from a closed list, a calendar or a mark of eight signs."""

NAMES_MAY_STAND = frozenset(
    {
        "settings.author", "audit.title", "person.name", "subject.label", "evidence.title", "campaign.title",
    }
)  # fmt: skip
"""Where a civility and a name are no alarm: places, titles, somebody who agreed to be named."""

_NAMED = frozenset({"name", "title", "address", "city", "organisation"})


def may_name(field: str) -> bool:
    """Tell whether a name may stand in a field: that of a place, or of somebody who agreed to be named."""
    kind, _, rest = field.partition(".")
    return field in NAMES_MAY_STAND or kind == "facility" or rest.rpartition(".")[2] in _NAMED


def texts_of(kind: str) -> set[str]:
    """Return the names of the texts of an entity."""
    found: set[str] = set()
    for shape in ENTITIES[kind]:
        hints = get_type_hints(shape)
        fields = (
            [each.name for each in dataclasses.fields(shape)]
            if dataclasses.is_dataclass(shape)
            else list(shape._fields)  # type: ignore[attr-defined]  # a named tuple
        )
        found |= {name for name in fields if _holds_text(hints[name])}
    return found


def _holds_text(hint: Any) -> bool:  # noqa: ANN401 - any type hint
    return hint in {str, str | None, tuple[str, ...], Mapping[str, str]}


class Desk:
    """A workspace with one of each entity, and the gestures that type into them.

    Args:
        bench: an open workspace with a facility and an audit.
    """

    def __init__(self, bench: Bench) -> None:
        self.session = session = bench.session
        self.facility, self.audit = bench.facility, bench.audit
        point = next(audits.sheet(session, self.audit).checklists[0].points())
        self.criterion = point.criterion.id
        self.finding = findings.create(session, self.audit, "Écart.", Grade.GAP)[1]
        self.action = actions.create(session, self.facility, "Former")[1]
        self.document = evidence.add_document(session, self.audit, title="Procédure")[1]
        self.seen = evidence.add_observation(session, self.audit, caption="Vu au poste.")[1]
        self.person = notebook.meet(session, self.audit, "IDEC")[1]
        self.line = notebook.note(session, self.audit, "Dit au poste.", person=self.person)[1]
        self.subject = subjects.add(session, self.audit, "Médecine")[1]
        self.campaign = campaigns.create(session, self.facility, "obs-bracelet")[1]
        self.row = observations.add_row(session, self.campaign)[1]
        self.entries = {
            kind: anomalies.declare(session, kind, {"type": "P01", **more})[1]
            for kind, more in (
                (EntryKind.ANOMALY, {}),
                (EntryKind.EVENT, {}),
                (EntryKind.BATCH, {"detected": 3}),
            )
        }

    def typings(self) -> Iterator[tuple[str, Typing]]:
        """Yield each field («answer.constat») with what types a text into it."""
        yield from self._plain()
        yield from self._of_audit()
        yield from self._of_forms()
        yield from self._of_register()
        yield from self._of_figures()

    def _plain(self) -> Iterator[tuple[str, Typing]]:
        session = self.session
        yield "settings.author", lambda text: settings.change(session, author=text[:80])
        yield "audit.title", lambda text: audits.edit(session, self.audit, title=text)
        for name in sorted(FREE["action"]):
            yield f"action.{name}", lambda text, n=name: actions.edit(session, self.action, **{n: text})
        for name in ("title", "reference", "version", "shown_by"):
            yield (
                f"evidence.{name}",
                lambda text, n=name: evidence.edit(session, self.audit, self.document, **{n: text}),
            )
        yield (
            "evidence.caption",
            lambda text: evidence.edit(session, self.audit, self.seen, caption=text),
        )
        yield "subject.label", lambda text: subjects.edit(session, self.audit, self.subject, label=text)
        yield "campaign.title", lambda text: campaigns.edit(session, self.campaign, title=text)
        yield "campaign.units", lambda text: campaigns.edit(session, self.campaign, units=[text])
        yield "campaign.observers", lambda text: campaigns.edit(session, self.campaign, observers=[text])
        yield "row.unit", lambda text: observations.set_row(session, self.campaign, self.row, unit=text)

    def _of_audit(self) -> Iterator[tuple[str, Typing]]:
        session, audit, point = self.session, self.audit, self.criterion
        for name in ("constat", "note"):
            yield f"answer.{name}", lambda text, n=name: answers.write(session, audit, point, n, text)
        yield (
            "answer.awaiting",
            lambda text: answers.answer(session, audit, point, "a_verifier", awaiting=text),
        )
        yield (
            "answer.na_reason",
            lambda text: self._record(names.answer(audit, "structure", point), "na_reason", text),
        )
        yield "audit.appreciation", lambda text: synthesis.write(session, audit, appreciation=text)
        yield "audit.text", lambda text: synthesis.write(session, audit, strengths=[Highlight(text=text)])
        for name in ("text", "recommendation"):
            yield (
                f"finding.{name}",
                lambda text, n=name: findings.write(session, audit, self.finding, n, text),
            )
        yield (
            "finding.told",
            lambda text: findings.urgent(session, audit, self.finding, Urgency(told=text)),
        )
        yield (
            "finding.done",
            lambda text: findings.urgent(session, audit, self.finding, Urgency(done=text)),
        )
        for name in sorted(FREE["person"]):
            yield (
                f"person.{name}",
                lambda text, n=name: notebook.correct(session, audit, self.person, **{n: text}),
            )
        yield "line.text", lambda text: notebook.rewrite(session, audit, self.line, text=text)
        yield "line.source", lambda text: notebook.rewrite(session, audit, self.line, source=text)
        for name in sorted(FREE["comment"]):
            yield f"comment.{name}", lambda text, n=name: self._record(names.comment(audit, "c1"), n, text)

    def _record(self, entity: str, name: str, text: str) -> object:
        """Type through what every gesture of the program passes."""
        return self.session.record(names.audit(self.audit), [Edit(entity, name, text)])

    def _turned(self, entry: str, **said: str) -> object:
        """Type into a state of an entry."""
        turn = Turn(**{"state": State.REPORTED, "at": "2026-11-21T09:00", "by": "référent", **said})  # type: ignore[arg-type]  # by its fields
        try:
            return anomaly_import.edit_many(self.session, [Edited(id=entry, values={}, trail=(turn,))])
        except RefusedRow as error:
            raise error.error from error

    def _of_forms(self) -> Iterator[tuple[str, Typing]]:
        session = self.session
        for field, made in form_texts(session.library.form("structure").sections):
            yield (
                f"facility.{field}",
                lambda text, m=made: facilities.edit(session, self.facility, dict([m(text)])),
            )
        for field, made in form_texts(session.library.form("visite").sections):
            yield (
                f"form.{field}",
                lambda text, m=made: forms.set_field(session, self.audit, "visite", *m(text)),
            )
        for kind, form in FORMS.items():
            for field, made in form_texts(session.library.form(form).sections):
                yield (
                    f"{form}.{field}",
                    lambda text, m=made, k=kind: anomalies.edit(session, self.entries[k], dict([m(text)])),
                )

    def _of_figures(self) -> Iterator[tuple[str, Typing]]:
        session, rate = self.session, DeclaredRate(finess=_FINESS, month="2026-10", permille=875)
        yield (
            "reading.source",
            lambda text: indicators.write(
                session,
                self.facility,
                [Written(indicator="identites-qualifiees", month="2026-10", counts=Counts(), source=text)],
            ),
        )
        yield (
            "insi_link.note",
            lambda text: insi_declared.link(session, _FINESS, "640000170", note=text),
        )
        yield (
            "insi_rate.definition",
            lambda text: insi_declared.declare(session, dataclasses.replace(rate, definition=text)),
        )
        yield (
            "insi_perimeter.exclusions",
            lambda text: self.session.record(
                names.INSI,
                [
                    Edit(
                        names.insi("perimeter", "2026-10"),
                        "exclusions",
                        [{"finess": _FINESS, "reason": text}],
                    )
                ],
            ),
        )

    def _of_register(self) -> Iterator[tuple[str, Typing]]:
        session, entry = self.session, self.entries[EntryKind.ANOMALY]
        for name in ("by", "reason"):
            yield f"anomaly.{name}", lambda text, n=name: self._turned(entry, **{n: text})
        yield (
            "anomaly.number",
            lambda text: anomaly_reports.report(session, entry, "eigs", "volet-1", number=text),
        )
        yield "anomaly.source", lambda text: anomalies.edit(session, entry, {"source": text})
        yield "anomaly.source_number", lambda text: anomalies.edit(session, entry, {"source_number": text})


def form_texts(sections: Any) -> Iterator[tuple[str, Callable[[str], tuple[str, object]]]]:  # noqa: ANN401 - of any form
    """Yield the texts of a form, lines included, each with what makes its value of a text."""
    for section in sections:
        for field in section.fields:
            if field.kind in TEXTS:
                yield field.id, lambda text, f=field: (f.id, text)
            for column in field.columns:
                if column.kind in TEXTS:
                    yield (
                        f"{field.id}.{column.id}",
                        lambda text, f=field, c=column: (f.id, [{**_needed(f, c), c.id: text}]),
                    )


def _needed(field: FormField, column: FormField) -> dict[str, object]:
    """Return what the other compulsory columns of a line must say."""
    return {
        each.id: each.choices[0].id if each.choices else _SOME.get(each.vocabulary or "", "texte")
        for each in field.columns
        if each.required and each.id != column.id
    }


_FINESS = "640000162"
_SOME = {"recipients": "laboratoire"}
