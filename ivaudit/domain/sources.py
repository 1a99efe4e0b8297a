"""Where a rule comes from, in the same words on every screen and in every report."""

import re

from ivaudit.domain.checklist import Confidence, Reference

_NUMBERED = re.compile(r"\d+\.")
"""An edition by its number («2.0»), not by its year."""

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
    code = reference.code
    if code and not reference.plain:
        code = f"{code} (numéro à vérifier)"
    parts = (edition_words(reference.document, reference.edition), code, reference.section)
    return f"{', '.join(part for part in parts if part)} · {_SURENESS[reference.confidence]}"


def edition_words(document: str, edition: str | None) -> str:
    """Return a document with its edition: «RNIV 1 v2.0»."""
    told = edition or ""
    return f"{document} {'v' if _NUMBERED.match(told) else ''}{told}".strip()
