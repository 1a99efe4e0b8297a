"""Monthly INSi files as they arrive: rows understood, rows refused, each with its place and why."""

import re
from collections.abc import Sequence
from functools import cache

from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.insi import Channel, Usage, UsageFile
from ivaudit.domain.insi_cells import Refused, count_in, finess_of, month_in, repadded
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.sheet_problems import ProblemList, Severity, SheetProblem
from ivaudit.domain.wording import folded
from ivaudit.exchange.headed import Headed, Known, headed, plain_title
from ivaudit.tables.limits import NOTHING_DONE
from ivaudit.tables.sheet_cells import BookCells

COLUMNS = {
    "month": Known(any_of=("mois ", "periode "), none_of=("nombre", "nb ", "sur le mois")),
    "department": Known(any_of=("departement",)),
    "category": Known(any_of=("categorie",)),
    "finess": Known(any_of=("finess",), none_of=("ej ", "juridique", "date")),
    "users": Known(any_of=("utilisateur",)),
    "retrievals": Known(any_of=("recuperation",)),
    "checks": Known(any_of=("verification",)),
    "calls": Known(any_of=("sollicitation", "appel"), none_of=("date", "premier", "dernier")),
    "name": Known(
        any_of=("structure", "raison sociale", "etablissement", "nom "), none_of=("type", "nombre")
    ),
}
"""How the columns of the regional files are recognised (context.md: nine titles, from a report of 2023)."""

_NEEDED = (("month",), ("finess",), ("calls", "retrievals", "checks"))
_TEXTS = ("month", "finess", "name", "department", "category")
_FIGURES = ("calls", "retrievals", "checks", "users")
_SUBTOTAL = re.compile(r"\s*(?:sous[- ])?total|\s*ensemble\b|\s*somme\b")
_JUNK = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_CERTIFICATE = re.compile(r"certif|org ?auth|personne morale")
_CARD = re.compile(r"\bcp[xsef]\b|carte")
_STEP = 20_000
_PLAIN = 9
"""Digits of a number that is read without looking at it twice."""
_NOT_THAT = UnreadableFile(
    "Ce fichier n'est pas un fichier d'usage INSi : les titres « Mois », « N° FINESS » et « Nombre de "
    f"sollicitations » n'y sont pas ensemble sur une ligne. {NOTHING_DONE} Vérifiez le fichier, ou remettez "
    "sa ligne de titres."
)
_TWO_IN_ONE = UnreadableFile(
    "Ce classeur contient à la fois les appels par certificat et par carte CPx, sur deux feuilles. "
    f"{NOTHING_DONE} Enregistrez chaque feuille dans un fichier, puis importez-les l'un après l'autre."
)


def read(book: BookCells, name: str, sha: str, *, progress: Progress = silent) -> UsageFile:
    """Return what a monthly file says.

    Args:
        book: its cells.
        name: of the file: it often tells certificate from card.
        sha: SHA-256 of the file, in hexadecimal.
        progress: told how many rows are read.

    Raises:
        UnreadableFile: its titles are not those of such a file, or it holds both files.
    """
    sheets = headed(book, COLUMNS, _NEEDED)
    if not sheets:
        raise _NOT_THAT
    channels = [_channel(sheet.above()) for sheet in sheets]
    if len({each for each in channels if each is not None}) > 1:
        raise _TWO_IN_ONE
    reading = _Reading(progress, sum(len(sheet.sheet.rows) for sheet in sheets))
    for sheet in sheets:
        reading.read(sheet)
    named = _channel(name)
    return UsageFile(
        name=name,
        sha=sha,
        channel=next((each for each in (*channels, named) if each is not None), None),
        rows=reading.kept(),
        ignored=tuple(dict.fromkeys(title for sheet in sheets for title in sheet.ignored)),
        repeated=reading.repeated,
        subtotals=reading.subtotals,
        rejected=reading.rejected,
        problems=tuple(reading.problems),
    )


def _channel(text: str) -> Channel | None:
    """Return what a text says of the way INSi was called, nothing where it names both ways or none."""
    plain = plain_title(text)
    found = [
        channel
        for channel, words in ((Channel.CERTIFICATE, _CERTIFICATE), (Channel.CARD, _CARD))
        if words.search(plain)
    ]
    return found[0] if len(found) == 1 else None


