"""CSV that a French spreadsheet opens as it was meant."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.tables.csv_file import write_csv


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_a_mark_first_then_semicolons_and_french_days(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write_csv(["Jour", "N", "Texte"], [[date(2026, 11, 21), 3, "a ; b"], [None, 0, "é\n« x »"]], path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfJour;N;Texte\r\n21/11/2026;3;")
    assert _read(path) == [["Jour", "N", "Texte"], ["21/11/2026", "3", "a ; b"], ["", "0", "é\n« x »"]]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_text_becomes_a_formula(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("c") / "t.csv"
    write_csv(["a", "b"], [[text, "x"]], path)
    (_, (cell, _)) = _read(path)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
