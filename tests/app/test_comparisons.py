"""Audits of a structure compared, and the comparison written."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.bench import Bench

from ivaudit.app import answers, audits, comparisons
from ivaudit.app.session import Session
from ivaudit.domain.errors import InvalidValue

GRID = "rniv-1-principes-communs"


def _keys(session: Session, audit: str) -> list[str]:
    return list(session.frozen(session.audit(audit)).index)


@pytest.fixture
def pair(bench: Bench) -> tuple[str, str]:
    """An earlier audit and this one: the first two points swapped, the third the same."""
    _, before = audits.create(bench.session, bench.facility, "externe", [GRID], "2025-11-21")
    keys = _keys(bench.session, bench.audit)
    for audit, values in ((before, ("non", "oui", "oui")), (bench.audit, ("oui", "non", "oui"))):
        for key, value in zip(keys, values, strict=False):
            answers.answer(bench.session, audit, key, value)
    return before, bench.audit


def test_only_audits_of_the_structure_may_be_chosen(bench: Bench, pair: tuple[str, str]) -> None:
    _, later = audits.create(bench.session, bench.facility, "auto-evaluation", [GRID], "2027-01-01")
    audits.create(bench.session, bench.facility, "flash", ["flash"], "2026-01-01")
    assert [each.id for each in comparisons.candidates(bench.session, bench.audit)] == [later, pair[0]]
    assert [each.id for each in comparisons.earlier(bench.session, bench.audit)] == [pair[0]]


def test_the_workbook_counts_first_and_charts_the_scores(
    bench: Bench, pair: tuple[str, str], tmp_path: Path
) -> None:
    found = comparisons.compare(bench.session, pair)
    path = comparisons.write(found, tmp_path / "c.xlsx")
    book = load_workbook(path)
    texts = [str(cell.value) for row in book["Comparaison"].iter_rows() for cell in row if cell.value]
    sentence = next(text for text in texts if "→" in text)
    assert "1 point amélioré, 1 dégradé, 1 inchangé" in sentence
    assert texts.index(sentence) < texts.index("Score sur 100")
    assert len(book["Comparaison"]._charts) == 1  # type: ignore[attr-defined]
    points = [[cell.value for cell in row] for row in book["Points"].iter_rows(min_row=4)]
    assert [row[-1] for row in points] == ["amélioré", "dégradé", "inchangé"]


def test_csv_and_picture_too(bench: Bench, pair: tuple[str, str], tmp_path: Path) -> None:
    found = comparisons.compare(bench.session, pair)
    rows = list(
        csv.reader(
            comparisons.write(found, tmp_path / "c.csv").read_text("utf-8-sig").splitlines(), delimiter=";"
        )
    )
    assert rows[0][0] == "Grille"
    assert [row[-1] for row in rows[1:]] == ["amélioré", "dégradé", "inchangé"]
    assert comparisons.write(found, tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InvalidValue):
        comparisons.write(found, tmp_path / "c.pdf")
    with pytest.raises(InvalidValue):
        comparisons.write((), tmp_path / "c.xlsx")
