"""What becomes of the answers of an audit when its checklist is replaced by another version of it."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.checklist import Checklist, Point
from ivaudit.domain.wording import normalised

MOST_WORDS = 400
MOST_PAIRS = 10_000
"""Longer or more repetitive texts are shown as wholly different: word by word, they take too long."""

_WORD = re.compile(r"\s*\S+\s*")


class Fate(StrEnum):
    """What a newer version makes of a criterion."""

    REWORDED = "reformulé"
    NEW = "nouveau"
    WITHDRAWN = "retiré"
    UNCHANGED = "inchangé"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A criterion of one version beside what it was: `new` is absent when withdrawn, `olds` when new.

    Several old ones are those that the new one replaces, in the order it names them.
    """

    fate: Fate
    olds: tuple[Point, ...] = ()
    new: Point | None = None

    @property
    def point(self) -> Point:
        """Return the point people are shown: the new one, or the one withdrawn."""
        return self.new or self.olds[0]

    @property
    def renamed(self) -> bool:
        """Tell whether the new criterion took over from another id."""
        return self.new is not None and any(old.criterion.id != self.new.criterion.id for old in self.olds)


def compare(old: Checklist, new: Checklist) -> tuple[Match, ...]:
    """Return what becomes of every criterion: those of the new version in its order, then the withdrawn.

    An answer holds as long as id, question, rating and scale are the same; codes, references, weights and
    minutes may be corrected. Two criteria with the same text are still two criteria.
    """
    before = {point.criterion.id: point for point in old.points()}
    after = [(point, _olds(point, before)) for point in new.points()]
    taken = {each.criterion.id for _, olds in after for each in olds}
    left = [point for key, point in before.items() if key not in taken]
    return (
        *(Match(fate=_fate(old, new, point, olds), olds=olds, new=point) for point, olds in after),
        *(Match(fate=Fate.WITHDRAWN, olds=(point,)) for point in left),
    )


def _olds(point: Point, before: dict[str, Point]) -> tuple[Point, ...]:
    criterion = point.criterion
    if criterion.id in before:
        return (before[criterion.id],)
    return tuple(before[key] for key in dict.fromkeys(criterion.replaces) if key in before)


def _fate(old: Checklist, new: Checklist, point: Point, olds: Sequence[Point]) -> Fate:
    if not olds:
        return Fate.NEW
    criterion, before = point.criterion, olds[0].criterion
    same = new.fingerprint_of(criterion) == old.fingerprint_of(before)
    return Fate.UNCHANGED if same and criterion.id == before.id else Fate.REWORDED


# -- how two texts differ ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `changed` when the other text does not have it."""

    text: str
    changed: bool


def differences(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, word by word; together the pieces of a text are that text.

    Typography alone (kinds of spaces and of apostrophes) is no difference.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    keys = _keys(before), _keys(after)
    if max(len(before), len(after)) > MOST_WORDS or _pairs(*keys) > MOST_PAIRS:
        same = normalised(old) == normalised(new)
        return _whole(old, changed=not same), _whole(new, changed=not same)
    matcher = difflib.SequenceMatcher(None, *keys, autojunk=False)
    steps = matcher.get_opcodes()
    olds = [Piece("".join(before[a:b]), tag != "equal") for tag, a, b, _, _ in steps if a < b]
    news = [Piece("".join(after[a:b]), tag != "equal") for tag, _, _, a, b in steps if a < b]
    return tuple(olds) or _whole(old, changed=False), tuple(news) or _whole(new, changed=False)


def _keys(words: Sequence[str]) -> list[str]:
    return [normalised(word) for word in words]


def _pairs(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many pairs of the same word there are: what the comparison goes through."""
    counted, others = Counter(before), Counter(after)
    return sum(many * others[word] for word, many in counted.items())


def _whole(text: str, *, changed: bool) -> tuple[Piece, ...]:
    return (Piece(text, changed),) if text else ()


def texts_of(checklist: Checklist, point: Point) -> Iterator[tuple[str, str]]:
    """Yield what an answer vouches for as people read it: a title and its text."""
    yield "Question", point.criterion.question
    scale = checklist.scale_of(point.criterion)
    for value in scale.values:
        if value.id in point.criterion.rating:
            yield value.label, point.criterion.rating[value.id]
    yield "Réponses possibles", ", ".join(value.label for value in scale.values)
