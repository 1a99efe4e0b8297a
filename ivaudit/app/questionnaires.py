"""Questionnaires sent out, read back, previewed beside an audit, and taken in as one gesture."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivaudit.app import answers, audits, backups, child_files, gestures, jobs, names
from ivaudit.app.library_exports import file_name
from ivaudit.app.session import Session
from ivaudit.content.compiled import digest, freeze
from ivaudit.content.library import Library
from ivaudit.domain.audit import STRUCTURE, Answer, AuditState, Changes
from ivaudit.domain.checklist import Checklist, Vocabulary
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.journal import IMPORT
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.questionnaire import Manifest, Returned, manifest
from ivaudit.domain.questionnaire_comparison import Comparison, merged, unchanged
from ivaudit.domain.questionnaire_comparison import compare as compared
from ivaudit.domain.questionnaire_reading import understood
from ivaudit.reports.plain import from_plain, to_plain
from ivaudit.store.journal import Edit

BEFORE = "avant l'import de questionnaires"
"""Why the backup before an import is made."""

_ID = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A questionnaire ready to be written: it needs no workspace any more."""

    manifest: Manifest
    checklists: tuple[Checklist, ...]
    vocabulary: Vocabulary


# -- out ---------------------------------------------------------------------------------------------------


def prepare(library: Library, checklists: Sequence[str]) -> Prepared:
    """Return a questionnaire on published checklists.

    Raises:
        NotFound: no such checklist.
        InvalidValue: no checklist.
    """
    if not checklists:
        raise InvalidValue("Un questionnaire a besoin d'au moins une grille.")
    found = [library.checklist(each) for each in dict.fromkeys(checklists)]
    return _prepared([(each, digest(freeze(each))) for each in found], library.vocabulary())


def prepare_for(session: Session, audit: str) -> Prepared:
    """Return a questionnaire on the very checklists of an audit, without its answers.

    Raises:
        NotFound: no such audit.
    """
    known = session.audit(audit)
    shas = [sha for _, _, sha in known.checklists]
    found = zip(session.frozen(known).checklists, shas, strict=True)
    return _prepared(list(found), session.library.vocabulary())


def make(
    prepared: Prepared,
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write a questionnaire, whole or not at all.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    return child_files.written(
        "questionnaire", _plain(prepared), path, progress=progress, cancelled=cancelled
    )


def name_of(prepared: Prepared) -> str:
    """Return the name of the file («Auto-evaluation_questionnaire.xlsx»), safe on every system."""
    titles = [each.title for each in prepared.checklists]
    title = titles[0] if len(titles) == 1 else f"{len(titles)} grilles"
    return file_name(title, "xlsx", "questionnaire")


# -- back in -----------------------------------------------------------------------------------------------


def read(path: Path, *, cancelled: Callable[[], bool] = jobs.never) -> Returned:
    """Return what a questionnaire says; nothing is recorded.

    Raises:
        UnreadableFile: it is not a questionnaire, or not one that can be read safely.
        TookTooLong: reading it takes more than a few seconds.
        Cancelled: somebody asked to stop.
    """
    found = child_files.read("lire-questionnaire", path, cancelled=cancelled)
    return from_plain(Returned, found["returned"])


def compare(session: Session, audit: str, returned: Returned) -> Comparison:
    """Return what importing a questionnaire would do to an audit; nothing is recorded.

    Raises:
        NotFound: no such audit.
    """
    sheet = audits.sheet(session, audit)
    found = understood(returned, sheet.checklists, session.library.vocabulary())
    return compared(sheet, returned, found)


def accept(session: Session, audit: str, seen: Comparison, take: Collection[str] = ()) -> Changes:
    """Record what was previewed, as one gesture of the audit; nothing where there is nothing to write.

    Args:
        session: the open workspace.
        audit: id of the audit.
        seen: what was shown; an answer given since stays as it is.
        take: criteria whose returned answer replaces that of the audit; the others are kept.

    Raises:
        NotFound: no such audit.
    """
    known = session.audit(audit)
    edits: list[Edit] = []
    written = 0
    for row in seen.to_write(take):
        now = answers.current(session, audit, row.criterion)
        if unchanged(row, now):
            found = answer_edits(audit, row.criterion, now, row.theirs)
            written += bool(found)
            edits += found
    if not edits:
        return Changes()
    if known.state is AuditState.PREPARING:
        edits.append(Edit(names.audit(audit), "state", AuditState.ONGOING.value))
    label = f"Questionnaire importé ({written} {'réponse' if written == 1 else 'réponses'})"
    return gestures.gesture(session, audit, edits, label, kind=IMPORT)


def answer_edits(audit: str, criterion: str, now: Answer, theirs: Answer) -> list[Edit]:
    """Return what records a returned answer over the present one."""
    entity = names.answer(audit, STRUCTURE, criterion)
    edits = [Edit(entity, name, value) for name, value in merged(now, theirs).items()]
    if edits and now.carried is not None:
        edits.append(Edit(entity, "carried", None))
    return edits


def back_up(session: Session) -> None:
    """Make the backup that undoes an import; from any thread.

    Raises:
        KnownError: full or failing disk; nothing was imported.
    """
    backups.back_up(session, BEFORE)


def _prepared(checklists: Sequence[tuple[Checklist, str]], vocabulary: Vocabulary) -> Prepared:
    return Prepared(
        manifest=manifest(checklists, vocabulary, questionnaire=secrets.token_hex(_ID)),
        checklists=tuple(each for each, _ in checklists),
        vocabulary=vocabulary,
    )


def _plain(prepared: Prepared) -> dict[str, Any]:
    return {
        "manifest": to_plain(prepared.manifest),
        "checklists": to_plain(prepared.checklists),
        "vocabulary": to_plain(prepared.vocabulary),
    }
