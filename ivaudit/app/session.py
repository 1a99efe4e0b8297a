"""An open workspace with what a use case needs beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ivaudit.app import privacy
from ivaudit.app.undo import UndoStack
from ivaudit.content.compiled import thaw, thaw_grid
from ivaudit.content.library import Library
from ivaudit.domain.audit import Audit, AuditState
from ivaudit.domain.checklist import Checklist, Criterion
from ivaudit.domain.errors import KnownError, NotAllowedNow, NotFound
from ivaudit.domain.journal import MODIFY, REOPEN
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.review import LOCKED
from ivaudit.store import audits as stored
from ivaudit.store import definitions
from ivaudit.store.journal import Edit, Recorded
from ivaudit.store.workspace import Workspace

_LATER = (
    " – le disque n'a pas permis de réécrire tout de suite les fichiers : libérez de la place, ce sera fait "
    "au prochain repos ou à la prochaine ouverture"
)
Numbered: TypeAlias = tuple[str, Checklist, Criterion]
"""A criterion with the number people say and the checklist it is asked in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The definitions an audit keeps, with every criterion by its id.

    `index` maps a criterion id to (number, checklist, criterion); the first checklist that has it wins.
    """

    checklists: tuple[Checklist, ...]
    index: Mapping[str, Numbered]


@dataclass(slots=True, kw_only=True)
class Session:
    """One open workspace; every use case takes it first and runs on the thread that opened it.

    `kept` marks what looked like an identity and was said to be nobody's; `trusting`: the caller vouches for
    every text.
    """

    workspace: Workspace
    library: Library
    author: str
    kept: set[bytes] = field(default_factory=set)
    trusting: bool = False
    _stacks: dict[str, UndoStack] = field(default_factory=dict)
    _frozen: dict[tuple[str, ...], Frozen] = field(default_factory=dict)
    _grids: dict[str, ObservationGrid] = field(default_factory=dict)

    def record(
        self, scope: str, edits: Sequence[Edit], *, kind: str = MODIFY, reason: str | None = None
    ) -> Recorded:
        """Record one gesture of the present author.

        Raises:
            NotAllowedNow: the scope is a validated audit, and the gesture does not reopen it.
            IdentityFound: a text or the reason looks like the identity of a person; nothing is recorded.
        """
        if kind != REOPEN and self.locked(scope):
            raise NotAllowedNow(LOCKED)
        privacy.check(self, edits)
        privacy.check_reason(self, reason)
        return self.workspace.journal.record(scope, edits, author=self.author, kind=kind, reason=reason)

    def locked(self, scope: str) -> bool:
        """Tell whether a scope is an audit that was validated: nothing of it changes any more."""
        kind, _, key = scope.partition(":")
        return kind == "audit" and stored.state(self.workspace.db, key) == AuditState.VALIDATED

    def stack(self, audit: str) -> UndoStack:
        """Return what may be undone and redone in an audit, in this session."""
        return self._stacks.setdefault(audit, UndoStack())

    def audit(self, key: str) -> Audit:
        """Return an audit.

        Raises:
            NotFound: there is none with this id.
        """
        found = stored.audit(self.workspace.db, key)
        if found is None:
            raise NotFound("Cet audit n'existe pas, ou plus, dans ce dossier de travail.")
        return found

    def frozen(self, audit: Audit) -> Frozen:
        """Return the definitions an audit keeps, read once."""
        shas = tuple(sha for _, _, sha in audit.checklists)
        if shas not in self._frozen:
            checklists = tuple(self.definition(sha) for sha in shas)
            self._frozen[shas] = Frozen(checklists=checklists, index=_index(checklists))
        return self._frozen[shas]

    def grid(self, sha: str) -> ObservationGrid:
        """Return a frozen observation grid by the SHA-256 of its definition, in hexadecimal, read once."""
        if sha not in self._grids:
            self._grids[sha] = thaw_grid(definitions.get(self.workspace.db, sha))
        return self._grids[sha]

    def definition(self, sha: str) -> Checklist:
        """Return a checklist as an audit of this workspace keeps it, or kept it, by its SHA-256."""
        return thaw(definitions.get(self.workspace.db, sha))

    def rewrite(self) -> str:
        """Rewrite the pages of the files once values were erased: from then on they are gone for good.

        The erasure is recorded by now: where there is no room, it is not undone, it is finished later, at
        rest or at the next opening.

        Returns:
            What to add to what was done, in French; nothing when it is finished.
        """
        try:
            self.workspace.rest()
        except KnownError:
            return _LATER
        return ""

    def close(self) -> None:
        """Close the workspace."""
        self.workspace.close()


def _index(checklists: Sequence[Checklist]) -> dict[str, Numbered]:
    index: dict[str, Numbered] = {}
    for checklist in checklists:
        for point in checklist.points():
            index.setdefault(point.criterion.id, (point.number, checklist, point.criterion))
    return index
