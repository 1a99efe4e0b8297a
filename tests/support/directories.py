"""Small directories of both formats, of establishments that do not exist, with numbers whose key is right."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

HEADER = "finess;etalab;75;2026-05-04"


def number(start: str) -> str:
    """Return a FINESS number: eight characters and the key that makes it right."""
    digits = start.replace("A", "1").replace("B", "2")
    total = 0
    for rank, character in enumerate(reversed(digits)):
        doubled = int(character) * (2 - rank % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return f"{start}{-total % 10}"


LAVAL = number("53000001")
BASTIA = number("2B000001")
BOURG = number("01000001")
OWNER = number("53000900")


def line(
    et: str = LAVAL,
    *,
    ej: str = OWNER,
    name: str = "EHPAD LES PINS",
    long_name: str = "",
    department: str = "53",
    department_label: str = "MAYENNE",
    place: str = "53000 LAVAL",
    phone: str = "0243000000",
    category: str = "500",
    label: str = "Etablissement d'hébergement pour personnes âgées dépendantes",
    opened: str = "1979-02-13",
) -> str:
    """Return a line of an etalab file: 32 fields."""
    fields = [
        *("structureet", et, ej, name, long_name, "", "", "12", "R", "DES LILAS", "", "", "130", department),
        *(department_label, place, phone, "", category, label, "4401", "Hébergement", "53000000000000"),
        *("8710A", "45", "ARS", "1", "PSPH", opened, opened, "2020-01-01", ""),
    ]
    return ";".join(fields)


def etalab(
    path: Path, lines: Sequence[str], *, encoding: str = "utf-8", header: str = HEADER, end: str = "\r\n"
) -> Path:
    """Write an etalab file."""
    path.write_bytes((end.join([*([header] if header else []), *lines]) + end).encode(encoding))
    return path


def site(finess: str = LAVAL, name: str = "EHPAD LES PINS", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an `ege` of a FINESS+ file; `closed` is its day of closure."""
    about = {"egeId": "1", "dateOuverture": "1979-02-13", "nomEgeCourt": name, "numFinessEge": finess}
    if "closed" in more:
        about["dateFermeture"] = more["closed"]
    return {
        "informationsGeneralesEGE": about,
        "categorieentiteGeographiqueExercice": more.get("category", "500"),
        "adresse": [{"cogCommune": "53130", "ligneAcheminement": "LAVAL", "codePostal": "53000"}],
        "contact": [
            {"typeContact": {"roleContact": "01"}, "telecom": {}},
            {"typeContact": {"roleContact": "01"}, "telecom": {"telephone": "02 43 00 00 00"}},
        ],
        "etatObjet": more.get("state", "A"),
        "dateDerniereMaj": "2021-10-18 00:00:00",
    }


def entity(
    finess: str = OWNER, name: str = "ASSOCIATION DU LAC", sites: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Return a `pmej` of a FINESS+ file with its sites."""
    return {
        "informationsGeneralesPMEJ": {
            "pmSmsseId": "1",
            "dateCreation": "1970-01-01",
            "denominationLonguePmSmsse": f"{name}   ",
            "denominationPm": name,
            "numFinessPm": finess,
        },
        "adresse": [{"cogCommune": "53130", "ligneAcheminement": "LAVAL", "codePostal": "53000"}],
        "evenement": [],
        "ege": [*sites],
        "etatObjet": "A",
        "dateDerniereMaj": "2021-10-18 00:00:00",
    }


def finess_plus(path: Path, entities: Sequence[Mapping[str, Any]], *, day: str = "2026-06-01") -> Path:
    """Write a FINESS+ file, laid out as the published sample."""
    whole = {
        "schemaVersion": "v1.0.0",
        "generatedAt": f"{day}T15:49:37.6Z",
        "gcc": [{"gccId": "1", "nomGcc": "GHT d'essai", "pmejDuGcc": []}],
        "gco": [],
        "pmej": [*entities],
    }
    path.write_text(json.dumps(whole, indent=2, ensure_ascii=False), encoding="utf-8")
    return path
