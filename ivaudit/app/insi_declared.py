"""What structures say beside the INSi files: the number they call under, their qualified identities."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from ivaudit.app import child_files, gestures, jobs, names
from ivaudit.app.insi_perimeters import checked_finess, checked_month
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.insi_cells import Refused
from ivaudit.domain.insi_follow_up import DeclaredRate, Link
from ivaudit.domain.journal import IMPORT, Json
from ivaudit.exchange.insi_lists import RatesFile, share_in
from ivaudit.reports.plain import from_plain
from ivaudit.store import records
from ivaudit.store.journal import Edit

DEFINITIONS = (
    "Résidents présents le dernier jour du mois",
    "Usagers distincts venus dans le mois",
    "Usagers distincts venus depuis le début de l'année",
)
"""Ways to define the *file active*, proposed; a structure may have its own."""

_LINK, _RATE = "insi_link", "insi_rate"
_WHOLE = 1000
_COUNTS = ("qualified", "active", "permille")
_TEXTS = ("date", "definition")


# -- calls under another number ----------------------------------------------------------------------------


def links(session: Session) -> tuple[Link, ...]:
    """Return the links, by FINESS number."""
    found = (
        Link(
            finess=each.id,
            target=each.text("target"),
            since=each.text("since"),
            until=each.text("until"),
            note=each.text("note"),
            conflict=each.conflict,
        )
        for each in records.records(session.workspace.db, _LINK, "")
    )
    return tuple(sorted(found, key=lambda each: each.finess))


def link(
    session: Session, finess: str, target: str, *, since: str = "", until: str = "", note: str = ""
) -> Changes:
    """Say that a structure calls under the FINESS number of another.

    Args:
        session: the open workspace.
        finess: the structure.
        target: the number that it calls under.
        since: first month, from always when empty.
        until: last month, still so when empty.
        note: how this is known.

    Raises:
        InvalidValue: no such number or month, the same number twice, or a chain of links.
    """
    number, other = checked_finess(finess), checked_finess(target)
    known = {each.finess: each for each in links(session)}
    if number == other:
        raise InvalidValue("Une structure qui appelle sous son propre FINESS n'a pas besoin de lien.")
    if other in known:
        raise InvalidValue(
            f"La structure {other} appelle elle-même sous le FINESS {known[other].target} : reliez à lui."
        )
    if any(each.target == number for each in known.values()):
        raise InvalidValue(
            "D'autres structures appellent sous ce FINESS : il ne peut pas être relié à un autre."
        )
    start, end = (checked_month(each) if each.strip() else "" for each in (since, until))
    if end and end < start:
        raise InvalidValue("Le dernier mois du lien vient avant le premier.")
    wanted: dict[str, Json] = {"target": other, "since": start, "until": end, "note": note.strip()}
    return _write(session, names.insi("link", number), wanted, "Lien INSi enregistré")


def unlink(session: Session, finess: str) -> Changes:
    """Take a link away.

    Raises:
        NotFound: there is none.
    """
    number = checked_finess(finess)
    if records.record(session.workspace.db, _LINK, "", number) is None:
        raise NotFound("Cette structure n'est reliée à aucun autre FINESS.")
    edits = [Edit(names.insi("link", number), "exists", False)]
    return gestures.gesture_in(session, names.INSI, edits, "Lien INSi retiré")


# -- qualified identities ----------------------------------------------------------------------------------


def rates(session: Session, finess: str | None = None) -> tuple[DeclaredRate, ...]:
    """Return the declared rates, of every structure or of one, by structure and month."""
    found = map(_rate, records.records(session.workspace.db, _RATE, finess))
    return tuple(sorted(found, key=lambda each: (each.finess, each.month)))


def declare(session: Session, rate: DeclaredRate) -> Changes:
    """Keep the rate that a structure declares for a month; it replaces the one of that month.

    Raises:
        InvalidValue: neither counts nor a rate, more qualified identities than users, or an impossible day.
    """
    checked = _checked(rate)
    entity = names.insi("rate", f"{checked.finess}/{checked.month}")
    return _write(session, entity, _values(checked), "Taux d'identités qualifiées enregistré")


def withdraw(session: Session, finess: str, month: str) -> Changes:
    """Take a declared rate away.

    Raises:
        NotFound: there is none.
    """
    number, of = checked_finess(finess), checked_month(month)
    if records.record(session.workspace.db, _RATE, number, of) is None:
        raise NotFound("Aucun taux n'est déclaré par cette structure pour ce mois.")
    edits = [Edit(names.insi("rate", f"{number}/{of}"), "exists", False)]
    return gestures.gesture_in(session, names.INSI, edits, "Taux d'identités qualifiées retiré")


def read_rates(path: Path, *, cancelled: Callable[[], bool] = jobs.never) -> RatesFile:
    """Return the rates of a file, XLSX or CSV; nothing is recorded.

    Raises:
        UnreadableFile: it is no such list, or not one that can be read safely.
        Cancelled: somebody asked to stop.
    """
    if not path.is_file():
        raise NotFound("Ce fichier n'existe pas ou n'est plus là. Rien n'a été modifié.")
    found = child_files.read("lire-taux-insi", path, cancelled=cancelled, timeout=jobs.READING * 15)
    return from_plain(RatesFile, found["found"])


def share(text: str) -> int | None:
    """Return a rate as it is kept, in thousandths, from «87,5» or «87,5 %»; nothing where it is empty.

    Raises:
        InvalidValue: it is none.
    """
    found = share_in(text)
    if isinstance(found, Refused):
        raise InvalidValue("Un taux s'écrit 87,5 ou 87,5 %, et ne dépasse pas 100 %.")
    return found


def differing(session: Session, found: Iterable[DeclaredRate]) -> tuple[DeclaredRate, ...]:
    """Return the rates of a file that are not already kept as they are."""
    known = {(each.finess, each.month): _values(each) for each in rates(session)}
    return tuple(each for each in found if known.get((each.finess, each.month)) != _values(each))


def accept(session: Session, found: Iterable[DeclaredRate]) -> Changes:
    """Keep the rates of a file in one gesture, all or nothing."""
    edits = [
        Edit(names.insi("rate", f"{rate.finess}/{rate.month}"), field, value)
        for rate in differing(session, map(_checked, found))
        for field, value in {"exists": True, **_values(rate)}.items()
    ]
    if not edits:
        return Changes()
    return gestures.gesture_in(
        session, names.INSI, edits, "Taux d'identités qualifiées importés", kind=IMPORT
    )


# -- parts -------------------------------------------------------------------------------------------------


def _write(session: Session, entity: str, wanted: dict[str, Json], label: str) -> Changes:
    kind, _, name = entity.partition(":")
    owner, _, key = name.rpartition("/")
    now = records.record(session.workspace.db, kind, owner, key)
    known = {"exists": True, **now.fields} if now is not None else {}
    edits = [
        Edit(entity, field, value)
        for field, value in {"exists": True, **wanted}.items()
        if known.get(field) != value
    ]
    return gestures.gesture_in(session, names.INSI, edits, label) if edits else Changes()


def _rate(found: records.Record) -> DeclaredRate:
    return DeclaredRate(
        finess=found.owner,
        month=found.id,
        qualified=found.whole("qualified"),
        active=found.whole("active"),
        permille=found.whole("permille"),
        date=found.text("date"),
        definition=found.text("definition"),
        conflict=found.conflict,
    )


def _values(rate: DeclaredRate) -> dict[str, Json]:
    return {
        **{field: getattr(rate, field) for field in _COUNTS},
        **{field: getattr(rate, field) for field in _TEXTS},
    }


def _checked(rate: DeclaredRate) -> DeclaredRate:
    known = rate.qualified is not None and bool(rate.active)
    if not known and rate.permille is None:
        raise InvalidValue("Donnez le nombre d'identités qualifiées et la file active, ou à défaut le taux.")
    if rate.qualified is not None and rate.active is not None and rate.qualified > rate.active:
        raise InvalidValue("Il y a plus d'identités qualifiées que d'usagers dans la file active.")
    if rate.permille is not None and not 0 <= rate.permille <= _WHOLE:
        raise InvalidValue("Un taux va de 0 à 100 %.")
    if min(rate.qualified or 0, rate.active or 0) < 0:
        raise InvalidValue("Ces nombres ne peuvent pas être négatifs.")
    try:
        day = date.fromisoformat(rate.date).isoformat() if rate.date else ""
    except ValueError:
        raise InvalidValue("La date du relevé s'écrit AAAA-MM-JJ.") from None
    return DeclaredRate(
        finess=checked_finess(rate.finess),
        month=checked_month(rate.month),
        qualified=rate.qualified,
        active=rate.active,
        permille=None if known else rate.permille,
        date=day,
        definition=rate.definition.strip(),
    )
