"""What a bundle leaves out: a part of an audit, notes of the team, local references of the register.

Ops travel whole, so that digests and seals verify everywhere; what is left out is the salt and the text of a
change. Without its salt a digest tells nothing, even of a value that could be guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ivaudit.domain.journal import Change, decode, encode

REFERENCES = "references"
_DECLARED = "entry"
_ALWAYS = frozenset({"audit", "subject", "form"})
_OF_THE_TEAM = frozenset({"line", "person"})
_LINKED = frozenset({"finding", "evidence"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPart:
    """What of an audit is sent.

    Attributes:
        criteria: ids of the criteria whose answers are, nothing for all of them.
        subjects: ids of the subjects whose answers are, nothing for all of them.
        linked: entities of the findings and evidence that go with them, when it is a part.
        notes: whether notes of the team, its notebook and the people met are.
    """

    criteria: frozenset[str] | None = None
    subjects: frozenset[str] | None = None
    linked: frozenset[str] = frozenset()
    notes: bool = True

    @property
    def whole(self) -> bool:
        """Tell whether it is the whole audit, notes apart."""
        return self.criteria is None and self.subjects is None

    def keeps(self, change: Change) -> bool:
        """Tell whether a change of the audit is sent with its value."""
        kind, _, rest = change.entity.partition(":")
        if not self.notes and (kind in _OF_THE_TEAM or (kind == "answer" and change.field == "note")):
            return False
        if self.whole or kind in _ALWAYS:
            return True
        if kind == "answer":
            _, subject, criterion = rest.split("/", 2)
            return self._asked(subject, criterion)
        return kind in _LINKED and change.entity in self.linked

    def _asked(self, subject: str, criterion: str) -> bool:
        right = self.subjects is None or subject in self.subjects
        return right and (self.criteria is None or criterion in self.criteria)


def without(change: Change) -> Change:
    """Return a change whose value is left out."""
    return Change(
        entity=change.entity,
        field=change.field,
        base=change.base,
        digest=change.digest,
        salt=None,
        body=None,
    )


def without_references(change: Change) -> Change:
    """Return a change of the register without its local references.

    A declaration is one value: it is left out, and what remains of it without the references stands in.
    """
    if change.field == REFERENCES:
        return without(change)
    value = decode(change.body) if change.field == _DECLARED else None
    if not isinstance(value, Mapping) or REFERENCES not in value:
        return change
    rest = {name: each for name, each in value.items() if name != REFERENCES}
    bare = without(change)
    return Change(
        entity=bare.entity,
        field=bare.field,
        base=bare.base,
        digest=bare.digest,
        salt=None,
        body=None,
        shown=encode(rest),
    )
