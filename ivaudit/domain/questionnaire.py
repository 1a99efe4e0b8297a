"""Questionnaires that a facility fills in without the program: what they ask, and what came back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.checklist import MARKS, Checklist, Criterion, NaPolicy, Point, Vocabulary
from ivaudit.domain.scale import ScaleValue, Standing
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.domain.wording import fingerprint

FORMAT = 1
"""Version of the hidden sheet: a reader knows from it whether it can read the rest."""

MARK = "ivaudit-questionnaire"
"""First cell of the hidden sheet, wherever it was moved and whatever it was renamed."""


class Column(StrEnum):
    """The columns of the questions, by the title that finds them back."""

    NUMBER = "N°"
    THEME = "Thème"
    QUESTION = "Question"
    HELP = "Repères"
    ANSWER = "Réponse"
    REASON = "Motif ou précision"
    CONSTAT = "Constat"
    DOCUMENT = "Preuve ou document"
    ID = "Identifiant"


DATE, RESPONDENT = "date", "respondent"
FACILITY_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("name", "Nom de la structure", "Le nom d'usage de l'établissement ou du service."),
    (
        "finess_ej",
        "FINESS EJ (entité juridique)",
        "Neuf caractères ; celui de l'association ou du gestionnaire.",
    ),
    ("finess_et", "FINESS ET (site)", "Neuf caractères ; celui du lieu dont vous parlez."),
    ("category", "Catégorie", "En clair : EHPAD, IME, centre hospitalier…"),
    ("setting", "Type de structure", "À choisir dans la liste."),
    (DATE, "Date des réponses", "Par exemple 21/11/2026."),
    (RESPONDENT, "Fonction de la personne qui répond", "La fonction seulement, jamais un nom."),
)
"""Id, label and help of what a facility says of itself; the activities follow, from the vocabulary."""


# -- what is asked -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChecklist:
    """A checklist that a questionnaire was made from; `sha` is that of its frozen definition."""

    id: str
    version: str
    sha: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPoint:
    """A point as it was asked: `fingerprint` vouches for the answer, `question` for the words alone."""

    criterion: str
    checklist: str
    number: str
    fingerprint: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A field or an activity with the words it had on the sheet."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the hidden sheet says; `questionnaire` is a random id, shared by copies of one file."""

    questionnaire: str
    checklists: tuple[AskedChecklist, ...]
    points: tuple[AskedPoint, ...]
    fields: tuple[Label, ...]
    activities: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A point to ask, once even where several checklists share it; their letter is in `number`."""

    number: str
    checklist: Checklist
    point: Point

    @property
    def criterion(self) -> Criterion:
        """Return its criterion."""
        return self.point.criterion


def questions(checklists: Sequence[Checklist]) -> Iterator[Question]:
    """Yield the points of checklists in order, each criterion once."""
    asked: set[str] = set()
    for rank, checklist in enumerate(checklists):
        mark = f"{MARKS[rank % len(MARKS)]}-" if len(checklists) > 1 else ""
        for point in checklist.points():
            if point.criterion.id not in asked:
                asked.add(point.criterion.id)
                yield Question(number=f"{mark}{point.number}", checklist=checklist, point=point)


def manifest(
    checklists: Sequence[tuple[Checklist, str]], vocabulary: Vocabulary, *, questionnaire: str
) -> Manifest:
    """Return what the hidden sheet of a questionnaire says.

    Args:
        checklists: each with the SHA-256 of its frozen definition.
        vocabulary: where the activities come from.
        questionnaire: a random id.
    """
    found = [each for each, _ in checklists]
    return Manifest(
        questionnaire=questionnaire,
        checklists=tuple(
            AskedChecklist(id=each.id, version=each.version, sha=sha, title=each.title)
            for each, sha in checklists
        ),
        points=tuple(_asked(each) for each in questions(found)),
        fields=tuple(Label(id=key, text=text) for key, text, _ in FACILITY_FIELDS),
        activities=tuple(Label(id=term.id, text=term.label) for term in vocabulary.profile),
    )


def choices(checklist: Checklist, criterion: Criterion) -> tuple[ScaleValue, ...]:
    """Return the answers to offer: «sans objet» only where it is admitted, «partiel» only if described."""
    return tuple(value for value in checklist.scale_of(criterion).values if _offered(value, criterion))


def needs_reason(criterion: Criterion) -> bool:
    """Tell whether «sans objet» wants a reason there."""
    return criterion.na is NaPolicy.REASON or (criterion.critical and criterion.na is NaPolicy.FREE)


def _offered(value: ScaleValue, criterion: Criterion) -> bool:
    if value.standing is Standing.LEAVES:
        return criterion.na is not NaPolicy.FORBIDDEN
    between = value.percent is not None and 0 < value.percent < 100  # noqa: PLR2004 - percents
    return not between or value.id in criterion.rating


def _asked(each: Question) -> AskedPoint:
    return AskedPoint(
        criterion=each.criterion.id,
        checklist=each.checklist.id,
        number=each.number,
        fingerprint=each.criterion.fingerprint,
        question=fingerprint(each.criterion.question),
    )


# -- what came back ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A text and where it stands; `row` counts from 1, `column` are letters."""

    text: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""

    def problem(self, message: str, *, title: str = "") -> SheetProblem:
        """Return a problem at this place."""
        return SheetProblem(sheet=self.sheet, row=self.row, column=self.column, message=message, title=title)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRow:
    """What was written beside one question, as text."""

    criterion: str
    answer: Cell = Cell()
    reason: Cell = Cell()
    constat: Cell = Cell()
    document: Cell = Cell()

    @property
    def empty(self) -> bool:
        """Tell whether nothing was written."""
        return not any(each.text for each in (self.answer, self.reason, self.constat, self.document))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedField:
    """What was written beside a field or an activity of the structure, as text."""

    id: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A questionnaire that came back, its texts not understood yet."""

    manifest: Manifest
    rows: tuple[ReturnedRow, ...]
    fields: tuple[ReturnedField, ...]
    activities: tuple[ReturnedField, ...]
    problems: tuple[SheetProblem, ...] = ()
