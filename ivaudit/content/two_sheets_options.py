"""The answers that a two-sheet model offers (« valeur::libellé », one per line), and the scale they make."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from ivaudit.content.book_criteria import slug
from ivaudit.domain.scale import Scale, ScaleValue, Standing, Symbol
from ivaudit.domain.tone import Tone
from ivaudit.domain.wording import folded

_BEST = 100
_HALF = 50
_MOST = 9
_NOT_RATED = Fraction(-1)
_DECIMAL = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: its value (nothing when it is not rated) and its label."""

    value: Fraction | None
    label: str


@dataclass(frozen=True, slots=True)
class Options:
    """The answers of a question, and the share from which an answer asks for nothing more."""

    items: tuple[Option, ...]
    enough: int = _BEST

    def percent(self, value: Fraction) -> int | None:
        """Return the part of a point that a value earns, 0 to 100; nothing when all are worth the same."""
        rated = [each.value for each in self.items if each.value is not None]
        least, most = min(rated), max(rated)
        return round((value - least) * _BEST / (most - least)) if most > least else None

    def below(self, limit: int | None) -> "Options":
        """Return these answers with the action plan asked up to a share."""
        return self if limit is None else replace(self, enough=min(_BEST, max(limit + 1, 1)))

    def is_like(self, scale: Scale) -> bool:
        """Tell whether these are answers of a scale, worth the same."""
        known = {folded(each.label): each for each in scale.values}
        for each in self.items:
            same = known.get(folded(each.label))
            if same is None or same.percent != (None if each.value is None else self.percent(each.value)):
                return False
        rated = {each.id for each in scale.values if each.percent in {0, _BEST}}
        return rated <= {known[folded(each.label)].id for each in self.items}


def understood(text: str) -> tuple[Options | None, str]:
    """Return the answers of a cell, or what is wrong with them."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return None, "aucune réponse proposée : « valeur::libellé », une par ligne, attendu"
    items = []
    for line in lines:
        value, parted, label = (part.strip() for part in line.partition("::"))
        number = decimal(value) if value else _NOT_RATED
        if not parted or not label or number is None:
            return None, f"« {line[:40]} » : « valeur::libellé » attendu"
        items.append(Option(None if number == _NOT_RATED else number, label))
    return _checked(Options(tuple(items)))


def _checked(options: Options) -> tuple[Options | None, str]:
    rated = {each.value for each in options.items if each.value is not None}
    if len(rated) < 2:  # noqa: PLR2004 - a best and a worst
        return None, "il faut au moins deux réponses de valeurs différentes"
    if len(options.items) > _MOST:
        return None, f"{_MOST} réponses au plus"
    if len({slug(each.label) for each in options.items}) < len(options.items):
        return None, "deux réponses ont le même libellé"
    return options, ""


def decimal(text: str) -> Fraction | None:
    """Return a number written in French or not; nothing for anything else."""
    plain = text.strip().replace(",", ".")
    return Fraction(plain) if _DECIMAL.fullmatch(plain) else None


def scale_of(options: Options, id: str, main: Scale) -> Scale:  # noqa: A002 - ids are called ids here
    """Return the scale of these answers, with those of the main scale that rate nothing where there is room.

    Args:
        options: the answers.
        id: of the scale.
        main: gives « non vu » and « à vérifier ».
    """
    values = [_value(each, options) for each in options.items]
    taken = {value.id for value in values}
    waiting = [each for each in main.values if each.standing is Standing.STAYS and each.id not in taken]
    return Scale(
        id=id,
        version="1.0.0",
        title=" / ".join(each.label for each in options.items)[:80].strip(),
        values=(*values, *waiting[: _MOST - len(values)]),
    )


def _value(option: Option, options: Options) -> ScaleValue:
    key = slug(option.label) or "x"
    if option.value is None:
        return ScaleValue(
            id=key,
            label=option.label,
            help="Sort du calcul.",
            standing=Standing.LEAVES,
            symbol=Symbol.DASH,
            tone=Tone.NEUTRAL,
        )
    percent = options.percent(option.value) or 0
    best, worst = percent == _BEST, percent == 0
    return ScaleValue(
        id=key,
        label=option.label,
        help=f"Vaut {percent} % du point.",
        standing=Standing.RATED,
        symbol=Symbol.FULL if best else Symbol.CROSS if worst else Symbol.HALF,
        tone=Tone.GOOD if best else Tone.BAD if percent < _HALF else Tone.MIDDLE,
        percent=percent,
        to_improve=percent < options.enough,
    )
