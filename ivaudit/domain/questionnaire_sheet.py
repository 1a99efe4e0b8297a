"""The hidden sheet of a questionnaire: plain rows of text, written and read back in one place."""

from collections.abc import Iterable, Sequence

from ivaudit.domain.errors import NewerFile, UnreadableFile
from ivaudit.domain.questionnaire import (
    FORMAT,
    MARK,
    AskedChecklist,
    AskedPoint,
    Label,
    Manifest,
)

_CHECKLIST, _POINT, _FIELD, _ACTIVITY = "grille", "point", "champ", "activité"
_WARNING = "Ne rien modifier dans cette feuille : elle permet de relire vos réponses."
_DAMAGED = UnreadableFile(
    "La feuille cachée de ce questionnaire a été modifiée : ses réponses ne peuvent plus être rattachées aux "
    "questions. Rien n'a été modifié. Recopiez les réponses dans un questionnaire neuf, ou demandez le "
    "fichier d'origine."
)


def to_rows(manifest: Manifest, program: str) -> list[list[str]]:
    """Return the rows of the hidden sheet."""
    rows = [[MARK, str(FORMAT), manifest.questionnaire, program, _WARNING]]
    rows += [[_CHECKLIST, each.id, each.version, each.sha, each.title] for each in manifest.checklists]
    rows += [
        [_POINT, each.criterion, each.checklist, each.number, each.fingerprint, each.question]
        for each in manifest.points
    ]
    rows += [[_FIELD, each.id, each.text] for each in manifest.fields]
    rows += [[_ACTIVITY, each.id, each.text] for each in manifest.activities]
    return rows


def is_hidden_sheet(rows: Iterable[Sequence[str]]) -> bool:
    """Tell whether these are the rows of a hidden sheet, whatever its name."""
    first = next((_trimmed(row) for row in rows if any(cell.strip() for cell in row)), [])
    return bool(first) and first[0] == MARK


def from_rows(rows: Iterable[Sequence[str]]) -> Manifest:
    """Return what the hidden sheet says.

    Raises:
        NewerFile: it was written by a version of the program that this one cannot read.
        UnreadableFile: it was tampered with.
    """
    kept = [_trimmed(row) for row in rows if any(cell.strip() for cell in row)]
    try:
        head = kept[0]
        _check_format(head[1])
        return Manifest(
            questionnaire=head[2],
            checklists=tuple(
                AskedChecklist(id=r[1], version=r[2], sha=r[3], title=r[4]) for r in _of(kept, _CHECKLIST)
            ),
            points=tuple(
                AskedPoint(criterion=r[1], checklist=r[2], number=r[3], fingerprint=r[4], question=r[5])
                for r in _of(kept, _POINT)
            ),
            fields=tuple(Label(id=r[1], text=r[2]) for r in _of(kept, _FIELD)),
            activities=tuple(Label(id=r[1], text=r[2]) for r in _of(kept, _ACTIVITY)),
        )
    except (IndexError, ValueError):
        raise _DAMAGED from None


def _check_format(text: str) -> None:
    if int(text) > FORMAT:
        raise NewerFile(
            "Ce questionnaire vient d'une version plus récente d'ivaudit. Rien n'a été modifié : mettez le "
            "programme à jour pour le lire."
        )


def _of(rows: Sequence[Sequence[str]], kind: str) -> list[Sequence[str]]:
    return [row for row in rows if row[0] == kind]


def _trimmed(row: Sequence[str]) -> list[str]:
    """Return a row without the empty cells before it: a column may have been inserted."""
    cells = [cell.strip() for cell in row]
    while cells and not cells[0]:
        cells.pop(0)
    return cells
