"""Identities caught whatever their spacing, and harmless texts left alone; both are counted."""

import random
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.identities import published

from ivaudit.domain.identity import IdentityKind, alerts, masked

TODAY = date(2026, 11, 22)
_SEPARATORS = ("", " ", "\u00a0", "\u202f", ".", "-", "  ", "/", "_")
_AROUND = ("Vu {} au dossier.", "matricule {}", "NIR : {}", "le {} est faux", "{}", "saisi {} au lieu du bon")

HARMLESS = (
    "FINESS 750000018 et 750712184",
    "SIRET 269 750 000 00018",
    "Tél. 01 23 45 67 89 et 06.12.34.56.78",
    "procédure du 12/03/2025 version 3",
    "décret du 27 mars 2017",
    "loi du 4 mars 2002",
    "charte validée le 12/03/2009",
    "archives du 01/01/2010 au 31/12/2010",
    "Madame la directrice a présenté la charte",
    "Monsieur le Directeur général",
    "le patient INS qualifiée, résident en EHPAD",
    "chambre 12 vue, chambre 204 B",
    "EAN 3400930000000",
    "ticket 1234567890123",
    "adresse 192.168.1.12 192.168.1.13",
    "OID 1.2.250.1.213.1.4.10 refusé",
    "lot 1 2 3 4 5 6 7 8 9 10 11 12 13",
    "N° FEI 20240312001",
    "M. X a dit, Mme Y aussi",
    "Patient : NON renseigné, résident OUI",
    "bâtiment construit le 01/09/1998",
    "de 8 h 30 à 16 h 45, 30 dossiers sur 45",
)


def _key(number: str) -> str:
    corsica = {"2A": "19", "2B": "18"}
    return f"{97 - int(number[:5] + corsica.get(number[5:7], number[5:7]) + number[7:]) % 97:02d}"


def _matricules(count: int) -> Iterator[str]:
    """Yield numbers as people write them: with their key or not, spaced in every way, in a sentence."""
    chance = random.Random(20261122)  # noqa: S311 - the same numbers each time
    places = [f"{n:02d}" for n in range(1, 96) if n != 20] + ["2A", "2B", "97", "98", "99"]
    for _ in range(count):
        month = chance.choice([20, 31, 50, 99]) if chance.random() < 0.05 else chance.randint(1, 12)
        number = f"{chance.choice('12')}{chance.randint(0, 99):02d}{month:02d}{chance.choice(places)}"
        number += f"{chance.randint(1, 990):03d}{chance.randint(1, 999):03d}"
        number += _key(number) if chance.random() < 0.8 else ""
        written = number.lower() if chance.random() < 0.1 else number
        yield chance.choice(_AROUND).format(_spaced(chance, written))


def _spaced(chance: random.Random, number: str) -> str:
    separator, way = chance.choice(_SEPARATORS), chance.random()
    if way < 0.5:
        parts = (number[0], number[1:3], number[3:5], number[5:7], number[7:10], number[10:13], number[13:])
        return separator.join(part for part in parts if part)
    if way < 0.75:
        return (
            "".join(sign + (chance.choice(_SEPARATORS) * (chance.random() < 0.3)) for sign in number[:-1])
            + number[-1]
        )
    step = chance.choice([2, 3, 4, 5])
    return separator.join(number[at : at + step] for at in range(0, len(number), step))


def test_at_least_98_in_100_matricules_are_caught_whatever_the_spacing() -> None:
    written = list(_matricules(1_000))
    missed = [text for text in written if not _kinds(text) & {IdentityKind.MATRICULE}]
    assert len(missed) <= 20, missed


def test_no_more_than_1_in_100_harmless_texts_alarm() -> None:
    texts = [text for text in published() if len(text) > 20] + list(HARMLESS)
    wrong = [text for text in texts if alerts(text, TODAY)]
    assert len(texts) > 4_000
    assert len(wrong) <= len(texts) // 100, wrong


def _kinds(text: str) -> set[IdentityKind]:
    return {alert.kind for alert in alerts(text, TODAY)}


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless(text: str) -> None:
    assert alerts(text, TODAY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "née le 12/03/1948",
        "né le 3 mai 1951",
        "DDN 04/07/1939",
        "date de naissance : 01-02-1960",
        "Mme née le 5/6/47",
        "naissance 1955-03-12",
        "12/03/1948, 78 ans",
        "résident né en 1943",
        "12.03.1948",
        "enfant née le 12/11/2024",
    ],
)
def test_a_date_of_birth(text: str) -> None:
    assert IdentityKind.BIRTH in _kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mme DUPONT",
        "Monsieur Martin",
        "M. Jean Petit",
        "Mme Le Goff",
        "M. de La Tour",
        "Madame d'Ormesson",
        "patient DUPONT Jean",
        "résidente MARTIN",
        "chambre 12 : LEGRAND Paul",
        "bébé ROUSSEAU",
    ],
)
def test_a_name(text: str) -> None:
    assert _kinds(text) == {IdentityKind.NAME}


def test_a_secure_address_is_one_passage() -> None:
    (found,) = alerts("écrire à 284058832102532@patient.mssante.fr demain", TODAY)
    assert found.kind is IdentityKind.ADDRESS


def test_masking_leaves_the_rest_as_it_was() -> None:
    text = "Vu Mme DUPONT, née le 12/03/1948, 2 84 05 88 321 025 32, au poste 3."
    found = alerts(text, TODAY)
    assert (
        masked(text, found)
        == "Vu Mme [nom masqué], née le [date de naissance masquée], [matricule masqué], au poste 3."
    )
    assert alerts(masked(text, found), TODAY) == ()


@given(st.text(max_size=200))
def test_passages_are_in_order_apart_and_masked_for_good(text: str) -> None:
    found = alerts(text, TODAY)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    outside = [text[: found[0].start], text[found[-1].end :]] if found else [text]
    assert masked(text, found).startswith(outside[0])
    assert masked(text, found).endswith(outside[-1])


@pytest.mark.parametrize(
    "text", ["1 2 3 4 5 6 7 8 9 0 " * 1000, "12/03/" * 3000, "M. " * 6000, "1-" * 9000, "patient AB " * 1800]
)
def test_a_hostile_text_is_read_in_bounded_time(text: str) -> None:
    start = time.process_time()
    alerts(text, TODAY)
    assert time.process_time() - start < 1
