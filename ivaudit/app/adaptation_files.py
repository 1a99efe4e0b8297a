"""The adaptations of this person as files: drafts, checks, versions, and their way out and in."""

import re
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from ivaudit.app import library, local_files, placing
from ivaudit.app.adaptation_words import Verdict, verdict
from ivaudit.content.parsing import Parsed, parse, parse_bytes
from ivaudit.content.shapes import Family
from ivaudit.content.sources import Source, names_a_file
from ivaudit.content.writing import to_yaml
from ivaudit.content.yaml_nodes import Mapping, Scalar, compose
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.adaptation_edit import bumped
from ivaudit.domain.errors import ContentProblems, InvalidValue, NotFound
from ivaudit.domain.wording import folded

MOST_BYTES = 500_000

_FOLDER = "checklists/adaptations"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST_ID = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An adaptation to work on; `saved` is the version in use, empty while there is only a draft."""

    adaptation: Adaptation
    saved: str
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was deleted, to put it back: what was in use, and what was being written."""

    id: str
    used: bytes | None
    draft: bytes | None


def opened() -> tuple[Opened, ...]:
    """Return the local adaptations that can be read, each as its draft where there is one."""
    found: dict[str, Opened] = {}
    for path in _paths(_home()):
        saved = _read(path).value
        if isinstance(saved, Adaptation):
            found[saved.id] = Opened(adaptation=saved, saved=saved.version, draft=False)
    for path in _paths(_drafts()):
        draft = _read(path).value
        if isinstance(draft, Adaptation):
            before = found.get(draft.id)
            found[draft.id] = Opened(adaptation=draft, saved=before.saved if before else "", draft=True)
    return tuple(sorted(found.values(), key=lambda each: folded(each.adaptation.title)))


def keep(adaptation: Adaptation) -> Verdict:
    """Put an adaptation being written on the disk as a draft, and return what is said of it.

    There is no draft of what is in use as it is.
    """
    path = _drafts() / f"{_checked(adaptation.id)}.yaml"
    raw = to_yaml(adaptation, Family.ADAPTATION).encode()
    local_files.write(path, raw)
    said = verdict(library.library(), parse_bytes(_source(path), raw), raw)
    used = _home() / path.name
    if used.exists() and _read(used).value == adaptation:
        path.unlink(missing_ok=True)
    return said


def save(adaptation: Adaptation, today: str) -> Adaptation:
    """Put an adaptation in use, under a new version where one was in use already; return it.

    Raises:
        ContentProblems: it cannot be used as it is; the draft stays.
        KnownError: full, failing or read-only disk; the former file is untouched.
    """
    path = _home() / f"{_checked(adaptation.id)}.yaml"
    before = _read(path).value if path.exists() else None
    made = adaptation
    if isinstance(before, Adaptation):
        same = replace(adaptation, version=before.version, date=before.date) == before
        version = before.version if same else bumped(before.version)
        made = replace(adaptation, version=version, date=before.date if same else today)
    found = keep(made)
    if found.blocking:
        raise ContentProblems(
            "Cette adaptation n'est pas encore utilisable : elle est gardée comme brouillon. Corrigez ce qui "
            "est listé, puis enregistrez de nouveau.",
            found.blocking,
        )
    local_files.write(path, to_yaml(made, Family.ADAPTATION).encode())
    discard_draft(made.id)
    library.reload()
    return made


def discard_draft(id: str) -> None:  # noqa: A002 - ids are called ids here
    """Forget what was not saved."""
    (_drafts() / f"{_checked(id)}.yaml").unlink(missing_ok=True)


def remove(id: str) -> Removed:  # noqa: A002
    """Delete an adaptation and its draft; audits keep the copy they were made with.

    Raises:
        NotFound: there is none of that id.
    """
    path, draft = _home() / f"{_checked(id)}.yaml", _drafts() / f"{_checked(id)}.yaml"
    used, written = (each.read_bytes() if each.exists() else None for each in (path, draft))
    if used is None and written is None:
        raise NotFound("Cette adaptation n'est plus là.")
    removed = Removed(id=id, used=used, draft=written)
    path.unlink(missing_ok=True)
    draft.unlink(missing_ok=True)
    library.reload()
    return removed


def put_back(removed: Removed) -> None:
    """Put a deleted adaptation back, its draft too."""
    name = f"{_checked(removed.id)}.yaml"
    for folder, text in ((_home(), removed.used), (_drafts(), removed.draft)):
        if text is not None:
            local_files.write(folder / name, text)
    library.reload()


