"""Bundles going out: what they hold is planned in the session, and written beside it."""

import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ivaudit import __version__
from ivaudit.app import jobs, names, own_keys, placing, teams
from ivaudit.app.session import Session
from ivaudit.domain import bundle_part, seal
from ivaudit.domain.bundle import BundleHead, ContentFile, Contents, Definition, Picture, ScopeHead
from ivaudit.domain.bundle_part import AuditPart
from ivaudit.domain.errors import Cancelled, CannotWriteExport, InvalidValue
from ivaudit.domain.journal import Change, Op
from ivaudit.domain.progress import Progress, silent
from ivaudit.exchange import bundle_writing
from ivaudit.exchange.bundle_writing import BundleWriter
from ivaudit.store import layout
from ivaudit.store.encryption import translated
from ivaudit.store.snapshot import Snapshot, snapshot

WITHOUT_REFERENCES = "les références locales des usagers"
PROGRAM = f"ivaudit {__version__}"

_NOT_RECEIVED = "ce que cette copie n'avait pas reçu elle-même"
_TELL_EVERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Who can open a bundle: public keys, and a passphrase with its salt."""

    readers: tuple[bytes, ...]
    passphrase: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a bundle will hold: plain values, so that it is written beside the session.

    Attributes:
        folder: the workspace.
        key: its data key.
        head: without what is counted when it is written.
        scopes: the scopes it holds, with what people call them.
        parts: what of an audit is sent, by its scope.
        references: whether the local references of the register are.
        definitions: SHA-256 of those it may hold.
        evidence: SHA-256 of the pictures and files it may hold.
        files: content files.
    """

    folder: Path
    key: bytes
    signing: bytes
    head: BundleHead
    lock: Lock
    scopes: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, AuditPart] = field(default_factory=dict)
    references: bool = True
    definitions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    files: tuple[ContentFile, ...] = ()


def lock(session: Session, audit: str = "", *, readers: Sequence[bytes] = (), passphrase: str = "") -> Lock:
    """Return who can open a bundle; whoever makes it always can.

    Args:
        session: the open workspace.
        audit: whose team passphrase opens it, when there are no readers and no passphrase.
        readers: public keys of those it is for.
        passphrase: one agreed on with them.

    Raises:
        InvalidValue: nobody else could open it, or the passphrase is too weak.
    """
    own = own_keys.own_keys(session).public_reading
    if passphrase.strip():
        if problem := teams.passphrase_problem(passphrase):
            raise InvalidValue(problem)
        plain = " ".join(passphrase.split())
        return Lock(readers=(own, *readers), passphrase=(plain, secrets.token_bytes(16)))
    agreed = teams.of_audit(session, audit) if audit and not readers else None
    if agreed is None and not readers:
        raise InvalidValue(
            "Personne d'autre ne pourrait ouvrir ce fichier. Convenez d'une phrase d'équipe dans l'onglet "
            "Préparation, ou indiquez la clé de réception ou une phrase de passe du destinataire."
        )
    return Lock(readers=(own, *readers), passphrase=agreed)


def head(session: Session, contents: Contents, title: str, left_out: Iterable[str] = ()) -> BundleHead:
    """Return what a bundle made now says of itself."""
    return BundleHead(
        id=secrets.token_hex(16),
        at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        program=PROGRAM,
        author=session.author[:80],
        device=session.workspace.device,
        contents=contents,
        title=title[:300],
        left_out=tuple(left_out),
    )


def write(
    plan: Plan, target: Path, *, progress: Progress = silent, cancelled: Callable[[], bool] = jobs.never
) -> Path:
    """Write a bundle where it was asked, whole or not at all; beside the session.

    Args:
        plan: what it holds.
        target: the file.
        progress: told how far it has come.
        cancelled: asked often whether to stop.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
        KnownError: full or failing disk.
    """
    work = plan.folder / layout.WORK
    with (
        translated(),
        tempfile.TemporaryDirectory(prefix="echange-", dir=work, ignore_cleanup_errors=True) as folder,
    ):
        made = Path(folder) / "fichier"
        with snapshot(plan.folder, plan.key) as moment, made.open("wb") as out:
            _Writing(plan, moment, progress, cancelled).write(out)
        return placing.put(made, target)


