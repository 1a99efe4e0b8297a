"""The words that the register is written and read with: its fields, its logs, its papers."""

from ivaudit.app import anomalies, facilities
from ivaudit.app.session import Session
from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.domain.anomalies import FORMS, Entry, EntryKind, Nature
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.leaflet import LeafletKind, LeafletTexts
from ivaudit.domain.log_fields import LogWords, log_words
from ivaudit.domain.log_intake import REFERENCE, LogIntake
from ivaudit.domain.log_rows import LogRows
from ivaudit.domain.log_table import COMPUTED, LogField, LogTable, chosen_log
from ivaudit.domain.wording import folded


def words(session: Session) -> LogWords:
    """Return the words of every field of the register, with the structures of this workspace."""
    forms = {kind: session.library.form(FORMS[kind]) for kind in EntryKind}
    names = {each.id: each.name for each in facilities.all_of(session)}
    return log_words(anomalies.terms(session), forms, names)


def fields(session: Session) -> dict[EntryKind, frozenset[str]]:
    """Return the fields of the form of each kind of entries."""
    return {
        kind: frozenset(
            each.id for section in anomalies.form(session, kind).sections for each in section.fields
        )
        for kind in EntryKind
    }


def said(session: Session, entry: Entry) -> dict[str, tuple[str, str]]:
    """Return what an entry says, by field of its form: the title of the field, and its value in words."""
    known = words(session)
    says = LogRows(log(session.library), known, anomalies.terms(session))
    titles = {each.field.value: each.title for each in known.fields}
    return {name: (titles[name], says.said(LogField(name), entry)) for name in entry.values if name in titles}


def logs(library: Library) -> tuple[LogTable, ...]:
    """Return the logs on offer: ours first, then those of local files."""
    return library.every(Family.LOG)


def log(library: Library, wanted: str = "") -> LogTable:
    """Return a log by its id; the last local one, or ours, unless told.

    Raises:
        InvalidValue: there is none of this id.
    """
    every = logs(library)
    if wanted and wanted not in {each.id for each in every}:
        known = ", ".join(each.id for each in every)
        raise InvalidValue(f"Ce journal n'existe pas. Journaux connus : {known}")
    return chosen_log(every, wanted)


def intake(library: Library) -> LogIntake:
    """Return what foreign logs are understood by: a local file comes after ours."""
    found: LogIntake = library.every(Family.INTAKE)[-1]
    return found


def texts(library: Library, page: LeafletKind) -> LeafletTexts:
    """Return the published words of a paper: those of a local file come after ours."""
    found: LeafletTexts = [each for each in library.every(Family.LEAFLET) if each.page is page][-1]
    return found


def targets(session: Session) -> tuple[tuple[str, str], ...]:
    """Return what a column of a log may be taken for, each with its name, references by role last."""
    found = words(session)
    plain = [
        (each.field.value, each.title)
        for each in found.fields
        if each.field not in COMPUTED or each.field is LogField.ENDED
    ]
    named = [
        (f"{REFERENCE}/{role.value}/{nature.value}", f"Référence : {role.label.lower()}, {nature.label}")
        for role in found.roles
        for nature in found.natures
        if nature.value != Nature.ROOM
    ]
    return (*sorted(plain, key=lambda pair: folded(pair[1])), *named)
