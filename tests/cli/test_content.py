"""`content`: no workspace, no passphrase."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ivaudit.app import library, schemas

Command = Callable[..., Any]


def test_checklists_are_listed_with_their_sources(cli: Command) -> None:
    found = {each["id"]: each for each in cli("content", "list", "--json", passphrase=None).json}
    assert {"flash", "rniv-1-principes-communs"} <= set(found)
    assert found["flash"]["points"] == sum(found["flash"]["sources"].values()) == 15
    assert "flash  " in cli("content", "list", passphrase=None).out


def test_the_shipped_content_has_no_problem(cli: Command) -> None:
    done = cli("content", "check", passphrase=None)
    assert (done.code, done.err) == (0, "")


def test_a_problem_is_one_line_with_its_place(cli: Command, tmp_path: Path) -> None:
    file = tmp_path / "mauvaise.yaml"
    file.write_text("id: mauvaise\nid: encore\n", encoding="utf-8")
    done = cli("content", "check", file, passphrase=None)
    assert done.code == 1
    assert all(line.startswith(f"{file}:") for line in done.out.splitlines())
    assert f"{file}:2:1: " in done.out
    problems = cli("content", "check", file, "--json", passphrase=None).json
    assert (2, 1) in {(each["line"], each["column"]) for each in problems}


def test_a_checklist_is_read(cli: Command) -> None:
    out = cli("content", "show", "flash", passphrase=None).out
    assert "Sources des points : lu " in out
    assert " 2.1  rec-ant-02" in out
    assert cli("content", "show", "flash", "--json", passphrase=None).json["id"] == "flash"
    assert cli("content", "show", "absente", passphrase=None).code == 2


def test_local_files_set_aside_are_told(cli: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = library.Problem("contenu/checklists/locale.yaml", 3, 8, "title: un texte attendu")
    monkeypatch.setattr(library, "refused", lambda: (problem,))
    done = cli("content", "list", passphrase=None)
    assert done.code == 0
    assert done.err.splitlines() == ["contenu/checklists/locale.yaml:3:8: title: un texte attendu"]
    assert "\nflash " in done.out


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_json(cli: Command, name: str) -> None:
    assert (
        cli("content", "schema", name, passphrase=None).json["$schema"].startswith("https://json-schema.org/")
    )


COUNTS = {
    "exigences": {"points", "critical", "minutes"},
    "visite": {"points", "critical", "minutes"},
    "observation": {"items", "target"},
    "fiche": {"steps", "outcomes"},
    "cas": {"cases"},
    "glossaire": {"terms"},
    "regles": {"rules", "uncovered"},
}


def test_everything_published_is_listed_with_its_counts(cli: Command) -> None:
    found = cli("content", "list", "--json", passphrase=None).json
    assert len({each["id"] for each in found}) == len(found)
    assert {"exigences", "visite"} <= {each["kind"] for each in found} <= set(COUNTS)
    for each in found:
        assert set(each) == {"id", "version", "title", "kind", "sources", *COUNTS[each["kind"]]}
        assert sum(each["sources"].values()) > 0
    flash = next(each for each in found if each["id"] == "flash")
    assert (flash["points"], flash["minutes"]) == (15, 57)


SAID = {
    "observation": ("Une ligne par ", "Raisons de ne pas observer :", "Références :"),
    "fiche": ("Quand : ", "→ [", "Ne jamais :"),
    "cas": ("Réponse : ", "Piège : ", "Règle : "),
    "glossaire": (" : ", "(lu)"),
    "regles": ("RNIV 1 (édition 2.0)", "règle supposée, à vérifier : ", " → rec-ant-01"),
}


@pytest.mark.parametrize("kind", SAID)
def test_every_content_is_read_in_a_terminal(cli: Command, kind: str) -> None:
    found = cli("content", "list", "--json", passphrase=None).json
    contents = [each["id"] for each in found if each["kind"] == kind]
    assert contents
    for content in contents:
        shown = cli("content", "show", content, passphrase=None)
        assert (shown.code, shown.err) == (0, "")
        assert f"({content} " in shown.out.splitlines()[0]
        assert [words for words in SAID[kind] if words not in shown.out] == []
        assert cli("content", "show", content, "--json", passphrase=None).json["id"] == content
