"""The one place that knows where packaged files are: fonts and icons, and the content folders."""

from pathlib import Path, PurePosixPath

# Plain paths: fonts and icons are needed as real files by reportlab and Qt, wheels are always unpacked, and
# `importlib.resources` would cost the start of the program more than all the rest of this room.
_HERE = Path(__file__).parent
_PACKAGE = _HERE.parent

CONTENT = ("checklists", "forms", "exports")


def path(name: str) -> Path:
    """Return where a packaged resource is.

    Args:
        name: relative, with `/`, below `ivaudit/resources` («fonts/DejaVuSans.ttf»).
    """
    found = _HERE.joinpath(*_safe(name).parts)
    if not found.exists():
        raise FileNotFoundError(f"no packaged resource {name}")
    return found


def shipped(kind: str) -> Path:
    """Return the folder of the content shipped with the program.

    Args:
        kind: `checklists`, `forms` or `exports`.
    """
    if kind not in CONTENT:
        raise ValueError(f"no such kind of content: {kind}")
    packaged = _PACKAGE / "_content" / kind
    if packaged.is_dir():
        return packaged
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / kind).is_dir():
        return checkout / kind
    raise FileNotFoundError(f"the program was installed without its {kind} folder")


def _safe(name: str) -> PurePosixPath:
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or "\\" in name or ":" in name or not relative.parts:
        raise ValueError(f"not a name below the resources: {name}")
    return relative
