"""The content files of a bundle: adaptations and codes, put beside those of this person."""

import tempfile
from pathlib import Path

from ivaudit.app import adaptation_files, rules
from ivaudit.app.session import Session
from ivaudit.domain.bundle import ContentFile, Family
from ivaudit.domain.errors import KnownError
from ivaudit.store import layout


def described(file: ContentFile) -> str:
    """Return what a content file is, in French."""
    match file.family:
        case Family.ADAPTATION:
            return f"Adaptation locale « {file.id} »"
        case Family.CODES:
            return "Codes relevés dans les volumes officiels"


def take_in(session: Session, file: ContentFile) -> str:
    """Put a content file in use where it can be, and return what became of it, in French."""
    try:
        match file.family:
            case Family.ADAPTATION:
                adaptation_files.import_bytes(file.text.encode())
            case Family.CODES:
                return f"{described(file)} : {_codes(session, file)}."
    except KnownError as error:
        return f"{described(file)} : non reprise. {error.sentence}"
    return f"{described(file)} : en place."


def _codes(session: Session, file: ContentFile) -> str:
    work = session.workspace.folder / layout.WORK
    with tempfile.TemporaryDirectory(dir=work, ignore_cleanup_errors=True) as folder:
        path = Path(folder) / rules.CODES_NAME
        path.write_text(file.text, encoding="utf-8")
        found = rules.read_codes(path)
        if not found.changes:
            return "déjà connus"
        rules.accept(found)
        return f"{len(found.changes)} repris"
