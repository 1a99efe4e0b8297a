"""The action plan as a sheet: sent with the columns of the tool of the facility, its progress read back."""

import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from ivaudit.app import actions, facilities, gestures, jobs, names, sheets
from ivaudit.app.session import Session
from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.domain import clock
from ivaudit.domain.action_table import (
    BACK,
    ActionTable,
    ActionWords,
    chosen,
    sheet_columns,
    sheet_line,
)
from ivaudit.domain.actions import Action, ActionState
from ivaudit.domain.audit import Audit, Changes
from ivaudit.domain.errors import InvalidValue, UnreadableFile
from ivaudit.domain.exchange_sheet import ExchangeSheet, ReturnedSheet, SheetColumn, What
from ivaudit.domain.findings import Finding
from ivaudit.domain.journal import IMPORT
from ivaudit.domain.sheet_comparison import Change, Known, SheetComparison, compare
from ivaudit.store import audits as stored_audits
from ivaudit.store import findings as stored
from ivaudit.store.journal import Edit, Recorded

BEFORE = "avant l'import de l'avancement des actions"
"""Why the backup before an import is made."""

_NOTES = (
    (
        "Le contenu des colonnes d'avancement (état, échéance, responsable, réalisation, résultat, numéro "
        "dans votre outil…) se relit dans ivaudit : « Importer l'avancement ». Une case vide ne change rien."
    ),
    (
        "La colonne « {key} » dit quelle ligne est quelle action : gardez-la. Tout le reste (ordre des "
        "lignes, colonnes ajoutées, nom de la feuille) peut changer."
    ),
)
_NOT_ACTIONS = (
    "Ce classeur n'est pas un plan d'actions : c'est une feuille d'observations. Rien n'a été modifié. "
    "Importez-le depuis sa campagne d'observation."
)
_ID = 8


def tables(library: Library) -> tuple[ActionTable, ...]:
    """Return the sets of columns on offer: ours first, then those of local files."""
    return library.every(Family.TABLE)


# -- out ---------------------------------------------------------------------------------------------------


def prepare(session: Session, keys: Sequence[str] | None = None, *, table: str = "") -> ExchangeSheet:
    """Return the plan as a sheet.

    Args:
        session: the open workspace.
        keys: the actions, in order; all of them unless told.
        table: id of the set of columns; the last local one, or ours, unless told.

    Raises:
        NotFound: no such action.
        InvalidValue: no such set of columns, or no action.
    """
    found = actions.all_of(session) if keys is None else tuple(actions.get(session, key) for key in keys)
    if not found:
        raise InvalidValue("Il n'y a aucune action à exporter.")
    columns = _table(session.library, table)
    speak = _Words(session)
    today = clock.today()
    who = {speak.facility(each.facility) for each in found}
    key = next(column.title for column in columns.columns if column.field == "key")
    return ExchangeSheet(
        what=What.ACTIONS,
        about=columns.id,
        book=secrets.token_hex(_ID),
        title=f"Plan d'actions – {who.pop()}" if len(who) == 1 else "Plan d'actions",
        foot=f"{columns.title} · {columns.version}",
        notes=tuple(note.format(key=key) for note in _NOTES),
        columns=sheet_columns(columns),
        lines=tuple(sheet_line(columns, each, speak.of(each), today) for each in found),
    )


def file_name(sheet: ExchangeSheet, suffix: str = "xlsx") -> str:
    """Return the name of the file («2026-11-21_EHPAD-Les-Tilleuls_plan-d-actions.xlsx»)."""
    _, _, who = sheet.title.partition(" – ")
    return sheets.file_name(clock.today().isoformat(), who, "plan-d-actions", suffix)


# -- back in -----------------------------------------------------------------------------------------------


def read(library: Library, path: Path, *, cancelled: Callable[[], bool] = jobs.never) -> ReturnedSheet:
    """Return what a plan says when it comes back, from us or from the tool of the facility.

    Raises:
        UnreadableFile: it is not a plan, or not one that can be read safely.
        TookTooLong: reading it takes more than a few seconds.
        Cancelled: somebody asked to stop.
    """
    titles = {title: name for table in tables(library) for title, name in table.titles.items()}
    found = sheets.read(path, titles, cancelled=cancelled)
    if found.what not in {"", What.ACTIONS}:
        raise UnreadableFile(_NOT_ACTIONS)
    return found


