"""Exchanges, disagreements and seals from the command line: two copies, one stick."""

import shutil
from pathlib import Path

import pytest
from cli.conftest import CRITERIA, PASSPHRASE, Cli, Place

from ivaudit.app import workspaces
from ivaudit.store.keys import FLOOR

TEAM = "quatre mots bien choisis"


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    file = tmp_path / "phrase"
    file.write_text(f"{TEAM}\n", encoding="utf-8")
    file.chmod(0o600)
    return file


@pytest.fixture
def other(cli: Cli, tmp_path: Path) -> Cli:
    """A second, empty copy."""
    folder = tmp_path / "autre"
    session, _ = workspaces.create(folder, PASSPHRASE, "Auditeur B", cost=FLOOR, with_recovery=False)
    session.close()

    def call(*words: object) -> object:
        return cli("--workspace", folder, *words)

    return call  # type: ignore[return-value]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "cle"
    made.mkdir()
    return made


def test_an_audit_goes_there_and_back(on: Cli, other: Cli, place: Place, phrase: Path, stick: Path) -> None:
    on("bundle", "team", place.audit, "--file-passphrase-file", phrase)
    assert on("bundle", "export", "--audit", place.audit, "--out", stick).code == 0
    (sent,) = stick.glob("*.ivaudit")
    seen = other("bundle", "inspect", sent, "--file-passphrase-file", phrase)
    assert "jamais vue ici" in seen.out
    dry = other("bundle", "import", sent, "--dry-run", "--file-passphrase-file", phrase)
    assert "Rien n'a été importé" in dry.out
    assert other("audits", "list", "--json").json == []
    taken = other("bundle", "import", sent, "--keep-phrase", "--file-passphrase-file", phrase)
    assert (taken.code, "est gardée" in taken.out) == (0, True)
    on("answer", place.audit, CRITERIA[0], "oui", "--constat", "Vu au poste")
    other("answer", place.audit, CRITERIA[0], "non", "--constat", "Dit par la cadre")
    assert other("bundle", "export", "--audit", place.audit, "--out", stick / "retour.ivaudit").code == 0
    sent.unlink()
    back = on("bundle", "import", stick, "--json")
    assert back.json["several"] == 2
    found = on("merge", "list", "--audit", place.audit, "--json").json
    assert [each["field"] for each in found] == ["constat", "value"]
    entity = found[0]["entity"]
    assert on("merge", "settle", entity, "constat", "--take", "both").code == 0
    (mine,) = (each["mark"] for each in found[1]["values"] if each["value"] == "oui")
    assert f"{mine}  " in on("merge", "list", "--audit", place.audit).out
    assert on("merge", "settle", entity, "value", "--take", "zz").code == 2
    assert on("merge", "settle", entity, "value", "--take", mine).code == 0
    assert on("merge", "list", "--audit", place.audit, "--json").json == []
    assert "Désaccords : 0" in on("merge", "consensus", place.audit).out
    assert on("merge", "settle", entity, "value", "--take", "both").code == 2


def test_a_folder_is_one_gesture_and_says_what_it_refuses(
    on: Cli, other: Cli, place: Place, phrase: Path, stick: Path
) -> None:
    for name in ("un.ivaudit", "deux.ivaudit"):
        given = ("--file-passphrase-file", phrase)
        on("bundle", "export", "--audit", place.audit, *given, "--out", stick / name)
    raw = (stick / "un.ivaudit").read_bytes()
    (stick / "trois.ivaudit").write_bytes(raw[:-20])
    done = other("bundle", "import", stick, "--file-passphrase-file", phrase, "--json")
    assert done.code == 1
    assert {each["name"] for each in done.json["taken"]} == {"un.ivaudit", "deux.ivaudit"}
    assert "coupé ou modifié" in done.json["refused"]["trois.ivaudit"]
    assert len(other("audits", "list", "--json").json) == 1


def test_the_register_goes_to_a_key(on: Cli, other: Cli, stick: Path) -> None:
    key = other("bundle", "key", "--json").json["address"]
    done = on("bundle", "export", "--register", "--to", key, "--out", stick / "r.ivaudit")
    assert "références locales" in done.out
    assert other("bundle", "import", stick / "r.ivaudit").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--register",), "Personne d'autre"),
        ((), "Dites ce qui est envoyé"),
        (("--register", "--to", "age1abc"), "clé de réception"),
        (("--audit", "rien", "--to", "AGE"), "n'existe pas"),
    ],
)
def test_what_cannot_be_sent_says_why(on: Cli, stick: Path, words: tuple[str, ...], sentence: str) -> None:
    own = on("bundle", "key", "--json").json["address"]
    given = [own if each == "AGE" else each for each in words]
    done = on("bundle", "export", *given, "--out", stick / "f.ivaudit")
    assert (done.code, sentence in done.err) == (2, True)
    assert list(stick.iterdir()) == []


def test_verify_says_whether_an_audit_or_a_file_is_what_was_sealed(
    on: Cli, place: Place, phrase: Path, stick: Path
) -> None:
    assert "n'est pas scellé" in on("verify", place.audit).out
    for state in ("en cours", "en relecture", "validé"):
        on("audits", "edit", place.audit, "--state", state)
    found = on("verify", place.audit, "--json")
    assert (found.code, found.json["state"], found.json["changes"]) == (0, "intact", [])
    given = ("--file-passphrase-file", phrase)
    on("bundle", "export", "--audit", place.audit, *given, "--out", stick / "f.ivaudit")
    told = on("verify", stick / "f.ivaudit")
    assert told.code == 0
    assert "Fichier entier" in told.out
    assert "À côté de votre copie :" in told.out
    assert "Ce que cela prouve" in told.out
    shutil.copy(stick / "f.ivaudit", stick / "g.ivaudit")
    raw = bytearray((stick / "g.ivaudit").read_bytes())
    raw[-100] ^= 4
    (stick / "g.ivaudit").write_bytes(raw)
    broken = on("verify", stick / "g.ivaudit")
    assert (broken.code, "modifié" in broken.err) == (3, True)
