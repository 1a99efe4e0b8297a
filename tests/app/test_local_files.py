"""Files of this person: their folder is made, and a place that refuses is said."""

import errno
from pathlib import Path

import pytest

from ivaudit.app import local_files
from ivaudit.domain.errors import KnownError


def test_the_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "contenu" / "codes" / "codes.yaml"
    local_files.write(path, b"id: codes\n")
    assert path.read_bytes() == b"id: codes\n"


def test_a_place_that_refuses_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(KnownError):
        local_files.write(tmp_path / "contenu" / "codes.yaml", b"")