class _Reading:
    """Rows as they are read, whatever the sheet."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.problems = ProblemList()
        self.repeated = self.subtotals = self.rejected = 0
        self._progress = progress
        self._total = total
        self._read = 0
        self._rows: dict[tuple[str, str], tuple[Usage, str, int]] = {}
        self._contradictory: set[tuple[str, str]] = set()

    def read(self, sheet: Headed) -> None:
        """Read a sheet under its titles."""
        nowhere = max(map(len, sheet.sheet.rows))  # a column that no row has
        texts = [sheet.columns.get(field, nowhere) for field in _TEXTS]
        figures = [sheet.columns.get(field, nowhere) for field in _FIGURES]
        for rank, cells in enumerate(sheet.sheet.rows[sheet.first - 1 :], sheet.first):
            self._read += 1
            if not self._read % _STEP:
                self._progress(self._read, self._total, "lecture des lignes")
            if cells:
                whole = (*cells, *("",) * (nowhere + 1 - len(cells)))
                self._row(sheet, rank, [whole[at] for at in texts], [whole[at] for at in figures])

    def kept(self) -> tuple[Usage, ...]:
        """Return the rows that nothing contradicts."""
        return tuple(row for key, (row, _, _) in self._rows.items() if key not in self._contradictory)

    def _row(self, sheet: Headed, rank: int, texts: list[str], figures: list[str]) -> None:
        month, finess = _month(texts[0]), _finess(texts[1])
        counts = [_count(each) for each in figures]
        read = (month, finess, *counts)
        if Refused in map(type, read):
            self._refuse(sheet, rank, texts, read)
            return
        name, department, category = _tidy(texts[2]), _tidy(texts[3]), _tidy(texts[4])
        if "calls" not in sheet.columns and counts[1] is not None and counts[2] is not None:
            counts[0] = counts[1] + counts[2]  # type: ignore[operator]  # idem
        row = Usage(month, finess, name, department, category, *counts)  # type: ignore[arg-type]  # none is refused
        self._warn(sheet, rank, row, texts[1])
        self._add(sheet, rank, row)

    def _refuse(self, sheet: Headed, rank: int, texts: list[str], read: Sequence[object]) -> None:
        """Say why a row is rejected, unless it is none: a subtotal, a note under the table, titles again."""
        lost = isinstance(read[0], Refused) or isinstance(read[1], Refused)
        if lost and _is_subtotal(texts):
            self.subtotals += 1
            return
        if lost and (not any(texts) or texts[0] == sheet.titles["month"]):
            return
        self.rejected += 1
        for field, each in zip(("month", "finess", *_FIGURES), read, strict=True):
            if isinstance(each, Refused):
                self._note(sheet, rank, field, f"{each.reason} : ligne rejetée")

    def _warn(self, sheet: Headed, rank: int, row: Usage, finess: str) -> None:
        if row.calls is not None and row.retrievals is not None and row.checks is not None:
            found = row.retrievals + row.checks
            if found != row.calls:
                sentence = (
                    f"{row.calls} sollicitations, alors que récupération et vérification en font {found}"
                )
                self._note(sheet, rank, "calls", f"{sentence} : gardé tel quel", Severity.WARNING)
        if finess != row.finess and repadded(finess, row.finess):
            sentence = f"zéro de tête remis devant le numéro FINESS : {row.finess}"
            self._note(sheet, rank, "finess", sentence, Severity.WARNING)

    def _add(self, sheet: Headed, rank: int, row: Usage) -> None:
        """Keep a row once; refuse both rows where two say otherwise of the same structure and month."""
        before = self._rows.get(row.key)
        if before is None:
            self._rows[row.key] = (row, sheet.name, rank)
            return
        first = before[2]
        if before[0].figures == row.figures and row.key not in self._contradictory:
            self.repeated += 1
            self._note(
                sheet, rank, "", f"même ligne que la ligne {first} : comptée une fois", Severity.WARNING
            )
            return
        both = f"chiffres différents pour {row.finess} en {row.month}, lignes {first} et {rank}"
        if row.key not in self._contradictory:
            self._contradictory.add(row.key)
            self.rejected += 1
            self.problems.append(
                SheetProblem(sheet=before[1], row=first, message=f"{both} : lignes rejetées")
            )
        self.rejected += 1
        self._note(sheet, rank, "", f"{both} : lignes rejetées")

    def _note(
        self, sheet: Headed, rank: int, field: str, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.problems.append(
            SheetProblem(
                sheet=sheet.name,
                row=rank,
                column=sheet.letters(field) if field else "",
                message=message,
                severity=severity,
                title=sheet.titles.get(field, ""),
            )
        )


def _count(text: str) -> int | Refused | None:
    return int(text) if len(text) <= _PLAIN and text.isdecimal() else count_in(text)


@cache
def _finess(text: str) -> str | Refused:
    return finess_of(text)


@cache
def _month(text: str) -> str | Refused:
    return month_in(text)


@cache
def _tidy(text: str) -> str:
    return " ".join(_JUNK.sub(" ", text).split())


def _is_subtotal(texts: Sequence[str]) -> bool:
    return any(_SUBTOTAL.match(folded(each)) for each in texts)
