"""Perimeters of the INSi follow-up: made from lists, frozen month by month, exclusions with their reason."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ivaudit.app import child_files, directory, facilities, gestures, jobs, names, privacy
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.insi_cells import Refused, finess_of
from ivaudit.domain.insi_perimeter import Expected, Perimeter, code_of, in_force, together
from ivaudit.domain.journal import Json
from ivaudit.exchange.insi_lists import ExpectedFile
from ivaudit.reports.plain import from_plain, to_plain
from ivaudit.store import insi as stored
from ivaudit.store import records
from ivaudit.store.journal import Edit

KIND = "insi_perimeter"
_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
_NONE = (
    "Aucun périmètre n'est défini : dites d'abord quelles structures sont attendues, à partir d'une liste, "
    "des structures de ce dossier ou de celles des fichiers reçus."
)
_NOT_FOLLOWED = (
    "Rien ne dit encore quels départements et quelles catégories sont suivis : importez d'abord un fichier "
    "d'usage INSi, ou choisissez-les dans le périmètre."
)


def all_of(session: Session) -> tuple[Perimeter, ...]:
    """Return the frozen perimeters, by month."""
    found = map(_perimeter, records.records(session.workspace.db, KIND, ""))
    return tuple(sorted(found, key=lambda each: each.month))


def of_month(session: Session, month: str) -> Perimeter | None:
    """Return the perimeter in force in a month: its own, or the last one frozen before it."""
    return in_force(all_of(session), month)


def from_facilities(session: Session) -> tuple[Expected, ...]:
    """Return the structures of the workspace that have a site number."""
    found = (
        (finess_of(each.finess_et), each) for each in facilities.all_of(session) if each.finess_et.strip()
    )
    return tuple(
        Expected(finess=number, name=each.name, category=each.category)
        for number, each in found
        if not isinstance(number, Refused)
    )


def from_files(session: Session) -> tuple[Expected, ...]:
    """Return the structures that a monthly file ever named."""
    return tuple(
        Expected(finess=row.finess, name=row.name, department=row.department, category=row.category)
        for row in stored.seen(session.workspace.db)
    )


def from_directory(session: Session, month: str) -> tuple[Expected, ...]:
    """Return the sites of the FINESS directory in the departments and categories that are followed.

    Those of the perimeter in force, or else those that the files received name; a site closed on an unknown
    day is left out.

    Raises:
        InvalidValue: no directory was imported, or nothing says which departments and categories.
    """
    if directory.state(session) is None:
        raise InvalidValue("Aucun annuaire FINESS n'est importé : page Structures, « Annuaire FINESS… ».")
    now, seen = of_month(session, month), from_files(session)
    departments = {code_of(each) for each in (now.departments if now else ()) or [s.department for s in seen]}
    categories = {code_of(each) for each in (now.categories if now else ()) or [s.category for s in seen]}
    if not (departments - {""} and categories - {""}):
        raise InvalidValue(_NOT_FOLLOWED)
    found = directory.sites_among(
        session, [each.upper() for each in departments if each], [each.upper() for each in categories if each]
    )
    return tuple(
        Expected(
            finess=each.finess,
            name=each.title,
            department=_labelled(each.department, each.department_label),
            category=_labelled(each.category, each.category_label),
            opened=each.opened,
            closed=each.closed_on,
        )
        for each in found
        if each.closed_on or not each.closed
    )


def read(path: Path, *, cancelled: Callable[[], bool] = jobs.never) -> ExpectedFile:
    """Return the structures of a list, XLSX or CSV; nothing is recorded.

    Raises:
        UnreadableFile: it is no such list, or not one that can be read safely.
        Cancelled: somebody asked to stop.
    """
    if not path.is_file():
        raise NotFound("Ce fichier n'existe pas ou n'est plus là. Rien n'a été modifié.")
    found = child_files.read("lire-perimetre-insi", path, cancelled=cancelled, timeout=jobs.READING * 15)
    return from_plain(ExpectedFile, found["found"])


def freeze(
    session: Session,
    month: str,
    *,
    structures: Sequence[Expected] | None = None,
    categories: Sequence[str] | None = None,
    departments: Sequence[str] | None = None,
) -> Changes:
    """Freeze the perimeter of a month, from the one in force and what is given; earlier months stay.

    Args:
        session: the open workspace.
        month: «2026-09».
        structures: those expected, added to the list in force; the list in force unless given.
        categories: those that count, all of them when empty; those in force unless given.
        departments: idem.

    Raises:
        InvalidValue: no such month, or no structure at all.
    """
    now = of_month(session, checked_month(month))
    listed = together(structures or (), now.structures if now is not None else ())
    if not listed:
        raise InvalidValue(_NONE)
    wanted: dict[str, Json] = {
        "structures": [_plain(each) for each in listed],
        "categories": list(_chosen(categories, now.categories if now is not None else ())),
        "departments": list(_chosen(departments, now.departments if now is not None else ())),
        "exclusions": _exclusions(now.exclusions if now is not None else {}),
    }
    return _write(session, month, wanted, f"Périmètre INSi de {month} figé")


def withdraw(session: Session, month: str, finess: Sequence[str]) -> Changes:
    """Take structures off the list of a month, which is frozen with it.

    Raises:
        InvalidValue: no such month, or no perimeter yet.
    """
    now = _needed(session, month)
    left = [_plain(each) for each in now.structures if each.finess not in set(finess)]
    kept = {key: reason for key, reason in now.exclusions.items() if key not in set(finess)}
    wanted = {**_same(now), "structures": left, "exclusions": _exclusions(kept)}
    return _write(session, month, wanted, "Structure retirée du périmètre INSi")


def exclude(session: Session, month: str, finess: str, reason: str) -> Changes:
    """Set a structure aside from a month on, with the reason.

    Raises:
        InvalidValue: no reason, no such month, or a structure that is not on the list.
    """
    now = _needed(session, month)
    if not reason.strip():
        raise InvalidValue("Dites pourquoi cette structure est exclue : le motif paraît dans le suivi.")
    _listed(now, finess)
    wanted = {**_same(now), "exclusions": _exclusions({**now.exclusions, finess: reason.strip()})}
    return _write(session, month, wanted, "Structure exclue du périmètre INSi")


def include(session: Session, month: str, finess: str) -> Changes:
    """Take back, from a month on, a structure that was set aside.

    Raises:
        InvalidValue: no such month, or a structure that is not on the list.
    """
    now = _needed(session, month)
    _listed(now, finess)
    kept = {key: reason for key, reason in now.exclusions.items() if key != finess}
    wanted = {**_same(now), "exclusions": _exclusions(kept)}
    return _write(session, month, wanted, "Structure remise dans le périmètre INSi")


def checked_month(text: str) -> str:
    """Return a month as it is kept.

    Raises:
        InvalidValue: it is none.
    """
    if not _MONTH.fullmatch(text.strip()):
        raise InvalidValue("Un mois s'écrit AAAA-MM, par exemple 2026-09.")
    return text.strip()


def checked_finess(text: str) -> str:
    """Return a FINESS number as it is kept.

    Raises:
        InvalidValue: it is none.
    """
    found = finess_of(text)
    if isinstance(found, Refused):
        raise InvalidValue(f"{found.reason[0].upper()}{found.reason[1:]}.")
    return found


def _write(session: Session, month: str, wanted: Mapping[str, Json], label: str) -> Changes:
    """Record what differs from the month's own perimeter; names of the directory identify nobody."""
    entity = names.insi("perimeter", month)
    now = records.record(session.workspace.db, KIND, "", month)
    known = {"exists": True, **now.fields} if now is not None else {}
    edits = [
        Edit(entity, field, value)
        for field, value in {"exists": True, **wanted}.items()
        if known.get(field) != value
    ]
    if not edits:
        return Changes()
    _vouch(session, wanted["structures"])
    return gestures.gesture_in(session, names.INSI, edits, label)


