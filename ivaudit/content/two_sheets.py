"""The two-sheet model (`chapitres`, `questions`) of self-assessments, mapped to a checklist.

What our checklists want and the model does not have is marked « À compléter » and listed; what it has and our
checklists do not is listed too. Nothing is invented: every reference is « à vérifier ».
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ivaudit.content.book_criteria import slug
from ivaudit.content.book_table import Cell, Notes, Row, Table, table_of
from ivaudit.content.book_values import EMPTY
from ivaudit.content.examining import Draft, Wanted, settle
from ivaudit.content.library import Library
from ivaudit.content.shapes import ChecklistFile, CriterionRef, DomainFile, SectionFile
from ivaudit.content.text_rules import MAX_QUESTION
from ivaudit.content.two_sheets_options import Options, decimal, scale_of, understood
from ivaudit.domain import clock
from ivaudit.domain.checklist import Confidence, Criterion, Force, Kind, NaPolicy, Reference
from ivaudit.domain.checklist_import import Examined, Model
from ivaudit.domain.scale import Scale, Standing
from ivaudit.domain.sheet_problems import Severity, blocking
from ivaudit.domain.wording import folded
from ivaudit.tables.reading import BookCells

CHAPTERS, QUESTIONS = "chapitres", "questions"
TO_FILL = "À compléter."

_CHAPTER_KEYS = (
    *(
        "code_chapitre",
        "numero_chapitre",
        "libelle_chapitre",
        "code_chapitre_enfant",
        "numero_chapitre_enfant",
    ),
    *(
        "libelle_chapitre_enfant",
        "titre_avant",
        "texte_avant",
        "texte_apres",
        "plan_action",
        "ordre_chapitre",
    ),
)
_QUESTION_KEYS = (
    *("code_question", "ordre_question", "code_chapitre", "texte_avant", "texte_apres", "numero_question"),
    *("libelle_question", "unite_reponse", "format_reponse", "items_reponse", "colorer_reponse"),
    *("infobulle_question", "ponderation_categories", "ponderation_chapitre"),
)
_OTHER_NAMES = {
    "unite": "unite_reponse",
    "infobulle": "infobulle_question",
    "ponderation_categorie": "ponderation_categories",
    "chapitre_enfant": "code_chapitre_enfant",
}
_WITHOUT_OPTIONS = ("texte", "text", "criticite")
_MOST_SCALES = 40
_PLACEHOLDERS = "pourquoi, preuves, recommandation, méthodes, interlocuteurs et lieux"
_PLAN = re.compile(r"\s*(.+?)\s*::\s*(.+)")


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter: its code, that of its parent, its title and its row."""

    code: str
    parent: str
    title: str
    row: Row


def is_one(book: BookCells) -> bool:
    """Tell whether a workbook has the two sheets."""
    return book.sheet(CHAPTERS) is not None and book.sheet(QUESTIONS) is not None


def examine(book: BookCells, library: Library, wanted: Wanted) -> Examined:
    """Return what a workbook of two sheets would bring.

    Args:
        book: its cells.
        library: everything there is.
        wanted: the id of the checklist to make (« grille-importee » unless told), its version.
    """
    notes = Notes(book)
    chapters = table_of(book, CHAPTERS, _chapter_key, ("code_chapitre", "libelle_chapitre"), notes)
    needed = ("code_question", "code_chapitre", "libelle_question", "items_reponse")
    questions = table_of(book, QUESTIONS, _question_key, needed, notes)
    named = wanted.id or "grille-importee"
    if chapters is None or questions is None:
        return Examined(
            model=Model.TWO_SHEETS, id=named, version="", title="", problems=tuple(notes.problems)
        )
    reader = _Reader(named, library, notes, _chapters(chapters, notes))
    file = reader.file(questions)
    if file is None:
        if not blocking(tuple(notes.problems)):
            notes.say_sheet(QUESTIONS, "aucune question ne peut être reprise")
        return Examined(
            model=Model.TWO_SHEETS, id=named, version="", title="", problems=tuple(notes.problems)
        )
    draft = Draft(file=file, scales=tuple(reader.scales), notes=tuple(reader.remarks()))
    return settle(draft, library, wanted, notes, Model.TWO_SHEETS)


