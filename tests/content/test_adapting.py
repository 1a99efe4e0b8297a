"""The laws of adaptations: what they may do to a checklist, in which order, and what they say of it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import grids

from ivaudit.content.adapting import adapted, ordered
from ivaudit.content.compiled import freeze, thaw
from ivaudit.domain.adaptation import (
    Adaptation,
    AddedSection,
    AdoptedCritical,
    ChangedCriterion,
    Deactivated,
    Scope,
    mark_of,
)
from ivaudit.domain.adapted import ChangeKind, lightened_sentences
from ivaudit.domain.checklist import Checklist, Confidence, Criterion, Force, NaPolicy, Reference
from ivaudit.domain.scoring import result
from ivaudit.domain.standing import standings

KEYS = ("un-1", "un-2", "deux-1", "deux-2", "deux-3")
GRID = grids.checklist(
    (
        grids.criterion("un-1", weight=2),
        grids.criterion("un-2", weight=2, critical=True, na=NaPolicy.FORBIDDEN),
    ),
    (
        grids.criterion("deux-1", weight=1),
        grids.criterion("deux-2", weight=2, na=NaPolicy.REASON),
        grids.criterion("deux-3", weight=3),
    ),
)
PRACTICE = Reference(document="Pratique de terrain", confidence=Confidence.TO_CHECK)


def adaptation(key: str = "criv", scope: Scope = Scope.REGION, **parts: object) -> Adaptation:
    about = {"title": f"Adaptation {key}", "author": f"Auteur {key}", "reason": "Harmoniser."}
    named = {"checklist": GRID.id, "checklist_version": GRID.version}
    return Adaptation(id=key, version="1.0.0", date="2026-11-22", scope=scope, **about, **named, **parts)  # type: ignore[arg-type]


def asked(checklist: Checklist) -> dict[str, Criterion]:
    return {point.criterion.id: point.criterion for point in checklist.points()}


changes = st.builds(
    ChangedCriterion,
    criterion=st.sampled_from(KEYS),
    reason=st.just("Parce que."),
    weight=st.none() | st.integers(1, 4),
    minutes=st.none() | st.integers(1, 15),
    na=st.none() | st.sampled_from(NaPolicy),
    guidance=st.dictionaries(st.sampled_from(["default", "ehpad"]), st.just("Demander aussi le registre.")),
    evidence=st.lists(st.just("registre"), max_size=2).map(tuple),
    references=st.lists(st.just(PRACTICE), max_size=1).map(tuple),
)
off = st.builds(Deactivated, criterion=st.sampled_from(KEYS), reason=st.just("Vu ailleurs."))
critical = st.builds(AdoptedCritical, criterion=st.sampled_from(KEYS), reason=st.just("Accident."))


def _once(entries: list[ChangedCriterion] | list[Deactivated] | list[AdoptedCritical]) -> tuple[object, ...]:
    return tuple({each.criterion: each for each in entries}.values())


@st.composite
def adaptations(draw: st.DrawFn) -> list[Adaptation]:
    made = []
    for rank in range(draw(st.integers(0, 3))):
        extra = grids.criterion(f"local-{draw(st.integers(0, 2))}")
        place = draw(st.sampled_from([("domaine-1", "section-1"), ("neuf", "neuf-un")]))
        added = AddedSection(
            domain=place[0],
            domain_title="Neuf",
            section=place[1],
            section_title="Neuf un",
            criteria=(extra,),
        )
        made.append(
            adaptation(
                f"a-{rank}",
                draw(st.sampled_from(Scope)),
                add=(added,) if draw(st.booleans()) else (),
                change=_once(draw(st.lists(changes, max_size=3))),
                deactivate=_once(draw(st.lists(off, max_size=2))),
                critical=_once(draw(st.lists(critical, max_size=2))),
            )
        )
    return made


def test_without_adaptation_a_checklist_is_itself() -> None:
    found = adapted(GRID, ())
    assert found.checklist is GRID
    assert found.clashes == ()


@given(adaptations())
def test_published_texts_never_change_and_everything_is_said(several: list[Adaptation]) -> None:
    before = freeze(GRID)
    found = adapted(GRID, several).checklist
    assert freeze(GRID) == before
    published, now = asked(GRID), asked(found)
    said = {change.criterion for each in found.adaptations for change in each.changes}
    gone = {
        change.criterion
        for each in found.adaptations
        for change in each.changes
        if change.kind is ChangeKind.OFF
    }
    assert set(published) - set(now) == gone
    for key, criterion in now.items():
        if key in published:
            assert criterion.fingerprint == published[key].fingerprint
            assert criterion.why == published[key].why
            assert criterion.evidence[: len(published[key].evidence)] == published[key].evidence
            assert criterion == published[key] or key in said
        else:
            assert key in said
    assert thaw(freeze(found)) == found


@given(adaptations(), st.randoms())
def test_the_order_in_which_they_are_given_does_not_matter(several: list[Adaptation], chance: object) -> None:
    shuffled = list(several)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert adapted(GRID, several) == adapted(GRID, shuffled)
    scopes = [list(Scope).index(each.scope) for each in ordered(several)]
    assert scopes == sorted(scopes)


@given(adaptations())
def test_what_asks_for_less_is_always_told(several: list[Adaptation]) -> None:
    found = adapted(GRID, several).checklist
    told = {change.criterion for each in found.adaptations for change in each.lightened}
    now = asked(found)
    policies = list(NaPolicy)
    for key, criterion in asked(GRID).items():
        after = now.get(key)
        if (
            after is None
            or after.weight < criterion.weight
            or policies.index(after.na) > policies.index(criterion.na)
        ):
            assert key in told
    assert len(list(lightened_sentences(found.adaptations))) == sum(
        len(each.lightened) for each in found.adaptations
    )


def test_a_deactivated_criterion_is_neither_asked_nor_scored() -> None:
    less = adapted(GRID, [adaptation(deactivate=(Deactivated(criterion="un-2", reason="Vu."),))]).checklist
    answers = dict.fromkeys(KEYS, "oui") | {"un-2": "non"}
    sheet = grids.sheet(less, answers)
    figures = result(less, standings(sheet, less))
    assert "un-2" not in asked(less)
    assert figures.progress.denominator == len(KEYS) - 1
    assert figures.score == 100
    assert figures.broken == 0


@given(adaptations())
def test_published_criteria_keep_their_numbers_while_their_domain_stays(several: list[Adaptation]) -> None:
    found = adapted(GRID, several).checklist
    before = {point.criterion.id: point.number for point in GRID.points()}
    after = {point.criterion.id: point.number for point in found.points()}
    assert len(set(after.values())) == len(after)
    if [domain.id for domain in found.domains][:2] == ["domaine-1", "domaine-2"]:
        assert {key: number for key, number in after.items() if key in before}.items() <= before.items()


def test_a_section_left_empty_goes() -> None:
    entries = tuple(Deactivated(criterion=key, reason="Vu.") for key in ("un-1", "un-2"))
    left = adapted(GRID, [adaptation(deactivate=entries)]).checklist
    assert [domain.id for domain in left.domains] == ["domaine-2"]


def test_the_nearest_has_the_last_word_on_a_weight() -> None:
    region = adaptation("region", change=(ChangedCriterion(criterion="un-1", weight=4, reason="R."),))
    facility = adaptation(
        "etablissement", Scope.FACILITY, change=(ChangedCriterion(criterion="un-1", weight=3, reason="E."),)
    )
    found = adapted(GRID, [facility, region])
    assert found.clashes == ()
    assert asked(found.checklist)["un-1"].weight == 3
    assert asked(found.checklist)["un-1"].weight_reason == "E. (Auteur etablissement)"
    last = found.checklist.adaptations[-1].changes[0]
    assert (last.parts[0].before, last.parts[0].after, last.lightens) == ("4", "3", True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"change": (ChangedCriterion(criterion="un-1", weight=4, reason="R."),)},
            {"change": (ChangedCriterion(criterion="un-1", weight=3, reason="S."),)},
        ),
        (
            {"deactivate": (Deactivated(criterion="un-1", reason="R."),)},
            {"change": (ChangedCriterion(criterion="un-1", minutes=5),)},
        ),
        (
            {"critical": (AdoptedCritical(criterion="un-1", reason="R."),)},
            {"deactivate": (Deactivated(criterion="un-1", reason="S."),)},
        ),
        (
            {"critical": (AdoptedCritical(criterion="un-1", reason="R."),)},
            {"critical": (AdoptedCritical(criterion="un-1", reason="S."),)},
        ),
    ],
)
def test_two_of_the_same_scope_that_disagree_clash(first: dict[str, Any], second: dict[str, Any]) -> None:
    found = adapted(GRID, [adaptation("a", **first), adaptation("b", **second)])
    assert [(clash.adaptation.id, "un-1" in clash.message) for clash in found.clashes] == [("b", True)]
    assert found.checklist.adaptations[1].changes == ()


def test_what_is_adopted_as_critical_names_who_chose_it() -> None:
    found = adapted(GRID, [adaptation(critical=(AdoptedCritical(criterion="un-1", reason="Accident."),))])
    made = asked(found.checklist)["un-1"]
    assert (made.critical, made.critical_reason, made.critical_chosen_by) == (
        True,
        "Accident.",
        "Auteur criv",
    )


def test_only_an_exigence_or_a_critical_point_is_lightened() -> None:
    advice = replace(grids.criterion("conseil", weight=2), force=Force.GOOD_PRACTICE)
    grid = grids.checklist((advice, grids.criterion("regle", weight=2)))
    entries = tuple(ChangedCriterion(criterion=key, weight=1, reason="R.") for key in ("conseil", "regle"))
    found = adapted(grid, [adaptation(change=entries)]).checklist
    assert [each.criterion for each in found.adaptations[0].lightened] == ["regle"]
    assert list(lightened_sentences(found.adaptations)) == [
        (
            "Exigence allégée : 1.2 « La règle regle est-elle appliquée ? » — poids 1 au lieu de 2. "
            "Motif : R. (Auteur criv)"
        )
    ]


def test_another_version_is_adapted_where_the_text_is_the_same() -> None:
    marks = {key: mark_of(criterion) for key, criterion in asked(GRID).items()}
    entries = tuple(
        ChangedCriterion(criterion=key, minutes=9, fingerprint=marks[key]) for key in ("un-1", "deux-1")
    )
    unmarked = ChangedCriterion(criterion="deux-3", minutes=9)
    gone = ChangedCriterion(criterion="parti", minutes=9, fingerprint="0" * 16)
    domain = GRID.domains[0]
    section = domain.sections[0]
    worded = replace(section.criteria[0], question="La règle un-1 est-elle vraiment appliquée ?")
    newer = replace(
        GRID,
        version="2.0.0",
        domains=(
            replace(domain, sections=(replace(section, criteria=(worded, *section.criteria[1:])),)),
            *GRID.domains[1:],
        ),
    )
    found = adapted(newer, [adaptation(change=(*entries, unmarked, gone))]).checklist
    applied = found.adaptations[0]
    assert [each.criterion for each in applied.changes] == ["deux-1"]
    assert [each.criterion for each in applied.set_aside] == ["un-1", "deux-3", "parti"]
    assert all("2.0.0" in each.why for each in applied.set_aside)


def test_an_added_criterion_takes_its_place() -> None:
    there = AddedSection(domain="domaine-1", section="section-1", criteria=(grids.criterion("la"),))
    new = AddedSection(
        domain="neuf",
        domain_title="Neuf",
        section="neuf-un",
        section_title="Neuf un",
        criteria=(grids.criterion("neuf", critical=True),),
    )
    found = adapted(GRID, [adaptation(add=(there, new))]).checklist
    numbers = {point.criterion.id: point.number for point in found.points()}
    assert numbers["la"] == "1.3"
    assert numbers["neuf"] == "3.1"
    assert asked(found)["neuf"].critical_chosen_by == "Auteur criv"
