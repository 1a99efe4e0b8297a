"""What changes between a published checklist and one that comes in, field by field, in words."""

from collections.abc import Iterator, Mapping

from ivaudit.content.book_rows import cells_of, header_of, placed
from ivaudit.content.localising import asked
from ivaudit.content.resolving import Known
from ivaudit.content.shapes import ChecklistFile
from ivaudit.domain.checklist import Criterion, Reference, Vocabulary
from ivaudit.domain.checklist_import import ChangeKind, CriterionChange, FieldChange
from ivaudit.domain.checklist_sheet import columns
from ivaudit.domain.scale import Scale

_REFERENCES = "references"
_IDENTITY = {"id", "number", "nature"}


def compare_headers(old: ChecklistFile, new: ChecklistFile) -> tuple[FieldChange, ...]:
    """Return the facts of the checklist as a whole that change."""
    return tuple(
        FieldChange(title=after.title, old=before.value, new=after.value)
        for before, after in zip(header_of(old), header_of(new), strict=True)
        if before.value != after.value and before.key != "id"
    )


class Comparison:
    """Compares the criteria of two checklists.

    Args:
        vocabulary: gives the words.
        scales: every scale.
        known: every criterion, those of the new checklist included.
        renamed: new ids, by former one.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        scales: Mapping[str, Scale],
        known: Mapping[str, Known],
        renamed: Mapping[str, str],
    ) -> None:
        self._vocabulary = vocabulary
        self._known = known
        self._former = {new: old for old, new in renamed.items()}
        self._titles = {_REFERENCES: "Références"}
        for scale in scales.values():
            shown = columns(scale, (), vocabulary)
            self._titles |= {each.key: each.title for each in shown}

    def changes(self, old: ChecklistFile, new: ChecklistFile) -> Iterator[CriterionChange]:
        """Yield what comes, changes and goes."""
        before = {each.id: each for each in asked(old, self._known)}
        where_before, where_after = placed(old), placed(new)
        for each in asked(new, self._known):
            was = each.id if each.id in before else self._former.get(each.id, each.id)
            if was not in before:
                yield self._change(ChangeKind.NEW, each, "")
                continue
            moved = (where_before[was], where_after[each.id])
            fields = tuple(self._fields(before.pop(was), each, moved))
            if fields:
                yield self._change(ChangeKind.CHANGED, each, "" if was == each.id else was, fields)
        for gone in before.values():
            yield self._change(ChangeKind.REMOVED, gone, "")

    def new(self, file: ChecklistFile) -> Iterator[CriterionChange]:
        """Yield every criterion of a checklist that replaces nothing."""
        for each in asked(file, self._known):
            yield self._change(ChangeKind.NEW, each, "")

    def _change(
        self, kind: ChangeKind, criterion: Criterion, was: str, fields: tuple[FieldChange, ...] = ()
    ) -> CriterionChange:
        return CriterionChange(
            kind=kind, id=criterion.id, was=was, question=criterion.question, fields=fields
        )

    def _fields(
        self, old: Criterion, new: Criterion, moved: tuple[Mapping[str, str], Mapping[str, str]]
    ) -> Iterator[FieldChange]:
        before, after = self._cells(old) | dict(moved[0]), self._cells(new) | dict(moved[1])
        for key in dict.fromkeys((*before, *after)):
            texts = before.get(key, ""), after.get(key, "")
            if key not in _IDENTITY and texts[0] != texts[1]:
                yield FieldChange(title=self._titles.get(key, key), old=texts[0], new=texts[1])

    def _cells(self, criterion: Criterion) -> dict[str, str]:
        cells = cells_of(criterion, self._vocabulary)
        return {**cells, _REFERENCES: "\n".join(map(_reference, criterion.references))}


def _reference(reference: Reference) -> str:
    parts = (reference.document, reference.edition, reference.code, reference.section, reference.source)
    return f"{' · '.join(part for part in parts if part)} ({reference.confidence})"
