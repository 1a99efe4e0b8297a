"""The criteria of a workbook as nodes: rows put back in sections, in domains, with their references."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ivaudit.content.book_rows import OVERRIDES, cells_of
from ivaudit.content.book_table import Cell, Notes, Row, Table
from ivaudit.content.book_values import (
    EMPTY,
    blank_or,
    condition_node,
    number,
    one_of,
    several,
    text,
    yes_or_no,
)
from ivaudit.content.resolving import Known
from ivaudit.content.yaml_nodes import Mapping as MappingNode
from ivaudit.content.yaml_nodes import Node, Sequence
from ivaudit.domain.checklist import Confidence, Force, NaPolicy, Vocabulary
from ivaudit.domain.checklist_sheet import (
    AS_PUBLISHED,
    Nature,
    all_columns,
    rated_title,
    setting_title,
)
from ivaudit.domain.condition_text import NotACondition, read_condition
from ivaudit.domain.scale import Scale
from ivaudit.domain.sheet_problems import Severity
from ivaudit.domain.sources import bare_code
from ivaudit.domain.wording import folded, normalised

_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 40
_TEXTS = ("id", "question", "why")
_FAMILIES = ("methods", "interlocutors", "places")
_PLACED = frozenset({"number", "nature", "domain", "section_title", "domain_id", "section_id"})
_DECIDED = ("weight_reason", "critical_reason", "critical_chosen_by")


@dataclass(slots=True)
class _Section:
    """A section being filled."""

    title: Cell
    node: MappingNode
    criteria: Sequence


@dataclass(slots=True)
class _Domain:
    """A domain being filled; `ids` are the codes of its sections by title."""

    title: Cell
    node: MappingNode
    ids: Mapping[str, str]
    sections: dict[str, _Section] = field(default_factory=dict)


@dataclass(slots=True)
class _Codes:
    """The codes that rows give: of domains by title, of sections by title in each domain."""

    domains: dict[str, str] = field(default_factory=dict)
    sections: dict[str, dict[str, str]] = field(default_factory=dict)


class CriteriaReader:
    """Reads the rows of criteria.

    Args:
        vocabulary: gives settings, methods, people, places and activities.
        scales: every scale.
        scale: that of the checklist, when it is known.
        known: every criterion that checklists publish.
        notes: receives the problems.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        scales: Mapping[str, Scale],
        scale: Scale | None,
        known: Mapping[str, Known],
        notes: Notes,
    ) -> None:
        self._vocabulary = vocabulary
        self._known = known
        self._scales = scales
        self._scale = scale
        self._notes = notes
        self._columns = all_columns(vocabulary)
        self._titles = {folded(each.title): key for key, each in self._columns.items()}
        self._labels = {family: _labels(vocabulary, family) for family in _FAMILIES}

    def key_of(self, title: str) -> str | None:
        """Return the key of a column by its title."""
        if (named := rated_title(title)) is not None:
            value = self._value(*named)
            return value and f"rating.{value}"
        if (setting := setting_title(title)) is not None:
            wanted = folded(setting)
            keys = (t.id for t in self._vocabulary.settings if wanted in {folded(t.label), folded(t.id)})
            return next((f"guidance.{key}" for key in keys), None)
        return self._titles.get(folded(title))

    def domains(self, criteria: Table, references: Table) -> Sequence:
        """Return the domains, in the order in which their first rows come."""
        found = self._gathered(criteria, self._references(references, criteria))
        first = next(iter(criteria.rows), None)
        start = first.cell("domain").place if first else (1, 1)
        nodes: list[Node] = [each.node for each in found.values()]
        return Sequence(*start, nodes)

    def _gathered(self, criteria: Table, references: Mapping[str, list[Node]]) -> dict[str, _Domain]:
        domains: dict[str, _Domain] = {}
        codes = _codes(criteria)
        for row in criteria.rows:
            domain = self._domain(row, domains, codes)
            section = self._section(row, domain)
            section.criteria.items.append(self._entry(row, references))
        return domains

    def _domain(self, row: Row, domains: dict[str, _Domain], codes: _Codes) -> _Domain:
        title = row.cell("domain")
        named = folded(title.text)
        code = row.text("domain_id") or codes.domains.get(named) or slug(title.text)
        if code not in domains:
            node = self._part(row, code, title, "domain_id")
            domains[code] = _Domain(title, node, codes.sections.get(named, {}))
            _put(node, "sections", Sequence(*title.place, []))
        self._same_title("Domaine", code, title, domains[code].title)
        return domains[code]

    def _section(self, row: Row, domain: _Domain) -> _Section:
        title = row.cell("section_title")
        code = row.text("section_id") or domain.ids.get(folded(title.text)) or slug(title.text)
        if code not in domain.sections:
            node = self._part(row, code, title, "section_id")
            section = _Section(title, node, Sequence(*title.place, []))
            _put(node, "criteria", section.criteria)
            domain.sections[code] = section
            sections = domain.node.values["sections"]
            if isinstance(sections, Sequence):
                sections.items.append(node)
        self._same_title("Section", code, title, domain.sections[code].title)
        return domain.sections[code]

    def _part(self, row: Row, code: str, title: Cell, key: str) -> MappingNode:
        """Return a domain or a section without what it holds."""
        node = MappingNode(*title.place)
        named = row.cell(key)
        _put(node, "id", text(named if named.text else title, code))
        _put(node, "title", text(title))
        return node

    def _same_title(self, what: str, code: str, title: Cell, first: Cell) -> None:
        if title.text and title.text != first.text:
            said = f"« {code} » s'appelle « {first.text} » ligne {first.row} et « {title.text} » ici"
            self._notes.say(title, what, said)

    def _entry(self, row: Row, references: Mapping[str, list[Node]]) -> Node:
        nature = row.cell("nature")
        if not nature.text:
            taken = False
        else:
            taken = one_of(nature, "Nature", Nature, self._notes).text == Nature.TAKEN
        return self._taken(row) if taken else self._own(row, references)

    def _own(self, row: Row, references: Mapping[str, list[Node]]) -> MappingNode:
        """Return a criterion that this checklist publishes."""
        node = MappingNode(*row.cell("id").place)
        for key in _TEXTS:
            _put(node, key, text(row.cell(key)))
        for table in ("guidance", "rating"):
            _put(node, table, self._table(row, table))
        _put(node, "evidence", several(row.cell("evidence"), {}))
        for family in _FAMILIES:
            _put(node, family, several(row.cell(family), self._labels[family]))
        for key in ("weight", "minutes"):
            _put(node, key, number(row.cell(key), self._title(key), self._notes))
        _put(node, "force", one_of(row.cell("force"), self._title("force"), Force, self._notes))
        _put(
            node,
            "critical",
            yes_or_no(row.cell("critical"), self._title("critical"), self._notes, optional=True),
        )
        _put(node, "na", one_of(row.cell("na"), self._title("na"), NaPolicy, self._notes))
        for key in (*_DECIDED, "scale"):
            _put(node, key, blank_or(row.cell(key)))
        _put(node, "applicability", self._condition(row.cell("applicability")))
        _put(node, "recommendation", text(row.cell("recommendation")))
        if row.text("replaces"):
            _put(node, "replaces", several(row.cell("replaces"), {}))
        _put(node, "references", Sequence(*row.cell("id").place, references.get(row.text("id"), [])))
        return node

    def _taken(self, row: Row) -> MappingNode:
        """Return a criterion of another checklist, with what this one decides of it."""
        self._not_changed_here(row)
        node = MappingNode(*row.cell("id").place)
        _put(node, "ref", text(row.cell("id")))
        for key in ("weight", *_DECIDED, "critical", "minutes"):
            cell = row.cell(key)
            if not cell.text or AS_PUBLISHED.fullmatch(cell.text):
                continue
            match key:
                case "weight" | "minutes":
                    _put(node, key, number(cell, self._title(key), self._notes))
                case "critical":
                    _put(node, key, yes_or_no(cell, self._title(key), self._notes))
                case _:
                    _put(node, key, text(cell))
        return node

    def _not_changed_here(self, row: Row) -> None:
        """Note the texts changed on the row of a criterion of another checklist: they are not read."""
        known = self._known.get(row.text("id"))
        if known is None:
            return
        published = cells_of(known.criterion, self._vocabulary)
        for key, cell in row.cells.items():
            if (
                key in _PLACED
                or key in OVERRIDES
                or normalised(cell.text) == normalised(published.get(key, ""))
            ):
                continue
            if key != "scale":
                said = f"ce texte se change dans {known.checklist} : il n'est pas repris d'ici"
                self._notes.say(
                    cell, self._columns[key].title if key in self._columns else "", said, Severity.WARNING
                )

    def _table(self, row: Row, name: str) -> MappingNode:
        """Return what is said by setting, or by answer."""
        cells = {key: row.cell(key) for key in row.columns if key.startswith(f"{name}.")}
        filled = {key: cell for key, cell in cells.items() if cell.text}
        start = next(iter(cells.values()), row.cell("id"))
        node = MappingNode(*start.place)
        for key, cell in filled.items():
            _put(node, key.partition(".")[2], text(cell))
        return node

    def _condition(self, cell: Cell) -> MappingNode | None:
        try:
            found = read_condition(cell.text, self._vocabulary)
        except NotACondition as problem:
            self._notes.say(cell, self._title("applicability"), problem.message)
            return None
        return None if found is None else condition_node(found, cell)

    def _references(self, table: Table, criteria: Table) -> dict[str, list[Node]]:
        """Return the references of each criterion, by its id."""
        own = {row.text("id"): folded(row.text("nature")) != Nature.TAKEN for row in criteria.rows}
        found: dict[str, list[Node]] = {}
        for row in table.rows:
            cell = row.cell("criterion")
            if not own.get(cell.text, False):
                taken = cell.text in own
                said = "ce critère est repris d'une autre grille : sa référence n'est pas lue"
                missing = f"« {cell.text} » n'est pas dans la feuille Critères" if cell.text else EMPTY
                severity = Severity.WARNING if taken else Severity.ERROR
                self._notes.say(cell, "Identifiant du critère", said if taken else missing, severity)
                continue
            found.setdefault(cell.text, []).append(self._reference(row))
        return found

    def _reference(self, row: Row) -> MappingNode:
        node = MappingNode(*row.cell("document").place)
        _put(node, "document", text(row.cell("document")))
        for key in ("edition", "section", "source"):
            _put(node, key, blank_or(row.cell(key)))
        code = row.cell("code")
        _put(node, "code", text(code, bare) if (bare := bare_code(code.text)) else None)
        _put(node, "confidence", one_of(row.cell("confidence"), "Confiance", Confidence, self._notes))
        return node

    def _value(self, label: str, key: str) -> str | None:
        """Return the key of an answer by the label that a title gives, the checklist's scale first."""
        scales = [*([self._scale] if self._scale else []), *self._scales.values()]
        values = [value for scale in scales for value in scale.values]
        if key:
            return next((value.id for value in values if value.id == key), None)
        wanted = folded(label)
        return next((v.id for v in values if wanted in {folded(v.label), folded(v.id)}), None)

    def _title(self, key: str) -> str:
        return self._columns[key].title


def slug(title: str) -> str:
    """Return a code made of a title."""
    return _SLUG.sub("-", folded(title)).strip("-")[:_SLUG_LENGTH].strip("-")


def _codes(criteria: Table) -> _Codes:
    """Return the codes that rows give to their domains and to the sections of these."""
    found = _Codes()
    for row in criteria.rows:
        domain = folded(row.text("domain"))
        if row.text("domain_id"):
            found.domains[domain] = row.text("domain_id")
        if row.text("section_id"):
            inside = found.sections.setdefault(domain, {})
            inside[folded(row.text("section_title"))] = row.text("section_id")
    return found


def _labels(vocabulary: Vocabulary, family: str) -> dict[str, str]:
    return {folded(term.label): term.id for term in getattr(vocabulary, family)}


def _put(owner: MappingNode, key: str, node: Node | None) -> None:
    if node is not None:
        owner.values[key] = node
        owner.places[key] = (node.line, node.column)
