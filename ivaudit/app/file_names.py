"""Names of the files that leave: one rule for all, safe on every system."""

import re
import unicodedata

_MOST = 60


def part(text: str, usual: str = "") -> str:
    """Return a text as a part of the name of a file: letters, digits and single dashes, 60 at most.

    Args:
        text: what people call the thing.
        usual: what stands there when nothing of the text is left.
    """
    plain = unicodedata.normalize("NFC", text)
    return re.sub(r"[\W_]+", "-", plain)[:_MOST].strip("-") or usual
