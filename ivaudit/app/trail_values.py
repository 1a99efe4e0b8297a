"""The values of the journal in words: labels of scales and lists, names of structures and points, days."""

from collections.abc import Mapping

from ivaudit.app import anomalies, audits, names
from ivaudit.app.session import Session
from ivaudit.app.trail_names import Names
from ivaudit.domain import trail_words
from ivaudit.domain.entry_fold import DECLARED, TRAIL
from ivaudit.domain.forms import FormField
from ivaudit.domain.insi import CHANNEL_WORDS
from ivaudit.domain.journal import Json
from ivaudit.domain.observation import ObservedValue
from ivaudit.domain.observation_sheet import ITEM
from ivaudit.domain.trail_words import shown

_LINKED = {"person": "person", "finding": "finding", "action": "action"}
"""Fields that hold the id of another thing."""
_CHANNELS: Mapping[str, str] = {each.value: words for each, words in CHANNEL_WORDS.items()}
_OBSERVED: Mapping[str, str] = {
    each.value: each.value.replace("_", " ").capitalize() for each in ObservedValue
}


_NOTHING: tuple[Json, ...] = (None, "", [])


class Values:
    """Says values in words.

    Args:
        session: the open workspace.
        found: the names that were found already.
    """

    def __init__(self, session: Session, found: Names) -> None:
        self._session, self._names = session, found

    def said(self, entity: str, field: str, value: Json) -> str:
        """Return a value in words, empty when there is none."""
        if value in _NOTHING:
            return ""
        kind = entity.partition(":")[0]
        match kind:
            case "answer" | "audit" | "form" | "facility" | "anomaly":
                return self._of_its_own(kind, entity, field, value)
            case _:
                return self._of_a_record(entity, field, value)

    def _of_its_own(self, kind: str, entity: str, field: str, value: Json) -> str:
        rest = entity.partition(":")[2]
        if field == "exists":
            return _existence(value)
        match kind:
            case "answer":
                return self._answer(rest, field, value)
            case "audit":
                return self._of_audit(field, value)
            case "form":
                return self._form_value(rest.partition("/")[2], field, value)
            case "facility":
                return self._form_value("structure", field, value)
            case _:
                return self._of_entry(field, value)

    def _of_a_record(self, entity: str, field: str, value: Json) -> str:
        if field == "exists":
            return _existence(value)
        if field == "criteria" and isinstance(value, list):
            audit = names.audit_of(entity) or self._names.owner(entity, "audit")
            return ", ".join(self._names.number(audit, str(each)) for each in value)
        if field == "facility":
            return self._names.facility(str(value))
        if field == "audit":
            return self._names.once("audit", str(value), self._names.audit)
        if field in _LINKED and isinstance(value, str):
            linked = f"{_LINKED[field]}:{self._prefix(entity, field)}{value}"
            return self._names.once("thing", linked, self._names.thing)
        listed = _OBSERVED if field.startswith(ITEM) else _CHANNELS if field == "channel" else {}
        return listed.get(str(value), shown(value))

    def _prefix(self, entity: str, field: str) -> str:
        """Return what stands before the id of a person or a finding: the audit it belongs to."""
        audit = names.audit_of(entity) or self._names.owner(entity, "audit")
        return "" if field == "action" or not audit else f"{audit}/"

    def _answer(self, rest: str, field: str, value: Json) -> str:
        if field == "value":
            audit, _, criterion = (*rest.split("/", 2), "", "")[:3]
            return self._names.once("answer", (audit, criterion, str(value)), self._find_answer)
        if field == "means" and isinstance(value, list):
            terms = self._session.library.vocabulary()
            return ", ".join(terms.label("means", str(each)) for each in value)
        if field == "carried" and isinstance(value, Mapping):
            return f"reprise de {self._names.once('audit', str(value.get('audit') or ''), self._names.audit)}"
        return shown(value)

    def _find_answer(self, place: tuple[str, str, str]) -> str:
        audit, criterion, value = place
        known = self._names.index(audit).get(criterion)
        scaled = known[1].scale_of(known[2]).value(value) if known else None
        return scaled.label if scaled else value

    def _of_audit(self, field: str, value: Json) -> str:
        match field:
            case "facility":
                return self._names.facility(str(value))
            case "kind":
                return self._names.kind_of(str(value))
            case "source":
                return self._names.once("audit", str(value), self._names.audit)
            case "checklists" if isinstance(value, list):
                rows = (each for each in value if isinstance(each, list) and len(each) > 1)
                return ", ".join(f"{row[0]} {row[1]}" for row in rows)
        return shown(value)

    def _of_entry(self, field: str, value: Json) -> str:
        if field == DECLARED and isinstance(value, Mapping):
            parts = (
                f"{self._names.label('anomaly:', name)} : {self._of_entry(name, each)}"
                for name, each in value.items()
            )
            return " · ".join(parts)[: trail_words.MAX_SHOWN]
        if field == "facility":
            return self._names.facility(str(value))
        if field == TRAIL and isinstance(value, list):
            return " → ".join(str(turn[0]) for turn in value if isinstance(turn, list) and turn)
        if field == "type":
            return anomalies.terms(self._session).type_label(str(value))
        return self._choice(self._names.entry_fields().get(field), value)

    def _form_value(self, form: str, field: str, value: Json) -> str:
        if field == "facility":
            return self._names.facility(str(value))
        return self._choice(self._names.fields(form or audits.VISIT_FORM).get(field), value)

    def _choice(self, field: FormField | None, value: Json) -> str:
        """Return a value with the labels of the lists it was chosen from."""
        if field is None:
            return shown(value)
        if isinstance(value, list):
            return " · ".join(self._choice_of(field, each) for each in value)[: trail_words.MAX_SHOWN]
        return self._choice_of(field, value)

    def _choice_of(self, field: FormField, value: Json) -> str:
        if isinstance(value, Mapping):
            columns = {each.id: each for each in field.columns}
            parts = (
                f"{columns[name].label if name in columns else name} : "
                f"{self._choice(columns.get(name), each)}"
                for name, each in value.items()
                if each not in (None, "", [])
            )
            return ", ".join(parts)
        label = next((each.label for each in field.choices if each.id == value), "")
        return label or self._term(field.vocabulary, value)

    def _term(self, family: str | None, value: Json) -> str:
        for terms in (self._session.library.vocabulary(), anomalies.terms(self._session)):
            if family and isinstance(value, str | int) and hasattr(terms, family):
                return terms.label(family, str(value))
        return shown(value)


def _existence(value: Json) -> str:
    return "ajout" if value else "retrait"
