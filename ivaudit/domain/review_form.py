"""The form that travels for the reading-back: what it holds, what came back, and what is new in it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.errors import NewerFile, UnreadableFile
from ivaudit.domain.questionnaire import Cell
from ivaudit.domain.review import Comment, CommentKind, ReviewRow
from ivaudit.domain.sheet_problems import Severity, SheetProblem
from ivaudit.domain.wording import folded, named, normalised

FORMAT = 1
"""Version of what lets a form be read back: a reader knows from it whether it can."""

MARK = "ivaudit-relecture"
"""What a form of ours holds, whatever became of its name."""

BY = "Fonction de la personne qui relit (jamais un nom)"
MAX_COMMENT = 20_000
MAX_BY = 120
_ROW = "ligne"
_WARNING = "Ne rien modifier dans cette feuille : elle permet de relire vos remarques."
_DAMAGED = UnreadableFile(
    "Ce qui permet de relire ce formulaire y a été modifié : ses remarques ne peuvent plus être rattachées à "
    "l'audit. Rien n'a été modifié. Demandez le fichier d'origine, ou recopiez les remarques dans un "
    "formulaire neuf."
)


class Column(StrEnum):
    """The columns of a form, by the title that finds them back."""

    NUMBER = "N°"
    ABOUT = "Point"
    SAID = "Ce que dit le rapport"
    COMMENT = "Votre remarque"
    KIND = "Nature"
    ID = "Réf."


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """A text as it was sent: what it is, what it was called, and what tells whether it was reworded."""

    id: str
    number: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewManifest:
    """What lets a form be read back; `form` is a random id, shared by copies of one file."""

    form: str
    audit: str
    rows: tuple[SentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewForm:
    """A form ready to be written; `scores` are sentences, none unless they were asked for."""

    manifest: ReviewManifest
    facility: str
    title: str
    date: str
    rows: tuple[ReviewRow, ...]
    scores: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedComment:
    """What was written beside one text; `edited` is that text itself, where it was changed in the file."""

    row: str
    text: Cell
    kind: Cell
    edited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedReview:
    """A form that came back."""

    manifest: ReviewManifest
    comments: tuple[ReturnedComment, ...]
    by: str = ""
    problems: tuple[SheetProblem, ...] = ()


class Outcome(StrEnum):
    """What a returned comment is beside those of the audit."""

    NEW = "nouvelle"
    CHANGED = "modifiée"
    SAME = "déjà là"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedComment:
    """A returned comment with the one it comes after, if any.

    `now` is what the auditor's text says today, empty when it left the audit; `reworded` tells that it is no
    longer what was read.
    """

    comment: Comment
    before: Comment | None
    outcome: Outcome
    about: str
    now: str
    reworded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewComparison:
    """What importing a form would do; `absent` counts comments of the same form that it no longer has."""

    rows: tuple[ComparedComment, ...]
    absent: int
    problems: tuple[SheetProblem, ...]

    def of(self, outcome: Outcome) -> tuple[ComparedComment, ...]:
        """Return the comments with that outcome."""
        return tuple(row for row in self.rows if row.outcome is outcome)


# -- out ---------------------------------------------------------------------------------------------------


def review_form(
    audit: str,
    rows: Sequence[ReviewRow],
    *,
    form: str,
    facility: str,
    title: str,
    date: str,
    scores: Sequence[str] = (),
) -> ReviewForm:
    """Return a form on these texts; `form` is a random id."""
    sent = tuple(SentRow(id=each.id, number=each.number, digest=each.digest) for each in rows)
    manifest = ReviewManifest(form=form, audit=audit, rows=sent)
    return ReviewForm(
        manifest=manifest, facility=facility, title=title, date=date, rows=tuple(rows), scores=tuple(scores)
    )


def to_rows(manifest: ReviewManifest, program: str) -> list[list[str]]:
    """Return the rows of the hidden sheet."""
    head = [MARK, str(FORMAT), manifest.audit, manifest.form, program, _WARNING]
    return [head, *([_ROW, each.id, each.number, each.digest] for each in manifest.rows)]


def is_hidden_sheet(rows: Iterable[Sequence[str]]) -> bool:
    """Tell whether these are the rows of a hidden sheet, whatever its name."""
    first = next((_trimmed(row) for row in rows if any(cell.strip() for cell in row)), [])
    return first[:1] == [MARK]


def from_rows(rows: Iterable[Sequence[str]]) -> ReviewManifest:
    """Return what the hidden sheet says.

    Raises:
        NewerFile: it was written by a version of the program that this one cannot read.
        UnreadableFile: it was tampered with.
    """
    kept = [_trimmed(row) for row in rows if any(cell.strip() for cell in row)]
    try:
        _, version, audit, form = kept[0][:4]
        check_format(version)
        sent = tuple(SentRow(id=r[1], number=r[2], digest=r[3]) for r in kept[1:] if r[0] == _ROW)
    except (IndexError, ValueError):
        raise _DAMAGED from None
    return ReviewManifest(form=form, audit=audit, rows=sent)


def check_format(text: str) -> None:
    """Refuse a form that this program is too old to read.

    Raises:
        NewerFile: it comes from a newer version.
        ValueError: it is no version.
    """
    if int(text) > FORMAT:
        raise NewerFile(
            "Ce formulaire vient d'une version plus récente d'ivaudit. Rien n'a été modifié : mettez le "
            "programme à jour pour le lire."
        )


def _trimmed(row: Sequence[str]) -> list[str]:
    cells = [cell.strip() for cell in row]
    while cells and not cells[0]:
        cells.pop(0)
    return cells


# -- back in -----------------------------------------------------------------------------------------------


def compare_review(
    audit: str,
    returned: ReturnedReview,
    rows: Sequence[ReviewRow],
    known: Iterable[Comment],
    today: str,
) -> ReviewComparison:
    """Return what importing a form would do to an audit.

    Args:
        audit: id of the audit.
        returned: what was read.
        rows: what the auditor's texts say now.
        known: the comments that the audit has.
        today: the local day, `AAAA-MM-JJ`.
    """
    problems = list(returned.problems)
    by = _by(returned.by, problems)
    now = {row.id: row for row in rows}
    sent = {row.id: row for row in returned.manifest.rows}
    before = {each.id: each for each in known}
    found: list[ComparedComment] = []
    for each in returned.comments:
        for text, kind in _said(each, problems):
            comment = Comment(
                id=comment_id(returned.manifest.form, each.row, by, edited=text == each.edited),
                audit=audit,
                row=each.row,
                number=sent[each.row].number,
                text=text,
                kind=kind,
                by=by,
                date=today,
                digest=sent[each.row].digest,
                form=returned.manifest.form,
            )
            found.append(_compared(comment, before.get(comment.id), now.get(each.row)))
    kept = {each.comment.id for each in found}
    absent = sum(
        each.form == returned.manifest.form and each.by == by and each.id not in kept
        for each in before.values()
    )
    return ReviewComparison(rows=tuple(found), absent=absent, problems=tuple(problems))


def comment_id(form: str, row: str, by: str, *, edited: bool = False) -> str:
    """Return the id of a comment: the same for the same place of the same form, from the same function."""
    place = "\x1f".join((form, row, folded(by), "texte" if edited else ""))
    return hashlib.sha256(place.encode()).hexdigest()[:12]


def _by(text: str, problems: list[SheetProblem]) -> str:
    by = " ".join(text.split())[:MAX_BY]
    if name := named(by):
        message = f"« {name} » semble être un nom : une fonction suffit, corrigez avant d'importer."
        problems.append(SheetProblem(sheet=BY, message=message, severity=Severity.WARNING))
    return by


def _said(each: ReturnedComment, problems: list[SheetProblem]) -> Iterator[tuple[str, CommentKind]]:
    """Yield what was written beside a text, then that text where it was changed in place."""
    for text, kind in (
        (each.text.text.strip(), _kind(each, problems)),
        (each.edited, CommentKind.CORRECTION),
    ):
        if len(text) > MAX_COMMENT:
            message = f"cette remarque dépasse {MAX_COMMENT} caractères : elle n'est pas reprise."
            problems.append(each.text.problem(message, title=Column.COMMENT))
        elif text:
            yield text, kind


def _kind(each: ReturnedComment, problems: list[SheetProblem]) -> CommentKind:
    said = folded(each.kind.text).strip(" .")
    starts = [kind for kind in CommentKind if said and folded(kind).startswith(said)]
    if len(starts) == 1:
        return starts[0]
    if said and each.text.text.strip():
        message = f"nature non reconnue : attendu {', '.join(CommentKind)} ; reprise comme commentaire."
        problem = each.kind.problem(message, title=Column.KIND)
        problems.append(problem)
    return CommentKind.COMMENT


def _compared(comment: Comment, before: Comment | None, row: ReviewRow | None) -> ComparedComment:
    if before is None:
        outcome = Outcome.NEW
    else:
        same = normalised(before.text) == normalised(comment.text) and before.kind is comment.kind
        outcome = Outcome.SAME if same else Outcome.CHANGED
    return ComparedComment(
        comment=comment,
        before=before,
        outcome=outcome,
        about=row.about if row else "",
        now=row.text if row else "",
        reworded=row is None or row.digest != comment.digest,
    )


def by_id(rows: Iterable[ReviewRow]) -> Mapping[str, ReviewRow]:
    """Return rows by their id."""
    return {row.id: row for row in rows}
