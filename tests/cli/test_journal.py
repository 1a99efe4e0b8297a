"""`journal` and `erase`."""

from collections.abc import Callable
from pathlib import Path
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


def test_what_changed_is_told_in_words_filtered_and_exported(
    on: Command, place: SimpleNamespace, tmp_path: Path
) -> None:
    on("answer", place.audit, "rec-ant-02", "oui", "--constat", "Vu au poste.")
    shown = on("journal", "show", "--audit", place.audit, "--words", "constat poste", "--json").json
    assert [(line["field"], line["new"]) for line in shown] == [("constat", "Vu au poste.")]
    assert "Vu au poste." in on("journal", "show", "--most", "5").out
    assert on("journal", "show", "--since", "2100-01-01").out == ""
    assert on("journal", "show", "--until", "demain").code == 2
    target = tmp_path / "journal.csv"
    done = on("journal", "export", "--facility", place.facility, "--out", target, "--json").json
    text = target.read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == done["lines"] + 1
    assert "EHPAD Les Tilleuls" in text


def test_a_word_is_searched_then_erased_everywhere(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui", "--constat", CANARY)
    on("answer", place.audit, "cas-sdp-01", "oui", "--note", f"voir {CANARY.lower()}")
    on("backup", "create")
    assert len(on("privacy", "search", CANARY, "--json").json) == 2
    assert len(on("erase", "word", CANARY, "--dry-run", "--json").json) == 2
    assert on("erase", "word", CANARY).code == 2
    assert on("erase", "word", CANARY, "--reason", f"c'était {CANARY}").code == 2
    done = on("erase", "word", CANARY, "--reason", "essai", "--json").json
    assert (done["erased"], done["left"], done["backups"]) == (2, 0, 1)
    assert on("privacy", "search", CANARY, "--json").json == []
    (held,) = on("privacy", "backups", "--json").json
    assert (held["amount"], held["unreadable"]) == (2, False)
    assert "garde 2 valeur" in on("privacy", "backups").out
    assert on("privacy", "backups", "--purge", "--json").json == []
    assert len(on("backup", "list", "--json").json) == 1
    assert on("journal", "verify").code == 0


def test_a_purge_says_what_it_would_do_first(on: Command) -> None:
    done = on("purge", "--set", "notes=6", "--dry-run", "--json").json
    assert (done["done"], done["months"], done["due"]) == (False, {"notes": 6}, [])
    assert "Rien n'est à purger." in on("purge").out
    assert on("purge", "--set", "notes=bientôt").code == 2
    assert on("purge", "--set", "scores=6").code == 2


def test_the_security_file_and_the_copy_to_train_on(on: Command, tmp_path: Path) -> None:
    assert on("privacy", "dossier", "--out", tmp_path / "d.docx").code == 0
    assert (tmp_path / "d.docx").stat().st_size > 10_000
    secret = tmp_path / "phrase"
    secret.write_text("sept autres mots pour une copie de demonstration", encoding="utf-8")
    secret.chmod(0o600)
    copy = tmp_path / "copie"
    assert on("privacy", "copy", "--out", copy, "--new-passphrase-file", secret).code == 0
    assert (copy / "ivaudit.db").is_file()
    weak = tmp_path / "faible"
    weak.write_text("court", encoding="utf-8")
    weak.chmod(0o600)
    assert on("privacy", "copy", "--out", tmp_path / "x", "--new-passphrase-file", weak).code == 2