def export_file(id: str, path: Path) -> Path:  # noqa: A002
    """Write the file of an adaptation elsewhere, as it is in use.

    Raises:
        NotFound: there is none of that id in use.
        CannotWriteExport: the place refuses the file.
    """
    source = _home() / f"{_checked(id)}.yaml"
    if not source.exists():
        raise NotFound("Cette adaptation n'est pas encore enregistrée : il n'y a pas de fichier à exporter.")
    return placing.put_bytes(source.read_bytes(), path)


def text_in_use(id: str) -> str:  # noqa: A002
    """Return the file of an adaptation as it is in use."""
    return (_home() / f"{_checked(id)}.yaml").read_text(encoding="utf-8")


def import_file(path: Path) -> Adaptation:
    """Put in use an adaptation that comes from elsewhere, unless another version is at least as new.

    A draft of that id stays as it is.

    Raises:
        InvalidValue: it is no adaptation, or one of that name is here already.
        ContentProblems: it cannot be used as it is.
    """
    return import_bytes(_bytes(path))


def import_bytes(raw: bytes) -> Adaptation:
    """Put in use the adaptation of a file that was read; as `import_file`."""
    key = _id_in(raw)
    target = _home() / f"{key}.yaml"
    read = parse_bytes(_source(target), raw)
    found = verdict(library.library(), read, raw)
    if found.blocking or not isinstance(read.value, Adaptation):
        raise ContentProblems(
            "Ce fichier n'est pas une adaptation utilisable ici. Rien n'a été importé.", found.blocking
        )
    _replaceable(target, read.value, raw)
    local_files.write(target, raw)
    library.reload()
    return read.value


def proposed_id(title: str) -> str:
    """Return an id made of a title, that no local adaptation has."""
    plain = re.sub(r"[^a-z0-9]+", "-", folded(title)).strip("-")[:_MOST_ID].strip("-") or "adaptation"
    taken = {path.stem for folder in (_home(), _drafts()) for path in _paths(folder)}
    names = chain((plain,), (f"{plain}-{rank}" for rank in count(2)))
    return next(name for name in names if name not in taken and _free(name))


def _free(id: str) -> bool:  # noqa: A002
    """Tell whether an id names no other content, and can be the name of a file."""
    return names_a_file(id) and library.library().folders_of(id) <= {_FOLDER}


def _replaceable(target: Path, adaptation: Adaptation, raw: bytes) -> None:
    if not target.exists() or target.read_bytes() == raw:
        return
    before = _read(target).value
    known = _rank(before.version) if isinstance(before, Adaptation) else ()
    if known >= _rank(adaptation.version):
        raise InvalidValue(
            f"Une adaptation « {adaptation.id} » est déjà ici, en version {before.version} ; le fichier est "
            f"en version {adaptation.version}. Rien n'a été importé : retirez d'abord celle d'ici pour la "
            "remplacer."
        )


def _rank(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _home() -> Path:
    return library.local_folder() / "checklists" / "adaptations"


def _drafts() -> Path:
    return library.local_folder() / "brouillons"


def _paths(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _read(path: Path) -> Parsed:
    return parse(_source(path))


def _source(path: Path) -> Source:
    return Source(path.name, path, _FOLDER, shipped=False)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError:
        raise NotFound("Ce fichier est introuvable ou illisible. Rien n'a été importé.") from None
    if len(raw) > MOST_BYTES:
        raise InvalidValue("Ce fichier est trop gros pour une adaptation. Rien n'a été importé.")
    return raw


def _id_in(raw: bytes) -> str:
    root = compose(raw).root
    kind, key = (
        (root.values.get(name) for name in ("kind", "id")) if isinstance(root, Mapping) else (None, None)
    )
    said = isinstance(kind, Scalar) and kind.text == "adaptation"
    if not said or not isinstance(key, Scalar) or not _ID.fullmatch(key.text) or len(key.text) > _MOST_ID:
        raise InvalidValue("Ce fichier n'est pas une adaptation de grille. Rien n'a été importé.")
    if not _free(key.text):
        raise InvalidValue(
            f"L'identifiant « {key.text} » est celui d'un autre contenu, ou ne peut pas être celui d'un "
            "fichier. Rien n'a été importé : demandez à son auteur de le changer."
        )
    return key.text


def _checked(id: str) -> str:  # noqa: A002
    if not _ID.fullmatch(id) or not names_a_file(id):
        raise InvalidValue("Un identifiant se fait de minuscules sans accent, de chiffres et de tirets.")
    return id
