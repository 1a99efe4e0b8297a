"""What an entry of the register must respect beyond the fields of its form."""

import re
from collections.abc import Mapping

from ivaudit.domain.anomalies import EntryKind, Nature
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.journal import Json

ONLY_A_ROOM = (
    "Une chambre ne suffit pas comme seule référence : elle change d'occupant, et elle désigne quelqu'un. "
    "Donnez le numéro du dossier dans votre logiciel, ou aucune référence : recopiez alors le numéro de "
    "l'anomalie dans le dossier de la personne."
)

_ROOM = re.compile(
    r"(?:ch(?:bre|ambre)?|lit|bo?x|porte|appartement|appt?|studio)\b[\s.:n°#-]*[\w-]{0,8}(?:[\s,/-]+\w{1,6}){0,3}",
    re.IGNORECASE,
)
_PAST = ("found", "happened", "known_day")
_FIRST_DAY = "1900-01-01"
_COUNTS = ("detected", "confirmed", "corrected")


def check_entry(kind: EntryKind, values: Mapping[str, Json]) -> None:
    """Refuse what no entry can be.

    Args:
        kind: which form.
        values: every field of it that has a value.

    Raises:
        InvalidValue: no type, a room as the only reference, or counts of a batch that do not go together.
    """
    if not values.get("type"):
        raise InvalidValue("Choisissez le type de l'anomalie ; « S99 – Autre » convient en attendant.")
    if only_a_room(values.get("references")):
        raise InvalidValue(ONLY_A_ROOM)
    if kind is EntryKind.BATCH:
        _check_counts(values)


def check_days(values: Mapping[str, Json], today: str) -> None:
    """Refuse days on which nothing can have been found or have happened.

    Args:
        values: fields that are given.
        today: the local day, `AAAA-MM-JJ`.

    Raises:
        InvalidValue: one of them is to come, or of another century.
    """
    for name in _PAST:
        day = str(values.get(name) or "")
        if day > today:
            raise InvalidValue(f"Le {_said(day)} est à venir : vérifiez l'année.")
        if day and day < _FIRST_DAY:
            raise InvalidValue(f"Le {_said(day)} est d'un autre temps : vérifiez l'année.")


def _said(day: str) -> str:
    return "/".join(reversed(day.split("-")))


def only_a_room(references: Json) -> bool:
    """Tell whether rows of references name nothing but rooms."""
    rows = [row for row in references if isinstance(row, Mapping)] if isinstance(references, list) else []
    given = [row for row in rows if row.get("value")]
    return bool(given) and all(
        row.get("nature") == Nature.ROOM or _ROOM.fullmatch(str(row["value"]).strip()) for row in given
    )


def _check_counts(values: Mapping[str, Json]) -> None:
    detected, confirmed, corrected = (
        value if isinstance(value := values.get(name), int) else None for name in _COUNTS
    )
    if detected is None and confirmed is None and corrected is None:
        raise InvalidValue("Un lot compte ce qui a été détecté, confirmé ou corrigé : donnez un nombre.")
    most = detected if detected is not None else confirmed
    if most is not None and any(each is not None and each > most for each in (confirmed, corrected)):
        raise InvalidValue("Un lot ne peut pas confirmer ou corriger plus que ce qu'il a détecté.")
    if confirmed is not None and corrected is not None and corrected > confirmed:
        raise InvalidValue("Un lot ne peut pas corriger plus que ce qu'il a confirmé.")
