"""What a library knows of the official volumes: their rules, and the codes that somebody found in them."""

from collections.abc import Mapping

from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.domain.found_codes import FoundCode, FoundCodes, PlacedCode, by_criterion, in_force
from ivaudit.domain.rules import Rules, gathered


def rules(library: Library) -> Rules:
    """Return every rule of the official volumes as one list, shipped ones first.

    Raises:
        ContentProblems: a shipped file has a problem.
    """
    return gathered(library.every(Family.RULES))


def code_files(library: Library) -> tuple[FoundCodes, ...]:
    """Return the files of codes that can be used."""
    return library.every(Family.CODES)


def code_file(library: Library, id: str) -> FoundCodes:  # noqa: A002 - ids are called ids here
    """Return a file of codes.

    Raises:
        NotFound: no file of that id.
        ContentProblems: its file has a problem.
    """
    file: FoundCodes = library.one(Family.CODES, id)
    return file


def codes(library: Library) -> Mapping[str, tuple[FoundCode, ...]]:
    """Return the codes found that apply, by rule."""
    return in_force(code_files(library))


def codes_by_criterion(library: Library) -> Mapping[str, tuple[PlacedCode, ...]]:
    """Return the codes found for the rules that each criterion checks, by criterion."""
    found = codes(library)
    return by_criterion(rules(library), found) if found else {}