def _vouch(session: Session, structures: Json) -> None:
    """Say that what looks like an identity in the list («… 8 mai 1945», a day of opening) is none."""
    for each in structures if isinstance(structures, list) else ():
        for field in ("name", "opened", "closed") if isinstance(each, dict) else ():
            privacy.keep(session, str(each.get(field) or ""))


def _needed(session: Session, month: str) -> Perimeter:
    now = of_month(session, checked_month(month))
    if now is None:
        raise InvalidValue(_NONE)
    return now


def _listed(now: Perimeter, finess: str) -> None:
    if finess not in {each.finess for each in now.structures}:
        raise InvalidValue("Cette structure n'est pas dans la liste du périmètre.")


def _same(now: Perimeter) -> dict[str, Json]:
    return {
        "structures": [_plain(each) for each in now.structures],
        "categories": list(now.categories),
        "departments": list(now.departments),
        "exclusions": _exclusions(now.exclusions),
    }


def _plain(structure: Expected) -> dict[str, Json]:
    return {name: value for name, value in vars_of(structure).items() if value}


def vars_of(structure: Expected) -> dict[str, str]:
    """Return the fields of a structure of the list."""
    found = to_plain(structure)
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _exclusions(found: Mapping[str, str]) -> list[Json]:
    return [{"finess": finess, "reason": found[finess]} for finess in sorted(found)]


def _labelled(code: str, label: str) -> str:
    return f"{code} - {label}" if label else code


def _chosen(given: Sequence[str] | None, known: Sequence[str]) -> Sequence[str]:
    return known if given is None else [each.strip() for each in given if each.strip()]


def _perimeter(found: records.Record) -> Perimeter:
    structures, exclusions = found.fields.get("structures"), found.fields.get("exclusions")
    return Perimeter(
        month=found.id,
        structures=tuple(map(_expected, structures if isinstance(structures, list) else ())),
        categories=found.texts("categories"),
        departments=found.texts("departments"),
        exclusions={
            str(each["finess"]): str(each["reason"])
            for each in (exclusions if isinstance(exclusions, list) else ())
            if isinstance(each, dict)
        },
        conflict=found.conflict,
    )


def _expected(value: Json) -> Expected:
    fields = value if isinstance(value, dict) else {}
    kept = {
        name: str(fields.get(name) or "") for name in ("name", "department", "category", "opened", "closed")
    }
    return Expected(finess=str(fields.get("finess") or ""), **kept)
