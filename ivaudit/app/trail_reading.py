"""Reading what was done, a piece at a time, in words: for a page of hundreds of thousands of changes."""

import time
from collections.abc import Iterable

from ivaudit.app import names
from ivaudit.app.session import Session
from ivaudit.app.trail_names import REGISTER, SETTINGS, Names
from ivaudit.app.trail_values import Values
from ivaudit.domain.journal import CHANGE_ID, ERASE, decode, split
from ivaudit.domain.trail import Erased, TrailFilter, TrailLine, TrailPage, TrailPlace, gesture_label
from ivaudit.domain.trail_words import TECHNICAL
from ivaudit.domain.wording import folded
from ivaudit.store import audits as stored
from ivaudit.store import records as stored_records
from ivaudit.store import trail_rows
from ivaudit.store.trail_rows import Erasure, TrailRow, Wanted

PAGE = 200
"""Lines that one asks for at once."""
PIECE = 0.03
"""Seconds that one piece may hold the thread that writes."""


def places(session: Session) -> tuple[TrailPlace, ...]:
    """Return what one may filter by."""
    return Names(session).places()


class TrailReader:
    """One reading, from the newest to the oldest; used on the thread of the session.

    Args:
        session: the open workspace.
        wanted: which lines.
    """

    def __init__(self, session: Session, wanted: TrailFilter) -> None:
        self._session = session
        self._names = Names(session)
        self._values = Values(session, self._names)
        self._words = tuple(folded(wanted.words).split())
        self._wanted = Wanted(
            since=wanted.since,
            until=wanted.until,
            author=wanted.author,
            kind=wanted.gesture,
            entity=wanted.entity,
            scopes=_scopes(session, wanted.place),
        )
        self._total = trail_rows.last(session.workspace.db)
        self._place = trail_rows.Place(self._total + 1)
        self._folded: dict[tuple[object, ...], str] = {}
        self._erasures: dict[tuple[str, str, bytes], Erasure] | None = None

    @property
    def over(self) -> bool:
        """Tell whether there is nothing more to read."""
        return self._place.n <= 0

    def next(self, most: int = PAGE, seconds: float = PIECE) -> TrailPage:
        """Return the next lines: fewer than asked when time is over, or when there are no more.

        Args:
            most: about how many lines are wanted; one more window may come with them.
            seconds: how long it may take.
        """
        end = time.monotonic() + seconds
        lines: list[TrailLine] = []
        while not self.over and len(lines) < most:
            rows, self._place = trail_rows.window(self._session.workspace.db, self._place, self._wanted)
            lines += self._lines(rows)
            if time.monotonic() > end:
                break
        return TrailPage(lines=tuple(lines), left=max(0, self._place.n), total=self._total)

    # -- parts

    def _lines(self, rows: Iterable[TrailRow]) -> list[TrailLine]:
        kept = [row for row in rows if self._matches(row)]
        bases = {change for row in kept for change in split(row.base, CHANGE_ID)}
        before = trail_rows.bodies(self._session.workspace.db, bases)
        return [self._line(row, before) for row in kept if row.rank >= 0 or row.kind == ERASE]

    def _matches(self, row: TrailRow) -> bool:
        """Tell whether every word is in what changed, its new value, its author or its reason."""
        if row.field in TECHNICAL.get(row.entity.partition(":")[0], ()) and row.body is not None:
            return False
        if not self._words:
            return True
        left = [word for word in self._words if word not in self._around(row)]
        if not left:
            return True
        said = folded(self._value(row, row.body))
        return all(word in said for word in left)

    def _around(self, row: TrailRow) -> str:
        """Return what is said of a row beside its value, folded; found once for all the values of a field."""
        key = (row.scope, row.entity, row.field, row.author, row.reason, row.about)
        if key not in self._folded:
            where = self._names.where(row.scope, row.entity)
            self._folded[key] = folded(f"{where} {self._what(row)} {row.author} {row.reason or ''}")
        return self._folded[key]

    def _line(self, row: TrailRow, before: dict[bytes, str | None]) -> TrailLine:
        bases = split(row.base, CHANGE_ID)
        old = [before.get(each) for each in bases]
        erased = self._erased(row) if row.rank >= 0 and row.body is None else None
        return TrailLine(
            op=row.op,
            index=row.rank,
            at=row.at,
            author=row.author,
            gesture=gesture_label(row.kind),
            where=self._names.where(row.scope, row.entity),
            what=self._what(row),
            old=" / ".join(filter(None, (self._value(row, each) for each in old))),
            new=self._value(row, row.body),
            scope=row.scope,
            entity=row.entity,
            field=row.field,
            reason=row.reason or "",
            erased=erased,
            old_erased=any(each is None for each in old),
        )

    def _what(self, row: TrailRow) -> str:
        if row.rank >= 0:
            return self._names.what(row.entity, row.field)
        found = trail_rows.places_of(self._session.workspace.db, row.about or b"")
        amount = sum(found.values())
        labels = sorted({self._names.what(entity, field) for entity, field in found})
        return f"{amount} valeur{'s'[: amount > 1]} : {', '.join(labels)}"

    def _value(self, row: TrailRow, body: str | None) -> str:
        return self._values.said(row.entity, row.field, decode(body)) if body is not None else ""

    def _erased(self, row: TrailRow) -> Erased:
        if self._erasures is None:
            self._erasures = trail_rows.erasures(self._session.workspace.db)
        found = self._erasures.get((row.entity, row.field, row.digest))
        return (
            Erased(by=found.by, at=found.at, reason=found.reason)
            if found
            else Erased(by="", at="", reason="")
        )


def _scopes(session: Session, place: str) -> frozenset[str] | None:
    """Return the scopes of a place: those of a structure are also those of its audits and actions."""
    kind, _, key = place.partition(":")
    match kind:
        case "":
            return None
        case "structure":
            audits = [each.id for each in stored.audits(session.workspace.db) if each.facility == key]
            mine = {names.audit(each) for each in audits}
            return frozenset({place, names.indicators(key), *mine, *_beside(session, "facility", {key})})
        case "audit":
            return frozenset({place, *_beside(session, "audit", {key})})
        case _:
            known = {REGISTER: names.REGISTER, SETTINGS: names.WORKSPACE}
            return frozenset({known.get(place, place)})


def _beside(session: Session, field: str, keys: set[str]) -> set[str]:
    """Return the scopes of the campaigns and actions that belong to these structures or audits."""
    return {
        f"{kind}:{each.id}"
        for kind in ("campaign", "action")
        for each in stored_records.records(session.workspace.db, kind)
        if each.text(field) in keys
    }
