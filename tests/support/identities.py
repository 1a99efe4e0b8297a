"""Identities as people write them, none of them anybody's, and harmless texts that look like them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from ivaudit.domain.identity import IdentityKind

PROJECT = Path(__file__).parents[2]
_SEPARATORS = ("", " ", "\u00a0", "\u202f", ".", "-", "  ", "/", "_")
_AROUND = ("Vu {} au dossier.", "matricule {}", "NIR : {}", "le {} est faux", "{}", "saisi {} pour le bon")
_BORN = (
    "née le {}", "né le {}", "DDN {}", "date de naissance : {}", "naissance {}", "patiente née le {} ici",
)  # fmt: skip
_NAMES = ("DUPONT", "MARTIN", "Lefèvre", "LE GOFF", "de La Tour", "N'Diaye", "Étchegaray", "BEN SALEM")
_FIRST = ("Jean", "Marie-Claude", "Zoé", "Ahmed", "Paulette", "Émile")
_NAMED = (
    "Mme {} attend", "M. {1} {0} vu au poste", "Monsieur {}", "Madame {} est sortie", "Dr {}", "Mlle {}",
)  # fmt: skip
_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre")
_FIELD_LIKE = (
    "FINESS {finess} relevé sur l'étiquette, FINESS ET {finess}",
    "SIRET {siret} de l'éditeur",
    "rappeler le {phone}, poste {small}",
    "procédure PR-{small}-{year} du {day} non affichée",
    "version {small}.{digit} du logiciel, mise à jour le {day}",
    "vu le {day} à {hour} h {minute}, {small} dossiers sur {big}",
    "N° FEI {year}{small:05d} ouverte le {day}",
    "ticket éditeur {big}{big}, relancé le {day}",
    "lot de {big} doublons, {small} confirmés en {month} {year}",
    "IPP {ipp} et {ipp} : deux dossiers pour la même personne",
    "n° DUI {ipp}, chambre {small}, unité protégée",
    "anomalie 26-K7Q-{small:04d} close le {day}",
    "charte validée le {day}, relue en {month} {year}",
    "arrêté du {day}, article {small}",
    "l'agent d'accueil a montré la recherche par date de naissance",
    "bracelet absent chez {digit} résidents sur {small}",
    "retour INSi 02 le {day}, autre prénom essayé",
    "le patient dit son identité, le soignant compare au bracelet",
    "adresse du poste 10.12.{small}.{digit}, imprimante {small}",
    "code postal {postal}, COG {cog}",
)


@dataclass(frozen=True)
class Variant:
    """A text that holds an identity, and what of."""

    kind: IdentityKind
    text: str


def variants(count: int, seed: int = 20261122) -> Iterator[Variant]:
    """Yield identities: half of them matricules, then addresses, dates of birth and names."""
    chance = random.Random(seed)  # noqa: S311 - the same numbers each time
    for rank in range(count):
        match rank % 10:
            case 0 | 1 | 2 | 3 | 4:
                written = spaced(chance, number(chance))
                yield Variant(IdentityKind.MATRICULE, chance.choice(_AROUND).format(written))
            case 5:
                bare = number(chance, keyed=True)
                yield Variant(IdentityKind.ADDRESS, f"écrire à {bare}@patient.mssante.fr avant midi")
            case 6 | 7:
                yield Variant(IdentityKind.BIRTH, chance.choice(_BORN).format(_day(chance)))
            case _:
                named = chance.choice(_NAMED).format(chance.choice(_NAMES), chance.choice(_FIRST))
                yield Variant(IdentityKind.NAME, f"{named} – {rank}")


def number(chance: random.Random, *, keyed: bool | None = None) -> str:
    """Return the number of nobody, with its key or not."""
    places = [f"{n:02d}" for n in range(1, 96) if n != 20] + ["2A", "2B", "97", "98", "99"]
    month = chance.choice([20, 31, 50, 99]) if chance.random() < 0.05 else chance.randint(1, 12)
    found = f"{chance.choice('12')}{chance.randint(0, 99):02d}{month:02d}{chance.choice(places)}"
    found += f"{chance.randint(1, 990):03d}{chance.randint(1, 999):03d}"
    return found + (_key(found) if keyed or (keyed is None and chance.random() < 0.8) else "")


def _key(found: str) -> str:
    corsica = {"2A": "19", "2B": "18"}
    return f"{97 - int(found[:5] + corsica.get(found[5:7], found[5:7]) + found[7:]) % 97:02d}"


def spaced(chance: random.Random, found: str) -> str:
    """Return a number with separators where people put them, and where they do not."""
    separator, way = chance.choice(_SEPARATORS), chance.random()
    if way < 0.5:
        parts = (found[0], found[1:3], found[3:5], found[5:7], found[7:10], found[10:13], found[13:])
        return separator.join(part for part in parts if part)
    if way < 0.75:
        return (
            "".join(sign + (chance.choice(_SEPARATORS) * (chance.random() < 0.3)) for sign in found[:-1])
            + found[-1]
        )
    step = chance.choice([2, 3, 4, 5])
    return separator.join(found[at : at + step] for at in range(0, len(found), step))


def _day(chance: random.Random) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1925, 2025)
    match chance.randint(0, 3):
        case 0:
            return f"{day:02d}/{month:02d}/{year}"
        case 1:
            return f"{day}.{month}.{year}"
        case 2:
            return f"{day:02d}-{month:02d}-{year % 100:02d}"
        case _:
            return f"{day} {_MONTHS[month % 9]} {year}"


def harmless(count: int, seed: int = 7) -> Iterator[str]:
    """Yield sentences of the field with numbers and dates that identify nobody."""
    chance = random.Random(seed)  # noqa: S311 - idem
    for rank in range(count):
        year = chance.randint(2013, 2026)
        yield _FIELD_LIKE[rank % len(_FIELD_LIKE)].format(
            finess=f"{chance.randint(1, 95):02d}{chance.randint(0, 9_999_999):07d}",
            siret=" ".join(f"{chance.randint(200, 999)}" for _ in range(3)) + f" 000{chance.randint(10, 99)}",
            phone=f"0{chance.randint(1, 7)} " + " ".join(f"{chance.randint(0, 99):02d}" for _ in range(4)),
            day=f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{year}",
            month=chance.choice(_MONTHS),
            year=year,
            hour=chance.randint(0, 23),
            minute=f"{chance.randint(0, 59):02d}",
            small=chance.randint(10, 99),
            big=chance.randint(100, 9_999),
            digit=chance.randint(1, 9),
            ipp=chance.randint(100_000, 99_999_999),
            postal=f"{chance.randint(1_000, 95_999):05d}",
            cog=f"{chance.randint(1_000, 95_999):05d}",
        )


def published() -> Iterator[str]:
    """Yield the texts that are shipped, as an auditor reads them."""
    for folder in ("checklists", "forms", "exports", "ivaudit/resources/demonstration"):
        for path in sorted((PROJECT / folder).rglob("*.yaml")):
            if path.stem != "reprise-journal":  # lists of first names and of titles: nobody types them
                yield from _texts(yaml.safe_load(path.read_text(encoding="utf-8")))


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, each in value.items():
                if key != "source":
                    yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
