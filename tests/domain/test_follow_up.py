"""The points an audit leaves to come back to."""

from dataclasses import replace

from support.grids import SCALE, checklist, criterion, sheet

from ivaudit.domain.audit import Answer, AuditSheet
from ivaudit.domain.checklist import Checklist, Condition, Kind
from ivaudit.domain.follow_up import FOLLOW_UP, follow_up, to_follow

GRID = checklist(
    (criterion("kept"), criterion("partly"), criterion("broken"), criterion("unseen"), criterion("empty")),
    (
        criterion("crit-kept", critical=True),
        criterion("crit-unseen", critical=True),
        criterion("crit-waits", critical=True),
        criterion("crit-empty", critical=True),
        criterion("crit-out", critical=True),
    ),
)
VALUES: dict[str, str | Answer] = {
    "kept": "oui",
    "partly": "partiel",
    "broken": Answer(value="non", review=True),
    "unseen": "non_vu",
    "crit-kept": "oui",
    "crit-unseen": "non_vu",
    "crit-waits": "a_verifier",
    "crit-out": "sans_objet",
}


def test_unmet_points_and_unrated_critical_ones_are_to_follow() -> None:
    expected = ("partly", "broken", "crit-unseen", "crit-waits", "crit-empty")
    assert to_follow(sheet(GRID, VALUES)) == expected
    assert to_follow(sheet(GRID, VALUES), also={"kept", "inconnu"}) == ("kept", *expected)


def test_the_checklist_keeps_domains_texts_and_order_and_gives_no_level() -> None:
    made = follow_up(sheet(GRID, VALUES))
    assert made is not None
    assert (made.id, made.kind, made.levels) == (FOLLOW_UP, Kind.VISIT, None)
    assert [domain.title for domain in made.domains] == ["Domaine 1", "Domaine 2"]
    before = {point.criterion.id: point.criterion for point in GRID.points()}
    for point in made.points():
        criterion_before = before[point.criterion.id]
        assert made.fingerprint_of(point.criterion) == GRID.fingerprint_of(criterion_before)
    assert "21/11/2026" in made.title


def test_an_audit_fully_met_leaves_nothing() -> None:
    grid = checklist((criterion("kept", critical=True), criterion("empty")))
    assert follow_up(sheet(grid, {"kept": "oui"})) is None


def test_a_point_no_longer_waits_for_an_answer_that_is_not_asked_again() -> None:
    asked = criterion("second", applicability=Condition(criterion="first", values=("oui",)))
    profile = criterion("third", applicability=Condition(profile=("bloc",)))
    grid = checklist((criterion("first"), asked, profile))
    made = follow_up(sheet(grid, {"first": "oui", "second": "non", "third": "non"}, profile=("bloc",)))
    assert made is not None
    conditions = {point.criterion.id: point.criterion.applicability for point in made.points()}
    assert conditions == {"second": None, "third": Condition(profile=("bloc",))}


def _two(first: Checklist, second: Checklist) -> AuditSheet:
    found = sheet(first, {"shared": "non", "own": "partiel", "other": "non"})
    audit = replace(found.audit, checklists=((first.id, "1", "0" * 64), (second.id, "1", "1" * 64)))
    return replace(found, audit=audit, checklists=(first, second))


def test_several_checklists_give_one_where_each_point_stands_once() -> None:
    binary = replace(SCALE, id="binaire", values=SCALE.values[:3])
    first = checklist((criterion("shared"), criterion("own")), key="une")
    second = replace(checklist((criterion("shared"), criterion("other")), key="deux"), scale=binary)
    made = follow_up(_two(first, second))
    assert made is not None
    assert [point.criterion.id for point in made.points()] == ["shared", "own", "other"]
    assert len({domain.id for domain in made.domains}) == 2
    scales = {point.criterion.id: made.scale_of(point.criterion).id for point in made.points()}
    assert scales == {"shared": "conformite", "own": "conformite", "other": "binaire"}
