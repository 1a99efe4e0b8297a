"""What practical cases and the glossary must respect beyond their shape."""

from collections.abc import Collection, Iterator, Mapping

from ivaudit.content import publication_rules, text_rules
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import near
from ivaudit.content.resolving import Holder
from ivaudit.domain.cases import Cases
from ivaudit.domain.checklist import Confidence
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.wording import folded


def problems_of_cases(
    parsed: Parsed, cases: Cases, known: Collection[str], holders: Mapping[str, Holder]
) -> Iterator[Problem]:
    """Yield the rules that a set of cases breaks."""
    yield from publication_rules.dated(parsed, cases)
    yield from publication_rules.ids(parsed, cases.cases)
    yield from publication_rules.taken(parsed, cases.cases, holders)
    for case in cases.cases:
        yield from text_rules.problems_of_question(parsed, case)
        yield from publication_rules.criteria(parsed, case, known)
        yield from publication_rules.references(parsed, case.references)


def problems_of_glossary(
    parsed: Parsed, glossary: Glossary, holders: Mapping[str, Holder]
) -> Iterator[Problem]:
    """Yield the rules that a glossary breaks; a term may lead to those of another glossary."""
    yield from publication_rules.ids(parsed, glossary.terms)
    yield from publication_rules.taken(parsed, glossary.terms, holders)
    words = repeated(folded(word) for term in glossary.terms for word in {term.term, *term.also})
    for term in glossary.terms:
        for word in (term.term, *term.also):
            if folded(word) in words:
                yield parsed.problem(term, "term", f"term: « {word} » est défini plusieurs fois")
        for rank, key in enumerate(term.see):
            if key == term.id or key not in holders:
                sentence = f"see: terme « {key} » inconnu{near(key, holders.keys() - {term.id})}"
                yield parsed.problem(term, "see", sentence, rank)
        if term.confidence in {Confidence.READ, Confidence.QUOTED} and not term.source:
            yield parsed.problem(term, "confidence", "source: attendue quand le terme est « lu » ou « cité »")