class _Reader:
    """Reads the questions into criteria."""

    def __init__(self, id: str, library: Library, notes: Notes, chapters: Sequence[_Chapter]) -> None:  # noqa: A002
        self._id = id
        self._notes = notes
        self._chapters = {chapter.code: chapter for chapter in chapters}
        self._main = library.scales["conformite"]
        self._levels = next(iter(library.levels), None)
        self._multiple = 1
        self._made: dict[Options, Scale] = {}
        self._plans = 0

    @property
    def scales(self) -> tuple[Scale, ...]:
        """Return the scales that had to be made."""
        return tuple(self._made.values())

    def remarks(self) -> Iterator[str]:
        """Yield what is to be known of the whole."""
        yield f"Le modèle ne dit pas tout : {_PLACEHOLDERS} sont marqués « {TO_FILL} » et restent à écrire."
        if self._made:
            amount = len(self._made)
            words = (
                "Une échelle de réponses est ajoutée" if amount == 1 else f"{amount} échelles sont ajoutées"
            )
            yield f"{words}, d'après les options du classeur."
        if self._multiple > 1:
            yield f"Les pondérations sont multipliées par {self._multiple} pour être entières."
        if self._plans:
            yield (
                "Les seuils de plan d'action sont repris : une réponse sous le seuil de son chapitre demande "
                "une amélioration, et le texte du plan devient la recommandation."
            )

    def file(self, questions: Table) -> ChecklistFile | None:
        """Return the checklist; nothing when no question can be taken."""
        self._multiple = _multiple(questions)
        kept: dict[str, list[CriterionRef | Criterion]] = {}
        for row in sorted(questions.rows, key=_order):
            chapter = self._chapters.get(row.text("code_chapitre"))
            if chapter is None:
                self._notes.say(row.cell("code_chapitre"), "code_chapitre", self._unknown(row))
            elif (criterion := self._criterion(row, chapter)) is not None:
                kept.setdefault(chapter.code, []).append(criterion)
        domains = tuple(self._domains(kept))
        return self._published(domains) if domains else None

    def _unknown(self, row: Row) -> str:
        code = row.text("code_chapitre")
        return f"« {code} » n'est pas dans la feuille {CHAPTERS}" if code else EMPTY

    def _published(self, domains: tuple[DomainFile, ...]) -> ChecklistFile:
        today = clock.today().isoformat()
        return ChecklistFile(
            id=self._id,
            version="1.0.0",
            title=f"Grille importée d'un classeur à deux feuilles ({self._id})",
            kind=Kind.REQUIREMENTS,
            summary=f"Grille reprise d'un modèle à deux feuilles. Les textes « {TO_FILL} » restent à écrire.",
            edition="modèle importé",
            licence="à préciser",
            authors=("À préciser",),
            published=today,
            scale=self._main.id,
            levels=self._levels,
            coverage_threshold=80,
            domains=domains,
        )

    def _domains(self, kept: Mapping[str, list[CriterionRef | Criterion]]) -> Iterator[DomainFile]:
        children: dict[str, list[_Chapter]] = {}
        for chapter in self._chapters.values():
            children.setdefault(chapter.parent, []).append(chapter)
        for chapter in self._chapters.values():
            if chapter.parent in self._chapters:
                continue
            inside = [chapter, *children.get(chapter.code, ())]
            sections = tuple(self._section(each, kept[each.code]) for each in inside if each.code in kept)
            if sections:
                yield DomainFile(id=f"d-{_key(chapter.code)}", title=chapter.title, sections=sections)

    def _section(self, chapter: _Chapter, criteria: list[CriterionRef | Criterion]) -> SectionFile:
        return SectionFile(id=f"s-{_key(chapter.code)}", title=chapter.title, criteria=tuple(criteria))

    def _criterion(self, row: Row, chapter: _Chapter) -> Criterion | None:
        """Return a question as a criterion; nothing, and why, when it has no answers to choose from."""
        options = self._options(row)
        if options is None:
            return None
        scale = self._scale(options, chapter)
        self._notes.say(row.cell("code_question"), "", f"à compléter : {_PLACEHOLDERS}", Severity.WARNING)
        self._not_taken(row)
        rated = [value for value in scale.values if value.standing is Standing.RATED]
        weight = self._weight(row)
        leaves = any(value.standing is Standing.LEAVES for value in scale.values)
        guidance = [
            row.text(key) for key in ("texte_avant", "infobulle_question", "texte_apres") if row.text(key)
        ]
        return Criterion(
            id=f"{self._id}-{_key(row.text('code_question'))}",
            question=self._question(row),
            why=TO_FILL,
            guidance={"default": "\n".join(map(_clean, guidance)) or TO_FILL},
            rating={value.id: value.label for value in rated},
            evidence=(TO_FILL,),
            methods=("entretien",),
            interlocutors=("referent",),
            places=("bureau-qualite",),
            weight=weight,
            weight_reason=None if weight in {1, 2} else "Pondération du modèle importé.",
            force=Force.GOOD_PRACTICE,
            na=NaPolicy.REASON if leaves else NaPolicy.FORBIDDEN,
            recommendation=self._plan(chapter) or TO_FILL,
            minutes=3,
            references=(
                Reference(
                    document="Modèle importé (classeur à deux feuilles)",
                    section=f"Question {row.text('code_question')}",
                    confidence=Confidence.TO_CHECK,
                ),
            ),
            scale=None if scale.id == self._main.id else scale.id,
        )

    def _question(self, row: Row) -> str:
        """Return a label as a question; a statement is asked about, as it is."""
        cell = row.cell("libelle_question")
        label = _clean(cell.text)
        if not label:
            self._notes.say(cell, "libelle_question", EMPTY)
        asked = label if label.endswith("?") else f"{label.rstrip(' .:;')} : est-ce le cas ?"
        if asked != label:
            said = "ce n'est pas une question : « est-ce le cas ? » est ajouté, à reformuler"
            self._notes.say(cell, "libelle_question", said, Severity.WARNING)
        if len(asked) > MAX_QUESTION:
            said = f"{MAX_QUESTION} caractères au plus, {len(asked)} trouvés"
            self._notes.say(cell, "libelle_question", said)
        return asked

    def _options(self, row: Row) -> Options | None:
        kind, cell = folded(row.text("format_reponse")), row.cell("items_reponse")
        if kind.startswith(_WITHOUT_OPTIONS):
            said = "occurrence × impact" if kind.startswith("criticite") else "réponse en texte libre"
            self._notes.say(
                row.cell("format_reponse"),
                "format_reponse",
                f"« {row.text('format_reponse')} » ({said}) n'a pas d'équivalent : question non reprise",
                Severity.WARNING,
            )
            return None
        found, wrong = understood(cell.text)
        if wrong:
            self._notes.say(cell, "items_reponse", wrong)
        return found

    def _scale(self, options: Options, chapter: _Chapter) -> Scale:
        threshold = _threshold(chapter.row.text("plan_action"))
        limit = None if threshold is None else options.percent(threshold)
        if limit is None and options.is_like(self._main):
            return self._main
        asked = options.below(limit)
        if asked not in self._made and len(self._made) == _MOST_SCALES:
            said = f"{_MOST_SCALES} jeux de réponses différents au plus dans une grille"
            self._notes.say_sheet(QUESTIONS, said)
            return self._main
        if asked not in self._made:
            self._made[asked] = scale_of(asked, f"{self._id}-echelle-{len(self._made) + 1}", self._main)
        return self._made[asked]

    def _weight(self, row: Row) -> int:
        cell = row.cell("ponderation_chapitre")
        weight = _fraction(cell.text)
        if weight is None or weight < 0:
            self._notes.say(cell, "ponderation_chapitre", f"un nombre attendu, « {cell.text} » trouvé")
            return 1
        if weight == 0:
            said = "un poids nul n'a pas d'équivalent : 1 est retenu"
            self._notes.say(cell, "ponderation_chapitre", said, Severity.WARNING)
        return max(1, int(weight * self._multiple))

    def _plan(self, chapter: _Chapter) -> str:
        """Return the text of the action plan of a chapter."""
        found = _plan_lines(chapter.row.text("plan_action"))
        if found:
            self._plans += 1
        return _clean(found[0][1]) if found else ""

    def _not_taken(self, row: Row) -> None:
        """Note what the model says of a question and our checklists do not."""
        if row.text("colorer_reponse") == "-1":
            said = "couleurs inversées : le sens des réponses est à vérifier"
            self._notes.say(row.cell("colorer_reponse"), "colorer_reponse", said, Severity.WARNING)
        for key, what in (
            ("ponderation_categories", "pondération par catégorie"),
            ("unite_reponse", "unité"),
        ):
            if row.text(key):
                self._notes.say(row.cell(key), key, f"{what} : non reprise", Severity.WARNING)


