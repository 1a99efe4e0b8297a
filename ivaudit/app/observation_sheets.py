"""A campaign as a sheet: filled in with a spreadsheet, a line a row, and read back with a preview."""

import hashlib
import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from ivaudit.app import campaigns, facilities, jobs, names, observations, sheets
from ivaudit.app.campaigns import CampaignSheet
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.campaign import ObservedRow
from ivaudit.domain.errors import InvalidValue, UnreadableFile
from ivaudit.domain.exchange_sheet import ExchangeSheet, ReturnedLine, ReturnedSheet, SheetLine, What
from ivaudit.domain.journal import IMPORT
from ivaudit.domain.observation_sheet import columns_of, line_of, line_words
from ivaudit.domain.sheet_comparison import Change, Known, SheetComparison, compare
from ivaudit.store import campaigns as stored
from ivaudit.store.journal import Edit

BEFORE = "avant l'import d'observations"
"""Why the backup before an import is made."""

_NOTES = (
    (
        "Une ligne par personne, acte, dossier ou document : un numéro, jamais une identité. Choisissez "
        "chaque réponse dans la liste ; laissez vide ce qui n'a pas encore été vu."
    ),
    (
        "Ce qui revient est d'abord montré ; une case vide ne change rien, et une ligne déjà saisie ici "
        "n'est pas remplacée sans être montrée."
    ),
)
_OTHER = (
    "Ce classeur est celui d'une autre campagne d'observation. Rien n'a été modifié. Ouvrez la campagne d'où "
    "il vient, puis importez-le."
)
_NOT_ROWS = (
    "Ce classeur est un plan d'actions, pas une feuille d'observations. Rien n'a été modifié. Importez-le "
    "depuis la page Actions."
)
_ID = 8
_SPARE = 10


# -- out ---------------------------------------------------------------------------------------------------


def prepare(session: Session, campaign: str, *, blank: int | None = None) -> ExchangeSheet:
    """Return a campaign as a sheet: its lines, then empty ones to fill in.

    Args:
        session: the open workspace.
        campaign: its id.
        blank: how many empty lines; enough for the target, and some more, unless told.

    Raises:
        NotFound: no such campaign.
        InvalidValue: more lines than a campaign holds.
    """
    found = campaigns.sheet(session, campaign)
    room = observations.MAX_ROWS - len(found.rows)
    wanted = blank if blank is not None else min(room, max(_SPARE, found.grid.target - len(found.rows)))
    if not 0 <= wanted <= room:
        raise InvalidValue(f"Une campagne tient {observations.MAX_ROWS} lignes : il en reste {room}.")
    who = facilities.get(session, found.campaign.facility).name
    held = [SheetLine(key=row.id, values=line_of(row)) for row in found.rows]
    empty = [SheetLine(key=secrets.token_hex(6)) for _ in range(wanted)]
    return ExchangeSheet(
        what=What.OBSERVATIONS,
        about=campaign,
        book=secrets.token_hex(_ID),
        title=f"{found.campaign.title} – {who}",
        foot=f"{found.grid.id} · {found.grid.version}",
        notes=(*_NOTES, *_reading(found)),
        columns=columns_of(found.campaign, found.grid),
        lines=(*held, *empty),
    )


def file_name(session: Session, campaign: str, suffix: str = "xlsx") -> str:
    """Return the name of the file («2026-11-21_Bracelet-d-identification_observations.xlsx»)."""
    found = campaigns.get(session, campaign)
    return sheets.file_name(found.start, found.title, "observations", suffix)


# -- back in -----------------------------------------------------------------------------------------------


def read(path: Path, titles: dict[str, str], *, cancelled: Callable[[], bool] = jobs.never) -> ReturnedSheet:
    """Return what a sheet of observations says when it comes back.

    Raises:
        UnreadableFile: it is not one, or not one that can be read safely.
        TookTooLong: reading it takes more than a few seconds.
        Cancelled: somebody asked to stop.
    """
    found = sheets.read(path, titles, cancelled=cancelled)
    if found.what not in {"", What.OBSERVATIONS}:
        raise UnreadableFile(_NOT_ROWS)
    return found


def titles(session: Session, campaign: str) -> dict[str, str]:
    """Return the fields by the titles that the sheet of a campaign has.

    Raises:
        NotFound: no such campaign.
    """
    found = campaigns.get(session, campaign)
    return {each.title: each.field for each in columns_of(found, session.grid(found.grid[2]))}


