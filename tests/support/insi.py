"""Monthly INSi files as they arrive, made by hand."""

from collections.abc import Sequence
from pathlib import Path

TITLES = (
    "Mois",
    "Départements",
    "N° FINESS",
    "Structures",
    "Catégories FINESS",
    "Nombre de sollicitations INSi réalisées sur le mois",
    "Nombre de sollicitations à l'opération de récupération",
    "Nombre d'appels à l'opération de vérification",
    "Nombre d'utilisateurs uniques sur le mois",
)
"""As context.md has them."""

A, B, C, D, E = "250000015", "250000023", "390000016", "390000024", "010000011"


def row(  # noqa: PLR0917 - as the columns stand
    month: str, finess: str, calls: object, retrievals: object, checks: object, users: object = 1
) -> list[str]:
    """Return a row with a name and a department that follow from the number."""
    department = "25 - DOUBS" if finess.startswith("25") else "39 - JURA"
    texts = (
        month,
        department,
        finess,
        f"EHPAD {finess[-3:]}",
        "500 - EHPAD",
        calls,
        retrievals,
        checks,
        users,
    )
    return [str(each) for each in texts]


def text(rows: Sequence[Sequence[str]], sign: str = ";", titles: Sequence[str] = TITLES) -> str:
    """Return a CSV."""
    return "\r\n".join(sign.join(each) for each in (titles, *rows)) + "\r\n"


def csv_file(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write a CSV as a spreadsheet of here does."""
    path.write_text(text(rows), encoding="cp1252", newline="")
    return path
