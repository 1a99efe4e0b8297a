"""A folder of returned questionnaires, sorted out: complete, incomplete, unreadable, twice there."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ivaudit.domain.checklist import Checklist, Vocabulary
from ivaudit.domain.questionnaire import Returned
from ivaudit.domain.questionnaire_reading import Understood, unanswered, understood
from ivaudit.domain.wording import folded

Ids = tuple[str, ...]
"""The ids of the checklists that a questionnaire asks, in order."""


class FileState(StrEnum):
    """What a file of the folder turns out to be."""

    COMPLETE = "complet"
    INCOMPLETE = "incomplet"
    NAMELESS = "sans structure"
    DUPLICATE = "doublon"
    OTHER = "autre grille"
    UNREADABLE = "illisible"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file as read: what it returned, or the sentence that says why nothing could be read.

    `modified` are nanoseconds since 1970.
    """

    name: str
    modified: int
    returned: Returned | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedFile:
    """A file with what it is worth; `twin` names the file preferred to a duplicate."""

    name: str
    modified: int
    state: FileState
    sentence: str
    returned: Returned | None = None
    found: Understood | None = None
    checklists: Ids = ()
    missing: int = 0
    twin: str = ""

    @property
    def usable(self) -> bool:
        """Tell whether it can be imported: something is read and it says whose it is."""
        return self.state in {FileState.COMPLETE, FileState.INCOMPLETE}

    @property
    def structure(self) -> str:
        """Return how its structure is called."""
        if self.found is None:
            return ""
        declared = self.found.declared
        return declared.name or (f"FINESS {declared.finess_et}" if declared.finess_et else "")

    @property
    def who(self) -> str:
        """Return what tells one structure from another: its site, or its name."""
        if self.found is None:
            return ""
        declared = self.found.declared
        return declared.finess_et or folded(declared.name)


def families(files: Sequence[ReadFile]) -> tuple[Ids, ...]:
    """Return the sets of checklists that the files ask, the most frequent first."""
    counted = Counter(_ids(each.returned) for each in files if each.returned is not None)
    return tuple(sorted(counted, key=lambda ids: (-counted[ids], ids)))


def sort_files(
    files: Sequence[ReadFile],
    known: Callable[[str], Checklist | None],
    vocabulary: Vocabulary,
    *,
    wanted: Ids | None = None,
    preferred: Collection[str] = (),
) -> tuple[SortedFile, ...]:
    """Return what each file is worth, in the order of names.

    Args:
        files: all that were read.
        known: returns the checklist of an id, or nothing.
        vocabulary: keys of settings and activities.
        wanted: the checklists of this campaign, the most frequent in the folder unless told.
        preferred: names of files that somebody prefers to their duplicates.
    """
    chosen = wanted if wanted is not None else next(iter(families(files)), ())
    sorted_ = [_one(each, known, vocabulary, chosen) for each in files]
    return tuple(sorted(_without_twins(sorted_, frozenset(preferred)), key=lambda each: folded(each.name)))


def _one(
    file: ReadFile, known: Callable[[str], Checklist | None], vocabulary: Vocabulary, wanted: Ids
) -> SortedFile:
    if file.returned is None:
        return SortedFile(
            name=file.name, modified=file.modified, state=FileState.UNREADABLE, sentence=file.sentence
        )
    ids = _ids(file.returned)
    checklists = [checklist for each in ids if (checklist := known(each)) is not None]
    found = understood(file.returned, checklists, vocabulary)
    base = SortedFile(
        name=file.name,
        modified=file.modified,
        state=FileState.OTHER,
        sentence="",
        returned=file.returned,
        found=found,
        checklists=ids,
    )
    if ids != wanted or len(checklists) != len(ids):
        titles = ", ".join(each.title for each in file.returned.manifest.checklists)
        where = "inconnue de cette bibliothèque" if len(checklists) != len(ids) else "pour une autre grille"
        return replace(base, sentence=f"{where.capitalize()} : {titles}.")
    if not base.who:
        sentence = "Ni nom ni FINESS : complétez la feuille « Structure » et recommencez."
        return replace(base, state=FileState.NAMELESS, sentence=sentence)
    return _counted(base, len(unanswered(found, file.returned, checklists)))


def _counted(file: SortedFile, missing: int) -> SortedFile:
    found = file.found
    if found is None:
        return file
    parts = []
    if missing:
        parts.append("1 question sans réponse" if missing == 1 else f"{missing} questions sans réponse")
    if found.reworded:
        parts.append(f"{len(found.reworded)} à reprendre, la grille a changé")
    if found.problems:
        amount = len(found.problems)
        parts.append("1 remarque" if amount == 1 else f"{amount} remarques")
    state = FileState.INCOMPLETE if missing or found.reworded else FileState.COMPLETE
    sentence = " · ".join(parts) or "Toutes les questions ont une réponse."
    return replace(file, state=state, missing=missing, sentence=sentence)


def _without_twins(files: Sequence[SortedFile], preferred: frozenset[str]) -> list[SortedFile]:
    """Return the files with all but one of each structure marked: the preferred one, else the latest."""
    who = _people(files)
    kept: dict[str, SortedFile] = {}
    usable = [file for file in files if file.usable]
    for file in usable:
        best = kept.setdefault(who[file.name], file)
        if _rank(file, preferred) > _rank(best, preferred):
            kept[who[file.name]] = file
    return [
        _twin(file, kept[who[file.name]]) if file.usable and kept[who[file.name]] is not file else file
        for file in files
    ]


def _people(files: Sequence[SortedFile]) -> dict[str, str]:
    """Return who each file speaks for: a bare name is the site that another file gives with that name."""
    sites: dict[str, set[str]] = {}
    for file in files:
        if file.found is not None and file.found.declared.finess_et:
            sites.setdefault(folded(file.found.declared.name), set()).add(file.who)
    alone = {name: next(iter(found)) for name, found in sites.items() if len(found) == 1 and name}
    return {file.name: alone.get(file.who, file.who) for file in files}


def _twin(file: SortedFile, kept: SortedFile) -> SortedFile:
    sentence = f"Même structure et même grille que « {kept.name} », plus récent ou préféré."
    return replace(file, state=FileState.DUPLICATE, sentence=sentence, twin=kept.name)


def _rank(file: SortedFile, preferred: frozenset[str]) -> tuple[bool, str, int, str]:
    declared = file.found.declared.date if file.found is not None else ""
    return (file.name in preferred, declared, file.modified, file.name)


def _ids(returned: Returned | None) -> Ids:
    return () if returned is None else tuple(each.id for each in returned.manifest.checklists)


def counts(files: Sequence[SortedFile]) -> Mapping[FileState, int]:
    """Return how many files there are of each state, in order."""
    counted = Counter(each.state for each in files)
    return {state: counted[state] for state in FileState if counted[state]}
