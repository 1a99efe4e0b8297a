"""Newer versions, confirmations and follow-ups from the command line."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from support.versions import NEXT, reworded

from ivaudit.app.library import library
from ivaudit.content.library import Library

Command = Callable[..., Any]
TOLD, SAME = "rec-ant-02", "cas-sdp-01"


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every library have a newer version of the flash checklist."""
    new = reworded(library().checklist("flash"), told_anew=(TOLD,), added=("fla-99",))
    usual = Library.checklist

    def found(self: Library, id: str) -> Any:  # noqa: A002, ANN401
        return new if id == "flash" else usual(self, id)

    monkeypatch.setattr(Library, "checklist", found)


@pytest.fixture
def answered(on: Command, place: SimpleNamespace) -> str:
    for criterion in (TOLD, SAME):
        assert on("answer", place.audit, criterion, "non", "--constat", "Vu au poste.").code == 0
    return str(place.audit)


def test_nothing_newer_nothing_to_confirm(on: Command, answered: str) -> None:
    assert "Aucune nouvelle version" in on("audits", "versions", answered).out
    assert on("audits", "versions", answered, "--json").json == {"versions": [], "to_confirm": []}
    assert on("audits", "confirm", answered).out.strip() == "Rien à reconfirmer."
    assert on("audits", "move-version", answered, "flash").code == 3


@pytest.mark.usefixtures("newer")
def test_a_version_is_seen_moved_to_confirmed_and_undone(on: Command, answered: str) -> None:
    seen = on("audits", "versions", answered, "--json").json["versions"][0]
    assert (seen["to"], seen["moved"]) == (NEXT, False)
    fates = {row["criterion"]: row["fate"] for row in seen["criteria"]}
    assert (fates[TOLD], fates[SAME], fates["fla-99"]) == ("reformulé", "inchangé", "nouveau")
    text = on("audits", "versions", answered).out
    assert f"~ reformulé {TOLD}" in text
    assert SAME not in text
    assert SAME in on("audits", "versions", answered, "--all").out
    moved = on("audits", "move-version", answered, "flash", "--json").json
    assert moved["to_confirm"] == [TOLD]
    shown = on("audits", "show", answered).out
    assert "Non (à reconfirmer)" in shown
    assert "1 réponse reprise, à reconfirmer" in shown
    assert on("audits", "show", answered, "--json").json["results"][0]["to_confirm"] == 1
    assert TOLD in on("audits", "confirm", answered).out
    assert on("audits", "confirm", answered, TOLD, "--json").json["to_confirm"] == []
    assert on("undo", answered).code == 0
    assert on("audits", "confirm", answered, "--json").json["to_confirm"] == [TOLD]
    assert on("undo", answered).code == 0
    assert on("audits", "versions", answered, "--json").json["versions"][0]["moved"] is False
    assert on("journal", "verify").code == 0


def test_a_follow_up_is_created_without_level(on: Command, answered: str) -> None:
    made = on("audits", "follow-up", answered, "--date", "2027-05-21", "--json").json
    assert set(made["to_confirm"]) == {TOLD, SAME}
    shown = on("audits", "show", made["audit"], "--json").json
    assert (shown["audit"]["kind"], shown["audit"]["source"]) == ("suivi", answered)
    assert shown["results"][0]["level"] is None
    for criterion in (row["criterion"] for row in shown["answers"]):
        on("answer", made["audit"], criterion, "oui")
    assert "niveau en attente" not in on("audits", "show", made["audit"]).out


@pytest.mark.parametrize(("answers", "many"), [("none", 0), ("confirm", 2)])
def test_an_audit_starts_from_another(
    on: Command, place: SimpleNamespace, answered: str, answers: str, many: int
) -> None:
    words = ("audits", "create", place.facility, "--from", answered, "--answers", answers, "--json")
    key = on(*words).json["audit"]
    assert len(on("audits", "confirm", key, "--json").json["to_confirm"]) == many
    assert on("audits", "show", key, "--json").json["audit"]["checklists"][0][0] == "flash"


def test_what_does_not_go_together_is_refused(on: Command, place: SimpleNamespace, answered: str) -> None:
    other = on("facilities", "add", "--name", "Autre", "--json").json["facility"]
    assert on("audits", "create", place.facility).code == 2
    assert on("audits", "create", place.facility, "--from", answered, "--checklist", "flash").code == 2
    done = on("audits", "create", other, "--from", answered)
    assert done.code == 2
    assert "autre structure" in done.err
