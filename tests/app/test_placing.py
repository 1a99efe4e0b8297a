"""Files put where asked, whole or not at all, and the sentence when they cannot be."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.app import placing
from ivaudit.domain.errors import CannotWriteExport


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = tmp_path / "fait"
    made.write_bytes(b"neuf")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sortie").mkdir()
    return tmp_path / "sortie"


def failing(error: OSError) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


def test_the_file_replaces_the_former_one_and_leaves_nothing_else(source: Path, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"ancien")
    assert placing.put(source, folder / "a.pdf") == folder / "a.pdf"
    assert [(each.name, each.read_bytes()) for each in folder.iterdir()] == [("a.pdf", b"neuf")]


def test_a_file_held_by_another_program_is_tried_again(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "a.xlsx"
    target.write_bytes(b"ancien")
    monkeypatch.setattr(Path, "replace", failing(PermissionError(errno.EACCES, "held")))
    pauses: list[float] = []
    with pytest.raises(CannotWriteExport, match="ouvert dans Excel"):
        placing.put(source, target, pause=pauses.append)
    assert len(pauses) == 4
    assert [(each.name, each.read_bytes()) for each in folder.iterdir()] == [("a.xlsx", b"ancien")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "plus de place"),
        (errno.EROFS, "lecture seule"),
        (errno.EACCES, "droit d'écrire"),
        (errno.ENAMETOOLONG, "trop long"),
        (errno.EIO, "n'a pas pu être écrit"),
    ],
)
def test_each_trouble_has_its_sentence(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    monkeypatch.setattr(placing, "_copy", failing(OSError(code, "…")))
    with pytest.raises(CannotWriteExport, match=words) as caught:
        placing.put(source, folder / "a.pdf")
    assert "l'audit est intact" in caught.value.sentence
    assert list(folder.iterdir()) == []


def test_real_troubles(source: Path, folder: Path) -> None:
    with pytest.raises(CannotWriteExport, match="n'existe pas"):
        placing.put(source, folder / "absent" / "a.pdf")
    with pytest.raises(CannotWriteExport, match="trop long"):
        placing.put(source, folder / ("a" * 300))
    (folder / "dossier").mkdir()
    with pytest.raises(CannotWriteExport, match="porte déjà ce nom"):
        placing.put(source, folder / "dossier")
    assert [each.name for each in folder.iterdir()] == ["dossier"]
