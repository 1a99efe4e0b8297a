"""The register at 100,000 entries: compared with the statements beneath, and its growth."""

import statistics
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import grown
from measure import Row, absolute, repeated, said, seconds

from ivaudit.app import anomalies, anomaly_import, anomaly_reports, register
from ivaudit.app.anomaly_import import Declared
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import EntryKind, EntryLine, State, Turn
from ivaudit.store import layout

ENTRIES = 100_000
_STATES = (
    State.REPORTED, State.CONFIRMED, State.CORRECTING, State.CORRECTED, State.VERIFIED, State.CLOSED,
)  # fmt: skip
_FACTS = "Deux dossiers créés à quelques jours d'écart : nom utilisé repris comme nom de naissance, de nuit."


def register_rows(folder: Path) -> list[Row]:
    """Measure a log of 100,000 entries coming in, listed, counted, searched; half of it for the growth."""
    half, (less, *_) = _filled(folder / "moitié", ENTRIES // 2)
    half.close()
    session, (taken, size, keys) = _filled(folder / "registre", ENTRIES)
    rows = [
        Row(f"register: {ENTRIES:,} entries recorded in one gesture", f"{taken:.1f} s", "–", "", "bearable"),
        Row("– growth from half of them", f"× {taken / less:.2f}", "× 2", "", "linear", taken / less < 2.6),
        Row("– size of the database", f"{size:.0f} MB", "–", "", "≤ 400 MB", size <= 400),
        *_read(session, keys),
    ]
    session.close()
    return rows


def _read(session: Session, keys: tuple[str, ...]) -> Iterator[Row]:
    columns = ", ".join(EntryLine._fields)
    select = f"SELECT {columns} FROM anomaly WHERE present = 1"  # noqa: S608 - names of ours
    bound = repeated(7, lambda: session.workspace.db.execute(select).fetchall())
    ours = repeated(7, lambda: anomalies.lines(session))
    ratio = statistics.median(ours) / statistics.median(bound)
    yield Row("– every line listed", said(ours), f"SELECT {said(bound)}", f"{ratio:.2f}", "≤ 2 ×", ratio <= 2)
    lines = anomalies.lines(session)
    yield absolute(
        "– figures of all of them", repeated(5, lambda: register.figures(session, lines)), 2, "≤ 2 s"
    )
    words = anomalies.Among(words=("8050007",))
    yield absolute(
        "– one found by its reference", repeated(5, lambda: anomalies.lines(session, words)), 1, "≤ 1 s"
    )
    yield absolute("– one read whole", repeated(50, lambda: anomalies.get(session, keys[7])), 0.05, "≤ 50 ms")
    alike = repeated(20, lambda: register.similar(session, keys[7]))
    yield absolute("– those that look like one", alike, 0.05, "≤ 50 ms")
    critical = repeated(20, lambda: register.critical(session, keys[7]))
    yield absolute("– its frequency and criticality", critical, 0.05, "≤ 50 ms")
    yield absolute(
        "– what is to be reported", repeated(5, lambda: anomaly_reports.due(session)), 0.5, "≤ 0.5 s"
    )
    units = (f"Unité {rank}" for rank in count())
    edits = repeated(50, lambda: anomalies.edit(session, keys[9], {"unit": next(units)}))
    yield absolute("– one field edited", edits, 0.05, "≤ 50 ms")


def _filled(folder: Path, entries: int) -> tuple[Session, tuple[float, float, tuple[str, ...]]]:
    session = grown.workspace(folder)
    entered = [declared(rank) for rank in range(entries)]
    keys: list[str] = []
    taken = seconds(lambda: keys.extend(anomaly_import.record_many(session, entered)[1]))
    session.workspace.rest()
    size = (session.workspace.folder / layout.DATABASE).stat().st_size / 1e6
    return session, (taken, size, tuple(keys))


def declared(rank: int) -> Declared:
    """Return an entry as a log holds it."""
    day = f"{2023 + rank % 3}-{1 + rank % 12:02d}-{1 + rank % 28:02d}"
    trail = tuple(
        Turn(state=state, at=f"{day}T{9 + at:02d}:00", by=f"fonction {at}")
        for at, state in enumerate(_STATES)
    )
    return Declared(
        kind=EntryKind.ANOMALY,
        values={
            "type": f"P{1 + rank % 24:02d}",
            "unit": f"Unité {rank % 40}",
            "application": ("GAP", "DPI", "SIL")[rank % 3],
            "found": day,
            "references": [
                {"role": "maître", "nature": "IPP", "value": str(8_000_000 + rank)},
                {"role": "doublon", "nature": "IPP", "value": str(9_000_000 + rank)},
            ],
            "description": _FACTS,
            "error": "frappe",
            "traits": ["nom-naissance"],
            "step": "creation",
            "channel": "controle",
            "severity": str(rank % 4),
            "potential": str(1 + rank % 5),
            "measures": "Fusion faite par la cellule.",
            "sent_outside": "oui" if rank % 50 == 0 else "non",
        },
        at=f"{day}T09:00",
        by="référent",
        trail=trail[: 1 + rank % len(trail)],
        source="journal.xlsx",
        source_number=str(rank),
    )