@dataclass(slots=True)
class _Writing:
    """A bundle being written."""

    plan: Plan
    moment: Snapshot
    progress: Progress
    cancelled: Callable[[], bool]
    done: int = 0

    def write(self, out: BinaryIO) -> None:
        """Write everything in its order."""
        plan = self.plan
        head = self._head()
        file_key = bundle_writing.new_file_key()
        stanzas = bundle_writing.wrappings(file_key, plan.lock.readers, plan.lock.passphrase, teams.derived)
        writer = BundleWriter(out, file_key, stanzas, plan.signing)
        writer.head(head)
        for sha in head.definitions:
            if (found := self.moment.definition(sha)) is not None:
                kind, key, version, body = found
                writer.definition(Definition(kind=kind, id=key, version=version, body=body))
        for scope in head.scopes:
            self._ops(writer, scope.scope, head.ops)
        for sha in head.evidence:
            self._tell(len(head.evidence), "preuves")
            if (kept := self.moment.picture(sha)) is not None:
                writer.picture(
                    Picture(sha=sha, media=kept.media, width=kept.width, height=kept.height, body=kept.body)
                )
        for file in plan.files:
            writer.file(file)
        writer.finish()

    def _head(self) -> BundleHead:
        states = [(self.moment.scope(name), title) for name, title in self.plan.scopes.items()]
        scopes = tuple(
            ScopeHead(scope=each.scope, title=title[:300], ops=each.ops, tips=each.tips)
            for each, title in states
            if each.ops
        )
        lacking = any(self.moment.withholds(each.scope) for each in scopes)
        left_out = (*self.plan.head.left_out, *([_NOT_RECEIVED] if lacking else []))
        known = tuple(sha for sha in self.plan.definitions if self.moment.definition(sha) is not None)
        return replace(
            self.plan.head,
            scopes=scopes,
            definitions=known,
            left_out=tuple(dict.fromkeys(left_out)),
            evidence=self.moment.held(self.plan.evidence),
            files=tuple((each.family, each.id) for each in self.plan.files),
            seals=dict(self._seals(scopes)),
        )

    def _seals(self, scopes: Iterable[ScopeHead]) -> Iterator[tuple[str, str]]:
        """Return the hash of the seal of each audit as it is at this moment, which may not be the plan's."""
        for each in scopes:
            found = seal.read(self.moment.value(each.scope, seal.FIELD))
            if found is not None:
                yield each.scope.removeprefix(names.audit("")), found.hash

    def _ops(self, writer: BundleWriter, scope: str, total: int) -> None:
        for op in self.moment.ops(scope):
            if self.done % _TELL_EVERY == 0:
                self._tell(total, "gestes")
            self.done += 1
            writer.op(self._sent(op))

    def _sent(self, op: Op) -> Op:
        """Return an op without what is left out."""
        part = self.plan.parts.get(op.scope)
        if part is not None:
            return replace(op, changes=tuple(map(_kept_by(part), op.changes)))
        if op.scope == names.REGISTER and not self.plan.references:
            return replace(op, changes=tuple(map(bundle_part.without_references, op.changes)))
        return op

    def _tell(self, total: int, label: str) -> None:
        if self.cancelled():
            raise Cancelled
        self.progress(min(self.done, total), max(total, 1), label)


def _kept_by(part: AuditPart) -> Callable[[Change], Change]:
    return lambda change: change if part.keeps(change) else bundle_part.without(change)


def check_target(target: Path) -> None:
    """Refuse a place that is no folder, before anything is prepared.

    Raises:
        CannotWriteExport: the folder is not there.
    """
    if not target.parent.is_dir():
        raise CannotWriteExport(
            "Le dossier choisi n'existe pas, ou plus : la clé est peut-être débranchée. Rien n'a été écrit. "
            "Branchez-la, ou choisissez un autre dossier."
        )
