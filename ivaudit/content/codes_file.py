"""A file of codes that comes from elsewhere, under whatever name it was given on its way."""

import re
from pathlib import Path

from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.content.sources import Source, names_a_file, shipped_sources
from ivaudit.content.yaml_nodes import MAX_BYTES
from ivaudit.domain.errors import ContentProblems, UnreadableFile
from ivaudit.domain.found_codes import FoundCodes

_ID = re.compile(rb"^id:\s*[\"']?([a-z0-9-]{1,80})[\"']?\s*$", re.MULTILINE)
_NOT_ONE = (
    "Ce fichier n'est pas un fichier de codes d'ivaudit. Rien n'a été modifié. Demandez le fichier à la "
    "personne qui a relevé les codes, ou importez son tableau récapitulatif."
)
_WRONG = "Ce fichier de codes comporte des erreurs et n'a pas été lu. Rien n'a été modifié."


def read(path: Path, folder: Path) -> FoundCodes:
    """Return what a file of codes holds.

    Args:
        path: the file; its name need not be its id.
        folder: where a copy under its own name is made.

    Raises:
        UnreadableFile: it is not a file of codes, or cannot be read.
        ContentProblems: it breaks a rule.
    """
    try:
        with path.open("rb") as given:
            raw = given.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(_NOT_ONE) from error
    named = _ID.search(raw)
    if len(raw) > MAX_BYTES or named is None or not names_a_file(named.group(1).decode()):
        raise UnreadableFile(_NOT_ONE)
    copy = folder / f"{named.group(1).decode()}.yaml"
    copy.write_bytes(raw)
    source = Source(path.name, copy, "codes", shipped=False)
    library = Library((*shipped_sources(), source))
    parsed = next(each for each in library.files() if each.source is source)
    problems = library.problems(parsed)
    if parsed.family is not Family.CODES:
        raise UnreadableFile(_NOT_ONE)
    if problems:
        raise ContentProblems(_WRONG, tuple(map(str, problems)))
    file: FoundCodes = parsed.value
    return file
