"""The reading-back without a window: export, import, list, decide, validate, reopen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.reviews import FILL

from ivaudit.domain.review import row_of_point

Cli = Callable[..., Any]


@pytest.mark.parametrize("end", ["xlsx", "docx"])
def test_a_form_goes_out_comes_back_and_is_treated(on: Cli, place: Any, tmp_path: Path, end: str) -> None:  # noqa: ANN401
    on("answer", place.audit, "rec-ant-02", "non", "--constat", "Recherche par le nom.")
    path = tmp_path / f"relecture.{end}"
    out = on("review", "export", place.audit, "--out", path)
    assert out.code == 0, out.err
    assert "Audit en relecture" in out.out
    FILL[end](path, {row_of_point("rec-ant-02"): ("Par la date.", "désaccord")}, "Cadre")
    assert on("review", "import", path, place.audit, "--dry-run", "--json").json["written"] == 0
    assert on("review", "import", path, place.audit, "--json").json["written"] == 1
    assert on("review", "import", path, place.audit, "--json").json["counts"]["déjà là"] == 1
    (found,) = on("review", "list", place.audit, "--json").json["comments"]
    assert (found["text"], found["by"], found["decision"]) == ("Par la date.", "Cadre", None)
    assert "1 remarque, 1 à traiter" in on("review", "list", place.audit).out
    refused = on("audits", "edit", place.audit, "--state", "validé")
    assert (refused.code, "1 remarque reste à traiter" in refused.err) == (3, True)
    decided = on(
        "review", "decide", place.audit, found["id"], "--decision", "non retenu", "--answer", "Revu."
    )
    assert "non retenu" in decided.out
    assert on("audits", "edit", place.audit, "--state", "validé").code == 0
    assert on("answer", place.audit, "rec-ant-02", "oui").code == 3
    assert on("review", "decide", place.audit, found["id"], "--decision", "aucune").code == 3
    reopened = on("audits", "edit", place.audit, "--state", "en relecture", "--reason", "Date fausse.")
    assert reopened.out == "Audit rouvert\n"
    assert on("answer", place.audit, "rec-ant-02", "oui").code == 0


def test_a_remark_that_changed_is_taken_when_asked(on: Cli, place: Any, tmp_path: Path) -> None:  # noqa: ANN401
    on("answer", place.audit, "rec-ant-02", "non")
    path, row = tmp_path / "relecture.xlsx", row_of_point("rec-ant-02")
    on("review", "export", place.audit, "--out", path, "--no-state")
    assert on("review", "list", place.audit, "--json").json["state"] == "en cours"
    for text in ("Une.", "Deux."):
        FILL["xlsx"](path, {row: (text, "")})
        on("review", "import", path, place.audit)
    assert on("review", "list", place.audit, "--json").json["comments"][0]["text"] == "Une."
    on("review", "import", path, place.audit, "--take-changed")
    assert on("review", "list", place.audit, "--json").json["comments"][0]["text"] == "Deux."
