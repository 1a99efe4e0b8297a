"""`content print` and `content export`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.mark.parametrize("words", [(), ("--by", "section")])
def test_a_grid_is_printed(cli: Command, tmp_path: Path, words: tuple[str, ...]) -> None:
    out = tmp_path / "vierge.pdf"
    done = cli("content", "print", "flash", "--out", out, *words, "--json", passphrase=None)
    assert done.code == 0, done.err
    assert done.json == {"file": str(out)}
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("content", ["flash", "glossaire", "fiche-doublon"])
def test_a_content_is_exported(cli: Command, tmp_path: Path, content: str) -> None:
    out = tmp_path / "grille.xlsx"
    done = cli("content", "export", content, "--out", out, passphrase=None)
    assert done.code == 0, done.err
    assert str(out) in done.out
    assert out.read_bytes().startswith(b"PK")


def test_a_wrong_call_says_why(cli: Command, tmp_path: Path) -> None:
    assert cli("content", "print", "absent", "--out", tmp_path / "a.pdf", passphrase=None).code == 2
    assert cli("content", "export", "regles-rniv", "--out", tmp_path / "a.xlsx", passphrase=None).code == 2
    assert cli("content", "print", "flash", passphrase=None).code == 2
    assert cli("content", "print", "flash", "--out", tmp_path / "x" / "a.pdf", passphrase=None).code == 3
    assert list(tmp_path.iterdir()) == []
