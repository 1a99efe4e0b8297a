"""Lists through a spreadsheet, and earlier audits beside a large one."""

import sys
from pathlib import Path

import grown
from measure import Row, seconds

from ivaudit.app import (
    answers,
    audits,
    campaigns,
    comparisons,
    facilities,
    observation_sheets,
    observations,
    references,
    sheets,
)

sys.path.append(str(Path(__file__).parents[1]))

from support.sheets import fill

LINES = 1_000
PATIENCE = sheets.PATIENCE
BESIDE = 1.0


def sheet_rows(folder: Path) -> list[Row]:
    """Send a campaign of 1,000 lines out and take it in; read two audits of 2,000 points beside a third."""
    return [*_lines(folder / "lignes"), *_beside(folder / "cote")]


def _lines(folder: Path) -> list[Row]:
    folder.mkdir()
    session = grown.workspace(folder / "dossier")
    facility = facilities.all_of(session)[0].id
    _, key = campaigns.create(session, facility, "obs-bracelet")
    sheet = observation_sheets.prepare(session, key, blank=LINES)
    facts = [column.title for column in sheet.columns if column.field.startswith("item.")]
    sent = folder / "envoi.xlsx"
    writing = seconds(lambda: sheets.write(sheet, sent))
    filled = fill(
        sent, folder / "retour.xlsx", {rank: dict.fromkeys(facts, "Oui") for rank in range(1, LINES + 1)}
    )
    found = []
    titles = observation_sheets.titles(session, key)
    reading = seconds(lambda: found.append(observation_sheets.read(filled, titles)))
    seen = []
    comparing = seconds(lambda: seen.append(observation_sheets.preview(session, key, found[0])))
    importing = seconds(lambda: observation_sheets.accept(session, key, seen[0]))
    again = observation_sheets.preview(session, key, found[0])
    assert not again.changes
    assert len(campaigns.sheet(session, key).rows) == LINES <= observations.MAX_ROWS
    session.close()
    return [
        Row(
            f"{LINES} lines of {len(facts)} facts, read back from a workbook",
            f"{reading:.1f} s (written {writing:.1f}, previewed {comparing:.1f}, recorded {importing:.1f})",
            "–",
            f"{reading / PATIENCE:.2f}",
            f"≤ {PATIENCE:.0f} s",
            reading <= PATIENCE,
        )
    ]


def _beside(folder: Path) -> list[Row]:
    folder.mkdir()
    session, first = grown.large_audit(folder / "dossier")
    facility = session.audit(first).facility
    made = []
    for kind, date in (("auto-evaluation", "2026-11-22"), ("externe", "2026-11-23")):
        audit = audits.create(session, facility, kind, ["mesure"], date)[1]
        with session.workspace.db.atomic():
            for rank in range(grown.LARGE):
                answers.answer(session, audit, f"b-{rank:05d}", ("oui", "non")[rank % 2])
        made.append(audit)
    beside = min(seconds(lambda: references.of(session, made[-1])) for _ in range(3))
    every = min(seconds(lambda: comparisons.compare(session, [first, *made])) for _ in range(3))
    session.close()
    return [
        Row(
            "two audits of 2,000 points read beside a third, after it is shown",
            f"{beside:.2f} s (the three compared {every:.2f})",
            "–",
            f"{beside / BESIDE:.2f}",
            f"≤ {BESIDE:.0f} s",
            beside <= BESIDE,
        )
    ]
