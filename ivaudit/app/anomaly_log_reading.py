"""Reading a log of anomalies in a child process, and what is remembered of a set of titles."""

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ivaudit.app import anomaly_words, jobs
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.errors import NotFound
from ivaudit.domain.log_intake import LogLook, LogMapping, StrangeWord
from ivaudit.domain.log_read import LogRead, LogRow
from ivaudit.domain.log_titles import plain_title
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.exchange.identities import masked_text
from ivaudit.reports.plain import from_plain, to_plain
from ivaudit.store import layout

PATIENCE = 300.0
"""Seconds after which reading one file is given up; it can be stopped before."""

DECLARED = "déclaration de service"
"""What entries that a service declared say they come from."""

MEMO = "journaux"
_REMEMBERED = 40
_NAME = 60
_UNNAMED = "journal importé"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What reading a log needs of the workspace: it no longer has to be read meanwhile."""

    path: Path
    work: Path
    request: Mapping[str, Any]
    names: Mapping[str, str]


def ask(session: Session, path: Path, mapping: LogMapping | None = None) -> Asked:
    """Return what reading a log needs, on the thread of the session.

    Args:
        session: the open workspace.
        path: the file, XLSX or CSV, whatever its name.
        mapping: what somebody decided of its titles and words; what is remembered unless told.

    Raises:
        NotFound: there is no such file.
    """
    if not path.is_file():
        raise NotFound("Ce fichier n'existe pas ou n'est plus là. Rien n'a été modifié.")
    memory = _memory(session)
    request = {
        "path": str(path.absolute()),
        "words": to_plain(anomaly_words.words(session)),
        "tables": to_plain(anomaly_words.logs(session.library)),
        "intake": to_plain(anomaly_words.intake(session.library)),
        "today": clock.today().isoformat(),
        "memory": memory,
        "chosen": None if mapping is None else mapping.targets,
        "also": None if mapping is None else mapping.words,
    }
    names = {mark: str(each.get("name") or "") for mark, each in memory.items()}
    return Asked(path=path, work=session.workspace.folder / layout.WORK, request=request, names=names)


def read(asked: Asked, *, progress: Progress = silent, cancelled: Callable[[], bool] = jobs.never) -> LogRead:
    """Return what a log says, nothing of it that names somebody; nothing is recorded.

    Raises:
        UnreadableFile: it is no table, has no titles, or cannot be read safely.
        TookTooLong: it takes minutes.
        Cancelled: somebody asked to stop.
    """
    with tempfile.TemporaryDirectory(prefix="journal-", dir=asked.work, ignore_cleanup_errors=True) as folder:
        rows = Path(folder) / "lignes.jsonl"
        request = {**asked.request, "tempdir": folder, "rows": str(rows)}
        found = jobs.run("lire-journal", request, progress=progress, cancelled=cancelled, timeout=PATIENCE)
        kept = tuple(_rows(rows))
    look = from_plain(LogLook, found["look"])
    targets = {int(rank): target for rank, target in found["targets"].items()}
    look = replace(
        look, columns=tuple(replace(each, target=targets.get(each.rank, "")) for each in look.columns)
    )
    return LogRead(
        look=look,
        name=DECLARED if found["declared"] else asked.names.get(look.mark) or _named(asked.path),
        rows=kept,
        masked=found["masked"],
        skipped=found["skipped"],
        strange=from_plain(tuple[StrangeWord, ...], found["strange"]),
        problems=from_plain(tuple[SheetProblem, ...], found["problems"]),
    )


def _rows(path: Path) -> Iterator[LogRow]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            for row, number, source, values, rest in json.loads(line):
                yield LogRow(row=row, number=number, source=source, values=values, rest=rest)


def _named(path: Path) -> str:
    """Return what entries of a file say they come from: its name, unless it may be somebody's."""
    plain = " ".join(re.sub(r"[\W_]+", " ", path.stem).split())[:_NAME]
    return plain if plain and masked_text(plain) == plain else _UNNAMED


# -- what is remembered of a set of titles -----------------------------------------------------------------


def _memory(session: Session) -> dict[str, dict[str, Any]]:
    text = session.workspace.recall(MEMO)
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def remember(session: Session, read: LogRead, mapping: LogMapping | None = None) -> None:
    """Keep what was decided of a set of titles, for the next file that has them."""
    memory = _memory(session)
    before = memory.pop(read.look.mark, {})
    targets = {plain_title(each.title): each.target for each in read.look.columns if not each.nominative}
    words = dict(before.get("words", {})) if mapping is None else dict(mapping.words)
    memory[read.look.mark] = {"name": read.name, "targets": targets, "words": words}
    kept = dict(list(memory.items())[-_REMEMBERED:])
    session.workspace.remember(MEMO, json.dumps(kept, ensure_ascii=False))


def remembered(session: Session, look: LogLook) -> LogMapping:
    """Return what was decided of a set of titles."""
    kept = _memory(session).get(look.mark, {})
    return LogMapping(
        name=str(kept.get("name") or ""),
        targets=dict(kept.get("targets", {})),
        words={name: dict(words) for name, words in kept.get("words", {}).items()},
    )


def forget(session: Session, holds: Callable[[str], bool]) -> None:
    """Forget what was decided of the sets of titles of which `holds` says that they hold a word."""
    memory = _memory(session)
    kept = {mark: each for mark, each in memory.items() if not holds(json.dumps(each, ensure_ascii=False))}
    session.workspace.remember(MEMO, json.dumps(kept, ensure_ascii=False))
