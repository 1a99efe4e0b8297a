"""Checklists: from the text an audit keeps, and from YAML."""

import msgspec
import yaml
from grown import LARGE, checklist
from measure import Row, absolute, compared, repeated

from ivaudit.app.library import library
from ivaudit.content.compiled import freeze, thaw
from ivaudit.content.library import Library

_NEEDED = {"checklists", "checklists/echelles"}
"""A checklist refers to criteria of others, which are read with it."""


def checklist_rows() -> list[Row]:
    """Measure a checklist of 2,000 criteria from its compiled form, and the shipped one from YAML."""
    body = freeze(checklist(LARGE))
    half = freeze(checklist(LARGE // 2))
    thawed = repeated(15, lambda: thaw(body))
    decoded = repeated(15, lambda: msgspec.json.decode(body))
    growth = min(thawed) / min(repeated(15, lambda: thaw(half)))
    needed = [each for each in library()._sources if each.shipped and each.folder in _NEEDED]
    texts = [source.path.read_text(encoding="utf-8") for source in needed]
    composed = repeated(5, lambda: [yaml.compose(text, Loader=yaml.CSafeLoader) for text in texts])
    return [
        absolute("checklist of 2,000 criteria from its compiled form", thawed, 0.3, "≤ 0.3 s"),
        compared("– beside msgspec decoding it to plain values", thawed, decoded, float("inf"), "–"),
        Row("– growth from 1,000 to 2,000 criteria", f"× {growth:.2f}", "× 2", "", "linear", growth < 2.6),
        compared(
            "first reading of a shipped checklist", repeated(5, _read), composed, 3, "≤ 3 × yaml.compose"
        ),
    ]


def _read() -> None:
    Library.find().checklist("rniv-1-principes-communs")
