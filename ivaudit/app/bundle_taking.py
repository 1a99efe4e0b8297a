"""One bundle merged inside a transaction, which whoever asked then keeps or rolls back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from ivaudit.app import bundle_files, own_keys, privacy
from ivaudit.app.bundle_rows import Incoming
from ivaudit.app.own_keys import Signer
from ivaudit.app.session import Session
from ivaudit.app.teams import PhraseUse
from ivaudit.domain import scopes
from ivaudit.domain.audit import AuditState
from ivaudit.domain.bundle import BundleHead, ContentFile, Definition
from ivaudit.domain.errors import CorruptFile, NotAllowedNow, UnreadableFile
from ivaudit.domain.merging import Conflict, in_order
from ivaudit.domain.progress import Progress, silent
from ivaudit.store import audits as stored
from ivaudit.store import campaigns, definitions, evidence_rows, facilities, scope_rows
from ivaudit.store import conflicts as stored_conflicts
from ivaudit.store.evidence import Body
from ivaudit.store.journal import MergeReport

T = TypeVar("T")
_MOST_CONFLICTS = 500
_TELL_EVERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeNews:
    """What a bundle changes in one part of the journal: gestures added, fields new, replaced, in conflict."""

    scope: str
    title: str
    gestures: int
    new: int
    replaced: int
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePreview:
    """What taking a bundle in changes, or changed.

    Attributes:
        head: what it says of itself.
        signer: who signed it.
        scopes: what changes, part by part, unchanged ones included.
        conflicts: fields that both copies changed differently, at most some hundreds.
        several: how many there are.
        added: gestures that were not known.
        known: gestures that were.
        withheld: values that were left out.
        filled: values that had been left out of an earlier bundle and come now.
        erased: fields where a value is erased, as it was elsewhere.
        pictures: pictures and files that come.
        files: what becomes of each content file, in French.
        identities: fields that hold, or would hold, what looks like an identity.
        phrase: what the passphrase that opened it is to the team of its audit here.
    """

    head: BundleHead
    signer: Signer
    scopes: tuple[ScopeNews, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    several: int = 0
    added: int = 0
    known: int = 0
    withheld: int = 0
    filled: int = 0
    erased: int = 0
    pictures: int = 0
    files: tuple[str, ...] = ()
    identities: int = 0
    phrase: PhraseUse = PhraseUse.NONE

    @property
    def nothing(self) -> bool:
        """Tell whether everything in it is here already."""
        return not (self.added or self.filled or self.erased or self.pictures or self.files)


class Taking:
    """One bundle being merged, inside a transaction.

    Args:
        session: the workspace it comes to.
        incoming: the bundle.
        keep: whether its pictures are kept; they are in no transaction.
        progress: told how far it was read.
    """

    def __init__(
        self, session: Session, incoming: Incoming, *, keep: bool, progress: Progress = silent
    ) -> None:
        self._session = session
        self._incoming = incoming
        self._keep = keep
        self._progress = progress
        self._done = 0
        self.kept: tuple[str, ...] = ()
        self.touched: tuple[str, ...] = ()
        self._pictures = 0

    @property
    def files(self) -> tuple[ContentFile, ...]:
        """Return the content files that came."""
        return self._incoming.files

    @property
    def signature(self) -> bytes:
        """Return the key of who signed."""
        return self._incoming.signature

    def take(self) -> BundlePreview:
        """Merge what comes and say what it changed.

        Raises:
            KnownError: it cannot be taken in.
        """
        session, incoming = self._session, self._incoming
        head = incoming.head()
        locked = _Locked(session, head)
        for definition in incoming.definitions():
            _put(session, definition)
        try:
            merged = self._merged(head)
        except CorruptFile as error:
            # The file is at fault, and not what is kept here.
            raise UnreadableFile(error.sentence) from None
        self._take_pictures(head)
        incoming.finish()
        locked.check()
        _check_whole(session, head)
        self.touched = tuple(dict.fromkeys(entity for entity, _ in merged.touched))
        return self._said(head, merged)

    def forget_pictures(self) -> None:
        """Erase what was kept for a bundle that was not taken in."""
        if self.kept:
            self._session.workspace.evidence.erase(self.kept)

    def _merged(self, head: BundleHead) -> MergeReport:
        """Merge the gestures that the child process verified one by one."""
        ops = self._told(self._incoming.ops(), head, every=_TELL_EVERY)
        return self._session.workspace.journal.merge(ops, partial=head.partial, verified=True)

    def _told(self, items: Iterable[T], head: BundleHead, *, every: int = 1) -> Iterator[T]:
        """Return the items of a bundle, telling how far it was read."""
        total = head.ops + len(head.evidence)
        for item in items:
            if self._done % every == 0:
                self._progress(min(self._done, total), total, "gestes et preuves lus")
            self._done += 1
            yield item

    def _take_pictures(self, head: BundleHead) -> None:
        wanted: set[str] | None = None
        for body in self._told(self._incoming.pictures(), head):
            if wanted is None:
                evidence = self._session.workspace.evidence
                wanted = evidence_rows.expected(self._session.workspace.db) - evidence.digests()
            if body.digest in wanted:
                self._pictures += 1
                self._put_picture(body)

    def _put_picture(self, body: Body) -> None:
        if self._keep:
            self.kept += self._session.workspace.evidence.put([body])

    def _said(self, head: BundleHead, merged: MergeReport) -> BundlePreview:
        db = self._session.workspace.db
        places = merged.conflicts[:_MOST_CONFLICTS]
        found = (stored_conflicts.conflict(db, *place) for place in places)
        return BundlePreview(
            head=head,
            signer=own_keys.signer(self._session, self._incoming.signature, head.author),
            scopes=tuple(_news(head, merged)),
            conflicts=in_order(each for each in found if each is not None),
            several=len(merged.conflicts),
            added=merged.added,
            known=merged.known,
            withheld=merged.withheld,
            filled=merged.filled,
            erased=len(merged.erased),
            pictures=self._pictures,
            files=tuple(bundle_files.described(each) for each in self._incoming.files),
            identities=self._identities(merged),
        )

    def _identities(self, merged: MergeReport) -> int:
        """Return how many fields hold what the program lets nobody type."""
        touched = set(merged.touched)
        standing = stored_conflicts.standing(
            self._session.workspace.db, dict.fromkeys(each for each, _ in merged.touched)
        )
        found = {
            (entity, name)
            for entity, name, value in standing
            if (entity, name) in touched and privacy.looks_like_one(entity, name, value)
        }
        return len(found)


class _Locked:
    """Keeps what comes from changing an audit that is validated here, unless it reopens it."""

    def __init__(self, session: Session, head: BundleHead) -> None:
        self._session = session
        self._last = scope_rows.last(session.workspace.db)
        self._validated = stored.validated(session.workspace.db)
        self._scopes = tuple(each.scope for each in head.scopes)
        self._parts = self._of_audits()

    def _of_audits(self) -> frozenset[tuple[str, str]]:
        """Return the scopes that are now a part of an audit validated before, with this audit."""
        found = ((scope, self._audit(scope)) for scope in self._scopes)
        return frozenset((scope, audit) for scope, audit in found if audit in self._validated)

    def _audit(self, scope: str) -> str:
        """Return the audit that a scope is a part of, empty when there is none."""
        kind, _, key = scope.partition(":")
        if kind == "campaign":
            found = campaigns.campaign(self._session.workspace.db, key)
            return found.audit if found else ""
        return key if kind == "audit" else ""

    def check(self) -> None:
        """Refuse gestures made without knowing that the audit was validated."""
        # A campaign may have left the audit, or only come to it, with what was merged.
        for scope, key in sorted(self._parts | self._of_audits()):
            if stored.state(self._session.workspace.db, key) != AuditState.VALIDATED:
                continue
            if scope_rows.changed_since(self._session.workspace.db, scope, self._last):
                raise NotAllowedNow(
                    "Ce fichier modifie un audit qui est validé ici : ses modifications ont été faites sans "
                    "connaître cette validation. Rien n'a été importé. Pour les recevoir, rouvrez l'audit "
                    "dans l'onglet Rapport, en disant pourquoi, puis recommencez."
                )


def _put(session: Session, found: Definition) -> None:
    definitions.put(session.workspace.db, found.kind, found.id, found.version, found.body)


def _check_whole(session: Session, head: BundleHead) -> None:
    """Refuse what leans on something that is neither in the bundle nor here: it could not be opened."""
    db = session.workspace.db
    for each in head.scopes:
        kind, _, key = each.scope.partition(":")
        audit = stored.audit(db, key) if kind == "audit" else None
        campaign = campaigns.campaign(db, key) if kind == "campaign" else None
        if audit is not None and facilities.facility(db, audit.facility) is None:
            _refuse("la structure de l'audit")
        if any(
            definitions.kind_of(db, sha) != "checklist" for _, _, sha in (audit.checklists if audit else ())
        ):
            _refuse("la grille de l'audit")
        if campaign is not None and definitions.kind_of(db, campaign.grid[2]) != "observation":
            _refuse("la grille de la campagne")


def _refuse(what: str) -> NoReturn:
    raise UnreadableFile(
        f"Ce fichier ne contient pas {what} qu'il apporte. Rien n'a été importé : demandez-le à nouveau."
    )


def _news(head: BundleHead, merged: MergeReport) -> Iterable[ScopeNews]:
    updated, in_conflict = set(merged.updated), set(merged.conflicts)
    new: dict[str, int] = {}
    replaced: dict[str, int] = {}
    both: dict[str, int] = {}
    for place in merged.touched:
        scope = scopes.scope_of(place[0])
        tally = both if place in in_conflict else replaced if place in updated else new
        tally[scope] = tally.get(scope, 0) + 1
    for each in head.scopes:
        name = each.scope
        counts = (new.get(name, 0), replaced.get(name, 0), both.get(name, 0))
        yield ScopeNews(
            scope=name,
            title=each.title,
            gestures=each.ops,
            new=counts[0],
            replaced=counts[1],
            conflicts=counts[2],
        )
