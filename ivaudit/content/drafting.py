"""The library as it would be with a file that is not in it yet, and without the local one it replaces."""

from ivaudit.content.library import Library
from ivaudit.content.parsing import Parsed
from ivaudit.content.sources import Source


def without_local(library: Library, folder: str, id: str) -> Library:  # noqa: A002 - ids are called ids here
    """Return a library without the local file of that id."""
    files = {each.source: each for each in library.files() if _stays(each.source, folder, id)}
    return Library(tuple(files), parsed=files)


def with_draft(library: Library, draft: Parsed, *, first: bool = True) -> Library:
    """Return a library with a file that is not in it yet, the local one of its id left out.

    Args:
        library: where the rest is.
        draft: the file, read.
        first: let it have the ids that others publish too; otherwise they keep them.
    """
    files = {
        each.source: each
        for each in library.files()
        if _stays(each.source, draft.source.folder, draft.source.id)
    }
    order = (draft.source, *files) if first else (*files, draft.source)
    return Library(order, parsed={**files, draft.source: draft})


def _stays(source: Source, folder: str, id: str) -> bool:  # noqa: A002
    return source.shipped or (source.folder, source.id) != (folder, id)
