"""What a returned questionnaire says: texts understood as answers and fields, every doubt with its cell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ivaudit.domain.audit import Answer
from ivaudit.domain.checklist import Checklist, Criterion, NaPolicy, Vocabulary
from ivaudit.domain.finess import finess_warning
from ivaudit.domain.questionnaire import (
    DATE,
    RESPONDENT,
    Cell,
    Column,
    Returned,
    ReturnedRow,
    choices,
    needs_reason,
    questions,
)
from ivaudit.domain.scale import Scale, ScaleValue, Standing
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.domain.standing import concerned
from ivaudit.domain.wording import folded

MAX_REASON = 300
MAX_TEXT = 20_000

_YES = frozenset({"oui", "o", "x", "1", "vrai", "yes"})
_NO = frozenset({"", "non", "n", "0", "faux", "no", "-"})
_OUT = frozenset({"na", "n/a", "n.a", "so", "s.o", "s/o", "non concerne", "non applicable"})
_TAIL = " .…!;,"
_FINESS = 9
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a structure says of itself; `date` is `AAAA-MM-JJ` or empty, `respondent` a function."""

    name: str = ""
    finess_ej: str = ""
    finess_et: str = ""
    category: str = ""
    setting: str = ""
    profile: tuple[str, ...] = ()
    date: str = ""
    respondent: str = ""

    def values(self) -> dict[str, object]:
        """Return the fields of the form of a structure that were filled in."""
        found: dict[str, object] = {
            "name": self.name,
            "finess_ej": self.finess_ej,
            "finess_et": self.finess_et,
            "category": self.category,
            "setting": self.setting,
            "profile": list(self.profile),
        }
        return {key: value for key, value in found.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A questionnaire once understood.

    `answers` are by criterion id; `reworded` are the criteria whose words changed since it was sent, with an
    answer that no longer vouches for anything; `gone` those that left the checklists.
    """

    answers: Mapping[str, Answer]
    reworded: Mapping[str, Answer]
    gone: tuple[str, ...]
    declared: Declared
    problems: tuple[SheetProblem, ...]


def understood(returned: Returned, checklists: Sequence[Checklist], vocabulary: Vocabulary) -> Understood:
    """Return what a questionnaire says, for these checklists.

    Args:
        returned: what was read.
        checklists: those of the audit, or of the library.
        vocabulary: keys of settings and activities.
    """
    problems = list(returned.problems)
    index = {each.criterion.id: each for each in questions(checklists)}
    sent = {point.criterion: point for point in returned.manifest.points}
    same: dict[str, Answer] = {}
    reworded: dict[str, Answer] = {}
    gone: list[str] = []
    for row in returned.rows:
        question = index.get(row.criterion)
        if question is None:
            gone.append(row.criterion)
            continue
        found = _answer(row, question.checklist, question.criterion, problems)
        if found.empty:
            continue
        kept = sent[row.criterion].fingerprint == question.criterion.fingerprint
        (same if kept else reworded)[row.criterion] = found
    return Understood(
        answers=same,
        reworded=reworded,
        gone=tuple(gone),
        declared=_declared(returned, vocabulary, problems),
        problems=tuple(problems),
    )


def unanswered(found: Understood, returned: Returned, checklists: Sequence[Checklist]) -> tuple[str, ...]:
    """Return the criteria that were asked, concern the structure by what it says, and have no answer."""
    asked = {point.criterion for point in returned.manifest.points}
    given = {**found.reworded, **found.answers}

    def value(criterion: str) -> str | None:
        return given[criterion].value if criterion in given else None

    return tuple(
        each.criterion.id
        for each in questions(checklists)
        if each.criterion.id in asked
        and concerned(each.criterion.applicability, found.declared.profile, value)
        and value(each.criterion.id) is None
    )


# -- answers -----------------------------------------------------------------------------------------------


def value_of(scale: Scale, text: str) -> ScaleValue | None:
    """Return the value that a text names, chosen or typed: whatever its case, accents and end."""
    said = folded(text.replace("_", " ")).strip(_TAIL)
    names = {value.id: {_name(value.label), _name(value.id.replace("_", " "))} for value in scale.values}
    exact = [value for value in scale.values if said in names[value.id]]
    if not exact and said in _OUT:
        exact = [value for value in scale.values if value.standing is Standing.LEAVES]
    if not exact and said:
        exact = [v for v in scale.values if any(name.startswith(f"{said} ") for name in names[v.id])]
    return exact[0] if len(exact) == 1 else None


def _name(label: str) -> str:
    return folded(label).strip(_TAIL)


def _answer(
    row: ReturnedRow, checklist: Checklist, criterion: Criterion, problems: list[SheetProblem]
) -> Answer:
    value = _value(row, checklist, criterion, problems)
    leaves = value is not None and value.standing is Standing.LEAVES
    stays = value is not None and value.standing is Standing.STAYS
    reason = _line(row.reason.text)
    used = reason[:MAX_REASON] if leaves or stays else ""
    spare = row.reason if reason != used else Cell()
    return Answer(
        value=value.id if value else None,
        na_reason=used if leaves else "",
        awaiting=used if stays else "",
        constat=_constat(row, spare, problems),
    )


def _value(
    row: ReturnedRow, checklist: Checklist, criterion: Criterion, problems: list[SheetProblem]
) -> ScaleValue | None:
    if not row.answer.text:
        return None
    found = value_of(checklist.scale_of(criterion), row.answer.text)
    if found is None:
        labels = ", ".join(value.label for value in choices(checklist, criterion))
        message = f"« {_short(row.answer.text)} » n'est pas une réponse : {labels} attendu."
    elif found.standing is Standing.LEAVES and criterion.na is NaPolicy.FORBIDDEN:
        message = (
            f"« {found.label} » n'est pas possible à cette question, qui concerne toutes les structures."
        )
    elif found.standing is Standing.LEAVES and needs_reason(criterion) and not row.reason.text:
        message = f"« {found.label} » demande ici un motif : la réponse n'est pas prise."
    else:
        return found
    problems.append(row.answer.problem(message, title=Column.ANSWER))
    return None


def _constat(row: ReturnedRow, spare: Cell, problems: list[SheetProblem]) -> str:
    """Return the constat, with the document, and a precision that has no other place."""
    parts = [
        row.constat.text.strip(),
        f"Précision : {spare.text.strip()}" if spare.text.strip() else "",
        f"Document : {row.document.text.strip()}" if row.document.text.strip() else "",
    ]
    whole = "\n".join(part for part in parts if part)
    if len(whole) > MAX_TEXT:
        message = f"texte de plus de {MAX_TEXT} caractères : la fin est coupée."
        problems.append(row.constat.problem(message, title=Column.CONSTAT))
    return whole[:MAX_TEXT]


def _short(text: str) -> str:
    line = _line(text)
    return line if len(line) <= 60 else f"{line[:59]}…"  # noqa: PLR2004 - room in a sentence


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


# -- the structure -----------------------------------------------------------------------------------------


def _declared(returned: Returned, vocabulary: Vocabulary, problems: list[SheetProblem]) -> Declared:
    cells = {each.id: each.cell for each in returned.fields}
    text = {key: _line(cell.text) for key, cell in cells.items()}
    return Declared(
        name=text.get("name", "")[:200],
        finess_ej=_finess(cells.get("finess_ej", Cell()), problems),
        finess_et=_finess(cells.get("finess_et", Cell()), problems),
        category=text.get("category", "")[:200],
        setting=_setting(cells.get("setting", Cell()), vocabulary, problems),
        profile=_profile(returned, vocabulary, problems),
        date=_date(cells.get(DATE, Cell()), problems),
        respondent=text.get(RESPONDENT, "")[:200],
    )


def finess(text: str) -> str:
    """Return a FINESS number without spaces, its lost leading zero given back where that makes it right."""
    plain = re.sub(r"[\s.\-]", "", text).upper()
    padded = plain.rjust(_FINESS, "0")
    return padded if plain.isdigit() and plain and finess_warning(padded) is None else plain


def _finess(cell: Cell, problems: list[SheetProblem]) -> str:
    number = finess(cell.text)
    if (warning := finess_warning(number)) is not None:
        problems.append(cell.problem(warning))
    return number[:200]


def _setting(cell: Cell, vocabulary: Vocabulary, problems: list[SheetProblem]) -> str:
    said = folded(cell.text)
    if not said:
        return ""
    found = next((t.id for t in vocabulary.settings if said in {folded(t.label), folded(t.id)}), "")
    if not found:
        message = f"« {_short(cell.text)} » n'est pas dans la liste des types de structure."
        problems.append(cell.problem(message))
    return found


def _profile(returned: Returned, vocabulary: Vocabulary, problems: list[SheetProblem]) -> tuple[str, ...]:
    known = set(vocabulary.keys("profile"))
    chosen = []
    for each in returned.activities:
        said = folded(each.cell.text).strip(_TAIL)
        if said in _YES and each.id in known:
            chosen.append(each.id)
        elif said not in _YES | _NO:
            problems.append(each.cell.problem(f"« {_short(each.cell.text)} » : Oui ou Non attendu."))
    return tuple(chosen)


def _date(cell: Cell, problems: list[SheetProblem]) -> str:
    if not cell.text.strip():
        return ""
    found = next(_days(cell.text), "")
    if not found:
        message = f"« {_short(cell.text)} » n'est pas une date : 21/11/2026 par exemple."
        problems.append(cell.problem(message))
    return found


def _days(text: str) -> Iterator[str]:
    """Yield the day a text names: «2026-11-21…», «21/11/2026», «21 novembre 2026»."""
    plain = folded(text)
    for found in (
        re.match(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:$|[t ])", plain),
        re.fullmatch(r"(?P<d>\d{1,2})[/.\- ](?P<m>\d{1,2})[/.\- ](?P<y>\d{4}|\d{2})", plain),
        re.fullmatch(r"(?P<d>\d{1,2})(?:er)? (?P<m>[a-z]+) (?P<y>\d{4})", plain),
    ):
        if found is not None:
            yield from _day(found["y"], found["m"], found["d"])


def _day(year: str, month: str, day: str) -> Iterable[str]:
    rank = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdigit() else 0
    try:
        return (date(int(year) + (2000 if len(year) == 2 else 0), rank, int(day)).isoformat(),)  # noqa: PLR2004
    except ValueError:
        return ()
