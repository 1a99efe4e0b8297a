"""The models behind the grid, at two thousand criteria, and how little of them is painted."""

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support.grids import checklist, criterion, sheet

from ivaudit.domain.audit import Answer
from ivaudit.domain.standing import State, standings
from ivaudit.ui.audit.criteria_model import CriteriaModel, Role
from ivaudit.ui.audit.criteria_view import CriteriaView
from ivaudit.ui.audit.rows import Filter, Group, Row, question_text, rows_of
from ivaudit.ui.audit.section_tree import SectionModel

DOMAINS, EACH = 20, 100


@pytest.fixture(scope="module")
def grid() -> tuple[list[Row], tuple[Group, ...]]:
    domains = tuple(
        tuple(criterion(f"c{d}-{c}", critical=c % 10 == 0) for c in range(EACH)) for d in range(DOMAINS)
    )
    made = checklist(*domains)
    whole = sheet(made, {"c0-1": "oui", "c0-2": Answer(value="non", constat="Affiche absente")})
    rows = rows_of(whole, {made.id: standings(whole, made)})
    parts = tuple(
        Group(key=f"d{d}", title=f"Domaine {d}", depth=0, rows=tuple(range(d * EACH, (d + 1) * EACH)))
        for d in range(DOMAINS)
    )
    return rows, parts


@pytest.fixture
def model(qtbot: QtBot, grid: tuple[list[Row], tuple[Group, ...]]) -> CriteriaModel:
    assert qtbot is not None
    made = CriteriaModel()
    made.load(*grid)
    made.set_texts([question_text(row) for row in grid[0]])
    return made


def test_the_model_keeps_the_rules_of_qt(model: CriteriaModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("wanted", "many"), [(Filter.ALL, 2_000), (Filter.UNANSWERED, 1_998), (Filter.CRITICAL, 200)]
)
def test_a_filter_resets_the_list(qtbot: QtBot, model: CriteriaModel, wanted: Filter, many: int) -> None:
    with qtbot.waitSignal(model.modelReset):
        model.set_filter(wanted)
    assert model.rowCount() == many


def test_a_search_looks_at_questions_and_at_what_is_written(model: CriteriaModel) -> None:
    model.search("c3-42")
    assert model.rowCount() == 1
    model.search("AFFICHE absente")
    assert model.rowCount() == 1
    model.search("")
    assert model.rowCount() == 2_000


def test_a_change_is_told_for_its_row_alone(
    qtbot: QtBot, model: CriteriaModel, grid: tuple[list[Row], tuple[Group, ...]]
) -> None:
    rows, _ = grid
    kept = rows[7].answer
    rows[7].answer = Answer(value="partiel")
    with qtbot.waitSignal(model.dataChanged) as told:
        model.refresh([7])
    first, last, _roles = told.args
    assert (first.row(), last.row()) == (7, 7)
    assert "Partiel" in model.spoken(rows[7])
    rows[7].answer = kept


def test_a_hidden_row_tells_nothing(qtbot: QtBot, model: CriteriaModel) -> None:
    model.set_filter(Filter.CRITICAL)
    with qtbot.assertNotEmitted(model.dataChanged):
        model.refresh([1])


def test_headings_stand_at_the_first_listed_row_of_each_part(model: CriteriaModel) -> None:
    model.set_filter(Filter.UNANSWERED)
    titles = [model.index(at, 0).data(Role.HEADING) for at in range(model.rowCount())]
    assert [title for title in titles if title] == [f"Domaine {d}" for d in range(DOMAINS)]


def test_the_next_without_answer_starts_over_at_the_end(model: CriteriaModel) -> None:
    last = model.index(model.rowCount() - 1, 0)
    assert model.next_unanswered(last).row() == 0
    assert model.next_unanswered(model.index(0, 0)).row() == 3
    assert model.next_unanswered(QModelIndex()).row() == 0


def test_only_the_rows_in_view_are_measured(
    qtbot: QtBot, model: CriteriaModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = CriteriaView(model)
    qtbot.addWidget(view)
    view.resize(600, 500)
    measured: set[str] = set()
    real = view._delegate.height

    def height(row: Row, heading: str, width: int, interview: bool) -> int:
        measured.add(row.key)
        return real(row, heading, width, interview)

    monkeypatch.setattr(view._delegate, "height", height)
    with qtbot.waitExposed(view):
        view.show()
    view.go(model.index(1_500, 0))
    assert 0 < len(measured) < 100, "never the two thousand"
    assert view.visualRect(model.index(1_500, 0)).bottom() <= view.viewport().height()
    assert len(view.findChildren(QWidget)) < 20, "no widget per row"


def test_walking_down_keeps_the_current_row_whole_in_view(qtbot: QtBot, model: CriteriaModel) -> None:
    view = CriteriaView(model)
    qtbot.addWidget(view)
    view.resize(380, 420)
    with qtbot.waitExposed(view):
        view.show()
    for at in range(60):
        view.go(model.index(at, 0))
        box = view.visualRect(model.index(at, 0))
        assert box.top() >= 0
        assert box.bottom() <= view.viewport().height()


def test_the_tree_keeps_the_rules_of_qt(
    qtbot: QtBot, qtmodeltester: ModelTester, grid: tuple[list[Row], tuple[Group, ...]]
) -> None:
    rows, leaves = grid
    whole = Group(key="tout", title="Tout", depth=0, rows=tuple(range(len(rows))), leaf=False)
    parts = (whole, *(Group(key=g.key, title=g.title, depth=1, rows=g.rows) for g in leaves))
    tree = SectionModel()
    tree.load(parts, rows)
    qtmodeltester.check(tree)
    assert tree.rowCount() == 1
    assert tree.rowCount(tree.index(0, 0)) == DOMAINS
    assert tree.index_with(150).data() == "Domaine 1"
    kept = rows[150].state
    rows[150].state = State.RATED
    with qtbot.waitSignals([tree.dataChanged, tree.dataChanged]):
        tree.refresh(rows)
    rows[150].state = kept
