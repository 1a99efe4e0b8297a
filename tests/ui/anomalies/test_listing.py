"""What is listed of the register is what plain filters and a plain sort would list, whatever the order."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot
from support.register import line, terms

from ivaudit.domain.anomalies import EntryLine, State
from ivaudit.domain.register_views import View, in_view
from ivaudit.domain.wording import folded
from ivaudit.ui.anomalies.columns import Words, columns, sortings
from ivaudit.ui.anomalies.lines_model import LinesModel
from ivaudit.ui.anomalies.listing import Filters, LineNow, Listing, Register

TODAY = "2026-11-21"
NAMES = {"f1": "EHPAD Les Pins", "f2": "Clinique du Parc"}


def entry(rank: int, **fields: object) -> EntryLine:
    number = f"26-BBB-{rank:04d}"
    found = fields.pop("found", f"2026-11-{rank:02d}")
    return line(f"id{rank}", number=number, found=found, **fields)


def register(lines: Sequence[EntryLine]) -> Register:
    ordered = sorted(lines, key=lambda each: (each.found, each.created), reverse=True)
    return Register(
        lines=ordered,
        texts={each.id: folded(f"{each.number} {each.type} {each.unit}") for each in ordered},
        terms=terms(),
        names=NAMES,
        to_report={"id3"},
        today=TODAY,
    )


some_lines = st.lists(
    st.builds(
        dict,
        type=st.sampled_from(["P01", "P06", "S03"]),
        unit=st.sampled_from(["", "Lilas", "Rose", "Éclair"]),
        facility=st.sampled_from(["", "f1", "f2"]),
        state=st.sampled_from([State.REPORTED, State.CLOSED, State.CONFIRMED]),
        severity=st.sampled_from([None, 0, 3, 5]),
        due=st.sampled_from(["", "2026-11-20", "2026-12-01"]),
        found=st.sampled_from(["2026-10-02", "2026-11-01", "2026-11-02"]),
    ),
    max_size=12,
)


@given(
    some_lines,
    st.builds(
        Filters,
        view=st.sampled_from([None, *View]),
        unit=st.sampled_from(["", "Lilas", "Rose"]),
        month=st.sampled_from(["", "2026-11"]),
    ),
    st.sampled_from(["", "p0", "lilas 26", "eclair", "rien"]),
    st.integers(-1, 8),
    st.booleans(),
)
def test_masks_leave_what_plain_filters_leave(
    given_lines: list[dict[str, object]], wanted: Filters, words: str, column: int, down: bool
) -> None:
    found = register([entry(rank, **fields) for rank, fields in enumerate(given_lines)])
    ways = sortings(lambda: Words(found.terms, NAMES))
    sorting = (ways[column], down) if column >= 0 else None
    rows = Listing(found).rows(wanted, tuple(words.split()), sorting)

    def in_it(each: EntryLine) -> bool:
        view, ids = wanted.view, found.to_report
        return view is None or in_view(each, view, today=TODAY, terms=found.terms, to_report=ids)

    expected = [
        each
        for each in found.lines
        if in_it(each)
        and (not wanted.unit or each.unit == wanted.unit)
        and each.found.startswith(wanted.month)
        and all(word in found.texts[each.id] for word in words.split())
    ]
    if sorting is None:
        assert rows == expected
        return
    assert sorted(rows) == sorted(expected)
    values = [tuple(getattr(each, name) for name in sorting[0].fields) for each in rows]
    order = sorting[0].order or (lambda value: value)
    ranks = [order(value[0] if len(value) == 1 else value) for value in values]
    assert ranks == sorted(ranks, reverse=down)


def model(lines: Sequence[EntryLine], view: View | None = None) -> tuple[LinesModel, Register]:
    found = register(lines)
    words = Words(found.terms, found.names)
    made = LinesModel(columns(lambda: words), sortings(lambda: words))
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.load(found)
    made.filter(Filters(view=view))
    return made, found


def now(each: EntryLine, *, to_report: bool = False) -> LineNow:
    return LineNow(line=each, text=folded(f"{each.number} {each.unit}"), to_report=to_report)


def ids(made: LinesModel) -> list[str]:
    return [each.id for each in made.rows]


def test_a_line_that_changes_changes_its_row_alone(qtbot: QtBot) -> None:
    del qtbot
    made, found = model([entry(1), entry(2), entry(3)], View.TO_DO)
    reset, changed = QSignalSpy(made.modelReset), QSignalSpy(made.dataChanged)
    closed = entry(2, state=State.CLOSED)
    made.replace({"id2": now(closed)})
    assert reset.count() == 0
    assert changed.count() == 1
    assert changed.at(0)[0].row() == 1
    assert ids(made) == ["id3", "id2", "id1"], "what was just closed stays under the eyes"
    assert len(found.views[View.TO_DO]) == 2
    made.filter(Filters(view=View.TO_DO))
    assert ids(made) == ["id3", "id1"]


def test_a_new_line_comes_where_it_was_found_and_one_that_is_gone_leaves(qtbot: QtBot) -> None:
    del qtbot
    made, found = model([entry(1), entry(5)])
    reset = QSignalSpy(made.modelReset)
    made.replace({"id3": now(entry(3), to_report=True)})
    assert ids(made) == ["id5", "id3", "id1"]
    assert found.views[View.TO_REPORT] == {"id3"}
    made.replace({"id5": None})
    assert ids(made) == ["id3", "id1"]
    assert reset.count() == 0
    assert [each.id for each in found.lines] == ["id3", "id1"]
    made.search("0003")
    assert ids(made) == ["id3"], "a new line is found by its words"


def test_a_line_found_on_another_day_stands_elsewhere_once_listed_anew(qtbot: QtBot) -> None:
    del qtbot
    made, found = model([entry(1), entry(2), entry(3)])
    made.replace({"id1": now(entry(1, found="2026-11-20"))})
    assert ids(made) == ["id3", "id2", "id1"]
    made.filter(Filters(view=None))
    assert ids(made) == ["id1", "id3", "id2"]
    assert made.place_of("id3") == 1
    assert found.months == ("2026-11",)


def test_sorting_keeps_what_is_filtered_and_turns_round(qtbot: QtBot) -> None:
    del qtbot
    made, _ = model([entry(1, unit="Rose"), entry(2, unit="lilas"), entry(3)])
    made.sort(6, Qt.SortOrder.AscendingOrder)
    assert ids(made) == ["id3", "id2", "id1"]
    made.sort(6, Qt.SortOrder.DescendingOrder)
    assert ids(made) == ["id1", "id2", "id3"]
    made.sort(-1)
    assert ids(made) == ["id3", "id2", "id1"]


def test_words_narrow_and_widen_again(qtbot: QtBot) -> None:
    del qtbot
    made, _ = model([entry(1, unit="Lilas"), entry(2, unit="Rose")])
    for text, expected in (("LIL", ["id1"]), ("lil ro", []), ("", ["id2", "id1"]), ("rosé", ["id2"])):
        made.search(text)
        assert ids(made) == expected