def preview(session: Session, campaign: str, returned: ReturnedSheet) -> SheetComparison:
    """Return what importing a sheet would change in a campaign; nothing is recorded.

    Raises:
        NotFound: no such campaign.
        UnreadableFile: the sheet is that of another campaign.
    """
    found = campaigns.sheet(session, campaign)
    if returned.about not in {"", campaign}:
        raise UnreadableFile(_OTHER)
    removed = _Removed(session, campaign)

    def fresh(line: ReturnedLine, _rank: int) -> Known | None:
        if line.key.text and removed.has(line.key.text):
            return None  # taken away here since it left: it does not come back by itself
        return Known(label=f"Nouvelle ligne ({line.key.sheet}, ligne {line.key.row})", values={})

    seen = compare(
        returned,
        columns_of(found.campaign, found.grid),
        {row.id: Known(label=line_words(row), values=line_of(row)) for row in found.rows},
        fresh=fresh,
        key_of=lambda line, rank: _key(line, rank, campaign, returned.book),
        trusted=False,
    )
    return sheets.without_impossible(
        seen, lambda field, theirs: observations.checked(found.grid, field, theirs)
    )


def accept(
    session: Session, campaign: str, seen: SheetComparison, take: Collection[str] | None = None
) -> Changes:
    """Record what was previewed, as one gesture of the campaign.

    Args:
        session: the open workspace.
        campaign: its id.
        seen: what was shown; a value noted since stays as it is.
        take: ids of the changes that are written; those proposed unless told.

    Raises:
        NotFound: no such campaign.
        InvalidValue: it would hold more lines than it can.
    """
    found = campaigns.get(session, campaign)
    rows = {row.id: row for row in stored.rows(session.workspace.db, campaign)}
    wanted = seen.to_write(take)
    new = [key for key in dict.fromkeys(each.key for each in wanted) if key not in rows]
    if len(rows) + len(new) > observations.MAX_ROWS:
        raise InvalidValue(f"Une campagne tient {observations.MAX_ROWS} lignes : ouvrez-en une autre.")
    edits = [*_new_rows(campaign, rows.values(), new), *_edits(campaign, rows, wanted)]
    if not any(edit.field != "exists" for edit in edits):
        return Changes()
    touched = len({edit.entity for edit in edits})
    label = f"Observations importées ({touched} {'ligne' if touched == 1 else 'lignes'})"
    return campaigns.gesture(session, found, edits, label, kind=IMPORT)


def back_up(session: Session) -> None:
    """Make the backup that undoes an import."""
    sheets.back_up(session, BEFORE)


# -- parts -------------------------------------------------------------------------------------------------


class _Removed:
    """Which lines were taken away from a campaign."""

    def __init__(self, session: Session, campaign: str) -> None:
        self._session = session
        self._campaign = campaign

    def has(self, key: str) -> bool:
        """Tell whether a line was here and is not any more."""
        return self._session.workspace.journal.value(names.row(self._campaign, key), "exists") is False


def _key(line: ReturnedLine, rank: int, campaign: str, book: str) -> str:
    """Return the key of a line; one added by hand gets the same each time the file is read."""
    text = line.key.text
    if text and len(text) <= 2 * _ID and text.isalnum():
        return text
    made = hashlib.sha256(f"{campaign}/{book}/{line.key.sheet}/{rank}".encode()).hexdigest()
    return made[:12]


def _reading(found: CampaignSheet) -> Iterator[str]:
    if found.grid.words:
        yield f"À dire d'abord : {found.grid.words}"
    yield "Non observé : " + " ; ".join(each.label for each in found.grid.not_observed) + "."


def _new_rows(campaign: str, rows: Collection[ObservedRow], new: Sequence[str]) -> Iterator[Edit]:
    number = max((row.number for row in rows), default=0)
    for rank, key in enumerate(new, number + 1):
        yield Edit(names.row(campaign, key), "exists", True)
        yield Edit(names.row(campaign, key), "number", rank)


def _edits(campaign: str, rows: dict[str, ObservedRow], wanted: Sequence[Change]) -> Iterator[Edit]:
    for change in wanted:
        row = rows.get(change.key)
        now = line_of(row).get(change.field, "") if row is not None else ""
        if now == change.mine:
            yield Edit(names.row(campaign, change.key), change.field, change.theirs)
