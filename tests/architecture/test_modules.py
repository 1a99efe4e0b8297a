"""Modules are about one subject, and tests assert something."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
MODULES = sorted((PROJECT / "ivaudit").rglob("*.py"))
LONGEST = 400
VAGUE = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common"}
EMPTY_TESTS = re.compile(
    r"\btime\.sleep\(|\bassert True\b|\bpytest\.skip\(|\bmark\.skip\b|\bmark\.skipif\b|\bimportorskip\("
)


def test_modules_were_found() -> None:
    assert len(MODULES) > len({module.parent for module in MODULES}) > 1


def test_modules_are_short() -> None:
    lines = {str(m.relative_to(PROJECT)): m.read_text(encoding="utf-8").count("\n") for m in MODULES}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_no_module_has_a_vague_name() -> None:
    assert [module for module in MODULES if VAGUE & {module.stem, module.parent.name}] == []


def test_the_packaging_folder_hides_no_library() -> None:
    """`packaging/` holds our scripts: a package of that name would hide the library of build."""
    assert not (PROJECT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("folder", sorted(p for p in (PROJECT / "tests").iterdir() if p.is_dir()))
def test_no_test_sleeps_skips_or_asserts_nothing(folder: Path) -> None:
    found = [
        f"{path.relative_to(PROJECT)}: {match.group()}"
        for path in sorted(folder.rglob("*.py"))
        for match in EMPTY_TESTS.finditer(path.read_text(encoding="utf-8"))
        if path != Path(__file__)
    ]
    assert found == []
