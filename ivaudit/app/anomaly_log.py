"""The log of anomalies going out: read from the register piece by piece, written by a child process."""

import json
import re
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Literal, TextIO, TypeAlias

from ivaudit.app import anomalies, anomaly_words, facilities, jobs, placing, register
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.anomalies import Entry
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.log_rows import LogRows
from ivaudit.domain.log_sheet import LogSheet, columns_of, log_sheet
from ivaudit.domain.log_table import LOCAL, LogTable
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.plain import to_plain

Format: TypeAlias = Literal["xlsx", "csv", "json"]

CHUNK = 500
"""Entries read at a time: whoever else needs the register waits a few milliseconds."""

_READ_SHARE = 0.35
"""How much of the whole work reading is."""


class LogExport:
    """A log on its way out: `more` until it says no, on the thread of the session, then `finish` anywhere.

    Args:
        session: the open workspace.
        third_party: leave out what points to somebody in the software of the structure.
        table: id of the log; the last local one, or ours, unless told.
        keys: the entries; every one unless told.
        format: of the file.

    Raises:
        InvalidValue: no such log, or no entry.
    """

    def __init__(
        self,
        session: Session,
        *,
        third_party: bool = False,
        table: str = "",
        keys: Collection[str] | None = None,
        format: Format = "xlsx",  # noqa: A002 - formats are called so
    ) -> None:
        wanted = None if keys is None else frozenset(keys)
        lines = [each for each in anomalies.lines(session) if wanted is None or each.id in wanted]
        if not lines:
            raise InvalidValue("Il n'y a aucune anomalie à exporter.")
        self.table = anomaly_words.log(session.library, table)
        columns = columns_of(self.table, third_party=third_party)
        words, terms = anomaly_words.words(session), anomalies.terms(session)
        self.count = len(lines)
        self.format: Format = format
        self.third_party = third_party
        self.who = _who(session, {each.facility for each in lines})
        self.sheet: LogSheet = log_sheet(
            columns,
            words,
            terms,
            register.figures(session, lines),
            who=self.who,
            day=f"{clock.today():%d/%m/%Y}",
            third_party=third_party,
        )
        self._rows = LogRows(columns, words, terms, third_party=third_party)
        # The oldest first, as a log is kept; entries come by id, and their rows are put in order at the end.
        lines.sort(key=lambda line: (line.found, line.number))
        self._order = {each.id: rank for rank, each in enumerate(lines)}
        self._offsets = [-1] * len(lines)
        self._place = tempfile.TemporaryDirectory(prefix="ivaudit-", ignore_cleanup_errors=True)
        self._file: TextIO = (Path(self._place.name) / "lignes.jsonl").open(
            "w", encoding="utf-8", newline="\n", errors="backslashreplace"
        )
        self._at = self.read = 0
        self._entries: Iterator[Entry] = anomalies.entries(session)

    def more(self) -> bool:
        """Read some more entries; tell whether there are others."""
        for entry in self._entries:
            rank = self._order.get(entry.id)
            if rank is None:
                continue
            said = (
                _json(entry, third_party=self.third_party) if self.format == "json" else self._rows.row(entry)
            )
            line = json.dumps(said) + "\n"
            self._offsets[rank] = self._at
            self._at += self._file.write(line)
            self.read += 1
            if self.read % CHUNK == 0:
                return True
        return False

    def finish(
        self, path: Path, *, progress: Progress = silent, cancelled: Callable[[], bool] = jobs.never
    ) -> Path:
        """Write the file, whole or not at all.

        Raises:
            Cancelled: somebody asked to stop; nothing is written.
            CannotWriteExport: the place refuses the file.
        """
        self._file.close()
        with self._place as folder:
            made = Path(folder) / "fichier"
            request = {
                "tempdir": folder,
                "target": str(made),
                "rows": str(Path(folder) / "lignes.jsonl"),
                "order": [at for at in self._offsets if at >= 0],
                "format": self.format,
                "sheet": to_plain(self.sheet),
            }
            jobs.run("journal", request, progress=progress, cancelled=cancelled)
            return placing.put(made, path)

    def close(self) -> None:
        """Give it up; nothing is left."""
        self._file.close()
        self._place.cleanup()


def export(
    session: Session,
    path: Path,
    *,
    third_party: bool = False,
    table: str = "",
    keys: Collection[str] | None = None,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> tuple[Path, int]:
    """Write the log at once, and return its file and how many entries it holds.

    Raises:
        InvalidValue: no such log, no entry, or the name of the file asks for another format.
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    made = LogExport(session, third_party=third_party, table=table, keys=keys, format=format_of(path))
    try:
        while made.more():
            progress(made.read, made.count, "lecture du registre")
        return made.finish(path, progress=progress, cancelled=cancelled), made.count
    finally:
        made.close()


def format_of(path: Path) -> Format:
    """Return the format that the name of a file asks for, a workbook when it has none.

    Raises:
        InvalidValue: it asks for another one.
    """
    match path.suffix.lower():
        case "" | ".xlsx":
            return "xlsx"
        case ".csv":
            return "csv"
        case ".json":
            return "json"
        case _:
            raise InvalidValue("Le journal s'exporte en .xlsx (qui se relit), en .csv ou en .json.")


def _json(entry: Entry, *, third_party: bool) -> object:
    """Return an entry as JSON, without what points to somebody where it is for others."""
    plain = to_plain(entry)
    if third_party and isinstance(plain, dict):
        hidden = [each.value for each in entry.references if len(each.value) > 2]  # noqa: PLR2004 - too short
        for name in (*LOCAL, "source"):
            plain.pop(str(name), None)
            plain["values"].pop(str(name), None)
        text = json.dumps(plain, ensure_ascii=False)
        for each in hidden:
            quoted = json.dumps(each, ensure_ascii=False)[1:-1]
            text = re.sub(rf"(?<!\w){re.escape(quoted)}(?!\w)", "[référence]", text)
        return json.loads(text)
    return plain


def _who(session: Session, keys: Collection[str]) -> str:
    names = [each.name for each in facilities.all_of(session) if each.id in keys]
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} structures"  # noqa: PLR2004 - a line


__all__ = ["CHUNK", "Format", "LogExport", "LogTable", "export", "format_of"]
