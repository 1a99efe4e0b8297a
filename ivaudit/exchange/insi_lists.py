"""Lists that go with the INSi follow-up: structures expected to call, declared qualified identities."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.insi_cells import Refused, count_in, day_in, finess_of, month_in
from ivaudit.domain.insi_follow_up import DeclaredRate
from ivaudit.domain.insi_perimeter import Expected
from ivaudit.domain.sheet_problems import ProblemList, Severity, SheetProblem
from ivaudit.exchange.headed import Headed, Known, headed
from ivaudit.exchange.identities import MASKED, masked_text
from ivaudit.tables.limits import NOTHING_DONE
from ivaudit.tables.sheet_cells import BookCells

_EXPECTED = {
    "department": Known(any_of=("departement",)),
    "category": Known(any_of=("categorie",)),
    "opened": Known(any_of=("ouverture", "ouverte", "ouvert ")),
    "closed": Known(any_of=("fermeture", "fermee", "ferme ")),
    "finess": Known(any_of=("finess", "nofinesset"), none_of=("ej ", "juridique", "date")),
    "name": Known(
        any_of=("structure", "raison sociale", "etablissement", "nom "), none_of=("type", "nombre")
    ),
}
_RATES = {
    "finess": Known(any_of=("finess",), none_of=("ej ", "juridique")),
    "month": Known(any_of=("mois ", "periode ")),
    "permille": Known(any_of=("taux", "pourcentage", "part ")),
    "qualified": Known(any_of=("qualifie",)),
    "definition": Known(any_of=("definition", "mode de calcul")),
    "active": Known(any_of=("file active", "usagers", "residents", "patients")),
    "date": Known(any_of=("date ", "releve")),
}
_SHARE = re.compile(r"(\d{1,3})(?:[.,](\d+))?%?")
_WHOLE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedFile:
    """A list of structures as it was read."""

    structures: tuple[Expected, ...]
    ignored: tuple[str, ...]
    problems: tuple[SheetProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesFile:
    """Declared rates as they were read."""

    rates: tuple[DeclaredRate, ...]
    ignored: tuple[str, ...]
    problems: tuple[SheetProblem, ...]


def read_expected(book: BookCells) -> ExpectedFile:
    """Return the structures of a list, each FINESS number once.

    Raises:
        UnreadableFile: no column of FINESS numbers.
    """
    sheet = _sheet(
        book, _EXPECTED, (("finess",), ("name", "category", "department")), "« N° FINESS » et « Structure »"
    )
    problems = ProblemList()
    found: dict[str, Expected] = {}
    for row in _rows(sheet):
        finess = row.finess(problems)
        opened, closed = row.day("opened", problems), row.day("closed", problems)
        if finess is None or opened is None or closed is None:
            continue
        if finess in found:
            row.note(
                problems, "finess", f"{finess} est déjà dans la liste : gardé une fois", Severity.WARNING
            )
            continue
        found[finess] = Expected(
            finess=finess,
            name=row.text("name"),
            department=row.text("department"),
            category=row.text("category"),
            opened=opened,
            closed=closed,
        )
    return ExpectedFile(structures=tuple(found.values()), ignored=sheet.ignored, problems=tuple(problems))


def read_rates(book: BookCells) -> RatesFile:
    """Return the rates of a list, one a structure and month.

    Raises:
        UnreadableFile: no column of FINESS numbers, of months, or nothing to compute a rate from.
    """
    titles = "« N° FINESS », « Mois » et « Identités qualifiées » (ou « Taux »)"
    sheet = _sheet(book, _RATES, (("finess",), ("month",), ("permille", "qualified")), titles)
    problems = ProblemList()
    found: dict[tuple[str, str], DeclaredRate] = {}
    for row in _rows(sheet):
        rate = _rate(row, problems)
        if rate is None:
            continue
        before = found.setdefault((rate.finess, rate.month), rate)
        if before != rate:
            row.note(problems, "", "une autre ligne dit autre chose du même mois : celle-ci est rejetée")
    return RatesFile(rates=tuple(found.values()), ignored=sheet.ignored, problems=tuple(problems))


def _rate(row: "_Row", problems: ProblemList) -> DeclaredRate | None:
    finess, month = row.finess(problems), month_in(row.text("month"))
    if isinstance(month, Refused):
        row.note(problems, "month", f"{month.reason} : ligne rejetée")
        return None
    counts = {field: count_in(row.text(field)) for field in ("qualified", "active")}
    share, day = share_in(row.text("permille")), row.day("date", problems)
    bad = [
        (field, each.reason)
        for field, each in {**counts, "permille": share}.items()
        if isinstance(each, Refused)
    ]
    for field, reason in bad:
        row.note(problems, field, f"{reason} : ligne rejetée")
    if bad or finess is None or day is None:
        return None
    qualified, active, permille = (
        each for each in (*counts.values(), share) if not isinstance(each, Refused)
    )
    known = qualified is not None and bool(active)
    if qualified is not None and active is not None and qualified > active:
        row.note(problems, "qualified", "plus d'identités qualifiées que d'usagers : ligne rejetée")
        return None
    if not known and permille is None:
        row.note(problems, "", "ni nombres ni taux : ligne rejetée")
        return None
    return DeclaredRate(
        finess=finess,
        month=month,
        qualified=qualified,
        active=active,
        permille=None if known else permille,
        date=day,
        definition=_definition(row, problems),
    )


def _definition(row: "_Row", problems: ProblemList) -> str:
    """Return what the *file active* is, masked where it looks like an identity."""
    text = row.text("definition")
    kept = masked_text(text)
    if kept != text:
        row.note(problems, "definition", MASKED, Severity.WARNING)
    return kept


def share_in(text: str) -> int | Refused | None:
    """Return a rate in thousandths: «87,5 %», «87.5», «0,875»; nothing where it is empty."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not plain:
        return None
    found = _SHARE.fullmatch(plain)
    if found is None:
        return Refused("taux illisible : un pourcentage attendu (87,5)")
    value = float(f"{found[1]}.{found[2] or 0}")
    # A spreadsheet keeps 87,5 % as 0.875; no structure declares less than 1 % with a decimal.
    share = value * (10 if "%" in plain or value > 1 or not found[2] else _WHOLE)
    return round(share) if share <= _WHOLE else Refused("taux au-dessus de 100 %")


