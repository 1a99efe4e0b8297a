"""The program tries itself: from an empty folder to exported reports, in a place of its own."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ivaudit.app import answers, audits, backups, checks, facilities, library, reports, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.errors import BugError
from ivaudit.domain.progress import Progress, silent

_PASSPHRASE = "Essai-de-la-machine-1"  # noqa: S105 - opens nothing but the folder it makes
_CONSTAT = "Constat d'essai : <b> & =1+1 « œuvre »"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing tried, and what went wrong (empty when nothing did)."""

    title: str
    problem: str = ""


def run(progress: Progress = silent) -> tuple[Step, ...]:
    """Try every room once and return what was tried; nothing is left on the disk."""
    with tempfile.TemporaryDirectory(prefix="ivaudit-essai-") as place:
        folder = Path(place)
        trial = _Trial(folder)
        plan: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Grilles et formulaires", trial.content),
            ("Dossier de travail chiffré", trial.create),
            ("Réponses, annulation", trial.answer),
            ("Rapports PDF, Word, Excel et JSON", trial.export),
            ("Sauvegarde", trial.back_up),
            ("Réouverture et journal", trial.reopen),
        )
        steps = []
        for rank, (title, work) in enumerate(plan):
            progress(rank, len(plan), title)
            steps.append(_tried(title, work))
        trial.close()
        return tuple(steps)


def _tried(title: str, work: Callable[[], None]) -> Step:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - whatever fails is what the test is for
        return Step(title=title, problem=f"{type(error).__name__} : {error}")
    return Step(title=title)


def _must(fact: bool, what: str) -> None:
    if not fact:
        raise BugError(what)


class _Trial:
    """One workspace taken through its life."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "dossier"
        self.out = folder
        self.session: Session | None = None
        self.audit = ""

    @property
    def open(self) -> Session:
        if self.session is None:
            raise BugError("the workspace of the trial is not open")
        return self.session

    def content(self) -> None:
        _must(not library.check(None), "the shipped content has problems")

    def create(self) -> None:
        self.session, code = workspaces.create(self.folder, _PASSPHRASE, "Essai")
        _must(bool(code), "no recovery code")
        _, facility = facilities.create(self.open, {"name": "EHPAD d'essai"})
        grids = [found.id for found in library.library().checklists()]
        kind = library.library().vocabulary().audit_kinds[0].id
        _, self.audit = audits.create(self.open, facility, kind, grids, "2026-11-21")

    def answer(self) -> None:
        first = next(audits.sheet(self.open, self.audit).checklists[0].points()).criterion.id
        answers.answer(self.open, self.audit, first, "oui")
        answers.answer(self.open, self.audit, first, "non")
        answers.undo(self.open, self.audit)
        answers.write(self.open, self.audit, first, "constat", _CONSTAT)
        now = answers.current(self.open, self.audit, first)
        _must((now.value, now.constat) == ("oui", _CONSTAT), "the answer is not what was typed")

    def export(self) -> None:
        for form in reports.FORMATS:
            path = reports.export(self.open, self.audit, form, self.out / f"rapport.{form}")
            _must(path.stat().st_size > 0, f"the {form} report is empty")

    def back_up(self) -> None:
        backups.back_up(self.open)
        _must(len(backups.backups(self.folder)) == 1, "the backup is not listed")

    def reopen(self) -> None:
        self.open.close()
        self.session = workspaces.open_with_passphrase(self.folder, _PASSPHRASE)
        report = checks.full_check(self.open)
        _must(not report.problems, "the check found problems")

    def close(self) -> None:
        if self.session is not None:
            self.session.close()
