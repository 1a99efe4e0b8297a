"""What files say, kept on the disk: the same problems and places, and never a damaged entry."""

import os
from pathlib import Path

import pytest

from ivaudit.content import kept_nodes
from ivaudit.content.kept_nodes import KeptNodes
from ivaudit.content.library import Library
from ivaudit.content.parsing import parse
from ivaudit.content.sources import local_sources, shipped_sources
from ivaudit.content.yaml_nodes import Composed, compose
from ivaudit.resources import shipped

RNIV = "rniv-1-principes-communs"
VALUES = 'a: "12"\nb: 12\nc: .nan\nd: ~\ne: [x, true, 1.5, "~"]\nf: {g: {h: "é’"}}\n' + "# rien\n" * 500


@pytest.fixture
def kept(tmp_path: Path) -> KeptNodes:
    return KeptNodes(tmp_path / "cache")


def entry(tmp_path: Path) -> Path:
    (one,) = (tmp_path / "cache").iterdir()
    return one


def test_every_shipped_file_says_the_same_from_its_entry(kept: KeptNodes) -> None:
    for source in shipped_sources():
        raw = source.path.read_bytes()
        first, again = kept.compose(raw), kept.compose(raw)
        assert first.root == compose(raw).root
        assert again.root == first.root
        read, reread = parse(source), parse(source, kept.compose)
        assert reread.value == read.value
        assert reread.reading.place(reread.value, "id") == read.reading.place(read.value, "id")


def test_values_of_every_kind_come_back(kept: KeptNodes) -> None:
    raw = VALUES.encode()
    kept.compose(raw)
    assert repr(kept.compose(raw).root) == repr(compose(raw).root)


def test_the_second_reading_does_not_read_yaml(kept: KeptNodes, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = VALUES.encode()
    kept.compose(raw)
    monkeypatch.setattr(kept_nodes, "compose", lambda _raw: pytest.fail("read again"))
    assert kept.compose(raw).root is not None


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "other"])
def test_a_damaged_entry_is_read_again_from_its_file(kept: KeptNodes, tmp_path: Path, damage: str) -> None:
    raw = VALUES.encode()
    whole = kept.compose(raw)
    path = entry(tmp_path)
    body = path.read_bytes()
    damaged = {
        "flip": body[:-3] + bytes([body[-3] ^ 1]) + body[-2:],
        "cut": body[: len(body) // 2],
        "empty": b"",
        "other": kept_nodes._seal(b"\xc1") + b"\n\xc1",
    }
    path.write_bytes(damaged[damage])
    assert repr(kept.compose(raw)) == repr(whole)
    assert path.read_bytes() == body, "the entry is whole again"


def test_what_is_wrong_is_never_kept(kept: KeptNodes, tmp_path: Path) -> None:
    broken = (VALUES + "a: encore\n").encode()
    assert kept.compose(broken).problems
    assert kept.compose(broken).problems
    assert not (tmp_path / "cache").exists()


def test_a_place_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("un fichier", encoding="utf-8")
    found = KeptNodes(tmp_path / "cache").compose(VALUES.encode())
    assert isinstance(found, Composed)
    assert found.root is not None


def test_the_oldest_entries_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_nodes, "MOST", 8)
    kept = KeptNodes(tmp_path / "cache")
    known: set[Path] = set()
    for rank in range(9):
        kept.compose(f"rang: {rank}\n{VALUES}".encode())
        for path in set((tmp_path / "cache").iterdir()) - known:
            os.utime(path, (rank, rank))
            known.add(path)
    left = {path.stat().st_mtime for path in (tmp_path / "cache").iterdir()}
    assert left == {2, 3, 4, 5, 6, 7, 8}


def test_a_local_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    folder = tmp_path / "contenu"
    (folder / "checklists").mkdir(parents=True)
    text = (shipped("checklists") / f"{RNIV}.yaml").read_text(encoding="utf-8")
    text = text.replace(f"id: {RNIV}", "id: la-mienne", 1)
    file = folder / "checklists" / "la-mienne.yaml"
    file.write_text(text, encoding="utf-8")
    (source,) = local_sources(folder)
    for title in ("Première", "Seconde"):
        lines = [f"title: {title}" if each.startswith("title:") else each for each in text.split("\n")]
        file.write_text("\n".join(lines), encoding="utf-8")
        library = Library.find(folder, tmp_path / "cache")
        found = next(each for each in library.files() if each.source == source)
        assert found.value.title == title
        problem = library.refused()[0]
        assert problem.line > 1, "its criteria are those of a shipped grid: said where they are written"
        assert library.refused() == Library.find(folder).refused()
