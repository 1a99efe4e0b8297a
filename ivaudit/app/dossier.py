"""The file for those who answer for security and privacy: published text, and facts of the program."""

import importlib.metadata
import platform
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ivaudit import __version__
from ivaudit.app import child_files, retention
from ivaudit.app.session import Session
from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.domain import clock
from ivaudit.domain.dossier import Dependency, Dossier, DossierRow, Facts
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.plain import to_plain
from ivaudit.store import encryption, place

FORMATS = ("pdf", "docx")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LONGEST_LICENCE = 60
_PROGRAM = "ivaudit"


def text(library: Library) -> Dossier:
    """Return the published text."""
    found: tuple[Dossier, ...] = library.every(Family.DOSSIER)
    return found[0]


def facts(library: Library, session: Session | None = None) -> Facts:
    """Return what the program knows of itself; the durations are those of a workspace, if one is open."""
    return Facts(
        day=clock.today().isoformat(),
        program=tuple(_program()),
        retention=tuple(_retention(library, session)),
        dependencies=dependencies(),
    )


def write(
    library: Library, path: Path, session: Session | None = None, *, progress: Progress = silent
) -> Path:
    """Write the file as a tagged PDF, or for Word where the name of the file says so.

    Raises:
        InvalidValue: the name of the file asks for another format.
        CannotWriteExport: the place refuses the file.
    """
    return write_told(text(library), facts(library, session), path, progress=progress)


def write_told(dossier: Dossier, told: Facts, path: Path, *, progress: Progress = silent) -> Path:
    """Write the file from what was read before: from any thread."""
    format = path.suffix.lower().lstrip(".") or "pdf"  # noqa: A001 - the word of the jobs
    if format not in FORMATS:
        raise InvalidValue("Ce dossier s'écrit en .pdf ou en .docx.")
    request = {"dossier": to_plain(dossier), "facts": to_plain(told), "format": format}
    return child_files.written("dossier", request, path, progress=progress)


def dependencies() -> tuple[Dependency, ...]:
    """Return the libraries that the program says it needs, as their own metadata describe them."""
    wanted = _wanted()
    plain = [each for each in wanted if "extra ==" not in each]
    names = sorted({found.group() for each in plain if (found := _NAME.match(each))}, key=str.casefold)
    return tuple(map(_dependency, names))


def _wanted() -> list[str]:
    """Return what the program says it needs: in its sources where it runs from them, else as installed."""
    sources = Path(__file__).parents[2] / "pyproject.toml"
    if sources.is_file():
        return list(tomllib.loads(sources.read_text(encoding="utf-8"))["project"]["dependencies"])
    try:
        return importlib.metadata.requires(_PROGRAM) or []
    except importlib.metadata.PackageNotFoundError:
        return []


def _dependency(name: str) -> Dependency:
    try:
        found = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return Dependency(name=name, version="", licence="")
    return Dependency(
        name=found["Name"] or name,
        version=found["Version"] or "",
        licence=_licence(found),
    )


def _licence(found: "importlib.metadata.PackageMetadata") -> str:
    """Return the licence that metadata declare: the expression, else a short text, else the classifiers."""
    for key in ("License-Expression", "License"):
        value = str(found.json.get(key.lower().replace("-", "_")) or "").strip()
        if value and "\n" not in value and len(value) <= _LONGEST_LICENCE:
            return value
    classifiers = found.get_all("Classifier") or ()
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")]
    return ", ".join(named)


def _program() -> Iterator[DossierRow]:
    yield DossierRow(term="Programme", text=f"ivaudit {__version__}, Python {platform.python_version()}")
    yield DossierRow(term="Système", text=f"{platform.system()} {platform.release()} ({sys.platform})")
    engine = encryption.engine_versions()
    yield DossierRow(term="Base chiffrée", text=f"SQLCipher {engine.cipher}, SQLite {engine.sqlite}")
    yield DossierRow(
        term="Cryptographie", text=f"{engine.provider} (SQLCipher) ; Argon2id et AES-GCM par cryptography"
    )
    yield DossierRow(term="Dossier par défaut", text=str(_anonymous(place.default_folder())))


def _anonymous(folder: Path) -> str:
    """Return where the workspace is by default, without the name of the account."""
    try:
        return f"~/{folder.relative_to(Path.home()).as_posix()}"
    except ValueError:
        return folder.name


def _retention(library: Library, session: Session | None) -> Iterator[DossierRow]:
    chosen = retention.durations(session) if session is not None else {}
    for kind in retention.proposals(library).kinds:
        months = chosen.get(kind.id, 0)
        now = f"{months} mois après {kind.begins}" if months else "aucune durée choisie"
        yield DossierRow(
            term=kind.label, text=f"{now} (proposé : {kind.proposed} mois, à décider avec le DPO)"
        )
