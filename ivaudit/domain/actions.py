"""Actions agreed: who, until when, how far; they live on after the audit they come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class OwnerKind(StrEnum):
    """Who carries an action."""

    FACILITY = "structure"
    CELL = "cellule"
    EDITOR = "éditeur"
    AUTHORITY = "ARS"


class Priority(StrEnum):
    """How soon, the most pressing first."""

    HIGH = "haute"
    MIDDLE = "moyenne"
    LOW = "basse"


class ActionState(StrEnum):
    """The life of an action; whether it worked is judged once it is done."""

    TO_DO = "à faire"
    ONGOING = "en cours"
    DONE = "réalisée"
    CHECKED = "efficacité vérifiée"
    DROPPED = "abandonnée"

    @property
    def open(self) -> bool:
        """Tell whether something is still to be done."""
        return self in {ActionState.TO_DO, ActionState.ONGOING}


class Due(StrEnum):
    """Where an open action stands against its day."""

    LATE = "en retard"
    THIS_MONTH = "ce mois-ci"
    LATER = "plus tard"
    UNDATED = "sans échéance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action.

    `owner` is a function, never a name; `editor` the software maker it waits for; `due` and `done` are local
    days, `AAAA-MM-JJ`; `measure` says how one will know that it worked; `reference` is its number in the
    facility's own tool; `source` tells where it comes from when it is no audit; `created` is UTC, ISO 8601.
    """

    id: str
    facility: str
    what: str
    audit: str = ""
    finding: str = ""
    criteria: tuple[str, ...] = ()
    owner_kind: OwnerKind = OwnerKind.FACILITY
    owner: str = ""
    editor: str = ""
    due: str = ""
    priority: Priority = Priority.MIDDLE
    state: ActionState = ActionState.TO_DO
    done: str = ""
    progress: str = ""
    measure: str = ""
    result: str = ""
    reference: str = ""
    source: str = ""
    created: str = ""
    conflict: bool = False

    def standing(self, today: date) -> Due | None:
        """Return where it stands on a local day, nothing once there is nothing left to do."""
        if not self.state.open:
            return None
        if not self.due:
            return Due.UNDATED
        due = date.fromisoformat(self.due)
        if due < today:
            return Due.LATE
        return Due.THIS_MONTH if due <= _month_end(today) else Due.LATER


def in_order(actions: Iterable[Action], today: date) -> tuple[Action, ...]:
    """Return actions as one reads them: open ones first, the latest overdue on top, then by priority."""
    priorities = list(Priority)

    def rank(action: Action) -> tuple[bool, str, int, str, str]:
        closed = action.standing(today) is None
        return closed, action.due or "9999", priorities.index(action.priority), action.created, action.id

    return tuple(sorted(actions, key=rank))


def _month_end(today: date) -> date:
    next_month = today.replace(day=28) + timedelta(days=4)
    return next_month.replace(day=1) - timedelta(days=1)
