"""Where a rule comes from, in the same words on every screen and in every report."""

import re

from ivaudit.domain.checklist import Confidence, Reference

_NUMBERED = re.compile(r"\d+\.")
"""An edition by its number («2.0»), not by its year."""

_UNSURE = " (numéro à vérifier)"

RESTS_ON = {
    Confidence.READ: "une source lue",
    Confidence.QUOTED: "une source citée mot pour mot",
    Confidence.SUMMARISED: "un résumé de la source",
    Confidence.TO_CHECK: "la pratique de terrain ou la mémoire, à vérifier",
}
"""What a point rests on, after «repose sur»."""

_SURENESS = {
    Confidence.READ: "texte lu",
    Confidence.QUOTED: "texte cité",
    Confidence.SUMMARISED: "d'après un résumé",
    Confidence.TO_CHECK: "à vérifier",
}


def reference_words(reference: Reference) -> str:
    """Return a reference with how sure it is.

    A code is shown plainly only where the text was read or quoted (a promise of the README); from a summary
    its number is said to be checked.
    """
    parts = (edition_words(reference.document, reference.edition), code_words(reference), reference.section)
    return f"{', '.join(part for part in parts if part)} · {_SURENESS[reference.confidence]}"


def code_words(reference: Reference) -> str:
    """Return the code of a reference as it may be shown; nothing when it has none."""
    return reference.code + _UNSURE if reference.code and not reference.plain else reference.code or ""


def bare_code(text: str) -> str:
    """Return a code without what is said beside it when it is shown."""
    return text.removesuffix(_UNSURE.strip()).rstrip()


def edition_words(document: str, edition: str | None) -> str:
    """Return a document with its edition: «RNIV 1 v2.0»."""
    told = edition or ""
    return f"{document} {'v' if _NUMBERED.match(told) else ''}{told}".strip()
