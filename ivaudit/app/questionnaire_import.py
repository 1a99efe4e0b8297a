"""Returned questionnaires recorded: structures found or created, their self-assessments made or completed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from ivaudit.app import audits, facilities, names
from ivaudit.app.questionnaires import accept, answer_edits, back_up, compare
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.audit import EMPTY, Audit, AuditState, Changes, Facility
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.journal import IMPORT, Json
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.questionnaire_comparison import Outcome
from ivaudit.domain.questionnaire_reading import Declared, Understood, finess
from ivaudit.domain.returns import SortedFile
from ivaudit.domain.wording import folded
from ivaudit.store import audits as stored
from ivaudit.store.journal import Edit

KIND = "auto-evaluation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What importing one file did: `audit` is the self-assessment, made now if `created`.

    `written` answers were recorded, `kept` others differ and stay as they are; `new_structure` tells that the
    structure was created too. `refused` says why nothing was done.
    """

    file: str
    audit: str = ""
    created: bool = False
    new_structure: bool = False
    written: int = 0
    kept: int = 0
    refused: str = ""


def import_all(
    session: Session, files: Iterable[SortedFile], *, progress: Progress = silent
) -> tuple[Imported, ...]:
    """Make a backup, then import the files that can be, each in a transaction of its own.

    Raises:
        KnownError: what the disk answers; the files imported before stay.
    """
    kept = [file for file in files if file.usable]
    if kept:
        back_up(session)
    done = []
    for rank, file in enumerate(kept):
        progress(rank, len(kept), file.name)
        done.append(import_one(session, file)[1])
    return tuple(done)


def import_one(session: Session, file: SortedFile) -> tuple[Changes, Imported]:
    """Record one questionnaire: its structure, found or created, and its self-assessment, all or nothing.

    An answer that is already there is never replaced; the same file imported again changes nothing.
    """
    found = file.found
    if found is None or file.returned is None or not file.usable:
        raise InvalidValue("Ce fichier ne peut pas être importé.")
    try:
        facility = _facility(session, found.declared)
    except InvalidValue as error:
        return Changes(), Imported(file=file.name, refused=error.sentence)
    with session.workspace.gesture():
        key, structure = _placed(session, facility, found.declared)
        memo = _memo(file, key)
        audit = _audit(session, key, file, memo)
        if audit is not None:
            changes, imported = _completed(session, audit.id, file)
        else:
            changes, imported = _created(session, key, file, found)
            session.workspace.remember(memo, imported.audit)
    whole = Changes(
        facilities=structure.facilities,
        audits=changes.audits | ({imported.audit} if structure.at else frozenset()),
        answers=changes.answers,
        done="Questionnaire importé" if changes.at or structure.at else "",
        at=changes.at or structure.at,
    )
    return whole, Imported(
        file=imported.file,
        audit=imported.audit,
        created=imported.created,
        new_structure=facility is None,
        written=imported.written,
        kept=imported.kept,
    )


def _facility(session: Session, declared: Declared) -> Facility | None:
    """Return the structure that answered: by its site number, else by its name; nothing when it is new.

    Raises:
        InvalidValue: several structures bear that name.
    """
    known = facilities.all_of(session)
    if declared.finess_et:
        same = [each for each in known if finess(each.finess_et) == declared.finess_et]
        if same:
            return same[0]
    name = folded(declared.name)
    called = [each for each in known if name and folded(each.name) == name]
    if declared.finess_et:  # a structure with another number is another site of the same name
        called = [each for each in called if not each.finess_et]
    if len(called) > 1:
        raise InvalidValue(
            f"{len(called)} structures s'appellent ainsi : indiquez le FINESS ET dans le questionnaire et "
            "dans la fiche de la structure, puis recommencez."
        )
    return called[0] if called else None


def _placed(session: Session, facility: Facility | None, declared: Declared) -> tuple[str, Changes]:
    """Return the structure, created or with its empty fields filled in, and what that changed."""
    values = declared.values()
    if facility is None:
        named = {"name": f"FINESS {declared.finess_et}", **values}
        changes, key = facilities.create(session, named)
        return key, changes
    empty = {name: value for name, value in values.items() if not facility.values.get(name)}
    return facility.id, facilities.edit(session, facility.id, empty) if empty else Changes()


def _memo(file: SortedFile, facility: str) -> str:
    """Return the key under which this workspace remembers which audit a questionnaire became."""
    returned, found = file.returned, file.found
    sent = returned.manifest.questionnaire if returned is not None else ""
    day = found.declared.date if found is not None else ""
    whole = "\x1f".join((sent, facility, day, *file.checklists))
    return f"questionnaire:{hashlib.sha256(whole.encode()).hexdigest()[:32]}"


def _audit(session: Session, facility: str, file: SortedFile, memo: str) -> Audit | None:
    """Return the self-assessment that this questionnaire became before, or one of the same day."""
    mine = [
        audit
        for audit in stored.audits(session.workspace.db)
        if audit.facility == facility
        and audit.kind == KIND
        and tuple(key for key, _, _ in audit.checklists) == file.checklists
    ]
    before = session.workspace.recall(memo)
    day = file.found.declared.date if file.found is not None else ""
    return next(
        (audit for audit in mine if audit.id == before),
        next((audit for audit in mine if day and audit.date == day), None),
    )


def _completed(session: Session, audit: str, file: SortedFile) -> tuple[Changes, Imported]:
    """Add the answers that are missing to an audit; those that are there stay."""
    if file.returned is None:
        raise InvalidValue("Ce fichier ne peut pas être importé.")
    seen = compare(session, audit, file.returned)
    written, kept = len(seen.of(Outcome.NEW)), len(seen.of(Outcome.DIFFERENT))
    return accept(session, audit, seen), Imported(file=file.name, audit=audit, written=written, kept=kept)


def _created(
    session: Session, facility: str, file: SortedFile, found: Understood
) -> tuple[Changes, Imported]:
    def edits(key: str) -> Iterable[Edit]:
        yield Edit(names.audit(key), "state", AuditState.ONGOING.value)
        for criterion, answer in found.answers.items():
            yield from answer_edits(key, criterion, EMPTY, answer)
        if found.declared.respondent:
            people: list[Json] = [{"function": found.declared.respondent}]
            yield Edit(names.form(key, audits.VISIT_FORM), "people", people)

    checklists = [session.library.checklist(each) for each in file.checklists]
    day = found.declared.date or clock.today().isoformat()
    changes, key = audits.create_on(session, facility, KIND, checklists, day, how=IMPORT, more=edits)
    return changes, Imported(file=file.name, audit=key, created=True, written=len(found.answers))
