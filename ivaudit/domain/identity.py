"""Text that looks like the identity of a person: found before it is kept, explained, masked on demand.

What is looked for: a NIR or matricule INS however it is spaced, with its key or not; a patient's secure
address; a date said to be of birth, or so old that it hardly is anything else; a civility followed by a name;
a name in capitals beside «patient» or «résident». FINESS and SIRET numbers, telephones, dates of procedures
and of laws must not alarm: a warning that cries wolf is no longer read.

Structure and key of the NIR: INSEE; key = 97 − (number mod 97), Corsica read as 19 (2A) and 18 (2B).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class IdentityKind(StrEnum):
    """What a passage looks like; the value is what stands in its place once masked."""

    MATRICULE = "matricule"
    ADDRESS = "adresse MSSanté"
    BIRTH = "date de naissance"
    NAME = "nom"


WHY = {
    IdentityKind.MATRICULE: "Ce nombre a la forme d'un matricule INS ou d'un NIR.",
    IdentityKind.ADDRESS: "Cette adresse MSSanté contient le matricule d'un usager.",
    IdentityKind.BIRTH: "Cette date peut être une date de naissance.",
    IdentityKind.NAME: "Ces mots peuvent être le nom d'une personne.",
}
"""Why a passage is pointed out, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAlert:
    """A passage, `start` to `end` in the text, that looks like an identity."""

    kind: IdentityKind
    start: int
    end: int


def alerts(text: str, today: date) -> tuple[IdentityAlert, ...]:
    """Return the passages that look like an identity, in order, none inside another.

    Args:
        text: what was typed.
        today: the local day, against which dates are old.
    """
    found = [*_addresses(text), *_matricules(text), *_births(text, today), *_names(text)]
    kept: list[IdentityAlert] = []
    for alert in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or alert.start >= kept[-1].end:
            kept.append(alert)
    return tuple(kept)


def masked(text: str, found: Iterable[IdentityAlert]) -> str:
    """Return the text with each passage replaced by what it is: «[matricule masqué]»."""
    parts, at = [], 0
    for alert in found:
        what = "masquée" if alert.kind in {IdentityKind.ADDRESS, IdentityKind.BIRTH} else "masqué"
        parts += [text[at : alert.start], f"[{alert.kind} {what}]"]
        at = alert.end
    return "".join([*parts, text[at:]])


# -- matricules --------------------------------------------------------------------------------------------

_SEPARATOR = r"[ \t\u00a0\u2007\u2009\u202f._\-–/|]"
_RUN = re.compile(rf"(?<!\w)[1-8](?:{_SEPARATOR}{{0,3}}[0-9ABab]){{12,40}}(?!\w)")
_SAID = re.compile(
    r"(?:\bnir\b|matricule|\bins\b|s[ée]cu(?:rit[ée] sociale)?\b|n[°o]\s*ss\b|immatricul|assur[ée])"
    r"[^.;\n]{0,30}$",
    re.IGNORECASE,
)
_NIR = re.compile(r"([1-8])(\d\d)(\d\d)(\d\d|2[AB])(\d{3})(\d{3})(\d\d)?")
_WITHOUT_KEY, _WITH_KEY = 13, 15
_CORSICA = {"2A": "19", "2B": "18"}
_ADDRESS = re.compile(
    rf"[0-9ABab](?:{_SEPARATOR}?[0-9ABab]){{12,16}}\s?@\s?[\w.-]*patient[\w.-]*", re.IGNORECASE
)


def _addresses(text: str) -> Iterator[IdentityAlert]:
    for match in _ADDRESS.finditer(text):
        yield IdentityAlert(kind=IdentityKind.ADDRESS, start=match.start(), end=match.end())


def _matricules(text: str) -> Iterator[IdentityAlert]:
    for run in _RUN.finditer(text):
        places = [at for at in range(run.start(), run.end()) if text[at].isalnum()]
        signs = "".join(text[at] for at in places).upper()
        said = _SAID.search(text[max(0, run.start() - 60) : run.start()]) is not None
        first = _first_nir(signs, said=said)
        if first is not None:
            start, end = first
            yield IdentityAlert(kind=IdentityKind.MATRICULE, start=places[start], end=places[end - 1] + 1)


