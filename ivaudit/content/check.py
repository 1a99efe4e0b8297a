"""Every problem of content files, in order: what `ivaudit-cli content check` prints."""

from collections.abc import Sequence
from pathlib import Path

from ivaudit.content.library import Library
from ivaudit.content.problems import Problem
from ivaudit.content.sources import given_sources, shipped_sources


def check(paths: Sequence[Path] | None = None) -> tuple[Problem, ...]:
    """Return every problem of the shipped content, or of the files and folders given.

    Args:
        paths: files, or folders with everything below them; they may refer to the shipped content.
    """
    if paths is None:
        library = Library(shipped_sources())
        return tuple(sorted(p for parsed in library.files() for p in library.problems(parsed)))
    given = given_sources(paths)
    named = {source.path.resolve() for source in given}
    shipped = tuple(each for each in shipped_sources() if each.path.resolve() not in named)
    library = Library(shipped + given)
    asked = [parsed for parsed in library.files() if parsed.source in given]
    return tuple(sorted(problem for parsed in asked for problem in library.problems(parsed)))