def _chapters(table: Table, notes: Notes) -> list[_Chapter]:
    """Return the chapters in order, each with its parent; one named twice is noted."""
    found: list[_Chapter] = []
    met: set[str] = set()
    for row in sorted(table.rows, key=_order):
        child = row.text("code_chapitre_enfant")
        code, parent = (child, row.text("code_chapitre")) if child else (row.text("code_chapitre"), "")
        title = row.text("libelle_chapitre_enfant" if child else "libelle_chapitre")
        cell: Cell = row.cell("code_chapitre_enfant" if child else "code_chapitre")
        if not code:
            notes.say(cell, "code_chapitre", EMPTY)
        elif code in met:
            notes.say(cell, "code_chapitre", f"« {code} » est employé plusieurs fois")
        else:
            met.add(code)
            found.append(_Chapter(code, parent, _clean(title) or f"Chapitre {code}", row))
        for key in ("titre_avant", "texte_avant", "texte_apres"):
            if row.text(key):
                notes.say(row.cell(key), key, "texte de chapitre non repris", Severity.WARNING)
    return found


def _chapter_key(title: str) -> str | None:
    return _key_among(title, _CHAPTER_KEYS, "_chapitre")


def _question_key(title: str) -> str | None:
    return _key_among(title, _QUESTION_KEYS, "_question")


