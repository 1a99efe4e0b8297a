"""Workspaces and checklists of the sizes that budgets speak of."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ivaudit.app import answers, audits, facilities, names, subjects, workspaces
from ivaudit.app.library import library
from ivaudit.app.session import Session
from ivaudit.content.library import Library
from ivaudit.domain.checklist import Checklist, Criterion, Domain, Section
from ivaudit.store.journal import Edit
from ivaudit.store.keys import FLOOR, STANDARD, KdfCost

PASSPHRASE = "sept mots pour ouvrir un dossier fictif"
LARGE = 2000
SUBJECTS = 30


def checklist(size: int) -> Checklist:
    """Return a checklist of `size` criteria: those of RNIV 1 again and again under other ids."""
    model = library().checklist("rniv-1-principes-communs")
    criteria = [replace(point.criterion, applicability=None) for point in model.points()]
    copies = [replace(criteria[i % len(criteria)], id=f"b-{i:05d}") for i in range(size)]
    return replace(model, id="mesure", version="1.0.0", domains=tuple(_domains(copies)))


def _domains(criteria: list[Criterion]) -> Iterator[Domain]:
    for start in range(0, len(criteria), 100):
        part = tuple(criteria[start : start + 100])
        section = Section(id=f"s{start}", title=f"Section {start}", criteria=part)
        yield Domain(id=f"d{start}", title=f"Domaine {start}", sections=(section,))


class Grown(Library):
    """The library with one more checklist, made here."""

    def __init__(self, added: Checklist) -> None:
        super().__init__(library()._sources)
        self._added = added

    def checklist(self, id: str) -> Checklist:  # noqa: A002 - as in the library
        """Return the added checklist, or one of the files."""
        return self._added if id == self._added.id else super().checklist(id)


def workspace(folder: Path, *, cost: KdfCost = FLOOR) -> Session:
    """Return a new open workspace with one structure."""
    session, _ = workspaces.create(folder, PASSPHRASE, "Mesure", with_recovery=False, cost=cost)
    facilities.create(session, {"name": "EHPAD Les Tilleuls"})
    return session


def audit_of(session: Session, checklists: list[str]) -> str:
    """Return a new audit."""
    facility = facilities.all_of(session)[0].id
    _, audit = audits.create(session, facility, "externe", checklists, "2026-11-21")
    return audit


def many_audits(folder: Path, count: int) -> None:
    """Make a workspace of `count` audits of fifteen points, answered, at the real cost of its key."""
    session = workspace(folder, cost=STANDARD)
    points = [point.criterion.id for point in library().checklist("flash").points()]
    for _ in range(count):
        audit = audit_of(session, ["flash"])
        with session.workspace.db.atomic():
            for rank, criterion in enumerate(points):
                answers.answer(session, audit, criterion, ("oui", "partiel", "non")[rank % 3])
    session.close()


def large_audit(folder: Path, size: int = LARGE) -> tuple[Session, str]:
    """Return an open workspace with an audit of `size` criteria, each with an answer and a constat."""
    session = workspace(folder)
    session.library = Grown(checklist(size))
    audit = audit_of(session, ["mesure"])
    with session.workspace.db.atomic():
        for rank in range(size):
            criterion = f"b-{rank:05d}"
            answers.answer(session, audit, criterion, ("oui", "non_vu", "non")[rank % 3])
            answers.write(
                session, audit, criterion, "constat", f"Constat factuel numéro {rank}, vu au poste."
            )
    return session, audit


def shared_audit(folder: Path, size: int = LARGE, many: int = SUBJECTS) -> tuple[Session, str]:
    """Return an open workspace with an audit of `size` criteria answered for each of `many` units."""
    session = workspace(folder)
    session.library = Grown(checklist(size))
    audit = audit_of(session, ["mesure"])
    for unit in range(many):
        _, subject = subjects.add(session, audit, f"Unité {unit + 1}")
        edits = [
            Edit(names.answer(audit, subject, f"b-{rank:05d}"), field, value)
            for rank in range(size)
            for field, value in (
                ("value", ("oui", "non_vu", "non")[(rank + unit) % 3]),
                ("constat", f"Constat factuel numéro {rank}, vu au poste."),
            )
        ]
        session.record(names.audit(audit), edits)
    return session, audit
