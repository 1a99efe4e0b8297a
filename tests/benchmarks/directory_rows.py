"""The FINESS directory: 100,000 lines taken in, searched at each key, made into a structure."""

import random
import statistics
import sys
from pathlib import Path

import grown
from measure import Row, absolute, seconds

from ivaudit.app import directory
from ivaudit.app.session import Session

sys.path.append(str(Path(__file__).parents[1]))

from support.directories import entity, etalab, finess_plus, line, number, site

LINES = 100_000
IMPORT = 30.0
KEY = 0.05
ACCEPT = 0.5
_KINDS = (
    "EHPAD",
    "RESIDENCE",
    "CLINIQUE",
    "CENTRE",
    "HOSPITALIER",
    "MAISON",
    "FOYER",
    "PHARMACIE",
    "CABINET",
)
_TYPED = ("ehpad les pins", "residence saint", "centre hospitalier 53", "530000", "pharmacie du lac laval")
"""Searches typed letter by letter, as people type them."""


def directory_rows(folder: Path) -> list[Row]:
    """Take in an etalab file, type in the search, and take in the same amount of FINESS+."""
    draw = random.Random(2026)  # noqa: S311 - the same file each time
    session = grown.workspace(folder / "annuaire")
    csv = etalab(folder / "etalab.csv", [_line(draw, rank) for rank in range(LINES)], encoding="cp1252")
    prepared: list[directory.Prepared] = []
    where = directory.place(session)
    building = seconds(lambda: prepared.append(directory.prepare(where, csv)))
    accepting = seconds(lambda: directory.accept(session, prepared[0]))
    keys = [_pressed(session, text[: at + 1]) for text in _TYPED for at in range(len(text))]
    again = seconds(lambda: directory.discard(directory.prepare(where, csv)))
    plus = seconds(lambda: prepared.append(directory.prepare(where, _plus(folder / "plus.json", draw))))
    size = session.workspace.directory.file.stat().st_size // 1_000_000
    session.close()
    worst = max(keys)
    return [
        Row(
            f"FINESS directory, {LINES:,} lines of {csv.stat().st_size // 1_000_000} MB, read and previewed",
            f"{building:.1f} s (again {again:.1f}; FINESS+ {plus:.1f}; file {size} MB)",
            "–",
            f"{building / IMPORT:.2f}",
            f"≤ {IMPORT:.0f} s",
            building <= IMPORT,
        ),
        absolute(
            "the directory that was previewed put in use, on the writer's thread",
            [accepting],
            ACCEPT,
            "≤ 0.5 s",
        ),
        Row(
            f"one key in a search of {LINES:,} lines",
            f"{statistics.median(keys) * 1000:.1f} ms (worst of {len(keys)}: {worst * 1000:.1f})",
            "–",
            f"{worst / KEY:.2f}",
            "≤ 50 ms",
            worst <= KEY,
        ),
    ]


def _pressed(session: Session, text: str) -> float:
    return seconds(lambda: directory.find(session, text))


def _line(draw: random.Random, rank: int) -> str:
    department = f"{draw.randint(1, 95):02d}"
    name = f"{' '.join(draw.choices(_KINDS, k=2))} {_word(draw)} {_word(draw)}"
    return line(
        number(f"{department}{rank:06d}"),
        ej=number(f"{department}{rank // 2 + 500_000:06d}"),
        name=name,
        long_name=f"{name} {_word(draw)} SAINT LOUIS",
        department=department,
        department_label=f"DEPARTEMENT {department}",
        place=f"{department}000 {_word(draw)}",
        category=str(draw.randint(101, 199)),
        label=f"Catégorie {draw.choice(_KINDS)}",
    )


def _plus(path: Path, draw: random.Random) -> Path:
    entities = [
        entity(number(f"53{rank:06d}"), _word(draw), [site(number(f"54{rank:06d}"), _word(draw))])
        for rank in range(LINES // 2)
    ]
    return finess_plus(path, entities)


def _word(draw: random.Random) -> str:
    return "".join(draw.choice("BCDFGLMNPRSTV") + draw.choice("AEIOUÉ") for _ in range(draw.randint(2, 4)))
