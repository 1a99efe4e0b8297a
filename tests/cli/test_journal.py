"""`journal` and `erase`."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

Command = Callable[..., Any]

CANARY = "CANARI-1912"


def test_the_journal_verifies(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui")
    found = on("journal", "verify", "--json").json
    assert found["ops"] >= 4
    assert (found["erased"], found["problems"]) == (0, [])
    assert on("journal", "verify").out.startswith("Journal intact : ")
    assert on("journal", "verify", "--full").code == 0


def test_a_damaged_journal_is_1(on: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from ivaudit.app import checks  # noqa: PLC0415
    from ivaudit.store.verification import Damage, Verification  # noqa: PLC0415

    damage = Damage(
        rank=1, at="2026-11-21T09:00:00", author="", scope="audit:a1", fields=(), problem="altérée"
    )
    damaged = Verification(ops=1, changes=1, damages=(damage,))
    monkeypatch.setattr(checks, "verify", lambda _session: damaged)
    done = on("journal", "verify")
    assert (done.code, done.out) == (1, "- Opération n° 1 du 2026-11-21 : altérée.\n")


def test_the_log_tells_gestures_without_their_values(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui", "--constat", CANARY)
    done = on("journal", "log", "--audit", place.audit)
    assert f"answer:{place.audit}/structure/rec-ant-02 constat" in done.out
    assert CANARY not in done.out
    every = on("journal", "log", "--json").json
    assert {op["scope"].split(":")[0] for op in every} == {"workspace", "structure", "audit"}
    assert all(op["author"] == "Référente" for op in every)
    assert on("journal", "log", "--scope", "workspace", "--json").json == [
        op for op in every if op["scope"] == "workspace"
    ]


def test_an_erased_value_is_gone_and_the_journal_verifies(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui", "--constat", CANARY)
    on("backup", "create")
    done = on(
        "erase", "answer", place.audit, "rec-ant-02", "constat", "--reason", "matricule saisi par erreur"
    )
    assert done.code == 0
    assert "1 sauvegarde faite avant cet effacement" in done.out
    assert CANARY not in on("audits", "show", place.audit, "--json").out
    assert on("journal", "verify", "--json").json["erased"] == 1
    assert "[effacé]" in on("journal", "log", "--audit", place.audit).out
    assert on("journal", "verify", "--full").code == 0


def test_erasing_counts_what_restorations_put_aside(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui", "--constat", CANARY)
    made = on("backup", "create", "--json").json
    on("backup", "restore", made["name"])
    done = on("erase", "answer", place.audit, "rec-ant-02", "constat", "--reason", "essai")
    assert "2 sauvegardes faites avant cet effacement (dont 1 remplacée lors d'une restauration)" in done.out


def test_a_field_is_erased_by_its_names(on: Command, place: SimpleNamespace) -> None:
    on("facilities", "edit", place.facility, "--city", CANARY)
    entity = f"facility:{place.facility}"
    assert on("erase", "field", entity, "city", "--reason", "essai").code == 0
    assert CANARY not in on("facilities", "show", place.facility, "--json").out


def test_erasing_needs_a_reason_and_something_to_erase(on: Command, place: SimpleNamespace) -> None:
    assert on("erase", "answer", place.audit, "rec-ant-02", "constat").code == 2
    assert on("erase", "answer", place.audit, "rec-ant-02", "constat", "--reason", " ").code == 2
    assert on("erase", "answer", place.audit, "rec-ant-02", "constat", "--reason", "x").code == 2
