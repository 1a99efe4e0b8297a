"""A report that says what was found without saying where: no structure, no place, no day."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from ivaudit.domain.report_copy import each_text, transmissible
from ivaudit.domain.report_model import ReportKind, ReportModel

PLACE = "[structure]"
REMOVED = "[retiré]"
"""What stands where something was taken away."""
_AUTHOR = "l'auteur de la grille ou de son adaptation"
"""Who chose thresholds and critical points, where a name would tell a region or a group."""

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAYS = (
    (re.compile(r"\b(\d{4}-\d{2})-\d{2}(?:T[\d:.+Z-]*)?"), r"\1"),
    (re.compile(r"\b\d{1,2}[/.](\d{1,2})[/.](\d{4})\b"), r"\1/\2"),
    (re.compile(rf"\b(?:\d{{1,2}}|1er) ({_MONTHS})\b", re.IGNORECASE), r"\1"),
)
"""Days, as they are kept and as people write them, and what is left of them."""
_NUMBER = re.compile(r"(?<!\d)\d{9}(?!\d)|(?<!\d)\d{14}(?!\d)")
"""FINESS and SIRET numbers: they name a structure as surely as its name."""
_COMMON = frozenset(
    {"ehpad", "clinique", "hôpital", "hopital", "centre", "hospitalier", "maison", "résidence", "residence",
     "foyer", "groupe", "les", "des", "site", "pour"}
)  # fmt: skip
"""Words of names that name nothing alone."""
_TELLING = 4


def anonymous(
    model: ReportModel, names: Iterable[str], places: Iterable[str], units: Iterable[str] = ()
) -> ReportModel:
    """Return a report without structure, people, references, notes, pictures nor days.

    What somebody wrote otherwise than the workspace knows it stays: the copy is to be read before it leaves.

    Args:
        model: the report.
        names: the names of people that the audit holds.
        places: the names of the structure, its towns and its sites.
        units: the names of its units, which become «Unité 1», «Unité 2»…
    """
    known = [each for each in (model.facility.name, model.facility.city, *places) if each.strip()]
    copy = transmissible(model, names)
    bare = replace(
        copy,
        audit=replace(copy.audit, id="", title=""),
        points=tuple(
            replace(point, answers=tuple(replace(answer, at="") for answer in point.answers))
            for point in copy.points
        ),
        field=replace(copy.field, photos=()),
        checklists=tuple(
            replace(
                each,
                levels_chosen_by=_AUTHOR if each.levels_chosen_by else "",
                critical=tuple(
                    replace(row, chosen_by=_AUTHOR if row.chosen_by else "") for row in each.critical
                ),
                adaptations=tuple(replace(row, author=REMOVED, scope=REMOVED) for row in each.adaptations),
            )
            for each in copy.checklists
        ),
    )
    changed = each_text(each_text(bare, _numbered(units)), _blurred(known))
    return replace(
        changed,
        kind=ReportKind.ANONYMOUS,
        generated=f"{model.generated[:7]}-01T00:00:00",
        program=model.program,
        facility=replace(
            model.facility, name="Structure anonyme", finess_ej="", finess_et="", city="", profile=()
        ),
        # What is published names no place, and quotes decrees by their day.
        checklists=bare.checklists,
        method=bare.method,
        points=tuple(
            replace(
                new,
                question=old.question,
                why=old.why,
                recommendation=old.recommendation,
                references=old.references,
            )
            for old, new in zip(bare.points, changed.points, strict=True)
        ),
    )


def _blurred(places: Iterable[str]) -> Callable[[str], str]:
    """Return what takes places and days out of a text."""
    whole = sorted({" ".join(each.split()) for each in places}, key=len, reverse=True)
    words = {word for name in whole for word in re.split(r"[\W_]+", name) if _names(word)}
    patterns = [re.compile(_whole(each), re.IGNORECASE) for each in whole]
    patterns += [re.compile(_whole(each)) for each in sorted(words, key=len, reverse=True)]

    def change(text: str) -> str:
        for pattern in (*patterns, _NUMBER):
            text = pattern.sub(PLACE, text)
        for pattern, left in _DAYS:
            text = pattern.sub(left, text)
        return text

    return change


def _numbered(units: Iterable[str]) -> Callable[[str], str]:
    """Return what gives units a number instead of their name."""
    named = dict.fromkeys(" ".join(each.split()) for each in units if each.strip())
    patterns = [
        (re.compile(_whole(each), re.IGNORECASE), f"Unité {rank}") for rank, each in enumerate(named, 1)
    ]
    patterns.sort(key=lambda each: len(each[0].pattern), reverse=True)

    def change(text: str) -> str:
        for pattern, instead in patterns:
            text = pattern.sub(instead, text)
        return text

    return change


def _names(word: str) -> bool:
    return len(word) >= _TELLING and word[:1].isupper() and word.casefold() not in _COMMON


def _whole(text: str) -> str:
    spaced = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", text)))
    return rf"(?<![\w]){spaced}(?![\w])"
