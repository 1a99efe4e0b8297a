"""Dates compared at constant perimeter, against figures worked out by hand."""

from dataclasses import replace
from fractions import Fraction

from support.grids import checklist, criterion, sheet

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.comparison import LeftOut, comparisons


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
