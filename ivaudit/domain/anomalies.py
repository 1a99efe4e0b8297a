"""The register of anomalies: what is declared about an identity, without the identity itself.

Three forms share one shape: an *anomalie de base* (an identity that is wrong), an *événement indésirable*
(what happened to a person because of it), a *lot de corrections* (counts only). One may give birth to the
next. Who the person is stays in the software that may know it: the number of the entry is copied there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ivaudit.domain.journal import Json


class EntryKind(StrEnum):
    """The three forms."""

    ANOMALY = "anomalie"
    EVENT = "événement"
    BATCH = "lot"


FORMS: Mapping[EntryKind, str] = {
    EntryKind.ANOMALY: "anomalie",
    EntryKind.EVENT: "evenement",
    EntryKind.BATCH: "lot",
}
"""The id of the form that each kind fills."""


class Role(StrEnum):
    """What the record behind a reference is in the anomaly."""

    MASTER = "maître"
    DUPLICATE = "doublon"
    CONCERNED = "concerné"
    OTHER = "autre personne"
    MOTHER = "mère"
    CHILD = "enfant"


class Nature(StrEnum):
    """Which local number a reference is; a room is no number of a person."""

    IPP = "IPP"
    DUI = "n° DUI"
    STAY = "n° de séjour"
    RECORD = "n° de dossier"
    ROOM = "chambre"
    OTHER = "autre repère"


class State(StrEnum):
    """Where an entry stands; «non confirmée» is a result (true homonyms, twins), not a deletion."""

    REPORTED = "signalée"
    TO_CONFIRM = "à confirmer"
    UNCONFIRMED = "non confirmée"
    CONFIRMED = "confirmée"
    CORRECTING = "en correction"
    WAITING = "en attente"
    CORRECTED = "corrigée"
    INFORMED = "partenaires informés"
    VERIFIED = "vérifiée"
    CLOSED = "close"
    NO_FIX = "sans correction possible"
    REOPENED = "rouverte"

    @property
    def open(self) -> bool:
        """Tell whether somebody still has something to do."""
        return self not in {State.UNCONFIRMED, State.CLOSED}


class Awaited(StrEnum):
    """Whom a correction waits for: that time is not the team's own."""

    USER = "usager"
    CIVIL = "état civil ou INSEE"
    FUND = "caisse"
    EDITOR = "éditeur"
    PARTNER = "partenaire"


class Said(StrEnum):
    """The answer to a question about an entry; without one it was not asked yet."""

    YES = "oui"
    NO = "non"
    UNSURE = "à vérifier"


_SAID: Mapping[str, Said] = {each.value: each for each in Said}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A local number of a record, never a name nor a matricule."""

    role: Role = Role.CONCERNED
    nature: Nature = Nature.RECORD
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A recipient of the wrong identity: a key of `recipients`; local days, empty when not yet."""

    recipient: str
    informed: str = ""
    confirmed: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A change of state.

    `at` is local, `AAAA-MM-JJTHH:MM`; `by` the function of who did it; `awaited` only where it waits.
    """

    state: State
    at: str
    by: str = ""
    awaited: Awaited | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A step of a circuit that was done: ids of the circuit and of its step, the local day, a number."""

    circuit: str
    step: str
    done: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the register, whole.

    `number` is what people say and copy; `values` are the fields of its form, by id, as plain JSON.
    `found` is the local day it was discovered, `known` when the facility knew: `AAAA-MM-JJTHH:MM`, or the day
    alone when the hour was not noted. `severity` is 0 (sans atteinte) to 5, `potential` 1 to 5.
    `trail` are its states, the oldest first, at least one; `born_of`, `audit`, `action`, `related` are ids.
    `cases` is how many anomalies it stands for (a batch stands for several). `source` and `source_number`
    tell where an imported one comes from. `created` is UTC, ISO 8601; `conflict` tells that a field has two
    values after a merge.
    """

    id: str
    number: str
    kind: EntryKind
    trail: tuple[Turn, ...]
    facility: str = ""
    type: str = ""
    unit: str = ""
    application: str = ""
    step: str = ""
    channel: str = ""
    found: str = ""
    known: str = ""
    due: str = ""
    description: str = ""
    severity: int | None = None
    potential: int | None = None
    references: tuple[Reference, ...] = ()
    propagation: tuple[Told, ...] = ()
    reported: tuple[Reported, ...] = ()
    cases: int = 1
    born_of: str = ""
    related: tuple[str, ...] = ()
    audit: str = ""
    action: str = ""
    source: str = ""
    source_number: str = ""
    values: Mapping[str, Json] = field(default_factory=dict)
    created: str = ""
    conflict: bool = False

    @property
    def state(self) -> State:
        """Return where it stands."""
        return self.trail[-1].state

    def said(self, name: str) -> Said | None:
        """Return the answer to one of its questions, nothing when it was not asked."""
        value = self.values.get(name)
        return _SAID.get(value) if isinstance(value, str) else None

    def text(self, name: str) -> str:
        """Return a field of its form that is a text, empty when it is not."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field of its form that is a list of texts, empty when it is not."""
        value = self.values.get(name)
        return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


class EntryLine(NamedTuple):
    """An entry as lists show it: a row of the register, cheap enough to hold 100,000 of them.

    Texts are the values of the enumerations above and keys of the content; a severity not told is −1; days
    are local, `AAAA-MM-JJ`. `since` is when its present state began, `waited` and `worked` the minutes it
    waited for others and was the team's own before that, `ended` the local day it was closed or not
    confirmed. `facts` are the questions answered «oui» or «à vérifier», as `key` or `key?`, separated by
    spaces; `reported` the steps of circuits that were done, as `circuit/step`, separated by spaces.
    """

    id: str
    number: str
    kind: str
    type: str
    facility: str
    unit: str
    application: str
    step: str
    channel: str
    state: str
    awaited: str
    since: str
    waited: int
    worked: int
    severity: int
    potential: int
    found: str
    known: str
    due: str
    ended: str
    cases: int
    shareable: int
    facts: str
    reported: str
    born_of: str
    conflict: int
    created: str

    @property
    def open(self) -> bool:
        """Tell whether somebody still has something to do."""
        return self.state not in {State.UNCONFIRMED, State.CLOSED}

    def late(self, today: str) -> bool:
        """Tell whether its day has passed while nobody else is waited for; `today` is `AAAA-MM-JJ`."""
        return bool(self.due) and self.due < today and self.open and self.state != State.WAITING