def _first_nir(signs: str, *, said: bool) -> tuple[int, int] | None:
    """Return where a NIR stands in figures run together: with a right key anywhere, else as the whole run."""
    for start in range(len(signs) - _WITH_KEY + 1):
        if _keyed(signs[start : start + _WITH_KEY]):
            return start, start + _WITH_KEY
    whole = _NIR.fullmatch(signs)
    if whole is not None and (said or _ordinary(whole)):
        return 0, len(signs)
    if said and len(signs) >= _WITHOUT_KEY and _NIR.fullmatch(signs[:_WITHOUT_KEY]):
        return 0, min(len(signs), _WITH_KEY)
    return None


def _keyed(signs: str) -> bool:
    """Tell whether fifteen signs are a NIR whose key is right."""
    match = _NIR.fullmatch(signs)
    if match is None or not _month(match[3]):
        return False
    digits = signs[:5] + _CORSICA.get(signs[5:7], signs[5:7]) + signs[7:_WITHOUT_KEY]
    return int(match[7]) == 97 - int(digits) % 97


def _month(text: str) -> bool:
    month = int(text)
    return 1 <= month <= 12 or 20 <= month <= 42 or month >= 50  # noqa: PLR2004 - unknown months, INSEE


def _ordinary(match: re.Match[str]) -> bool:
    """Tell whether figures without a right key still are what a NIR usually looks like."""
    return match[1] in "12" and 1 <= int(match[3]) <= 12 and match[4] not in {"00", "96"}  # noqa: PLR2004


# -- dates of birth ----------------------------------------------------------------------------------------

_MONTHS = "janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre"
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(\d{{1,2}})\s?[/.\-]\s?(\d{{1,2}})\s?[/.\-]\s?(\d{{4}}|\d{{2}})"
    rf"|(\d{{1,2}}|1er)\s+(?:{_MONTHS})\s+(\d{{4}})|(\d{{4}})-(\d{{2}})-(\d{{2}}))(?![\w/-]|\.\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\bn[ée]e?s?\s+en\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_BORN = re.compile(r"(?:\bn[ée]e?s?\b|\bnaiss|\bnai\.|\bddn\b|\bd\.d\.n)[^.;\n]{0,25}$", re.IGNORECASE)
_AGE = re.compile(r"^\s*[,(]?\s*\d{1,3}\s*ans\b", re.IGNORECASE)
_OFFICIAL = re.compile(
    r"(?:\bloi|d[ée]cret|arr[êe]t[ée]|circulaire|instruction|ordonnance|directive|r[èe]glement|norme|\bjo\b"
    r"|journal officiel|version|[ée]dition|charte|proc[ée]dure|protocole|convention|accord|mode d'emploi"
    r"|affich|document|archive|p[ée]riode|logiciel|cr[ée][ée]e?|ouvert|construit|b[âa]timent|rapport"
    r"|compte[ -]rendu|sign[ée]|dat[ée]"
    r"|valid[ée]|mise? [àa] jour|depuis|certifi|agr[ée]|autoris|fond|install|r[ée]f[ée]rentiel|guide|note)"
    r"[^.;\n]{0,45}$",
    re.IGNORECASE,
)
_OLD = 15
_CENTURY = 100


def _births(text: str, today: date) -> Iterator[IdentityAlert]:
    for match in _DATE.finditer(text):
        year = _year_of(match)
        if year is None:
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        born = _BORN.search(before) is not None or _AGE.match(text[match.end() :]) is not None
        official = _OFFICIAL.search(before) is not None or _in_period(text, match)
        old = _CENTURY < year <= today.year - _OLD and not official
        if born or old:
            yield IdentityAlert(kind=IdentityKind.BIRTH, start=match.start(), end=match.end())
    for match in _YEAR.finditer(text):
        yield IdentityAlert(kind=IdentityKind.BIRTH, start=match.start(1), end=match.end(1))


def _in_period(text: str, match: re.Match[str]) -> bool:
    """Tell whether a date bounds a period: «du 01/01/2010 au 31/12/2010»."""
    return (
        re.search(r"\bau\s*$", text[max(0, match.start() - 6) : match.start()]) is not None
        or re.match(r"\s*au\s+\d", text[match.end() :]) is not None
    )


