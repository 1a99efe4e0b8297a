"""What a large local library costs: nothing at the start, little when it is read again."""

import copy
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import grown
import yaml
from measure import Row, absolute, compared, repeated, said, seconds

from ivaudit.content.library import Library
from ivaudit.resources import shipped

CHILD = Path(__file__).with_name("children.py")
FILES, STARTS = 500, 11
MODEL = "rniv-1-principes-communs"


def local_rows(folder: Path) -> list[Row]:
    """Start with 0 and with 500 local files; read 2,000 local criteria from YAML, then again."""
    place = folder / "cinq"
    grown.many_audits(place, 5)
    empty, full = folder / "sans", folder / "avec"
    empty.mkdir()
    write_files(full / "ivaudit" / "contenu", FILES, 4)
    return [*_start_rows(place, empty, full), *_reading_rows(folder)]


def _start_rows(place: Path, empty: Path, full: Path) -> list[Row]:
    without, with_files = [], []
    for _ in range(STARTS):
        without.append(seconds(lambda: _child(empty, "unlock", str(place))))
        with_files.append(seconds(lambda: _child(full, "unlock", str(place))))
    homes = {data: [_home(data, place) for _ in range(5)] for data in (empty, full)}
    over = statistics.median(homes[full]) - statistics.median(homes[empty])
    return [
        compared(f"start to the unlock window, {FILES} local files", with_files, without, 1.1, "≤ 1.1 ×"),
        Row(
            f"– and from the passphrase to Accueil, {FILES} local files",
            said(homes[full]),
            f"none: {said(homes[empty])}",
            f"{over:+.3f} s",
            "≤ + 0.05 s",
            over <= 0.05,
        ),
    ]


def _home(data: Path, place: Path) -> float:
    derivation, way = map(float, _child(data, "home", str(place)).split())
    return way - derivation


def _child(data: Path, *words: str) -> str:
    # Where people's data lives, on Linux and on Windows.
    there = {"XDG_DATA_HOME": str(data), "LOCALAPPDATA": str(data)}
    done = subprocess.run(
        [sys.executable, CHILD, *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **there},
    )
    if done.returncode:
        raise SystemExit(f"{words}: {done.stderr}")
    return done.stdout


def _reading_rows(folder: Path) -> list[Row]:
    local, cache = folder / "deux-mille", folder / "cache"
    write_files(local, 1, grown.LARGE)
    known = [source.id for source in Library.find(local)._sources if not source.shipped]
    assert known == ["local-0000"]

    def read(kept: Path | None) -> float:
        """Return what the local file takes once the shipped ones are read."""
        library = Library.find(local, kept)
        library.read_shipped()
        return seconds(lambda: library.known)

    from_yaml = [read(None) for _ in range(5)]
    read(cache)
    again = [read(cache) for _ in range(7)]
    library = Library.find(local, cache)
    library.files()
    judged = repeated(1, library.checklists)
    return [
        absolute(f"{grown.LARGE} local criteria read again", again, 0.3, "≤ 0.3 s"),
        compared("– beside reading their YAML", again, from_yaml, 0.7, "≤ 0.7 ×"),
        absolute("– and judged by the rules, once", judged, 0.3, "≤ 0.3 s"),
    ]


def write_files(contents: Path, files: int, criteria: int) -> None:
    """Write local checklists of as many criteria each, none the same as another."""
    folder = contents / "checklists"
    folder.mkdir(parents=True)
    text = (shipped("checklists") / f"{MODEL}.yaml").read_text(encoding="utf-8")
    model = yaml.load(text, Loader=yaml.CSafeLoader)
    made = _criteria(model)
    for rank in range(files):
        own = [next(made) for _ in range(criteria)]
        section = {"id": "s", "title": "Section", "criteria": own}
        domains = [{"id": "d", "title": "Domaine", "sections": [section]}]
        value = {**model, "id": f"local-{rank:04d}", "domains": domains}
        dumped = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (folder / f"local-{rank:04d}.yaml").write_text(dumped, encoding="utf-8")


def _criteria(model: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    parts = (part for domain in model["domains"] for part in domain["sections"])
    known = [each for part in parts for each in part["criteria"] if "id" in each]
    rank = 0
    while True:
        made = copy.deepcopy(known[rank % len(known)])
        made.pop("applicability", None)
        yield {**made, "id": f"loc-{rank:05d}"}
        rank += 1
