"""The evidence of the open audit, as last recorded, and the gestures that change it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from ivaudit.app import evidence, evidence_erasure, visit_papers
from ivaudit.app.pictures import Body, Prepared
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import KnownError
from ivaudit.domain.evidence import Evidence, of_criterion, register
from ivaudit.ui.audit.open_audit import OpenAudit

Done: TypeAlias = Callable[[], None]
Failed: TypeAlias = Callable[[KnownError], None]

BATCH = 24
"""Thumbnails read at a time: a few milliseconds between two gestures."""


class EvidenceBook(QObject):
    """Everything kept for an audit; `changed` when it changed, `thumbnails_came` with some small pictures."""

    changed = Signal()
    thumbnails_came = Signal(object)

    def __init__(self, audit: OpenAudit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.audit = audit
        self.found: tuple[Evidence, ...] = ()
        self.former = 0
        self._asked: set[str] = set()
        audit.writer.changed.connect(self._on_changed)

    # -- reading

    def load(self) -> None:
        """Read it again."""
        key = self.audit.audit_id
        self.audit.writer.submit(
            lambda session: (evidence.all_of(session, key), len(visit_papers.former_documents(session, key))),
            done=self._on_found,
        )

    def of(self, criterion: str) -> tuple[Evidence, ...]:
        """Return what is linked to a criterion."""
        return of_criterion(self.found, criterion)

    @property
    def documents(self) -> tuple[Evidence, ...]:
        """Return the register."""
        return register(self.found)

    def ask_thumbnails(self, digests: tuple[str, ...]) -> None:
        """Read some thumbnails, once each; `thumbnails_came` brings them."""
        wanted = tuple(each for each in digests if each not in self._asked)
        self._asked.update(wanted)
        for start in range(0, len(wanted), BATCH):
            few = wanted[start : start + BATCH]
            self.audit.writer.submit(partial(_thumbnails, digests=few), done=self._on_thumbnails)

    def read(self, digest: str, done: Callable[[Body], None], failed: Callable[[KnownError], None]) -> None:
        """Read a picture that is kept."""
        self.audit.writer.submit(partial(_body, digest=digest), done=done, failed=failed)

    # -- gestures

    def add_photo(
        self, photo: Prepared, values: Mapping[str, str], criterion: str, done: Done, failed: Failed
    ) -> None:
        """Keep a photograph, for a criterion or for the audit alone; `values` are its caption and its day."""
        key, about = self.audit.audit_id, _about(criterion)
        caption, date = values["caption"], values["date"]
        self._keep(
            lambda s: evidence.add_photo(s, key, photo, caption=caption, date=date, criteria=about)[0],
            done,
            failed,
        )

    def add_pages(
        self,
        pages: tuple[Prepared, ...],
        values: Mapping[str, str],
        criterion: str,
        done: Done,
        failed: Failed,
    ) -> None:
        """Keep the reviewed pages of a file; `values` are its title, its caption and its day."""
        key, about = self.audit.audit_id, _about(criterion)
        said = {name: values[name] for name in ("title", "caption", "date")}
        self._keep(lambda s: evidence.add_pages(s, key, pages, criteria=about, **said)[0], done, failed)

    def add_original(  # noqa: PLR0917 - the parts of one gesture
        self,
        data: bytes,
        name: str,
        values: Mapping[str, str],
        criterion: str,
        done: Done,
        failed: Failed,
    ) -> None:
        """Keep a file as it is, declared without identity by whoever asked for it."""
        key, about = self.audit.audit_id, _about(criterion)
        said = {field: values[field] for field in ("title", "caption", "date")}
        self._keep(
            lambda s: evidence.add_original(
                s, key, data, name, without_identity=True, criteria=about, **said
            )[0],
            done,
            failed,
        )

    def _keep(self, work: Callable[[Session], Changes], done: Done, failed: Failed) -> None:
        self.audit.do(work, lambda _changes: done(), failed)

    def add_document(self, values: dict[str, str], criterion: str = "", failed: Failed | None = None) -> None:
        """Put a document in the register."""
        key, about = self.audit.audit_id, _about(criterion)
        self.audit.do(lambda s: evidence.add_document(s, key, criteria=about, **values)[0], failed=failed)

    def add_observation(self, caption: str, date: str, criterion: str, failed: Failed) -> None:
        """Record what was seen."""
        key, about = self.audit.audit_id, _about(criterion)
        self.audit.do(
            lambda s: evidence.add_observation(s, key, caption=caption, date=date, criteria=about)[0],
            failed=failed,
        )

    def edit(self, identity: str, values: dict[str, str], failed: Failed | None = None) -> None:
        """Change texts, date or status."""
        key = self.audit.audit_id
        self.audit.do(lambda s: evidence.edit(s, key, identity, **values), failed=failed)

    def take_off(self, found: Evidence, criterion: str) -> None:
        """Take it off a criterion that is not its only one, or off the audit."""
        key, identity = self.audit.audit_id, found.id
        if criterion and len(found.criteria) > 1:
            self.audit.do(lambda s: evidence.unlink(s, key, identity, criterion))
        else:
            self.audit.do(lambda s: evidence.remove(s, key, identity))

    def erase(self, identity: str, reason: str) -> None:
        """Erase a picture for good."""
        key = self.audit.audit_id
        self.audit.do(lambda s: evidence_erasure.erase(s, key, identity, reason))

    def adopt_documents(self) -> None:
        """Move the documents of the form of the visit to the register."""
        key = self.audit.audit_id
        self.audit.do(lambda s: visit_papers.adopt_former(s, key))

    def ask_documents(self) -> None:
        """Put the documents that the grids expect in the register."""
        key = self.audit.audit_id
        self.audit.do(lambda s: visit_papers.ask(s, key))

    # -- what comes back

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        mine = f"evidence:{self.audit.audit_id}/"
        if any(entity.startswith(mine) for entity in changes.entities):
            self.load()

    @Slot(object)
    def _on_found(self, read: tuple[tuple[Evidence, ...], int]) -> None:
        self.found, self.former = read
        self.changed.emit()

    @Slot(object)
    def _on_thumbnails(self, found: dict[str, bytes]) -> None:
        self.thumbnails_came.emit(found)


def _about(criterion: str) -> list[str]:
    return [criterion] if criterion else []


def _thumbnails(session: Session, *, digests: tuple[str, ...]) -> dict[str, bytes]:
    return evidence.thumbnails(session, digests)


def _body(session: Session, *, digest: str) -> Body:
    return evidence.body(session, digest)