def _key_among(title: str, keys: Sequence[str], ending: str) -> str | None:
    """Return the key that a title means: «code_question», «Code question», «code»."""
    plain = re.sub(r"[\s-]+", "_", folded(title))
    named = _OTHER_NAMES.get(plain, plain)
    return next((key for key in (named, f"{named}{ending}") if key in keys), None)


def _order(row: Row) -> tuple[Fraction, int]:
    """Return where a row comes: by the order it gives, then as it stands."""
    given = _fraction(row.text("ordre_question") or row.text("ordre_chapitre")) or Fraction(0)
    return given, row.rank


def _multiple(questions: Table) -> int:
    """Return what makes every weight whole."""
    multiple = 1
    for row in questions.rows:
        weight = _fraction(row.text("ponderation_chapitre"))
        if weight is not None:
            multiple = max(multiple, weight.limit_denominator(100).denominator)
    return multiple


def _fraction(text: str) -> Fraction | None:
    """Return a number; one when nothing is written."""
    return decimal(text) if text.strip() else Fraction(1)


def _plan_lines(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2]) for line in text.split("\n") if (found := _PLAN.fullmatch(line))]


def _threshold(plan: str) -> Fraction | None:
    """Return the value up to which a chapter asks for an action."""
    values = [value for text, _ in _plan_lines(plan) if (value := _fraction(text)) is not None]
    return max(values) if values else None


def _key(code: str) -> str:
    return slug(code) or "x"


def _clean(text: str) -> str:
    """Return a text on one line, without the spaces that our rules refuse."""
    return " ".join(text.split())
