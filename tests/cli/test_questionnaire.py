"""`questionnaire`: out, back in, and by the folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.questionnaires import STRUCTURE, fill

Command = Callable[..., Any]


@pytest.fixture
def sent(on: Command, place: Any, tmp_path: Path) -> Path:  # noqa: ANN401
    out = tmp_path / "vide.xlsx"
    done = on("questionnaire", "export", "--audit", place.audit, "--out", out, "--json")
    assert done.code == 0, done.err
    assert done.json == {"file": str(out)}
    return out


def test_a_questionnaire_on_checklists_needs_no_workspace(cli: Command, tmp_path: Path) -> None:
    out = tmp_path / "q.xlsx"
    words = ("--checklist", "flash", "--checklist", "auto-evaluation-esms", "--out", out)
    done = cli("questionnaire", "export", *words, passphrase=None)
    assert done.code == 0, done.err
    assert out.read_bytes().startswith(b"PK")
    assert cli("questionnaire", "export", "--checklist", "x", "--out", out, passphrase=None).code == 2
    assert cli("questionnaire", "export", "--out", out, passphrase=None).code == 2


def test_what_would_change_is_said_then_recorded(
    on: Command,
    place: Any,  # noqa: ANN401
    sent: Path,
    tmp_path: Path,
) -> None:
    filled = fill(sent, tmp_path / "rempli.xlsx", "Oui")
    first = on("audits", "show", place.audit, "--json").json
    dry = on("questionnaire", "import", filled, "--audit", place.audit, "--dry-run", "--json")
    assert dry.code == 0, dry.err
    assert (dry.json["written"], dry.json["counts"]["nouvelle"]) == (0, 15)
    assert on("audits", "show", place.audit, "--json").json == first
    done = on("questionnaire", "import", filled, "--audit", place.audit)
    assert done.code == 0, done.err
    assert "15 réponses enregistrées" in done.out
    other = fill(sent, tmp_path / "autre.xlsx", "Non")
    kept = on("questionnaire", "import", other, "--audit", place.audit, "--json").json
    assert (kept["written"], kept["counts"]["différente"]) == (0, 15)
    taken = on("questionnaire", "import", other, "--audit", place.audit, "--take-theirs", "--json").json
    assert taken["written"] == 15
    reasons = [each["reason"] for each in on("backup", "list", "--json").json]
    assert reasons == ["avant l'import de questionnaires"] * 2
    assert on("undo", place.audit).code == 0


def test_what_is_not_a_questionnaire_says_so(on: Command, place: Any, tmp_path: Path) -> None:  # noqa: ANN401
    path = tmp_path / "rien.xlsx"
    path.write_bytes(b"rien")
    done = on("questionnaire", "import", path, "--audit", place.audit)
    assert done.code == 3
    assert "Rien n'a été modifié" in done.err


def test_a_folder_is_sorted_imported_and_summed_up(on: Command, sent: Path, tmp_path: Path) -> None:
    folder = tmp_path / "retours"
    folder.mkdir()
    fill(sent, folder / "un.xlsx", "Oui")
    fill(sent, folder / "deux.xlsx", {}, {**STRUCTURE, "FINESS ET (site)": "", "Nom de la structure": "B"})
    (folder / "trois.xlsx").write_bytes(b"rien")
    dry = on("questionnaire", "import-folder", folder, "--dry-run", "--json")
    assert dry.code == 0, dry.err
    assert [each["state"] for each in dry.json["files"]] == ["incomplet", "illisible", "complet"]
    assert dry.json["imported"] == []
    out = tmp_path / "synthese.xlsx"
    done = on("questionnaire", "import-folder", folder, "--summary", out, "--hide-names")
    assert done.code == 0, done.err
    assert "2 auto-évaluations créées" in done.out
    assert "déclaratif" in done.out
    assert out.read_bytes().startswith(b"PK")
    again = on("questionnaire", "import-folder", folder, "--json").json
    assert [(each["created"], each["written"]) for each in again["imported"]] == [(False, 0), (False, 0)]
    assert on("questionnaire", "import-folder", tmp_path / "absent").code == 2
