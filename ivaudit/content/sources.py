"""Which content files there are: the shipped ones, those of a local folder, those given by hand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivaudit.content.shapes import FOLDERS, Family
from ivaudit.resources import CONTENT, shipped

_LONGEST_ID = 80
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def names_a_file(id: str) -> bool:  # noqa: A002 - ids are called ids here
    """Tell whether an id can be the name of a file on every system: Windows keeps a few for itself."""
    return len(id) <= _LONGEST_ID and _RESERVED.fullmatch(id) is None


@dataclass(frozen=True, slots=True)
class Source:
    """One content file.

    `label` is its name for people; `folder` is a key of `FOLDERS`; `shipped` files come with the program.
    """

    label: str
    path: Path
    folder: str
    shipped: bool

    @property
    def id(self) -> str:
        """Return the id its name promises."""
        return self.path.stem


class Places:
    """Sources found by what they are, without looking through all of them; always in their order."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._named: dict[str, list[Source]] = {}
        self._first: dict[tuple[str, str], Source] = {}
        self._of: dict[Family, list[Source]] = {}
        for each in sources:
            name = each.id
            self._named.setdefault(name, []).append(each)
            self._first.setdefault((each.folder, name), each)
            for family in FOLDERS[each.folder]:
                self._of.setdefault(family, []).append(each)

    def named(self, id: str) -> Sequence[Source]:  # noqa: A002 - ids are called ids here
        """Return the sources of an id."""
        return self._named.get(id, ())

    def first(self, source: Source) -> Source:
        """Return the first source of the folder and id of this one."""
        return self._first.get((source.folder, source.id), source)

    def of(self, family: Family) -> Sequence[Source]:
        """Return the sources that may hold something of a family."""
        return self._of.get(family, ())


def shipped_sources() -> tuple[Source, ...]:
    """Return the files that come with the program."""
    roots = {name: shipped(name) for name in CONTENT}
    return tuple(
        Source(f"{folder}/{path.name}", path, folder, shipped=True)
        for folder in FOLDERS
        if (root := roots.get(folder.partition("/")[0])) is not None
        for path in _files(root, folder)
    )


def local_sources(folder: Path) -> tuple[Source, ...]:
    """Return the files of a content folder: `checklists/`, `forms/`, `exports/` and `codes/` inside it."""
    return tuple(
        Source(f"{folder.name}/{kind}/{path.name}", path, kind, shipped=False)
        for kind in FOLDERS
        for path in _files(folder / kind.partition("/")[0], kind)
    )


def all_sources(local: Path | None) -> tuple[Source, ...]:
    """Return the files that come with the program, then those of a local folder."""
    return shipped_sources() + (local_sources(local) if local else ())


def given_sources(paths: Sequence[Path]) -> tuple[Source, ...]:
    """Return the files that somebody names: files, or folders with everything below them."""
    return tuple(Source(str(path), path, _folder(path), shipped=False) for path in _given(paths))


def unusable(source: Source, count: int) -> str:
    """Return that a file comes with so many errors, and what to do."""
    errors = "une erreur" if count == 1 else f"{count} erreurs"
    what = "livré avec le programme" if source.shipped else "local"
    remedy = "Réinstallez le programme." if source.shipped else "Corrigez-le, puis relancez."
    return (
        f"Le contenu {what} « {source.id} » comporte {errors} et n'a pas été chargé. "
        f"Vos audits ne sont pas touchés. {remedy}"
    )


def _files(root: Path, folder: str) -> list[Path]:
    below = root.joinpath(*folder.split("/")[1:])
    return sorted(path for path in below.glob("*.yaml") if path.is_file()) if below.is_dir() else []


def _given(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def _folder(path: Path) -> str:
    """Return the kind of folder a file is in; a stray file is taken for a checklist."""
    parent = path.resolve().parent
    nested = f"{parent.parent.name}/{parent.name}"
    return next((name for name in (nested, parent.name) if name in FOLDERS), "checklists")
