"""Problems of a workbook: each once, and no more than somebody can use."""

import pytest

from ivaudit.domain import sheet_problems
from ivaudit.domain.sheet_problems import ProblemList, Severity, SheetProblem, blocking


def problem(row: int, severity: Severity = Severity.WARNING) -> SheetProblem:
    return SheetProblem(sheet="Critères", row=row, message="à revoir", severity=severity)


def test_a_problem_is_listed_once_in_the_order_found() -> None:
    found = ProblemList([problem(2), problem(1), problem(2)])
    assert [each.row for each in found] == [2, 1]


def test_one_line_says_that_there_are_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_problems, "MOST", 2)
    *listed, last = ProblemList(map(problem, range(1, 10)))
    assert [each.row for each in listed] == [1, 2]
    assert "autres problèmes" in last.message
    assert last.severity is Severity.WARNING


def test_an_error_among_the_others_still_prevents_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_problems, "MOST", 1)
    found = ProblemList([problem(1), problem(2), problem(3, Severity.ERROR), problem(4)])
    assert len(blocking(tuple(found))) == 1
