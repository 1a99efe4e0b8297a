"""The FINESS directory as it is published, whichever of its two formats: called in a child process only."""

import hashlib
from pathlib import Path

from ivaudit.domain.errors import UnreadableFile
from ivaudit.exchange import directory_source as source
from ivaudit.exchange.directory_etalab import HEADER, EtalabFile
from ivaudit.exchange.directory_finess_plus import FinessPlusFile
from ivaudit.exchange.directory_source import MOST_ENTRIES, DirectorySource

__all__ = ["MOST_ENTRIES", "DirectorySource", "digest", "open_source"]


def open_source(path: Path) -> DirectorySource:
    """Return a file of the directory, told by how it begins, whatever its name.

    Raises:
        NotFound: there is no file.
        UnreadableFile: it is neither of the two, is packed, or out of bounds.
    """
    start = source.checked(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return FinessPlusFile(path)
    if start.lstrip(b'"').lower().startswith((HEADER.encode(), b"structureet")):
        return EtalabFile(path)
    raise UnreadableFile(
        "Ce fichier n'est pas un annuaire FINESS : ni le CSV « etalab » (« finess;etalab;… » en première "
        f"ligne), ni le JSON FINESS+. {source.NOTHING} Importez l'un de ces deux fichiers tel que "
        "publié."
    )


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
