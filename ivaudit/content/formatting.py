"""Files rewritten in the layout of the shipped checklists, meaning unchanged."""

import re
from dataclasses import dataclass
from pathlib import Path

from ivaudit.content.parsing import parse
from ivaudit.content.shapes import Family
from ivaudit.content.sources import given_sources
from ivaudit.content.writing import to_yaml
from ivaudit.domain.errors import ContentProblems, InvalidValue

_FAMILIES = frozenset({Family.CHECKLIST, Family.SCALE})
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|(?<=[\s\[{])\'(?:\'\'|[^\'])*\'')
_COMMENT = re.compile(r"(?:^|\s)#")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """A file and its canonical text; `comments` is how many lines of comments that text leaves out."""

    path: Path
    before: bytes
    after: bytes
    comments: int

    @property
    def changed(self) -> bool:
        """Tell whether the file is not in its canonical layout."""
        return self.before != self.after


def formatted(path: Path) -> Formatted:
    """Return a file in its canonical layout; nothing is written.

    Raises:
        ContentProblems: the file has a problem of shape.
        InvalidValue: it is neither a checklist nor a scale.
    """
    parsed = parse(given_sources([path])[0])
    if parsed.value is None:
        sentence = f"« {path.name} » comporte des erreurs : il n'a pas été modifié. Corrigez-les d'abord."
        raise ContentProblems(sentence, tuple(map(str, parsed.problems)))
    if parsed.family not in _FAMILIES:
        raise InvalidValue(
            f"« {path.name} » n'est ni une grille ni une échelle : seule leur mise en forme est fixée."
        )
    before = path.read_bytes()
    after = to_yaml(parsed.value, parsed.family).encode()
    return Formatted(path=path, before=before, after=after, comments=_comments(before.decode("utf-8-sig")))


def _comments(text: str) -> int:
    return sum(bool(_COMMENT.search(_QUOTED.sub("", line))) for line in text.splitlines())
