"""Where workspaces live: asked for the first window, before anything heavy is imported."""

from pathlib import Path

from ivaudit.store import place


def default_folder() -> Path:
    """Return where the data of this person lives on this machine."""
    return place.default_folder()


def exists(folder: Path) -> bool:
    """Tell whether a workspace is there."""
    return place.workspace_exists(folder)


def place_problem(folder: Path) -> str | None:
    """Return why a workspace must not live there (network share, synchronised folder), or nothing."""
    return place.place_problem(folder)
