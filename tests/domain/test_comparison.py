"""Dates compared at constant perimeter, against figures worked out by hand."""

from dataclasses import replace
from fractions import Fraction

from support.grids import checklist, criterion, sheet

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.comparison import (
    Gap,
    LeftOut,
    chart_of,
    comparisons,
    divergence,
    evolution,
    moved,
)
from ivaudit.domain.comparison_sheet import comparison_sheet
from ivaudit.domain.follow_up import follow_up


def _dated(grid: Checklist, values: dict[str, str], date: str, kind: str = "externe") -> AuditSheet:
    made = sheet(grid, values)
    return replace(made, audit=replace(made.audit, id=f"a-{date}-{kind}", date=date, kind=kind))


GRID = checklist((criterion("a", weight=2), criterion("b"), criterion("c"), criterion("d")))


def test_counts_come_first_then_the_score_on_the_same_points() -> None:
    """A 0 → 1 (weight 2), b 1 → ½, c 1 → 1; d is not rated before: 2/4 = 50, then 3.5/4 = 87.5, shown 88."""
    before = _dated(GRID, {"a": "non", "b": "oui", "c": "oui"}, "2025-11-20")
    after = _dated(GRID, {"a": "oui", "b": "partiel", "c": "oui", "d": "oui"}, "2026-11-21")
    (found,) = comparisons([after, before])
    assert [column.date for column in found.columns] == ["2025-11-20", "2026-11-21"]
    (step,) = found.steps
    assert (step.improved, step.worsened, step.unchanged) == (("a",), ("b",), ("c",))
    assert step.sentence == "1 point amélioré, 1 dégradé, 1 inchangé"
    assert found.scores == (50, 88)
    assert found.left_out == LeftOut(not_rated=("d",))


def test_a_point_reworded_reweighted_or_new_is_left_out_and_said() -> None:
    old = checklist((criterion("a"), criterion("b"), criterion("gone"), criterion("k")))
    new = checklist(
        (
            replace(criterion("a"), question="Une autre question est-elle posée ?"),
            criterion("b", weight=2),
            criterion("fresh"),
            criterion("k"),
        )
    )
    every = dict.fromkeys(("a", "b", "gone", "fresh", "k"), "oui")
    (found,) = comparisons([_dated(old, every, "2025-01-01"), _dated(new, every, "2026-01-01")])
    assert found.left_out == LeftOut(reworded=("a",), weighted=("b",), not_asked=("fresh", "gone"))
    assert [row.criterion for row in found.rows] == ["k"]


def test_correcting_a_reference_leaves_the_point_comparable() -> None:
    first = criterion("a")
    other = replace(first, references=(replace(first.references[0], code="EXI PP 15"),))
    sheets = [
        _dated(checklist((each,)), {"a": "oui"}, date)
        for each, date in ((first, "2025-01-01"), (other, "2026-01-01"))
    ]
    assert [row.earned for row in comparisons(sheets)[0].rows] == [(Fraction(1), Fraction(1))]


def test_a_self_assessment_beside_an_audit_is_marked() -> None:
    own = _dated(GRID, {"a": "oui"}, "2026-10-01", kind="auto-evaluation")
    seen = _dated(GRID, {"a": "non"}, "2026-11-21")
    (found,) = comparisons([own, seen])
    assert found.mixed
    assert [column.declared for column in found.columns] == [True, False]
    assert not comparisons([seen, _dated(GRID, {}, "2025-11-21")])[0].mixed


def test_nothing_in_common_has_no_score() -> None:
    (found,) = comparisons([_dated(GRID, {}, "2025-01-01"), _dated(GRID, {"a": "oui"}, "2026-01-01")])
    assert (found.rows, found.scores) == ((), (None, None))
    assert (
        comparisons([_dated(GRID, {}, "2025-01-01"), _dated(checklist((), key="autre"), {}, "2026-01-01")])
        == ()
    )


def test_what_is_declared_is_a_gap_and_never_an_evolution() -> None:
    """Seen a 0 b 1 c 0, declared a 1 b 1 c ½, seen again a 0 b ½ c ½: the step skips what is declared."""
    seen_before = _dated(GRID, {"a": "non", "b": "oui", "c": "non"}, "2025-11-20")
    declared = _dated(GRID, {"a": "oui", "b": "oui", "c": "partiel"}, "2026-10-01", kind="auto-evaluation")
    seen = _dated(GRID, {"a": "non", "b": "partiel", "c": "partiel"}, "2026-11-21")
    (found,) = comparisons([seen_before, declared, seen])
    assert [(step.earlier, step.later) for step in found.steps] == [(0, 2)]
    assert (found.steps[0].improved, found.steps[0].worsened) == (("c",), ("b",))
    assert found.gap == Gap(declared=1, seen=2, higher=("a", "b"), lower=(), same=("c",))
    assert found.gap.sentence == "2 points déclarés plus favorables que vu, 0 moins favorable, 1 identique"
    rows = {row.criterion: row for row in found.rows}
    assert [evolution(found, rows[key]) for key in "abc"] == ["inchangé", "dégradé", "amélioré"]
    assert divergence(found, rows["a"]) == "plus favorable"
    assert [axis.label for axis in chart_of(found).axes][1] == "01/10/2026 – auto-évaluation (déclaratif)"


def test_a_follow_up_is_compared_with_the_audit_it_follows() -> None:
    before = _dated(GRID, {"a": "non", "b": "oui", "c": "partiel", "d": "oui"}, "2025-11-20")
    left = follow_up(before)
    assert left is not None
    after = _dated(left, {"a": "oui", "c": "partiel"}, "2026-11-21", kind="suivi")
    (found,) = comparisons([before, after])
    assert [row.criterion for row in found.rows] == ["a", "c"]
    assert found.steps[0].improved == ("a",)
    assert found.left_out.not_asked == ("b", "d")
    assert [row.criterion for row in moved(found)] == ["a"]


def test_the_sheet_says_counts_before_scores_and_what_is_left_out() -> None:
    before = _dated(GRID, {"a": "non", "b": "oui"}, "2025-11-20")
    after = _dated(GRID, {"a": "oui", "b": "oui"}, "2026-11-21")
    sheet = comparison_sheet(comparisons([before, after])[0])
    assert sheet.sentences == ("20/11/2025 → 21/11/2026 : 1 point amélioré, 0 dégradé, 1 inchangé.",)
    assert sheet.heads == ("N°", "Point", "20/11/2025", "21/11/2026", "Évolution")
    assert [row[2:] for row in sheet.rows] == [
        ("Non tenu", "Tenu", "amélioré"),
        ("Tenu", "Tenu", "inchangé"),
    ]
    assert sheet.left_out[0].startswith("2 pas évalués partout")
