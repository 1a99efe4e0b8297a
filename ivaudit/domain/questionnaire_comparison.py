"""A returned questionnaire beside an audit: what is new, the same, different, or to be taken up again."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.audit import EMPTY, Answer, AuditSheet
from ivaudit.domain.questionnaire import Returned, questions
from ivaudit.domain.questionnaire_reading import Understood, finess, unanswered
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.domain.wording import folded


class Outcome(StrEnum):
    """What a returned answer does to the audit."""

    DIFFERENT = "différente"
    REWORDED = "à reprendre"
    NEW = "nouvelle"
    SAME = "identique"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedAnswer:
    """One point: the answer of the audit and the one that came back."""

    number: str
    criterion: str
    question: str
    outcome: Outcome
    mine: Answer
    theirs: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that an import would do.

    `remarks` are sentences on the file as a whole (another structure, another version); `gone` are ids of
    criteria the audit does not have; `missing` is how many points it asked and nobody answered.
    """

    rows: tuple[ComparedAnswer, ...]
    remarks: tuple[str, ...]
    problems: tuple[SheetProblem, ...]
    gone: tuple[str, ...]
    missing: int

    def of(self, outcome: Outcome) -> tuple[ComparedAnswer, ...]:
        """Return the rows of one outcome."""
        return tuple(row for row in self.rows if row.outcome is outcome)

    def to_write(self, take: Collection[str]) -> tuple[ComparedAnswer, ...]:
        """Return what is written: what is new, and the different ones that were chosen.

        Args:
            take: ids of criteria whose returned answer replaces that of the audit.
        """
        different = [row for row in self.of(Outcome.DIFFERENT) if row.criterion in take]
        return (*self.of(Outcome.NEW), *different)


def compare(sheet: AuditSheet, returned: Returned, found: Understood) -> Comparison:
    """Return what importing a questionnaire would do to an audit."""
    rows = []
    for question in questions(sheet.checklists):
        key = question.criterion.id
        theirs = found.answers.get(key) or found.reworded.get(key)
        if theirs is None:
            continue
        mine = sheet.answer(key)
        outcome = Outcome.REWORDED if key in found.reworded else outcome_of(mine, theirs)
        rows.append(
            ComparedAnswer(
                number=question.number,
                criterion=key,
                question=question.criterion.question,
                outcome=outcome,
                mine=mine,
                theirs=theirs,
            )
        )
    order = list(Outcome)
    rows.sort(key=lambda row: order.index(row.outcome))
    return Comparison(
        rows=tuple(rows),
        remarks=_remarks(sheet, returned, found),
        problems=found.problems,
        gone=found.gone,
        missing=len(unanswered(found, returned, sheet.checklists)),
    )


def outcome_of(mine: Answer, theirs: Answer) -> Outcome:
    """Return what writing an answer over another would do; an empty part replaces nothing."""
    pairs = ((_rated(mine), _rated(theirs)), (mine.constat.strip(), theirs.constat.strip()))
    given = [(old, new) for old, new in pairs if _said(new) and old != new]
    if not given:
        return Outcome.SAME
    return Outcome.DIFFERENT if any(_said(old) for old, _ in given) else Outcome.NEW


def merged(mine: Answer, theirs: Answer) -> dict[str, str | None]:
    """Return the fields of the answer that change when theirs is taken: an empty part replaces nothing."""
    wanted: dict[str, str | None] = {}
    if theirs.value is not None:
        wanted |= {"value": theirs.value, "na_reason": theirs.na_reason, "awaiting": theirs.awaiting}
    if theirs.constat.strip():
        wanted["constat"] = theirs.constat.strip()
    return {name: value for name, value in wanted.items() if getattr(mine, name) != value}


def _rated(answer: Answer) -> tuple[str, str, str] | None:
    return None if answer.value is None else (answer.value, answer.na_reason, answer.awaiting)


def _said(part: object) -> bool:
    return part is not None and part != ""


def _remarks(sheet: AuditSheet, returned: Returned, found: Understood) -> tuple[str, ...]:
    return tuple(filter(None, (_other_place(sheet, found), *_versions(sheet, returned))))


def _other_place(sheet: AuditSheet, found: Understood) -> str:
    """Return a warning when another structure seems to have answered."""
    ours, theirs = finess(sheet.facility.finess_et), found.declared.finess_et
    if ours and theirs:
        other = ours != theirs
    else:
        other = bool(found.declared.name) and folded(found.declared.name) != folded(sheet.facility.name)
    if not other:
        return ""
    said = found.declared.name or f"FINESS {theirs}"
    return (
        f"Ce questionnaire dit venir d'une autre structure : « {said} ». Vérifiez que c'est bien "
        "le bon fichier avant d'importer."
    )


def _versions(sheet: AuditSheet, returned: Returned) -> list[str]:
    """Return what to know of each checklist asked that is not quite the audit's."""
    ours = {key: (version, sha) for key, version, sha in sheet.audit.checklists}
    remarks = []
    for asked in returned.manifest.checklists:
        known = ours.get(asked.id)
        if known is None:
            remarks.append(
                f"La grille « {asked.title} » n'est pas dans cet audit : seuls les points communs "
                "sont repris."
            )
        elif known[1] != asked.sha:
            remarks.append(
                f"Le questionnaire suit la version {asked.version} de « {asked.title} », l'audit la version "
                f"{known[0]}, ou une adaptation : les points reformulés sont à reprendre à la main."
            )
    return remarks


def unchanged(row: ComparedAnswer, now: Answer | None) -> bool:
    """Tell whether the answer of the audit is still the one that was shown beside theirs."""
    now = now or EMPTY
    return _rated(now) == _rated(row.mine) and now.constat == row.mine.constat
