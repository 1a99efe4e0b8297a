"""Observations filled in with a spreadsheet, and read back."""

from collections.abc import Sequence
from datetime import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from support.bench import Bench
from support.sheets import fill, ranks_of, written

from ivaudit.app import action_sheets, actions, campaigns, gestures, observation_sheets, observations, trail
from ivaudit.domain.campaign import ObservedRow
from ivaudit.domain.errors import InvalidValue, NotFound, UnreadableFile
from ivaudit.domain.observation import ObservedValue
from ivaudit.domain.sheet_comparison import Outcome, SheetComparison

YES, NO = ObservedValue.YES, ObservedValue.NO


@pytest.fixture
def campaign(bench: Bench) -> str:
    _, key = campaigns.create(
        bench.session,
        bench.facility,
        "obs-bracelet",
        audit=bench.audit,
        units=["Médecine", "Chirurgie"],
        start="2026-11-21",
    )
    return key


def _titles(bench: Bench, campaign: str) -> list[str]:
    sheet = observation_sheets.prepare(bench.session, campaign, blank=0)
    return [column.title for column in sheet.columns if column.field.startswith("item.")]


def _back(bench: Bench, campaign: str, path: Path) -> SheetComparison:
    known = observation_sheets.titles(bench.session, campaign)
    return observation_sheets.preview(bench.session, campaign, observation_sheets.read(path, known))


def _rows(bench: Bench, campaign: str) -> Sequence[ObservedRow]:
    return campaigns.sheet(bench.session, campaign).rows


def _ops(bench: Bench) -> int:
    return sum(1 for _ in trail.log(bench.session))


def test_a_blank_sheet_has_a_row_a_line_and_a_list_a_fact(
    bench: Bench, campaign: str, tmp_path: Path
) -> None:
    sheet = observation_sheets.prepare(bench.session, campaign)
    assert len(sheet.lines) == max(10, campaigns.sheet(bench.session, campaign).grid.target)
    page = load_workbook(written(sheet, tmp_path / "vide.xlsx")).worksheets[0]
    _, ranks = ranks_of(page)
    assert page.protection.sheet
    key = get_column_letter(ranks["N° ivaudit"])
    assert page.column_dimensions[key].hidden
    assert str(page["A1"].value).startswith("Bracelet")
    for title in _titles(bench, campaign):
        cell = page.cell(ranks_of(page)[0] + 1, ranks[title])
        assert not cell.protection.locked
        assert any(cell.coordinate in each.sqref for each in page.data_validations.dataValidation)


def test_rows_come_back_once_as_one_gesture(bench: Bench, campaign: str, tmp_path: Path) -> None:
    first, second, *_ = _titles(bench, campaign)
    sent = written(observation_sheets.prepare(bench.session, campaign, blank=5), tmp_path / "vide.xlsx")
    path = fill(
        sent,
        tmp_path / "rempli.xlsx",
        {
            1: {"Unité": "Médecine", first: "Oui", second: "Non", "Heure": time(14, 5)},
            2: {"Unité": "chirurgie", first: "oui", "Professionnel (P1, P2… jamais un nom)": "p2"},
        },
    )
    seen = _back(bench, campaign, path)
    assert len(seen.added) == 2
    before = _ops(bench)
    observation_sheets.accept(bench.session, campaign, seen)
    assert _ops(bench) == before + 1
    one, two = _rows(bench, campaign)
    assert (one.number, one.unit, one.time, list(one.values.values())) == (1, "Médecine", "14:05", [YES, NO])
    assert (two.number, two.unit, two.professional) == (2, "Chirurgie", "P2")
    again = _back(bench, campaign, path)
    assert again.changes == ()
    assert observation_sheets.accept(bench.session, campaign, again).at == ""
    gestures.undo(bench.session, bench.audit)  # a campaign of an audit is undone with it
    assert _rows(bench, campaign) == ()


def test_a_line_typed_here_is_never_overwritten_silently(bench: Bench, campaign: str, tmp_path: Path) -> None:
    first, second, *_ = _titles(bench, campaign)
    _, row = observations.add_row(bench.session, campaign)
    items = [each.id for each in campaigns.sheet(bench.session, campaign).grid.items]
    sent = written(observation_sheets.prepare(bench.session, campaign, blank=1), tmp_path / "s.xlsx")
    path = fill(sent, tmp_path / "r.xlsx", {row: {first: "Non", second: "Non"}})
    observations.note(bench.session, campaign, row, items[0], YES)  # since it left
    seen = _back(bench, campaign, path)
    assert [each.outcome for each in seen.changes] == [Outcome.DIFFERENT, Outcome.NEW]
    observation_sheets.accept(bench.session, campaign, seen)
    assert _rows(bench, campaign)[0].values == {items[0]: YES, items[1]: NO}


