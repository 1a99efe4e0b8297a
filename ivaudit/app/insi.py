"""The follow-up of INSi usage: who called in a month, who did not, how it evolves."""

from dataclasses import dataclass

from ivaudit.app import facilities, insi_declared, insi_perimeters
from ivaudit.app.session import Session
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.insi import Channel
from ivaudit.domain.insi_cells import finess_of
from ivaudit.domain.insi_evolution import Evolution, MonthFigures, evolve
from ivaudit.domain.insi_follow_up import FollowUp, Known, build
from ivaudit.domain.months import shifted
from ivaudit.store import insi as stored

NOTHING_YET = (
    "Aucun fichier d'usage INSi n'est encore importé : importez le fichier par certificat et celui par carte "
    "CPx d'un même mois."
)
_MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What the structure form says of a structure: its id here, its name, and how to reach the service."""

    facility: str
    name: str
    phone: str


def months(session: Session) -> dict[str, frozenset[Channel]]:
    """Return the months of which a file was received, each with its channels."""
    return stored.received(session.workspace.db)


def follow_up(session: Session, month: str = "") -> FollowUp:
    """Return the follow-up of a month, the last one received unless told.

    Raises:
        InvalidValue: no such month, or nothing was imported yet.
    """
    received = months(session)
    chosen = insi_perimeters.checked_month(month) if month else max(received, default="")
    if not chosen:
        raise InvalidValue(NOTHING_YET)
    db = session.workspace.db
    rows = {channel: stored.rows(db, channel, (chosen,)) for channel in Channel}
    known = Known(
        received=received,
        last=stored.last_calls(db, chosen),
        links=insi_declared.links(session),
        rates=insi_declared.rates(session),
    )
    return build(chosen, rows, insi_perimeters.of_month(session, chosen), known)


def evolution(session: Session, until: str = "") -> Evolution:
    """Return the months up to one, the last received unless told; one that was not received stays empty."""
    received = months(session)
    last = until or max(received, default="")
    if not last:
        return Evolution(months=())
    first = max(min(received), shifted(last, 1 - _MONTHS))
    wanted = [month for month in received if first <= month <= last]
    db = session.workspace.db
    callers = stored.callers(db, wanted)
    totals = stored.totals(db, wanted)
    perimeters, links = insi_perimeters.all_of(session), insi_declared.links(session)
    found = [
        MonthFigures(
            month=month,
            channels=received[month],
            callers=callers[month],
            calls=sum(each.calls for each in totals if each.month == month),
            retrievals=sum(each.retrievals for each in totals if each.month == month),
            checks=sum(each.checks for each in totals if each.month == month),
        )
        for month in wanted
    ]
    return evolve(found, first, last, perimeters, links)


def contacts(session: Session) -> dict[str, Contact]:
    """Return how to reach the structures of the workspace, by site number."""
    found: dict[str, Contact] = {}
    for each in facilities.all_of(session):
        number = finess_of(each.finess_et)
        if isinstance(number, str):
            phone = str(each.values.get("contact") or "")
            found[number] = Contact(facility=each.id, name=each.name, phone=phone)
    return found


def chart_png(found: Evolution, *, width: int, dark: bool = False) -> bytes:
    """Return the evolution as a PNG picture, for the screen.

    Args:
        found: the months.
        width: width of the picture, in pixels.
        dark: draw for a dark window.
    """
    from ivaudit.reports.insi_chart import evolution_png  # noqa: PLC0415 - reportlab is loaded for the first chart

    return evolution_png(found, width, dark=dark)
