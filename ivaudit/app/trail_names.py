"""What stands behind the names of the journal: structures, audits, points, fields and values in words."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from ivaudit.app import names
from ivaudit.app.session import Numbered, Session
from ivaudit.domain import trail_words
from ivaudit.domain.anomalies import FORMS, EntryKind
from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.entry_fold import DECLARED
from ivaudit.domain.errors import KnownError
from ivaudit.domain.forms import Form, FormField
from ivaudit.domain.observation import ObservedValue
from ivaudit.domain.observation_sheet import ITEM
from ivaudit.domain.trail import TrailPlace
from ivaudit.domain.trail_words import shown
from ivaudit.store import audits as stored
from ivaudit.store import facilities as stored_facilities
from ivaudit.store import subjects as stored_subjects

REGISTER, SETTINGS, ACTIONS = "register", "workspace", "actions"
_NAMED_BY = {
    "evidence": ("title", "caption"),
    "finding": ("text",),
    "action": ("what",),
    "person": ("function",),
    "line": ("text",),
    "subject": ("label",),
    "campaign": ("title",),
    "row": ("number",),
    "comment": ("number",),
}
"""The fields that say which one it is, the first that has a value."""
_LINKED = {"person": "person", "finding": "finding", "action": "action"}
"""Fields that hold the id of another thing."""
_OBSERVED = {each.value: each.value.replace("_", " ").capitalize() for each in ObservedValue}
_PLACES = {"register": "Registre des anomalies", "insi": "Suivi INSi"}
_SHORT = 40
_K = TypeVar("_K")


class Names:
    """Finds words once each; for one reading, since anything may be renamed after."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._kept: dict[tuple[str, object], str] = {}
        self._subjects: dict[str, dict[str, str]] = {}
        self._indexes: dict[str, Mapping[str, Numbered]] = {}
        self._fields: dict[str, Mapping[str, FormField]] | None = None

    def where(self, scope: str, entity: str) -> str:
        """Return the structure and the audit that something is about, in words."""
        kind, _, rest = entity.partition(":")
        audit = names.audit_of(entity) or self.owner(scope, "audit")
        if audit:
            return self.once("audit", audit, self.audit)
        about, _, key = scope.partition(":")
        match about:
            case "structure":
                return self.facility(rest if kind == "facility" else key)
            case "campaign" | "action":
                return self.facility(self.owner(scope, "facility"))
            case "indicators":
                return f"{self.facility(key)} · indicateurs"
            case _:
                return _PLACES.get(about, "Réglages")

    def what(self, entity: str, field: str) -> str:
        """Return the field in words, with the number of its point or the name of what it belongs to."""
        kind, _, rest = entity.partition(":")
        if kind == "answer":
            return f"{self._point(rest)} – {trail_words.field_label(kind, field)}"
        if kind == "form":
            form, _, _ = rest.partition("/")[2].partition("/")
            return f"Fiche {self._form_title(form)} – {self._form_label(form, field)}"
        label = self.label(entity, field)
        return f"{self.once('thing', entity, self.thing)} – {label}"

    def audit(self, key: str) -> str:
        """Return the words for an audit."""
        found = stored.audit(self._session.workspace.db, key)
        if found is not None:
            return f"{found.facility_name} · {found.title or self.kind_of(found.kind)} · {shown(found.date)}"
        journal = self._session.workspace.journal
        facility = self.facility(str(journal.value(names.audit(key), "facility") or ""))
        return f"{facility} · audit retiré"

    def facility(self, key: str) -> str:
        """Return the name of a structure, removed or not."""
        return self.once("facility", key, self._facility) if key else "Structure"

    def places(self) -> tuple[TrailPlace, ...]:
        """Return what one may filter by, audits under their structure."""
        db = self._session.workspace.db
        found = [
            TrailPlace(id=REGISTER, label="Registre des anomalies"),
            TrailPlace(id=SETTINGS, label="Réglages et annuaire"),
        ]
        every = stored.audits(db)
        for facility in stored_facilities.facilities(db):
            found.append(TrailPlace(id=names.structure(facility.id), label=facility.name))
            found += [
                TrailPlace(id=names.audit(each.id), label=self.audit(each.id))
                for each in every
                if each.facility == facility.id
            ]
        return tuple(found)

    # -- parts

    def once(self, family: str, key: _K, find: Callable[[_K], str]) -> str:
        """Return the words for a key, found the first time only."""
        place = (family, key)
        if place not in self._kept:
            self._kept[place] = find(key)
        return self._kept[place]

    def _facility(self, key: str) -> str:
        found = stored_facilities.facility(self._session.workspace.db, key)
        return found.name if found is not None and found.name else "Structure"

    def owner(self, entity: str, field: str) -> str:
        """Return the audit or the structure that an action or a campaign says it belongs to."""
        kind, _, rest = entity.partition(":")
        if kind not in {"action", "campaign", "row"}:
            return rest if kind == field else ""
        owner = entity if kind != "row" else names.campaign(rest.split("/", 1)[0])
        return self.once(f"owner-{field}", owner, lambda each: self._value(each, field))

    def _value(self, entity: str, field: str) -> str:
        value = self._session.workspace.journal.value(entity, field)
        return "" if value is None else shown(value)

    def _point(self, rest: str) -> str:
        audit, subject, criterion = (*rest.split("/", 2), "", "")[:3]
        number = self.number(audit, criterion)
        about = self._subject(audit, subject)
        return f"{number} ({about})" if about else number

    def number(self, audit: str, criterion: str) -> str:
        """Return the number of a point of an audit."""
        return self.once("number", (audit, criterion), self._find_number)

    def _find_number(self, place: tuple[str, str]) -> str:
        audit, criterion = place
        known = self.index(audit).get(criterion)
        return known[0] if known else f"point retiré ({criterion})"

    def index(self, audit: str) -> Mapping[str, Numbered]:
        """Return the points of an audit by criterion; none when it was removed."""
        if audit not in self._indexes:
            found = stored.audit(self._session.workspace.db, audit) if audit else None
            self._indexes[audit] = self._session.frozen(found).index if found is not None else {}
        return self._indexes[audit]

    def _subject(self, audit: str, subject: str) -> str:
        if subject in {"", STRUCTURE}:
            return ""
        if audit not in self._subjects:
            every = stored_subjects.subjects(self._session.workspace.db, audit)
            self._subjects[audit] = {each.id: each.label for each in every}
        return self._subjects[audit].get(subject, subject)

    def thing(self, entity: str) -> str:
        """Return which thing it is: its kind, and what it is called."""
        kind = entity.partition(":")[0]
        word = trail_words.entity_label(kind)
        if kind == "anomaly":
            return self._number_of(entity)
        if kind == "facility":
            return word
        values = (self._value(entity, field) for field in _NAMED_BY.get(kind, ()))
        name = next(filter(None, values), "")
        return f"{word} « {name[:_SHORT].strip()}{'…' * (len(name) > _SHORT)} »" if name else word

    def _number_of(self, entity: str) -> str:
        declared = self._session.workspace.journal.value(entity, DECLARED)
        number = declared.get("number") if isinstance(declared, Mapping) else None
        return str(number or self._value(entity, "number") or "Anomalie")

    def label(self, entity: str, field: str) -> str:
        """Return what a field is called."""
        kind = entity.partition(":")[0]
        if kind == "facility":
            return self._form_label("structure", field)
        if kind == "anomaly":
            known = trail_words.field_label(kind, field)
            return known if known != field else self._entry_label(field)
        if field.startswith(ITEM):
            return self._item(entity, field)
        return trail_words.field_label(kind, field)

    def kind_of(self, kind: str) -> str:
        """Return what a sort of audit is called."""
        return self._session.library.vocabulary().label("audit_kinds", kind)

    def _item(self, entity: str, field: str) -> str:
        """Return what an item of an observation grid asks."""
        campaign = entity.partition(":")[2].split("/", 1)[0]
        return self.once("item", (campaign, field), self._find_item)

    def _find_item(self, place: tuple[str, str]) -> str:
        campaign, field = place
        grid = self._session.workspace.journal.value(names.campaign(campaign), "grid")
        if not isinstance(grid, list) or not grid:
            return field
        items = {each.id: each.question for each in self._session.grid(str(grid[-1])).items}
        return items.get(field.removeprefix(ITEM), field)

    # -- forms

    def _form(self, form: str) -> Form | None:
        try:
            return self._session.library.form(form)
        except KnownError:
            return None  # an audit of another machine may have filled a form that is not here

    def _form_title(self, form: str) -> str:
        return self.once("form", form, lambda each: found.title if (found := self._form(each)) else each)

    def _form_label(self, form: str, field: str) -> str:
        found = self.fields(form).get(field)
        return found.label if found else trail_words.field_label("facility", field)

    def fields(self, form: str) -> Mapping[str, FormField]:
        """Return the fields of a form by id."""
        if self._fields is None:
            self._fields = {}
        if form not in self._fields:
            found = self._form(form)
            fields = [each for section in found.sections for each in section.fields] if found else []
            self._fields[form] = {each.id: each for each in fields}
        return self._fields[form]

    def entry_fields(self) -> Mapping[str, FormField]:
        """Return the fields of the three forms of the register by id."""
        known: dict[str, FormField] = {}
        for kind in reversed(EntryKind):
            known.update(self.fields(FORMS[kind]))
        return known

    def _entry_label(self, field: str) -> str:
        found = self.entry_fields().get(field)
        return found.label if found else field
