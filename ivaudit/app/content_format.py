"""Content files put in the layout of the shipped ones."""

from collections.abc import Sequence
from pathlib import Path

from ivaudit.content.formatting import Formatted, formatted
from ivaudit.store import atomic_file

__all__ = ["Formatted", "format_files"]


def format_files(paths: Sequence[Path], *, write: bool = True) -> tuple[Formatted, ...]:
    """Return each file in its canonical layout, and rewrite those that were not in it.

    Nothing is written as long as one of them cannot be read.

    Args:
        paths: checklists or scales.
        write: rewrite them.

    Raises:
        ContentProblems: one of them has a problem.
        InvalidValue: one of them is neither a checklist nor a scale.
        KnownError: the place refuses the file.
    """
    found = tuple(map(formatted, paths))
    for each in found:
        if write and each.changed:
            atomic_file.write_whole(each.path, each.after)
    return found
