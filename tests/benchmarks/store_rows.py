"""Answers and openings: services compared with the statements they send."""

import gc
import shutil
import statistics
import tracemalloc
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import grown
from measure import Row, absolute, at, compared, repeated, said, seconds

from ivaudit.app import answers, audits
from ivaudit.app.library import library
from ivaudit.store import layout
from ivaudit.store.encryption import connect
from ivaudit.ui.audit import loading

GESTURES = 1200

Statement = tuple[str, Sequence[Any] | dict[str, Any] | None]
Many = tuple[str, list[Sequence[Any]]]


class Watched:
    """A connection that also notes statements over several rows: the tracer of sqlite-utils misses them."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - a connection of sqlcipher3
        self._connection = connection
        self.many: list[Many] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the connection has
        return getattr(self._connection, name)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> Any:  # noqa: ANN401 - a cursor
        """Note the rows, and send them."""
        noted = list(rows)
        self.many.append((sql, noted))
        return self._connection.executemany(sql, noted)


def one_answer(folder: Path) -> list[Row]:
    """Compare an answer with its own statements, sent again to a copy through a raw connection, in turn."""
    session = grown.workspace(folder / "reponse")
    audit = grown.audit_of(session, ["rniv-1-principes-communs"])
    points = [p.criterion.id for p in library().checklist("rniv-1-principes-communs").points()]
    answers.answer(session, audit, points[0], "non")
    session.workspace.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    (folder / "brut").mkdir()
    twin = folder / "brut" / layout.DATABASE
    shutil.copyfile(session.workspace.folder / layout.DATABASE, twin)
    raw = connect(twin, session.workspace.data_key)
    watched = Watched(session.workspace.db.conn)
    session.workspace.db.conn = watched
    ours, bound = [], []
    for rank in range(GESTURES):
        sent: list[Statement] = []
        watched.many.clear()
        value = ("oui", "non")[rank // len(points) % 2]
        with session.workspace.db.tracer(lambda sql, params, sent=sent: sent.append((sql, params))):
            ours.append(
                seconds(lambda v=value, r=rank: answers.answer(session, audit, points[r % len(points)], v))
            )
        bound.append(seconds(lambda sent=sent: _send(raw, sent, watched.many)))
    raw.close()
    session.close()
    ours, bound = ours[100:], bound[100:]
    rare = at(ours, 99) / at(bound, 99)
    first = compared("one answer, call to durable commit, p50", ours, bound, 1.5, "≤ 1.5 ×")
    last = Row(
        "one answer, p99",
        f"{at(ours, 99) * 1000:.2f} ms",
        f"{at(bound, 99) * 1000:.2f} ms",
        f"{rare:.2f}",
        "≤ 2 ×",
        rare <= 2,
    )
    return [first, last]


def _send(raw: Any, statements: Sequence[Statement], many: Sequence[Many]) -> None:  # noqa: ANN401 - idem
    raw.execute("BEGIN IMMEDIATE")
    for sql, params in statements:
        if sql.split(maxsplit=1)[0].upper() not in {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"}:
            cursor = raw.execute(sql, params) if params is not None else raw.execute(sql)
            cursor.fetchall()
    for sql, rows in many:
        raw.executemany(sql, rows)
    raw.execute("COMMIT")


def open_audit(folder: Path) -> list[Row]:
    """Compare the opening of an audit of 2,000 criteria with the SELECT of its rows, and print the growth."""
    rows = []
    session, audit = grown.large_audit(folder / "grand")
    db = session.workspace.db
    select = "SELECT * FROM answer WHERE audit = ?"

    def read() -> None:
        db.execute(select, (audit,)).fetchall()

    def forgetful() -> None:
        session._frozen.clear()
        audits.sheet(session, audit)

    bound, ours = repeated(15, read), repeated(15, forgetful)
    ratio = statistics.median(ours) / statistics.median(bound)
    rows.append(
        Row(
            "open an audit of 2,000 criteria × 1 subject: all in memory",
            said(ours),
            f"SELECT {said(bound)}",
            f"{ratio:.2f}",
            "≤ 0.3 s to first paint",
            statistics.median(ours) <= 0.3,
        )
    )
    session.close()
    half, smaller = grown.large_audit(folder / "moitié", grown.LARGE // 2)

    def forgetful_half() -> None:
        half._frozen.clear()
        audits.sheet(half, smaller)

    growth = statistics.median(ours) / statistics.median(repeated(15, forgetful_half))
    half.close()
    rows.append(
        Row("– growth from 1,000 to 2,000 criteria", f"× {growth:.2f}", "× 2", "", "linear", growth < 2.6)
    )
    return rows


def open_shared(folder: Path) -> list[Row]:
    """Compare the opening of 60,000 answers with their SELECT, garbage collected as the window does it."""
    session, audit = grown.shared_audit(folder / "partage")
    db = session.workspace.db

    def forgetful() -> None:
        session._frozen.clear()
        loading.load(session, audit)

    gc.disable()
    gc.freeze()
    select = repeated(7, lambda: db.execute("SELECT * FROM answer WHERE audit = ?", (audit,)).fetchall())
    ours = repeated(7, forgetful)
    tracemalloc.start()
    kept = loading.load(session, audit)
    megabytes = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    pause = repeated(7, gc.collect)
    gc.unfreeze()
    gc.enable()
    assert len(kept.sheet.answers) == grown.LARGE * grown.SUBJECTS
    session.close()
    what = f"open an audit of {grown.LARGE:,} criteria × {grown.SUBJECTS} subjects"
    return [
        compared(f"{what}: everything", ours, select, 2.0, "≤ 2 × the SELECT"),
        absolute(f"{what}: first rows", ours, 0.3, "≤ 0.3 s"),
        Row("– at most in memory", f"{megabytes:.0f} MB", "", "", "≤ 250 MB", megabytes <= 250),
        absolute("– a whole collection of garbage meanwhile", pause, 0.05, "≤ 50 ms"),
    ]
