"""The words of the field, as the interface explains them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ivaudit.domain.checklist import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryTerm:
    """One word with its meaning.

    `also` are its other forms (plural, abbreviation) that mean the same; `avoid` wordings that content must
    not use instead; `see` ids of neighbouring terms.
    """

    id: str
    term: str
    definition: str
    also: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    confidence: Confidence
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """A published glossary."""

    id: str
    version: str
    title: str
    terms: tuple[GlossaryTerm, ...]

    def term(self, key: str) -> GlossaryTerm | None:
        """Return the term of that id, or nothing."""
        return next((term for term in self.terms if term.id == key), None)


NONE = Glossary(id="glossaire", version="1.0.0", title="Glossaire", terms=())


def gathered(glossaries: Sequence[Glossary]) -> Glossary:
    """Return the terms of several glossaries as one, under the header of the first; empty without any."""
    first = glossaries[0] if glossaries else NONE
    return replace(first, terms=tuple(term for each in glossaries for term in each.terms))
