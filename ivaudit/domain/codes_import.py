"""Codes that come in: what each cell must hold, and what accepting them would change."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ivaudit.domain.found_codes import CODE, EDITION, MAX_FUNCTION, Found, FoundCode, FoundCodes
from ivaudit.domain.printable import without_controls
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.domain.wording import named

LOCAL_ID = "codes-releves"
"""The id of the file where codes that are accepted are kept."""

MAX_REMARK = 500

_TITLE = "Codes relevés dans les volets officiels"
_BEFORE = re.compile(r"(?:rniv\s*\d?\s*)?(?:édition|version|v\.?)?\s*", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?|(\d{1,2})/(\d{1,2})/(\d{4})")


class Column(StrEnum):
    """The columns of the workbook that are read back, by their titles."""

    RULE = "Identifiant"
    CODE = "Code relevé"
    EDITION = "Édition relevée"
    VERIFIED_BY = "Vérifié par (fonction)"
    DATE = "Date du relevé"
    REMARK = "Remarque"


ALL_ROWS = " pour toute la feuille"
"""What follows the title of a column where something is written once for all its rows."""

SHARED = (Column.EDITION, Column.VERIFIED_BY, Column.DATE)
"""What may be written once for a whole sheet, above the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeChange:
    """A code that is not known yet; `former` is what it would replace, nothing when it is new."""

    code: FoundCode
    former: FoundCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesPreview:
    """What accepting would do; nothing is done yet.

    `same` counts what is known already, `older` holds what was verified before what is known: it is left
    aside. `problems` are the rows that are refused.
    """

    changes: tuple[CodeChange, ...] = ()
    older: tuple[FoundCode, ...] = ()
    same: int = 0
    problems: tuple[SheetProblem, ...] = ()

    @property
    def new(self) -> tuple[CodeChange, ...]:
        """Return the codes of rules that had none in that edition."""
        return tuple(change for change in self.changes if change.former is None)

    @property
    def changed(self) -> tuple[CodeChange, ...]:
        """Return the codes that would replace another."""
        return tuple(change for change in self.changes if change.former is not None)


def plain_code(text: str) -> str:
    """Return a code as it is written in the volumes: «exi si 4» is not one, «Exi SI 04» is «EXI SI 04»."""
    return re.sub(r"\s+", " ", text).strip().upper()


def plain_edition(text: str) -> str:
    """Return the number of an edition, «2.0» of «RNIV 1 v2.0»; a spreadsheet makes «2» of 2.0."""
    given = text.strip().casefold()
    before = _BEFORE.match(given)
    bare = given[before.end() if before is not None else 0 :].replace(",", ".").strip()
    return f"{bare}.0" if bare.isdigit() else bare


def plain_day(text: str) -> str:
    """Return a day as AAAA-MM-JJ, empty when the text is none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return ""
    year, month, day = found.group(1, 2, 3) if found.group(1) else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def plain_text(text: str) -> str:
    """Return a text on one line, without characters that nobody sees."""
    return re.sub(r"\s+", " ", without_controls(text.replace("\n", " "))).strip()


def wrong(column: Column, text: str, today: date) -> str:
    """Return why what a cell holds cannot be kept, empty when it can.

    Args:
        column: of the cell.
        text: made plain already.
        today: the local day.
    """
    match column:
        case Column.CODE if not CODE.fullmatch(text):
            return "un code comme « EXI SI 04 » ou « RECO PP 03 » est attendu"
        case Column.EDITION if not EDITION.fullmatch(text):
            return "un numéro d'édition comme « 2.0 » est attendu"
        case Column.DATE:
            return _wrong_day(text, today)
        case Column.VERIFIED_BY:
            return _wrong_function(text)
        case Column.REMARK:
            return _wrong_remark(text)
        case _:
            return ""


def compare(given: Iterable[FoundCode], found: Found, problems: Sequence[SheetProblem] = ()) -> CodesPreview:
    """Return what accepting codes would change.

    Args:
        given: the codes that come in.
        found: those that apply now, by rule.
        problems: what was refused while reading them.
    """
    known = {(code.rule, code.edition): code for codes in found.values() for code in codes}
    changes, older, same = [], [], 0
    for code in given:
        former = known.get((code.rule, code.edition))
        if former == code:
            same += 1
        elif former is not None and former.date > code.date:
            older.append(code)
        else:
            changes.append(CodeChange(code=code, former=former))
    return CodesPreview(changes=tuple(changes), older=tuple(older), same=same, problems=tuple(problems))


def updated(file: FoundCodes | None, codes: Iterable[FoundCode]) -> FoundCodes:
    """Return the file of codes with others added, each in the place of the one it replaces."""
    kept = file or FoundCodes(id=LOCAL_ID, version="1.0.0", title=_TITLE, codes=())
    merged = {(code.rule, code.edition): code for code in (*kept.codes, *codes)}
    version = _next(kept.version) if file is not None else kept.version
    return replace(kept, version=version, codes=tuple(merged.values()))


def _wrong_day(text: str, today: date) -> str:
    if not text:
        return "une date comme « 22/11/2026 » est attendue"
    return "la date est dans l'avenir" if date.fromisoformat(text) > today else ""


def _wrong_function(text: str) -> str:
    if not text:
        return "la fonction de la personne qui a vérifié est attendue"
    if somebody := named(text):
        return f"une fonction est attendue, pas un nom de personne (« {somebody} »)"
    return f"{MAX_FUNCTION} caractères au plus" if len(text) > MAX_FUNCTION else ""


def _wrong_remark(text: str) -> str:
    if somebody := named(text):
        return f"pas de nom de personne (« {somebody} »)"
    return f"{MAX_REMARK} caractères au plus" if len(text) > MAX_REMARK else ""


def _next(version: str) -> str:
    """Return the version that comes after («1.0.0» → «1.0.1»)."""
    head, _, last = version.rpartition(".")
    return f"{head}.{int(last) + 1}"