def preview(session: Session, returned: ReturnedSheet) -> SheetComparison:
    """Return what importing a plan would change; nothing is recorded."""
    every = tables(session.library)
    columns = sheet_columns(chosen(every, returned.about))
    known = {each.id: _known(each) for each in actions.all_of(session)}
    found = compare(returned, _with_words(columns, every), known)
    return sheets.without_impossible(found, actions.checked)


def accept(session: Session, seen: SheetComparison, take: Collection[str] | None = None) -> Changes:
    """Record what was previewed: one gesture per action, all of them or none.

    Args:
        session: the open workspace.
        seen: what was shown; a value that changed since stays as it is.
        take: ids of the changes that are written; those proposed unless told.
    """
    wanted: dict[str, list[Change]] = {}
    for change in seen.to_write(take):
        wanted.setdefault(change.key, []).append(change)
    recorded: list[tuple[Action, Recorded]] = []
    with session.workspace.gesture():
        for key, found in wanted.items():
            now = stored.action(session.workspace.db, key)
            edits = list(_edits(now, found)) if now is not None else []
            if now is not None and edits:
                recorded.append((now, session.record(names.action(key), edits, kind=IMPORT)))
    for now, each in recorded:
        gestures.done(session, now.audit or actions.STACK, each, "Avancement importé")
    many = len(recorded)
    done = f"Avancement importé ({many} {'action' if many == 1 else 'actions'})" if many else ""
    at = recorded[-1][1].at if recorded else ""
    return names.changes((names.action(now.id) for now, _ in recorded), done=done, at=at)


def back_up(session: Session) -> None:
    """Make the backup that undoes an import."""
    sheets.back_up(session, BEFORE)


# -- parts -------------------------------------------------------------------------------------------------


class _Words:
    """Where actions come from, in words, each thing read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._facilities = {each.id: each.name for each in facilities.all_of(session)}
        self._audits: dict[str, Audit | None] = {}
        self._findings: dict[str, dict[str, Finding]] = {}

    def facility(self, key: str) -> str:
        """Return the name of a structure."""
        return self._facilities.get(key, "")

    def of(self, action: Action) -> ActionWords:
        """Return where an action comes from."""
        audit = self._audit(action.audit)
        return ActionWords(
            facility=self.facility(action.facility),
            audit=self._named(audit) if audit is not None else "",
            finding=self._finding(action),
            criteria=", ".join(self._numbers(audit, action.criteria)),
        )

    def _audit(self, key: str) -> Audit | None:
        if key and key not in self._audits:
            self._audits[key] = stored_audits.audit(self._session.workspace.db, key)
        return self._audits.get(key)

    def _named(self, audit: Audit) -> str:
        day = "/".join(reversed(audit.date.split("-")))
        kind = self._session.library.vocabulary().label("audit_kinds", audit.kind)
        return f"{audit.title or kind} ({day})"

    def _finding(self, action: Action) -> Finding | None:
        if not (action.audit and action.finding):
            return None
        if action.audit not in self._findings:
            found = stored.findings(self._session.workspace.db, action.audit)
            self._findings[action.audit] = {each.id: each for each in found}
        return self._findings[action.audit].get(action.finding)

    def _numbers(self, audit: Audit | None, criteria: Sequence[str]) -> Iterator[str]:
        index = self._session.frozen(audit).index if audit is not None and criteria else {}
        for key in criteria:
            yield index[key][0] if key in index else key


def _table(library: Library, wanted: str) -> ActionTable:
    every = tables(library)
    if wanted and wanted not in {each.id for each in every}:
        raise InvalidValue(
            "Ces colonnes n'existent pas. Colonnes connues : " + ", ".join(t.id for t in every)
        )
    return chosen(every, wanted)


def _with_words(columns: Sequence[SheetColumn], every: Sequence[ActionTable]) -> tuple[SheetColumn, ...]:
    """Return the columns with those of other tables that they lack: a file may mix titles that are known."""
    held = {column.field for column in columns}
    more = {each.field: each for table in every for each in sheet_columns(table) if each.field not in held}
    return (*columns, *more.values())


def _known(action: Action) -> Known:
    values = {field.value: str(getattr(action, field.value)) for field in BACK}
    return Known(label=action.what, values=values)


def _edits(now: Action, found: Sequence[Change]) -> Iterator[Edit]:
    written = {change.field for change in found}
    for change in found:
        if str(getattr(now, change.field)) != change.mine:
            continue  # changed here since it was shown
        yield Edit(names.action(now.id), change.field, change.theirs)
        closing = change.field == "state" and change.theirs == ActionState.DONE
        if closing and not now.done and "done" not in written:
            yield Edit(names.action(now.id), "done", clock.today().isoformat())
