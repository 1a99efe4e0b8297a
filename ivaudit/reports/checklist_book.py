"""A checklist as a workbook: one sheet, one line per point, every field as text."""

from collections.abc import Callable
from pathlib import Path

from ivaudit.domain.checklist import Checklist, Condition, Criterion, Point, Vocabulary
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.sources import reference_words
from ivaudit.reports.palette import LIGHT
from ivaudit.tables.book import Book, Column

Field = Callable[[Point, Checklist, Vocabulary], str]


def _people(family: str, keys: tuple[str, ...], vocabulary: Vocabulary) -> str:
    return "\n".join(vocabulary.label(family, key) for key in keys)


def _guidance(criterion: Criterion, vocabulary: Vocabulary) -> str:
    return "\n".join(
        text if setting == "default" else f"{vocabulary.label('settings', setting)} : {text}"
        for setting, text in criterion.guidance.items()
    )


def _rating(criterion: Criterion, checklist: Checklist) -> str:
    labels = {value.id: value.label for value in checklist.scale_of(criterion).values}
    return "\n".join(f"{labels.get(key, key)} : {text}" for key, text in criterion.rating.items())


def condition_words(condition: Condition | None, vocabulary: Vocabulary) -> str:
    """Return when a criterion concerns a facility, in words; nothing when it always does."""
    if condition is None:
        return ""
    parts = [vocabulary.label("profile", key) for key in condition.profile]
    if condition.criterion is not None:
        parts.append(f"{condition.criterion} : {' ou '.join(condition.values)}")
    if condition.every:
        parts.append(" et ".join(f"({condition_words(each, vocabulary)})" for each in condition.every))
    if condition.some:
        parts.append(" ou ".join(f"({condition_words(each, vocabulary)})" for each in condition.some))
    return " ou ".join(parts)


COLUMNS: tuple[tuple[str, int, Field], ...] = (
    ("N°", 7, lambda p, _c, _v: p.number),
    ("Identifiant", 16, lambda p, _c, _v: p.criterion.id),
    ("Domaine", 22, lambda p, _c, _v: p.domain.title),
    ("Section", 22, lambda p, _c, _v: p.section.title),
    ("Question", 48, lambda p, _c, _v: p.criterion.question),
    ("Pourquoi", 40, lambda p, _c, _v: p.criterion.why),
    ("Où regarder", 50, lambda p, _c, v: _guidance(p.criterion, v)),
    ("Ce qui vaut chaque réponse", 50, lambda p, c, _v: _rating(p.criterion, c)),
    ("Preuves attendues", 30, lambda p, _c, _v: "\n".join(p.criterion.evidence)),
    ("Méthodes", 20, lambda p, _c, v: _people("methods", p.criterion.methods, v)),
    ("Interlocuteurs", 24, lambda p, _c, v: _people("interlocutors", p.criterion.interlocutors, v)),
    ("Lieux", 20, lambda p, _c, v: _people("places", p.criterion.places, v)),
    ("Portée", 16, lambda p, _c, _v: p.criterion.force.value),
    ("Poids", 8, lambda p, _c, _v: str(p.criterion.weight)),
    ("Raison du poids", 24, lambda p, _c, _v: p.criterion.weight_reason or ""),
    ("Point critique", 10, lambda p, _c, _v: "oui" if p.criterion.critical else "non"),
    ("Raison du point critique", 30, lambda p, _c, _v: p.criterion.critical_reason or ""),
    ("Choisi par", 18, lambda p, _c, _v: p.criterion.critical_chosen_by or ""),
    ("Sans objet", 12, lambda p, _c, _v: p.criterion.na.value),
    ("Concerne", 26, lambda p, _c, v: condition_words(p.criterion.applicability, v)),
    ("Recommandation type", 44, lambda p, _c, _v: p.criterion.recommendation),
    ("Minutes", 9, lambda p, _c, _v: str(p.criterion.minutes)),
    ("Échelle", 14, lambda p, c, _v: c.scale_of(p.criterion).title),
    ("Références", 50, lambda p, _c, _v: "\n".join(map(reference_words, p.criterion.references))),
    (
        "Sources",
        40,
        lambda p, _c, _v: "\n".join(dict.fromkeys(r.source for r in p.criterion.references if r.source)),
    ),
)
"""Title, width in characters, and text of each column."""


def write(
    checklist: Checklist, vocabulary: Vocabulary, path: Path, *, program: str, progress: Progress = silent
) -> None:
    """Write the workbook.

    Args:
        checklist: what to write.
        vocabulary: the labels of places, people and methods.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    progress(0, 2, "lecture de la grille")
    book = Book(title=checklist.title, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    sheet = book.sheet("Grille", head=checklist.title, foot=f"{checklist.id} · version {checklist.version}")
    sheet.widths([width for _, width, _ in COLUMNS])
    sheet.title(checklist.title)
    sheet.paragraph(checklist.summary, over=6, quiet=True)
    facts = (
        f"{checklist.id} · version {checklist.version} du {long_date(checklist.published)}",
        f"Suit {checklist.edition}",
        f"{', '.join(checklist.authors)} · licence {checklist.licence}",
    )
    sheet.paragraph("\n".join(facts), over=6, quiet=True)
    sheet.table(
        [Column(title=title, width=width) for title, width, _ in COLUMNS],
        [[text(point, checklist, vocabulary) for _, _, text in COLUMNS] for point in checklist.points()],
        main=True,
    )
    progress(1, 2, "écriture du classeur")
    book.save(path)
    progress(2, 2, "classeur prêt")
