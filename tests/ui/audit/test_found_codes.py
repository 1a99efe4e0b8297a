"""The help on a criterion tells the codes found for it beside its references."""

from support.grids import criterion

from ivaudit.app.library import library
from ivaudit.ui.audit.criterion_text import explanation


def test_codes_found_stand_after_the_references() -> None:
    vocabulary, scale = library().vocabulary(), next(iter(library().scales.values()))
    one = criterion("a")
    words = "RNIV 1 v2.0, code EXI SI 04 relevé par référent le 20/11/2026"
    plain = explanation(one, scale, vocabulary, "ehpad")
    said = explanation(one, scale, vocabulary, "ehpad", codes=[words])
    assert words not in plain
    assert said == plain[: -len("</p>")] + f"<br>{words}</p>"