class _Row:
    """One row under its titles."""

    def __init__(self, sheet: Headed, rank: int, cells: tuple[str, ...]) -> None:
        self._sheet = sheet
        self._rank = rank
        self._cells = cells

    def text(self, field: str) -> str:
        """Return what it says of a field."""
        at = self._sheet.columns.get(field, -1)
        return " ".join(self._cells[at].split()) if 0 <= at < len(self._cells) else ""

    def finess(self, problems: ProblemList) -> str | None:
        """Return its FINESS number, or nothing once the reason is noted."""
        found = finess_of(self.text("finess"))
        if isinstance(found, Refused):
            self.note(problems, "finess", f"{found.reason} : ligne rejetée")
            return None
        return found

    def day(self, field: str, problems: ProblemList) -> str | None:
        """Return a day, or nothing once the reason is noted."""
        found = day_in(self.text(field))
        if isinstance(found, Refused):
            self.note(problems, field, f"{found.reason} : ligne rejetée")
            return None
        return found

    def note(
        self, problems: ProblemList, field: str, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem of the row."""
        problems.append(
            SheetProblem(
                sheet=self._sheet.name,
                row=self._rank,
                column=self._sheet.letters(field) if field else "",
                message=message,
                severity=severity,
                title=self._sheet.titles.get(field, ""),
            )
        )


def _rows(sheet: Headed) -> Iterator[_Row]:
    for rank, cells in enumerate(sheet.sheet.rows[sheet.first - 1 :], sheet.first):
        if any(map(str.strip, cells)):
            yield _Row(sheet, rank, cells)


def _sheet(
    book: BookCells, known: Mapping[str, Known], needed: tuple[tuple[str, ...], ...], titles: str
) -> Headed:
    found = headed(book, known, needed)
    if not found:
        raise UnreadableFile(
            f"Les titres {titles} ne sont pas ensemble sur une ligne de ce fichier. {NOTHING_DONE} Remettez "
            "sa ligne de titres, puis recommencez."
        )
    return found[0]
