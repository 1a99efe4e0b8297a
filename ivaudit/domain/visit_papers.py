"""What is printed before a visit: the documents asked for by person, and the walk by place."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.checklist import Criterion, Vocabulary
from ivaudit.domain.evidence import Evidence, register
from ivaudit.domain.standing import State, standings
from ivaudit.domain.wording import folded

ANYONE = "À demander à la structure"
NO_PLACE = "Sans lieu précis"

_BEFOREHAND = frozenset({"document", "extraction"})
_ON_SITE = re.compile(
    r"\b(observee?s?|vue?s?|relue?s?|recueillie?s?|posee?s?|essais?|demonstrations?|montree?s?|sur place"
    r"|reponses?|decrite?s?|citee?s?|constate\w*|pendant la visite|ecrans?|phrases?|actes|accueils)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDocument:
    """A document to have ready: what it is, the criteria it serves, and where the register says it stands."""

    title: str
    criteria: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPerson:
    """What one interlocutor is asked for."""

    interlocutor: str
    documents: tuple[AskedDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRequest:
    """The «demande documentaire» of an audit; `date` is the day of the visit, `AAAA-MM-JJ`."""

    facility: str
    date: str
    kind: str
    checklists: tuple[str, ...]
    people: tuple[AskedPerson, ...]

    @property
    def count(self) -> int:
        """Return how many documents are asked for."""
        return sum(len(person.documents) for person in self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPoint:
    """A point to see at a stop of the walk."""

    number: str
    question: str
    interlocutors: str
    minutes: int
    critical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place of the walk: when it is planned, whom to meet there, how long it takes."""

    place: str
    planned: str
    unit: str
    people: tuple[str, ...]
    minutes: int
    points: tuple[PlannedPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A useful hour noted in the form of the visit."""

    what: str
    start: str
    end: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlan:
    """The «plan de visite» of an audit."""

    facility: str
    date: str
    kind: str
    checklists: tuple[str, ...]
    stops: tuple[Stop, ...]
    moments: tuple[Moment, ...] = ()

    @property
    def minutes(self) -> int:
        """Return how long the whole walk takes."""
        return sum(stop.minutes for stop in self.stops)


# -- documents


@dataclass(slots=True)
class _Asked:
    title: str
    person: str
    criteria: dict[str, str] = field(default_factory=dict)


def document_request(sheet: AuditSheet, vocabulary: Vocabulary, known: Sequence[Evidence]) -> DocumentRequest:
    """Return the documents that the checklists of an audit expect, each once, under whom to ask.

    What is seen on site (a demonstration, an act observed) is not asked for beforehand. What the register
    holds beside stands under «À demander à la structure».

    Args:
        sheet: the audit.
        vocabulary: the labels of interlocutors.
        known: its evidence.
    """
    asked: dict[str, _Asked] = {}
    for number, criterion in _concerned(sheet):
        for title in expected_documents(criterion):
            person = criterion.interlocutors[0] if criterion.interlocutors else ""
            found = asked.setdefault(folded(title), _Asked(title, person))
            found.criteria.setdefault(criterion.id, number)
    documents = register(known)
    for each in documents:
        asked.setdefault(folded(each.title), _Asked(each.title, ""))
    where = {folded(each.title): each.status.value if each.status else "" for each in documents}
    order = [term.id for term in vocabulary.interlocutors]
    people = dict.fromkeys(each.person for each in asked.values())
    return DocumentRequest(
        facility=sheet.facility.name,
        date=sheet.audit.date,
        kind=vocabulary.label("audit_kinds", sheet.audit.kind),
        checklists=tuple(each.title for each in sheet.checklists),
        people=tuple(
            AskedPerson(
                interlocutor=vocabulary.label("interlocutors", person) if person else ANYONE,
                documents=tuple(_documents(asked, person, where)),
            )
            for person in sorted(people, key=lambda key: order.index(key) if key in order else len(order))
        ),
    )


def expected_documents(criterion: Criterion) -> tuple[str, ...]:
    """Return the evidence of a criterion that can be sent before a visit."""
    if not _BEFOREHAND & set(criterion.methods):
        return ()
    return tuple(each for each in criterion.evidence if not _ON_SITE.search(folded(each)))


def _documents(asked: Mapping[str, _Asked], person: str, where: Mapping[str, str]) -> Iterator[AskedDocument]:
    mine = [(key, each) for key, each in asked.items() if each.person == person]
    for key, each in sorted(mine, key=lambda item: item[0]):
        yield AskedDocument(
            title=each.title[:1].upper() + each.title[1:],
            criteria=tuple(each.criteria),
            numbers=tuple(each.criteria.values()),
            status=where.get(key, ""),
        )


# -- walk


def visit_plan(sheet: AuditSheet, vocabulary: Vocabulary, moments: Mapping[str, str]) -> VisitPlan:
    """Return the walk of an audit: the places of the form first, then the others as the grids meet them.

    A point that may be seen in several places stands at the first of them.

    Args:
        sheet: the audit.
        vocabulary: the labels of places and interlocutors.
        moments: the labels of the useful hours, by key.
    """
    visit = sheet.forms.get("visite", {})
    planned = [row for row in _rows(visit.get("places")) if row.get("place")]
    by_place: dict[str, list[tuple[str, Criterion]]] = {str(row["place"]): [] for row in planned}
    for number, criterion in _concerned(sheet):
        by_place.setdefault(criterion.places[0] if criterion.places else "", []).append((number, criterion))
    first = {str(row["place"]): row for row in reversed(planned)}
    return VisitPlan(
        facility=sheet.facility.name,
        date=sheet.audit.date,
        kind=vocabulary.label("audit_kinds", sheet.audit.kind),
        checklists=tuple(each.title for each in sheet.checklists),
        stops=tuple(
            _stop(place, found, first.get(place, {}), vocabulary) for place, found in by_place.items()
        ),
        moments=tuple(_moments(_rows(visit.get("hours")), moments)),
    )


def _stop(
    place: str, found: Sequence[tuple[str, Criterion]], row: Mapping[str, object], vocabulary: Vocabulary
) -> Stop:
    people = dict.fromkeys(key for _, criterion in found for key in criterion.interlocutors)
    return Stop(
        place=vocabulary.label("places", place) if place else NO_PLACE,
        planned=str(row.get("time") or ""),
        unit=str(row.get("unit") or ""),
        people=tuple(vocabulary.label("interlocutors", key) for key in people),
        minutes=sum(criterion.minutes for _, criterion in found),
        points=tuple(
            PlannedPoint(
                number=number,
                question=criterion.question,
                interlocutors=", ".join(
                    vocabulary.label("interlocutors", key) for key in criterion.interlocutors
                ),
                minutes=criterion.minutes,
                critical=criterion.critical,
            )
            for number, criterion in found
        ),
    )


def _moments(rows: Iterable[Mapping[str, object]], labels: Mapping[str, str]) -> Iterator[Moment]:
    for row in rows:
        parts = {name: str(row.get(name) or "") for name in ("activity", "from", "to", "place")}
        if any(parts.values()):
            what = labels.get(parts["activity"], parts["activity"])
            yield Moment(what=what, start=parts["from"], end=parts["to"], place=parts["place"])


def _concerned(sheet: AuditSheet) -> Iterator[tuple[str, Criterion]]:
    """Yield each criterion that concerns the facility once, with the number people say."""
    seen: set[str] = set()
    for rank, checklist in enumerate(sheet.checklists, 1):
        for each in standings(sheet, checklist):
            criterion = each.criterion
            if each.state is not State.NOT_CONCERNED and criterion.id not in seen:
                seen.add(criterion.id)
                number = each.point.number
                yield (f"{rank}–{number}" if len(sheet.checklists) > 1 else number), criterion


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
