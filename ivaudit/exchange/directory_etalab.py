"""The former open file of the directory: 32 fields a line, no header, one line per establishment (ET).

The order of the fields was read in public readers of the file; only those that are needed are named here.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ivaudit.domain.directory import DirectoryFormat, Entry, EntryKind
from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.finess import department_code, whole_number
from ivaudit.exchange import directory_source as source

HEADER = "finess"
_LINE = "structureet"
_WIDTH, _LEAST = 32, 29
_LONGEST = 20_000
"""Bytes of a line: forty times a long one."""

_ET, _EJ, _NAME, _LONG = 1, 2, 3, 4
_DEPARTMENT, _DEPARTMENT_LABEL, _PLACE, _PHONE = 13, 14, 15, 16
_CATEGORY, _CATEGORY_LABEL, _OPENED = 18, 19, 28
_PLACED = re.compile(r"(\d{4,5})\s+(.*)")
_CEDEX = re.compile(r"\s+CEDEX\b.*", re.IGNORECASE)
_IN_NAME = re.compile(r"(?<!\d)(20\d{2}[01]\d[0-3]\d)(?!\d)")
_SEPARATORS = ";,\t|"


class EtalabFile:
    """An etalab file; geographical lines and lines of other kinds are passed over."""

    format = DirectoryFormat.ETALAB

    def __init__(self, path: Path) -> None:
        self._path = path
        self.size = source.bounded(path, source.LARGEST_CSV)
        self.done = 0
        self.rejected = 0
        self.problems: list[str] = []
        self._encoding = source.encoding_of(path)
        self._separator = ";"
        found = _IN_NAME.search(path.name)
        self.date = source.day(found[1]) if found else ""

    def entries(self) -> Iterator[Entry]:
        """Yield the entries."""
        known = False
        for rank, line in enumerate(self._lines(), 1):
            if rank == 1:
                self._read_header(line)
            fields = self._fields(line)
            if fields[0].strip().lower() != _LINE:
                continue
            known = True
            entry = self._entry(fields, rank)
            if entry is not None:
                yield entry
        if not known:
            raise UnreadableFile(
                "Ce fichier ne contient aucune ligne d'établissement (« structureet ») : ce n'est pas le "
                f"fichier des établissements. {source.NOTHING} Importez « etalab-cs1100502-stock-….csv », "
                "ou le flux JSON des structures FINESS+."
            )

    def _lines(self) -> Iterator[str]:
        with self._path.open("rb") as file:
            while raw := file.readline(_LONGEST):
                self.done += len(raw)
                if len(raw) == _LONGEST:
                    raise UnreadableFile(
                        f"Ce fichier a une ligne démesurée : il n'est pas lu. {source.NOTHING} Vérifiez "
                        "qu'il s'agit bien de l'annuaire FINESS des établissements."
                    )
                yield raw.decode(self._encoding, "replace").rstrip("\r\n")

    def _read_header(self, line: str) -> None:
        start = line.lstrip('"').lower()
        after = start[len(HEADER) :].lstrip('"')[:1] if start.startswith(HEADER) else start[len(_LINE) :][:1]
        self._separator = after if after and after in _SEPARATORS else ";"
        if start.startswith(HEADER):
            dated = [source.day(each) for each in self._fields(line)]
            self.date = next(filter(None, reversed(dated)), self.date)

    def _fields(self, line: str) -> Sequence[str]:
        """Return the fields of a line; a stray quote never swallows the next line."""
        if '"' not in line:
            return line.split(self._separator)
        row = next(csv.reader([line], delimiter=self._separator), [])
        if len(row) < _LEAST:
            row = [each.strip('"') for each in line.split(self._separator)]
        return [each.replace('""', '"') for each in row]

    def _entry(self, fields: Sequence[str], rank: int) -> Entry | None:
        if len(fields) < _LEAST or any(each.strip() for each in fields[_WIDTH:]):
            self._leave_out(rank, f"{len(fields)} champs au lieu de {_WIDTH}")
            return None
        number = whole_number(fields[_ET])
        if not number:
            self._leave_out(rank, "le numéro FINESS ET n'a pas la forme attendue")
            return None
        placed = _PLACED.fullmatch(source.tidy(fields[_PLACE]))
        return Entry(
            kind=EntryKind.ET,
            finess=number,
            ej=whole_number(fields[_EJ]),
            name=source.tidy(fields[_NAME]),
            long_name=source.tidy(fields[_LONG]),
            category=source.tidy(fields[_CATEGORY]),
            category_label=source.tidy(fields[_CATEGORY_LABEL]),
            department=department_code(source.tidy(fields[_DEPARTMENT])[:3]),
            department_label=source.tidy(fields[_DEPARTMENT_LABEL]),
            city=_CEDEX.sub("", placed[2] if placed else source.tidy(fields[_PLACE])),
            postcode=source.postcode(placed[1]) if placed else "",
            phone=source.phone(fields[_PHONE]),
            opened=source.day(fields[_OPENED]),
        )

    def _leave_out(self, rank: int, why: str) -> None:
        self.rejected += 1
        if len(self.problems) < source.TOLD:
            self.problems.append(f"ligne {rank} : {why} ; elle est laissée de côté.")
