"""Print the part of constraints.txt that the installed program needs, hashes kept: no development package."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

CONSTRAINTS = Path(__file__).resolve().parent.parent / "constraints.txt"


def needed(name: str, seen: set[NormalizedName]) -> set[NormalizedName]:
    """Add to `seen` the names that `name` needs here, its extras left out, and theirs in turn."""
    try:
        requirements = [Requirement(text) for text in requires(name) or ()]
    except PackageNotFoundError:  # for another system
        return seen
    for requirement in requirements:
        key = canonicalize_name(requirement.name)
        if key not in seen and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            seen.add(key)
            needed(requirement.name, seen)
    return seen


def blocks(text: str) -> Iterator[str]:
    """Yield each pin with its hashes."""
    yield from re.split(r"^(?=\S)", text, flags=re.MULTILINE)


def main() -> int:
    """Print the pins of the program alone."""
    names = needed("ivaudit", set())
    if not names:
        raise SystemExit("ivaudit is not installed here: run packaging/dev.py install first")
    for block in blocks(CONSTRAINTS.read_text(encoding="utf-8")):
        name = re.match(r"[A-Za-z0-9._-]+", block)
        if name and canonicalize_name(name.group()) in names:
            print(block, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
