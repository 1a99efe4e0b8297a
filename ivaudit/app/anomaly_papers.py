"""The papers about an entry: sheet of correction, page to share, declaration, acknowledgement."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias

from ivaudit.app import anomalies, anomaly_words, child_files, facilities, jobs, register, sheets
from ivaudit.app.session import Session
from ivaudit.domain import clock, entry_papers
from ivaudit.domain.declaration_sheet import DeclarationSheet, declaration_sheet
from ivaudit.domain.entry_papers import receipt_text
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.leaflet import Leaflet, LeafletKind
from ivaudit.domain.log_rows import LogRows
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.plain import to_plain

Format: TypeAlias = Literal["pdf", "docx"]


def correction(session: Session, key: str) -> Leaflet:
    """Return the sheet of correction of an entry: everything but who it is about.

    Raises:
        NotFound: no such entry.
    """
    entry = anomalies.get(session, key)
    words, terms = anomaly_words.words(session), anomalies.terms(session)
    return entry_papers.correction(
        entry,
        anomaly_words.texts(session.library, LeafletKind.CORRECTION),
        words,
        LogRows(anomaly_words.log(session.library), words, terms),
        terms,
        facility=_named(session, entry.facility),
    )


def shared(session: Session, key: str) -> Leaflet:
    """Return the anonymous page of an event.

    Raises:
        NotFound: no such entry.
        NotAllowedNow: it was not marked as one to share.
    """
    texts = anomaly_words.texts(session.library, LeafletKind.SHARED)
    return entry_papers.shared(register.share(session, key), texts)


def receipt(session: Session, key: str) -> Leaflet:
    """Return the acknowledgement of an entry.

    Raises:
        NotFound: no such entry.
    """
    entry = anomalies.get(session, key)
    texts = anomaly_words.texts(session.library, LeafletKind.RECEIPT)
    return entry_papers.receipt(entry, texts, anomalies.terms(session), _named(session, entry.facility))


def receipt_words(session: Session, key: str) -> str:
    """Return the acknowledgement of an entry as a text to copy.

    Raises:
        NotFound: no such entry.
    """
    entry = anomalies.get(session, key)
    texts = anomaly_words.texts(session.library, LeafletKind.RECEIPT)
    return receipt_text(entry, texts, anomalies.terms(session), _named(session, entry.facility))


def declaration(session: Session, facility: str = "") -> Leaflet:
    """Return the form by which a service declares, to print."""
    texts = anomaly_words.texts(session.library, LeafletKind.DECLARATION)
    return entry_papers.declaration(texts, anomalies.terms(session), _named(session, facility))


def declaration_book(session: Session, facility: str = "") -> DeclarationSheet:
    """Return the workbook by which a service declares."""
    texts = anomaly_words.texts(session.library, LeafletKind.DECLARATION)
    return declaration_sheet(texts, anomaly_words.words(session), _named(session, facility))


def write(
    paper: Leaflet | DeclarationSheet,
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write a paper in a child process, whole or not at all.

    Raises:
        InvalidValue: the name of the file asks for a format that this paper has not.
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    job, request = "declaration", {"sheet": to_plain(paper)}
    if isinstance(paper, Leaflet):
        job, request = "page", {"leaflet": to_plain(paper), "format": format_of(path)}
    return child_files.written(job, request, path, progress=progress, cancelled=cancelled)


def format_of(path: Path) -> Format:
    """Return the format that the name of a file asks for, PDF when it has none.

    Raises:
        InvalidValue: it asks for another one.
    """
    match path.suffix.lower():
        case "" | ".pdf":
            return "pdf"
        case ".docx":
            return "docx"
        case _:
            raise InvalidValue("Cette fiche s'écrit en .pdf ou en .docx.")


def file_name(what: LeafletKind, number: str = "", suffix: str = "pdf") -> str:
    """Return the name of the file («2026-11-21_26-K7Q-0042_fiche-correction.pdf»)."""
    return sheets.file_name(clock.today().isoformat(), number, what.value, suffix)


def _named(session: Session, key: str) -> str:
    if key:
        return facilities.get(session, key).name
    known = facilities.all_of(session)
    return known[0].name if len(known) == 1 else ""