def test_a_line_taken_away_here_does_not_come_back(bench: Bench, campaign: str, tmp_path: Path) -> None:
    first, *_ = _titles(bench, campaign)
    _, row = observations.add_row(bench.session, campaign)
    sent = written(observation_sheets.prepare(bench.session, campaign, blank=0), tmp_path / "s.xlsx")
    observations.remove_row(bench.session, campaign, row)
    seen = _back(bench, campaign, fill(sent, tmp_path / "r.xlsx", {row: {first: "Oui"}}))
    assert (seen.changes, seen.unknown) == ((), (row,))


def test_lines_added_below_come_once_too(bench: Bench, campaign: str, tmp_path: Path) -> None:
    first, *_ = _titles(bench, campaign)
    sent = written(observation_sheets.prepare(bench.session, campaign, blank=1), tmp_path / "s.xlsx")
    path = fill(sent, tmp_path / "r.xlsx", {1: {first: "Oui"}, 2: {first: "Non"}})
    for _ in range(2):
        observation_sheets.accept(bench.session, campaign, _back(bench, campaign, path))
    assert [list(row.values.values()) for row in _rows(bench, campaign)] == [[YES], [NO]]


def test_a_name_is_refused_with_its_cell(bench: Bench, campaign: str, tmp_path: Path) -> None:
    first, *_ = _titles(bench, campaign)
    sent = written(observation_sheets.prepare(bench.session, campaign, blank=2), tmp_path / "s.xlsx")
    path = fill(
        sent,
        tmp_path / "r.xlsx",
        {1: {"Professionnel (P1, P2… jamais un nom)": "Mme Durand", first: "Parfois", "Unité": "SSR"}},
    )
    seen = _back(bench, campaign, path)
    assert seen.changes == ()
    problems = [str(each) for each in seen.problems]
    assert any("jamais un nom" in each and each.startswith("Observations!") for each in problems)
    assert sum("pas dans la liste" in each for each in problems) == 2


def test_the_sheet_of_another_campaign_or_a_plan_is_refused(
    bench: Bench, campaign: str, tmp_path: Path
) -> None:
    _, other = campaigns.create(bench.session, bench.facility, "obs-bracelet")
    sent = written(observation_sheets.prepare(bench.session, other), tmp_path / "s.xlsx")
    with pytest.raises(UnreadableFile, match="autre campagne"):
        _back(bench, campaign, sent)
    actions.create(bench.session, bench.facility, "Afficher.")
    plan = written(action_sheets.prepare(bench.session), tmp_path / "p.xlsx")
    with pytest.raises(UnreadableFile, match="plan d'actions"):
        _back(bench, campaign, plan)
    with pytest.raises(UnreadableFile, match="observations"):
        action_sheets.read(bench.session.library, sent)


def test_a_sheet_without_its_hidden_part_keeps_what_is_here(
    bench: Bench, campaign: str, tmp_path: Path
) -> None:
    first, *_ = _titles(bench, campaign)
    _, row = observations.add_row(bench.session, campaign)
    item = campaigns.sheet(bench.session, campaign).grid.items[0].id
    observations.note(bench.session, campaign, row, item, YES)
    sent = written(observation_sheets.prepare(bench.session, campaign, blank=0), tmp_path / "s.xlsx")

    def spoil(book: Workbook) -> None:
        del book["ivaudit"]

    seen = _back(bench, campaign, fill(sent, tmp_path / "r.xlsx", {row: {first: "Non"}}, spoil=spoil))
    assert [each.outcome for each in seen.changes] == [Outcome.DIFFERENT]


def test_a_campaign_without_audit_goes_out_and_back(bench: Bench, tmp_path: Path) -> None:
    _, key = campaigns.create(bench.session, bench.facility, "obs-bracelet")
    first, *_ = _titles(bench, key)
    sent = written(observation_sheets.prepare(bench.session, key, blank=3), tmp_path / "s.xlsx")
    path = fill(sent, tmp_path / "r.xlsx", {2: {first: "Oui", "Unité": "Accueil de jour"}})
    observation_sheets.accept(bench.session, key, _back(bench, key, path))
    assert [row.unit for row in _rows(bench, key)] == ["Accueil de jour"]


def test_there_is_a_bound_to_lines(bench: Bench, campaign: str) -> None:
    with pytest.raises(InvalidValue):
        observation_sheets.prepare(bench.session, campaign, blank=observations.MAX_ROWS + 1)
    with pytest.raises(NotFound):
        observation_sheets.prepare(bench.session, "absente")
