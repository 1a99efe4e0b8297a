"""A reference says how sure it is, and never shows plainly a code that nobody read."""

import pytest

from ivaudit.domain.checklist import Confidence, Reference
from ivaudit.domain.sources import reference_words


@pytest.mark.parametrize(
    ("code", "edition", "confidence", "words"),
    [
        ("EXI SI 08", "2.0", Confidence.QUOTED, "RNIV 1 v2.0, EXI SI 08 · texte cité"),
        (
            "EXI PP 15",
            "1.x",
            Confidence.SUMMARISED,
            "RNIV 1 v1.x, EXI PP 15 (numéro à vérifier) · d'après un résumé",
        ),
        (None, None, Confidence.READ, "RNIV 1 · texte lu"),
        (None, "2015", Confidence.TO_CHECK, "RNIV 1 2015 · à vérifier"),
    ],
)
def test_words(code: str | None, edition: str | None, confidence: Confidence, words: str) -> None:
    reference = Reference(document="RNIV 1", edition=edition, code=code, confidence=confidence)
    assert reference_words(reference) == words
