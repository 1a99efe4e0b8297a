"""The cross table on hand-made rules: what covers, what is left, what is still to be verified."""

from dataclasses import replace

from support.found import code, rule, rules
from support.grids import checklist, criterion

from ivaudit.domain.checklist import Confidence
from ivaudit.domain.rules import RuleType, gathered
from ivaudit.domain.rules_table import CodeState, build


def test_each_rule_stands_beside_its_criteria_where_they_are_published() -> None:
    first = checklist((criterion("a"), criterion("b")), key="visite")
    home = checklist((criterion("b"), criterion("c"), criterion("a")), key="rniv-1")
    made = rules(rule("r-2", rank=2, criteria=("a", "b")), rule("r-1", rank=1, criteria=()))
    table = build(made, [first, home], {"a": "rniv-1", "b": "rniv-1", "c": "rniv-1"}, {})
    assert [row.rule.id for row in table.rows] == ["r-1", "r-2"]
    assert [row.rule.id for row in table.uncovered] == ["r-1"]
    covers = table.rows[1].covers
    assert [(each.about, each.number) for each in covers] == [("rniv-1/a", "1.3"), ("rniv-1/b", "1.1")]
    assert covers[0].elsewhere == (("visite", "1.1"),)
    assert [each.criterion for each in table.loose] == ["c"]


def test_volumes_come_in_their_order_then_their_ranks() -> None:
    made = rules(
        rule("r2", volume="rniv-2", rank=1), rule("r1-b", rank=7), rule("r1-a", rank=3, edition="2.0")
    )
    table = build(made, [], {}, {})
    assert [row.rule.id for row in table.rows] == ["r1-a", "r1-b", "r2"]
    assert [row.rule.id for row in table.of("rniv-1")] == ["r1-a", "r1-b"]
    counts = [(each.volume, each.edition, each.rules, each.uncovered) for each in table.counts()]
    assert counts == [("rniv-1", "2.0", 1, 1), ("rniv-1", "", 1, 1), ("rniv-2", "", 1, 1)]


def test_what_is_known_of_a_code_is_said_as_it_is() -> None:
    made = rules(
        rule("cite", rank=1, code="EXI SI 07", confidence=Confidence.QUOTED),
        rule("resume", rank=2, code="EXI SI 10", confidence=Confidence.SUMMARISED),
        rule("lu", rank=3),
        rule("suppose", rank=4, confidence=Confidence.TO_CHECK, source=None),
        rule("repere", rank=5, type=RuleType.LANDMARK),
        rule("releve", rank=6, confidence=Confidence.TO_CHECK),
    )
    table = build(made, [], {}, {"releve": (code("releve"),)})
    assert [row.state for row in table.rows] == [
        CodeState.QUOTED,
        CodeState.TO_VERIFY,
        CodeState.MISSING,
        CodeState.SUPPOSED,
        CodeState.NONE,
        CodeState.FOUND,
    ]
    assert [row.rule.id for row in table.waited_for] == ["resume", "lu", "suppose"]


def test_a_volume_without_codes_waits_for_none() -> None:
    made = rules(rule("r"))
    bare = replace(made, volumes=(replace(made.volumes[0], coded=False),))
    assert build(bare, [], {}, {}).rows[0].state is CodeState.NONE


def test_a_deduced_edition_is_said_to_be() -> None:
    one = rule("r", edition="2.0", deduced=True)
    assert rules(one).reference(one).edition == "2.0 (déduite)"
    assert rule("r", edition="2.0").reference("RNIV 1").edition == "2.0"


def test_several_lists_are_one() -> None:
    both = gathered([rules(rule("a")), rules(rule("b", rank=2))])
    assert [each.id for each in both.ordered()] == ["a", "b"]
    assert [volume.id for volume in both.volumes] == ["rniv-1", "rniv-2"]
    assert gathered([]).rules == ()
