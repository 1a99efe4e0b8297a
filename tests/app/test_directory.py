"""The directory of a workspace: imported whole through a child process, searched, made into structures."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from support.directories import BASTIA, BOURG, LAVAL, OWNER, entity, etalab, finess_plus, line, site

from ivaudit.app import directory, facilities, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.directory import DirectoryFormat, EntryKind
from ivaudit.domain.errors import (
    Cancelled,
    CannotWriteExport,
    DiskFull,
    NotAllowedNow,
    NotFound,
    UnreadableFile,
)
from ivaudit.store import check, layout
from ivaudit.store.directory import Directory
from ivaudit.store.keys import KdfCost


def imported(session: Session, path: Path) -> directory.Prepared:
    prepared = directory.prepare(directory.place(session), path)
    directory.accept(session, prepared)
    return prepared


@pytest.fixture
def filled(session: Session, tmp_path: Path) -> Session:
    """A workspace with three establishments."""
    lines = [
        line(),
        line(
            BASTIA, name="CLINIQUE DU MARCHÉ", department="2B", place="20200 BASTIA", category="999", label=""
        ),
    ]
    lines.append(line(BOURG, name="LIEU DE VIE", category="462", label="", department="01"))
    imported(session, etalab(tmp_path / "etalab-20260504.csv", lines))
    return session


def test_nothing_is_in_use_before_it_is_accepted(session: Session, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = etalab(tmp_path / "a.csv", [line(), line(BOURG, department="01")])
    prepared = directory.prepare(
        directory.place(session), path, progress=lambda done, total, _what: seen.append((done, total))
    )
    assert directory.state(session) is None
    assert directory.find(session, "ehpad") == ()
    assert seen
    assert all(0 <= done <= total == 100 for done, total in seen)
    assert [(each.code, each.tally.sites) for each in prepared.preview.departments] == [("01", 1), ("53", 1)]
    changes = directory.accept(session, prepared)
    assert changes.entities == {directory.ENTITY}
    state = directory.state(session)
    assert state is not None
    assert (state.date, state.format, state.tally.sites) == ("2026-05-04", DirectoryFormat.ETALAB, 2)
    assert len(directory.find(session, "ehpad")) == 2
    with pytest.raises(NotFound, match="n'est plus prêt"):
        directory.accept(session, prepared)
    assert list((session.workspace.folder / layout.WORK).iterdir()) == []
    assert session.workspace.journal.value(directory.ENTITY, "batch") == {
        "digest": state.digest,
        "format": "etalab",
        "date": "2026-05-04",
        "entries": 2,
    }
    assert check.full_check(session.workspace).whole


def test_it_is_still_there_when_the_workspace_is_opened_again(
    tmp_path: Path, passphrase: str, cheap_cost: KdfCost
) -> None:
    session, _ = workspaces.create(tmp_path / "w", passphrase, "Moi", cost=cheap_cost)
    imported(session, etalab(tmp_path / "a.csv", [line()]))
    session.close()
    again = workspaces.open_with_passphrase(tmp_path / "w", passphrase)
    assert [each.finess for each in directory.find(again, "pins")] == [LAVAL]
    again.close()


def test_the_same_file_again_changes_nothing_and_another_says_what_it_does(
    filled: Session, tmp_path: Path
) -> None:
    again = directory.prepare(directory.place(filled), tmp_path / "etalab-20260504.csv")
    assert again.preview.same_file
    assert again.preview.changes.none
    directory.discard(again)
    assert not again.built.exists()
    plus = finess_plus(tmp_path / "plus.json", [entity(sites=[site(closed="2026-05-30")])])
    preview = imported(filled, plus).preview
    assert (preview.changes.added, preview.changes.removed, preview.changes.closed) == (1, 2, 1)
    assert not preview.older
    home = directory.by_number(filled, LAVAL)
    owner = directory.by_number(filled, OWNER)
    assert home is not None
    assert owner is not None
    assert (home.kind, home.closed_on, home.phone) == (EntryKind.ET, "2026-05-30", "0243000000")
    assert home.category_label == "Etablissement d'hébergement pour personnes âgées dépendantes"
    assert owner.kind is EntryKind.EJ


@pytest.mark.parametrize("number", ["01 000 001", "structure", ""])
def test_a_number_that_is_not_there_gives_nothing(filled: Session, number: str) -> None:
    assert directory.by_number(filled, number) is None


def test_labels_come_from_the_file_else_from_what_was_seen_else_are_bare(filled: Session) -> None:
    labels = {each.category: each.category_label for each in directory.find(filled, "5300090")}
    assert labels == {
        "500": "Etablissement d'hébergement pour personnes âgées dépendantes",
        "999": "",
        "462": "Lieu de vie",
    }


def test_a_refused_file_leaves_the_directory_as_it_was(filled: Session, tmp_path: Path) -> None:
    (tmp_path / "faux.json").write_text('{"pmej": [{"ege": [', encoding="utf-8")
    with pytest.raises(UnreadableFile, match="abîmé"):
        directory.prepare(directory.place(filled), tmp_path / "faux.json")
    assert len(directory.find(filled, "53000900")) == 3
    assert list((filled.workspace.folder / layout.WORK).iterdir()) == []


def test_stopping_leaves_nothing(filled: Session, tmp_path: Path) -> None:
    path = etalab(tmp_path / "b.csv", [line()] * 20_000)
    asked = threading.Event()

    def progress(_done: int, _total: int, _what: str) -> None:
        asked.set()

    with pytest.raises(Cancelled):
        directory.prepare(directory.place(filled), path, progress=progress, cancelled=asked.is_set)
    assert list((filled.workspace.folder / layout.WORK).iterdir()) == []
    assert len(directory.find(filled, "53000900")) == 3


def test_a_disk_that_refuses_keeps_the_former_directory_and_no_gesture(
    filled: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = etalab(tmp_path / "c.csv", [line(name="AUTRE")])
    prepared = directory.prepare(directory.place(filled), path)
    before = len(filled.workspace.journal.ops_of())

    def full(_self: Directory, _built: Path) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(Directory, "install", full)
        with pytest.raises(DiskFull):
            directory.accept(filled, prepared)
    assert len(filled.workspace.journal.ops_of()) == before
    assert len(directory.find(filled, "pins")) == 1
    directory.accept(filled, prepared)
    assert [each.name for each in directory.find(filled, "5300")] == ["AUTRE"]


def test_a_structure_is_made_with_what_the_directory_knows_and_unmade(filled: Session) -> None:
    changes, key = directory.create_from(filled, LAVAL)
    assert changes.undo
    made = facilities.get(filled, key)
    assert dict(made.values) == {
        "name": "EHPAD LES PINS",
        "finess_et": LAVAL,
        "finess_ej": OWNER,
        "category": "500 Etablissement d'hébergement pour personnes âgées dépendantes",
        "city": "LAVAL",
        "department": "53 MAYENNE",
        "contact": "0243000000",
        "setting": "ehpad",
        "profile": ["hebergement"],
    }
    assert facilities.warnings(made.values) == {}
    assert directory.create_from(filled, LAVAL)[1] == key
    assert len(facilities.all_of(filled)) == 1
    assert directory.undo(filled).facilities == {key}
    assert facilities.all_of(filled) == ()
    directory.redo(filled)
    assert [each.id for each in facilities.all_of(filled)] == [key]
    directory.undo(filled)
    with pytest.raises(NotAllowedNow, match="Aucune structure"):
        directory.undo(filled)
    assert check.full_check(filled.workspace).whole


def test_a_structure_made_by_hand_with_the_same_number_is_not_made_twice(filled: Session) -> None:
    _, key = facilities.create(filled, {"name": "Les Pins", "finess_et": f" {LAVAL[:2]} {LAVAL[2:]}"})
    changes, found = directory.create_from(filled, LAVAL)
    assert (found, changes.facilities) == (key, frozenset())


def test_a_site_and_its_entity_are_two_structures(session: Session, tmp_path: Path) -> None:
    same = finess_plus(tmp_path / "p.json", [entity(OWNER, sites=[site(OWNER, "SITE")])])
    imported(session, same)
    _, home = directory.create_from(session, OWNER)
    _, owner = directory.create_from(session, OWNER, EntryKind.EJ)
    assert home != owner
    assert facilities.get(session, home).finess_et == OWNER
    made = facilities.get(session, owner)
    assert (made.finess_et, made.finess_ej, made.name) == ("", OWNER, "ASSOCIATION DU LAC")
    assert directory.create_from(session, OWNER, EntryKind.EJ)[1] == owner


def test_a_number_that_the_directory_does_not_have_makes_nothing(filled: Session) -> None:
    with pytest.raises(NotFound, match="n'est pas dans l'annuaire"):
        directory.create_from(filled, "530000999")


def test_what_is_not_said_is_not_proposed(filled: Session) -> None:
    _, key = directory.create_from(filled, BOURG)
    made = facilities.get(filled, key)
    assert (made.setting, made.profile, made.category) == ("", (), "462 Lieu de vie")


def test_a_bug_of_the_child_is_not_a_directory(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_words: object, **_more: object) -> None:
        raise CannotWriteExport("Plus de place.")

    monkeypatch.setattr(directory, "jobs", SimpleNamespace(run=fails, never=lambda: False))
    with pytest.raises(CannotWriteExport):
        directory.prepare(directory.place(session), etalab(tmp_path / "a.csv", [line()]))
    assert list((session.workspace.folder / layout.WORK).iterdir()) == []
