"""Local adaptations in the terminal: listed, checked, read, printed, put on an audit."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support import adaptations as given

from ivaudit.app import library

Command = Callable[..., Any]
KEY = "criv-essai"


@pytest.fixture(autouse=True)
def _region() -> Iterator[None]:
    with given.installed(given.text()):
        yield


def test_they_are_listed_and_read(cli: Command) -> None:
    found = {each["id"]: each for each in cli("content", "list", "--json").json}
    assert found[KEY]["kind"] == "adaptation"
    assert (found[KEY]["changes"], found[KEY]["added"], found[KEY]["deactivated"]) == (3, 1, 1)
    shown = cli("content", "show", KEY).out
    assert f"Grille adaptée : {given.GRID}" in shown
    assert f"désactivé   {given.off()}" in shown


def test_a_checklist_is_read_as_they_make_it(cli: Command) -> None:
    plain = cli("content", "show", given.GRID).out
    shown = cli("content", "show", given.GRID, "--adaptation", KEY).out
    assert f"{KEY}-01" in shown
    assert "Point critique allégé" in shown
    assert "Adapté par CRIV Exemple" not in plain
    document = cli("content", "show", given.GRID, "--adaptation", KEY, "--json").json
    assert [each["id"] for each in document["adaptations"]] == [KEY]
    refused = cli("content", "show", "flash", "--adaptation", KEY)
    assert refused.code == 2
    assert "autre grille" in refused.err


def test_a_file_is_checked_with_its_lines(cli: Command, tmp_path: Path) -> None:
    home = tmp_path / "checklists" / "adaptations"
    home.mkdir(parents=True)
    path = home / f"{KEY}.yaml"
    path.write_text(given.text(), encoding="utf-8")
    assert cli("content", "check", path).code == 0
    path.write_text(given.text().replace("weight: 1", "weight: beaucoup"), encoding="utf-8")
    done = cli("content", "check", path)
    assert done.code == 1
    assert f"{path}:" in done.out
    assert "weight" in done.out
    assert "adaptation" in cli("content", "schema", "adaptation").out


def test_it_is_printed_blank(cli: Command, tmp_path: Path) -> None:
    out = tmp_path / "vierge.pdf"
    assert cli("content", "print", given.GRID, "--adaptation", KEY, "--out", out).code == 0
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "applied"),
    [([], [KEY]), (["--adaptation", KEY], [KEY]), (["--no-adaptation"], [])],
)
def test_an_audit_is_created_with_those_that_are_chosen(
    on: Command, place: SimpleNamespace, words: list[str], applied: list[str]
) -> None:
    made = on("audits", "create", place.facility, "--checklist", given.GRID, "--json", *words)
    assert made.code == 0
    assert made.json["adaptations"] == applied
    out = place.folder.parent / "rapport.json"
    assert on("report", made.json["audit"], "--format", "json", "--out", out).code == 0
    assert ("Point critique allégé" in out.read_text(encoding="utf-8")) is bool(applied)


def test_one_that_is_unknown_creates_nothing(on: Command, place: SimpleNamespace) -> None:
    before = len(on("audits", "list", "--json").json)
    done = on("audits", "create", place.facility, "--checklist", given.GRID, "--adaptation", "absente")
    assert done.code == 2
    assert "absente" in done.err
    assert len(on("audits", "list", "--json").json) == before


def test_what_is_set_aside_is_said(cli: Command) -> None:
    wrong = given.text().replace(f"criterion: {given.off()}", "criterion: rec-ant-999")
    with given.installed(wrong):
        done = cli("content", "list")
        assert "rec-ant-999" in done.err
        assert library.library().adaptations() == ()


def test_those_that_go_together_are_told_from_those_that_do_not(cli: Command) -> None:
    other = given.text("criv-autre").split("add:")[0]
    other += f"change:\n  - {{criterion: {given.off()}, minutes: 5}}\n"
    with given.installed(given.text(), other):
        assert cli("content", "adapt", "check", KEY).code == 0
        done = cli("content", "adapt", "check", KEY, "criv-autre")
        assert done.code == 1
        assert f"{KEY}.yaml:" in done.out
        created = cli("content", "show", given.GRID, "--adaptation", KEY, "--adaptation", "criv-autre")
        assert "ne vont pas ensemble" in created.err
        assert f"{KEY}.yaml:" in created.err


def test_a_file_travels_alone(cli: Command, tmp_path: Path) -> None:
    out = tmp_path / "partagée.yaml"
    assert cli("content", "adapt", "export", KEY, "--out", out).code == 0
    assert cli("content", "adapt", "remove", KEY).code == 0
    assert library.library().adaptations() == ()
    assert cli("content", "adapt", "import", out).code == 0
    assert [each.id for each in library.library().adaptations()] == [KEY]
    assert cli("content", "adapt", "list", "--json").json[0]["id"] == KEY
