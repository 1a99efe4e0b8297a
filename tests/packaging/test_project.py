"""What the project says of itself is true: version, commands, pins, paths."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import ivaudit

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout
    return [PROJECT / name for name in listed.split("\0") if name]


def test_the_changelog_has_the_version() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(
        rf"^## \[{re.escape(ivaudit.__version__)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE
    )


def test_the_tests_that_promises_name_exist() -> None:
    promises = README[README.index("## Promises") : README.index("## Layout")]
    named = re.findall(r"`(tests/[\w/.]+)`", promises)
    assert len(named) >= promises.count("\n- ")
    assert [name for name in named if not (PROJECT / name).exists()] == []


def test_the_commands_of_the_readme_exist() -> None:
    named = set(re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE))
    script = (PROJECT / "packaging/dev.py").read_text(encoding="utf-8")
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert {"demo", "test", "check", "bench", "faults"} <= named
    assert [name for name in named if f'"{name}": ' not in script] == []
    assert re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split() == re.findall(
        r'^    "(\w+)": ', script[script.index("COMMANDS") :], re.MULTILINE
    )


def test_the_readme_and_the_script_name_the_same_packages() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import dev; print(dev.APT)"],
        cwd=PROJECT / "packaging",
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    ).stdout.strip()
    assert f"\n{found}\n" in README


def test_the_pins_are_hashed_and_without_address() -> None:
    text = (PROJECT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert len(pins) > 20
    assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_every_dependency_is_pinned_and_explained() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.match(r"[\w-]+", each).group() for each in project["dependencies"]]
    pins = (PROJECT / "constraints.txt").read_text(encoding="utf-8").lower()
    assert [name for name in names if f"\n{name.lower()}==" not in f"\n{pins}"] == []
    assert [name for name in names if f"| {name.lower()} |" not in README.lower()] == []


def test_no_tracked_file_names_a_folder_of_this_machine() -> None:
    own = re.compile(rf"(?<![\w.])/(?:wor[k]|roo[t]|far[m])/|{re.escape(str(PROJECT))}/")
    texts = [p for p in _tracked() if p.is_file() and p.suffix not in {".png", ".ttf", ".pdf", ".xlsx"}]
    assert len(texts) > 100
    found = [str(p) for p in texts if own.search(p.read_text(encoding="utf-8", errors="replace"))]
    assert found == []


def test_no_lock_file_and_nothing_generated_is_tracked() -> None:
    names = {path.relative_to(PROJECT).as_posix() for path in _tracked()}
    odd = re.compile(r"(^|/)(uv\.lock|poetry\.lock|demo|dist|build|\.venv|__pycache__)(/|$)")
    assert [name for name in names if odd.search(name) and not name.startswith("ivaudit/resources/")] == []


def test_a_missing_system_library_stops_the_script_with_the_line(tmp_path: Path) -> None:
    """As somebody who may not install anything: no package manager on the path, a library absent."""
    script = (PROJECT / "packaging/dev.py").read_text(encoding="utf-8")
    broken = tmp_path / "packaging" / "dev.py"
    broken.parent.mkdir()
    broken.write_text(script.replace('"libGL.so.1"', '"libABSENT.so.1"'), encoding="utf-8")
    for name in ("constraints.txt", "pyproject.toml"):
        shutil.copy(PROJECT / name, tmp_path / name)
    done = subprocess.run(
        [sys.executable, broken, "test"],
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=20,
        check=False,
    )
    assert done.returncode == 3
    assert "apt-get install -y --no-install-recommends make python3-venv" in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("licence", ["LICENSE", "LICENSE-CONTENT"])
def test_both_licences_are_there(licence: str) -> None:
    text = (PROJECT / licence).read_text(encoding="utf-8")
    assert ("Apache License" if licence == "LICENSE" else "etalab-2.0") in text
