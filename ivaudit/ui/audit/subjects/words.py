"""What is said of the other subjects of a point, discreetly. No Qt here."""

from collections import Counter

from ivaudit.domain.audit import STRUCTURE, AuditSheet
from ivaudit.domain.scale import ScaleValue
from ivaudit.ui.audit.rows import Row

_NAMED = 3
"""More subjects than this are counted, not named."""


def beside(row: Row, sheet: AuditSheet) -> str:
    """Return what others answer: «structure : Oui», «hérité de Siège : Oui», «Médecine : Oui · SSR : Non»."""
    inherited = inherited_words(row, sheet)
    if row.subject == STRUCTURE:
        return inherited or _subjects(row, sheet)
    whole = given(row, STRUCTURE)
    return f"structure : {whole.label}" if whole is not None else inherited


def inherited_words(row: Row, sheet: AuditSheet) -> str:
    """Return «hérité de Siège : Oui» while nobody but who answers for all does."""
    own = [subject for subject in row.given if subject not in sheet.bearers and given(row, subject)]
    if own:
        return ""
    found = ((subject, given(row, subject)) for subject in sheet.subjects if subject in sheet.bearers)
    said = next(((subject, value) for subject, value in found if value is not None), None)
    if said is None or said[0] == row.subject:
        return ""
    return f"hérité de {sheet.label(said[0])} : {said[1].label}"


def given(row: Row, subject: str) -> ScaleValue | None:
    """Return what a subject answers to a point, or nothing."""
    answer = row.given.get(subject)
    if answer is None or not answer.value:
        return None
    return row.checklist.scale_of(row.criterion).value(answer.value)


def standing_in(row: Row, sheet: AuditSheet, subject: str) -> ScaleValue | None:
    """Return the answer that holds for a subject without one of its own, inherited, or nothing."""
    if subject in sheet.bearers:
        return None
    for other in (STRUCTURE, *(each for each in sheet.subjects if each in sheet.bearers)):
        if other != subject and (found := given(row, other)) is not None:
            return found
    return None


def _subjects(row: Row, sheet: AuditSheet) -> str:
    found = [
        (sheet.label(subject), value)
        for subject in sheet.subjects
        if subject != STRUCTURE and (value := given(row, subject)) is not None
    ]
    if len(found) <= _NAMED:
        return " · ".join(f"{name} : {value.label}" for name, value in found)
    counted = Counter(value.label for _, value in found)
    return f"{len(found)} sujets : " + ", ".join(f"{many} {label}" for label, many in counted.items())