def _year_of(match: re.Match[str]) -> int | None:
    """Return the year as written, nothing when the figures are no date."""
    day = match[1] or match[4] or match[8]
    month = match[2] or match[7] or "1"
    number = 1 if day.lower() == "1er" else int(day)
    if not (1 <= number <= 31 and 1 <= int(month) <= 12):  # noqa: PLR2004 - days and months
        return None
    return int(match[3] or match[5] or match[6])


# -- names -------------------------------------------------------------------------------------------------

_UPPER = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ"
_WORD = rf"[{_UPPER}][\w'’-]+"
_CIVILITY = re.compile(
    rf"(?<!\w)(?:M(?:r|me|lle|mes|M)?\.?|Mme\.|Monsieur|Madame|Mademoiselle|Docteur|Dr|Professeur|Pr)\s+"
    rf"((?:(?:de|du|des|la|le|van|von|el|ben|d['’])\s?)*{_WORD}(?:\s+{_WORD})*)"
)
_PERSON = re.compile(
    rf"\b(?:patient|patiente|r[ée]sident|r[ée]sidente|usager|usag[èe]re|b[ée]b[ée]|enfant|chambre\s+\d+\w?|ch\.?\s*\d+)"
    rf"\s*[:,(]?\s*((?:[{_UPPER}][{_UPPER}'’-]{{2,}}\s+)?[{_UPPER}][{_UPPER}'’-]{{2,}}(?:\s+[{_UPPER}][a-zà-ÿ'’-]+)?"
    rf"|[{_UPPER}][a-zà-ÿ'’-]+\s+[{_UPPER}][{_UPPER}'’-]{{2,}})(?!\w)"
)
_FUNCTION_WORDS = """
directrice directeur directeurs direction présidente président cadre cadres référent référente référents
médecin médecins infirmière infirmier infirmières idec ide aide secrétaire secrétaires responsable maire
ministre qualiticienne qualiticien pharmacienne pharmacien coordonnatrice coordonnateur agent agente chef
cheffe service interne radiologue biologiste x y z xx yy zz xxx yyy
"""
_CAPITALS = """
INS INSI NIR NIA IPP DPI DUI DMP EHPAD EHPA USLD SSR SMR MCO HAD SSIAD IDE IDEC AS ASH ASE CPTS DIM DSI
DPO GAP GAM GHT HAS ANAP ANS ARS CRIV CSP CPX COG EIG EIGS FEI FINESS SIRET SIH LGC RNIV RNIPP PASI PDA
PUI EFS PACS RIS SGL IRM SAU UHCD UHR PASA OUI NON HPRIM HL7 PAM IHE ORL ETP ESMS IME MAS FAM SESSAD
CAMSP CMP CMPP CATTP SAMU SMUR NOM NOMS PRENOM PRÉNOM NAISSANCE TEST TESTS FICTIF FICTIVE ANONYME INCONNU
HOMME FEMME SEXE AVC VIH ALD ARRIVÉE ADMIS ADMISE AVANT APRES APRÈS SANS AVEC POUR DANS CHEZ TOUS TOUTES
AUCUN
"""
_FUNCTIONS = frozenset(_FUNCTION_WORDS.split())
_ACRONYMS = frozenset(_CAPITALS.split())


def _names(text: str) -> Iterator[IdentityAlert]:
    for match in _CIVILITY.finditer(text):
        words = [word.lower() for word in re.findall(rf"[{_UPPER}]\w*", match[1])]
        if words and not _FUNCTIONS.intersection(words[:2]) and len(match[1]) > 2:  # noqa: PLR2004 - initials
            yield IdentityAlert(kind=IdentityKind.NAME, start=match.start(1), end=match.end(1))
    for match in _PERSON.finditer(text):
        words = re.findall(rf"[{_UPPER}][\w'’-]+", match[1])
        capitals = [word for word in words if word.isupper()]
        if capitals and not _ACRONYMS.intersection(capitals):
            yield IdentityAlert(kind=IdentityKind.NAME, start=match.start(1), end=match.end(1))
