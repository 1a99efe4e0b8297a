"""What a list of rules of the official volumes, and a file of codes found in them, must respect."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from ivaudit.content import publication_rules
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem
from ivaudit.content.reading import near
from ivaudit.content.resolving import Holder
from ivaudit.domain.checklist import Confidence
from ivaudit.domain.found_codes import CODE, EDITION, MAX_FUNCTION, FoundCode, FoundCodes
from ivaudit.domain.rules import Rule, Rules
from ivaudit.domain.wording import named


def problems_of_rules(
    parsed: Parsed, rules: Rules, known: Collection[str], holders: Mapping[str, Holder]
) -> Iterator[Problem]:
    """Yield what is wrong with a list of rules."""
    yield from publication_rules.dated(parsed, rules)
    yield from publication_rules.ids(parsed, rules.volumes)
    yield from publication_rules.ids(parsed, rules.rules)
    yield from publication_rules.taken(parsed, rules.rules, holders)
    codes = Counter((rule.volume, rule.edition, rule.code) for rule in rules.rules)
    ranks = Counter((rule.volume, rule.rank) for rule in rules.rules)
    for rule in rules.rules:
        yield from _rule(parsed, rules, rule)
        yield from publication_rules.criteria(parsed, rule, known)
        if rule.code and codes[rule.volume, rule.edition, rule.code] > 1:
            edition = f"l'édition {rule.edition}" if rule.edition else "une édition non précisée"
            sentence = f"code: « {rule.code} » est en double dans {edition} de {rule.volume}"
            yield parsed.problem(rule, "code", sentence)
        if ranks[rule.volume, rule.rank] > 1:
            sentence = f"rank: le rang {rule.rank} est pris plusieurs fois dans {rule.volume}"
            yield parsed.problem(rule, "rank", sentence)


def _rule(parsed: Parsed, rules: Rules, rule: Rule) -> Iterator[Problem]:
    volumes = [volume.id for volume in rules.volumes]
    if rule.volume not in volumes:
        sentence = f"volume: volet « {rule.volume} » inconnu{near(rule.volume, volumes)}"
        yield parsed.problem(rule, "volume", sentence)
    if rule.rank < 1:
        yield parsed.problem(rule, "rank", "rank: un rang à partir de 1 attendu")
    if rule.code and rule.confidence is Confidence.TO_CHECK:
        yield parsed.problem(rule, "code", "code: pas de code quand la règle est « à vérifier »")
    if rule.code and not CODE.fullmatch(rule.code):
        yield parsed.problem(rule, "code", _not_a_code(rule.code))
    if rule.confidence in {Confidence.READ, Confidence.QUOTED} and not rule.source:
        yield parsed.problem(rule, "confidence", "source: attendue quand la règle est « lu » ou « cité »")


def problems_of_codes(
    parsed: Parsed, file: FoundCodes, holders: Mapping[str, Holder], today: date
) -> Iterator[Problem]:
    """Yield what is wrong with a file of codes."""
    twice = Counter((code.rule, code.edition) for code in file.codes)
    for code in file.codes:
        if code.rule not in holders:
            sentence = f"rule: règle « {code.rule} » inconnue{near(code.rule, holders)}"
            yield parsed.problem(code, "rule", sentence)
        if twice[code.rule, code.edition] > 1:
            sentence = f"rule: « {code.rule} » est en double pour l'édition {code.edition}"
            yield parsed.problem(code, "rule", sentence)
        yield from _found(parsed, code, today)


def _found(parsed: Parsed, code: FoundCode, today: date) -> Iterator[Problem]:
    if not CODE.fullmatch(code.code):
        yield parsed.problem(code, "code", _not_a_code(code.code))
    if not EDITION.fullmatch(code.edition):
        yield parsed.problem(code, "edition", "edition: un numéro d'édition attendu, comme « 2.0 »")
    for key in ("verified_by", "note"):
        if somebody := named(getattr(code, key) or ""):
            yield parsed.problem(code, key, f"{key}: pas de nom de personne (« {somebody} »)")
    if len(code.verified_by) > MAX_FUNCTION:
        sentence = f"verified_by: une fonction en {MAX_FUNCTION} caractères au plus"
        yield parsed.problem(code, "verified_by", sentence)
    try:
        late = date.fromisoformat(code.date) > today
    except ValueError:
        yield parsed.problem(code, "date", "date: une date AAAA-MM-JJ attendue")
    else:
        if late:
            yield parsed.problem(code, "date", "date: une date passée attendue")


def _not_a_code(code: str) -> str:
    return f"code: « EXI » ou « RECO », deux ou trois lettres, deux chiffres attendus, « {code} » trouvé"
