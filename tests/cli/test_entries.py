"""The ways in: window, command line, child of a long work."""

import gc
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

import ivaudit.__main__ as entries
from ivaudit.cli.nouns import noun_of


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    """Undo what the window does until its first paint."""
    yield
    gc.enable()


@pytest.mark.parametrize(
    ("argv", "noun"),
    [
        ([], None),
        (["--workspace", "demo"], None),
        (["--workspace", "demo", "audits", "list"], "audits"),
        (["demo", "--out", "x"], "demo"),
        (["un-fichier.ivaudit"], None),
    ],
)
def test_words_of_the_command_line_are_told_from_arguments(argv: list[str], noun: str | None) -> None:
    assert noun_of(argv) == noun


class Called(ModuleType):
    """Stands for a module whose function `name` remembers how it was called."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.calls: list[list[str]] = []
        setattr(self, name, self._called)

    def _called(self, argv: list[str]) -> int:
        self.calls.append(argv)
        return 7


@pytest.mark.parametrize("entry", [entries.main, entries.console, entries.either])
def test_a_job_comes_before_anything_else(entry: object, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = Called("child_main")
    monkeypatch.setitem(sys.modules, "ivaudit.app.jobs", jobs)
    monkeypatch.setattr(sys, "argv", ["ivaudit", "_job", "pdf"])
    assert callable(entry)
    assert entry() == 7
    assert jobs.calls == [["pdf"]]


@pytest.mark.parametrize(
    ("entry", "argv", "module", "name"),
    [
        (entries.main, ["--workspace", "demo"], "ivaudit.ui.app", "run"),
        (entries.either, ["--workspace", "demo"], "ivaudit.ui.app", "run"),
        (entries.either, ["audits", "list"], "ivaudit.cli.main", "run"),
        (entries.console, ["audits", "list"], "ivaudit.cli.main", "run"),
    ],
)
def test_each_entry_serves_its_own(
    entry: object, argv: list[str], module: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = Called(name)
    monkeypatch.setitem(sys.modules, module, served)
    monkeypatch.setattr(sys, "argv", ["ivaudit", *argv])
    assert callable(entry)
    assert entry() == 7
    assert served.calls == [argv]
