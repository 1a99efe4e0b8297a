"""The wheel, built from the source archive, holds the program and its content, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

PROJECT = Path(__file__).parents[2]
CONTENT = ("checklists", "forms", "exports")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(PROJECT)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = out.glob("*.whl")
    return {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}


def _files(folder: Path) -> set[str]:
    kept = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in kept}


@pytest.mark.parametrize("kind", CONTENT)
def test_the_content_is_the_folders(names: set[str], kind: str) -> None:
    prefix = f"ivaudit/_content/{kind}/"
    shipped = {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
    assert shipped == _files(PROJECT / kind) != set()


def test_the_program_is_the_package(names: set[str]) -> None:
    prefix = "ivaudit/"
    shipped = {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
    assert {name for name in shipped if not name.startswith("_content/")} == _files(PROJECT / "ivaudit")


def test_nothing_else_is_at_the_top(names: set[str]) -> None:
    tops = {PurePosixPath(name).parts[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"ivaudit"}
    licences = {PurePosixPath(name).name for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-CONTENT"}


def test_the_two_commands_are_declared(names: set[str]) -> None:
    assert any(name.endswith(".dist-info/entry_points.txt") for name in names)
