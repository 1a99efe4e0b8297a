"""What is published besides checklists, as a workbook to read and sort: grids, fiches, cases, glossary."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ivaudit.domain.cases import Case, Cases
from ivaudit.domain.checklist import Reference, Vocabulary
from ivaudit.domain.fiche import Fiche, Step, StepChoice
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.observation import ObservationGrid, ObservedValue, Row
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.sources import reference_words
from ivaudit.domain.tone import Tone
from ivaudit.reports.palette import LIGHT
from ivaudit.tables.book import Book, Column, Sheet
from ivaudit.tables.cells import Value

Published = ObservationGrid | Fiche | Cases | Glossary

_OVER = 4
_ROWS = {
    Row.PERSON: "personnes",
    Row.ACT: "actes",
    Row.RECORD: "dossiers",
    Row.DOCUMENT: "documents",
    Row.INTERVIEW: "entretiens",
}
_VALUES = {
    ObservedValue.YES: "oui",
    ObservedValue.NO: "non",
    ObservedValue.NOT_APPLICABLE: "sans objet",
    ObservedValue.REFUSED: "refus",
    ObservedValue.NOT_OBSERVED: "non observé",
}
_TONES = {Tone.GOOD: "réglé", Tone.WAITING: "en attente", Tone.BAD: "arrêt"}


def write(
    value: Published, vocabulary: Vocabulary, path: Path, *, program: str, progress: Progress = silent
) -> None:
    """Write the workbook.

    Args:
        value: what to write.
        vocabulary: the labels of places and people.
        path: the file to write.
        program: what made the file.
        progress: told of its steps.
    """
    progress(0, 2, "lecture du contenu")
    book = Book(title=value.title, program=program, accent=f"#{LIGHT.accent.hexval()[2:]}")
    match value:
        case ObservationGrid():
            _observation(book, value, vocabulary)
        case Fiche():
            _fiche(book, value, vocabulary)
        case Cases():
            _cases(book, value)
        case Glossary():
            _glossary(book, value)
    progress(1, 2, "écriture du classeur")
    book.save(path)
    progress(2, 2, "classeur prêt")


def _sheet(book: Book, value: Published, name: str, columns: Sequence[tuple[str, int]]) -> Sheet:
    """Return a sheet that begins with what it is of."""
    sheet = book.sheet(name, head=value.title, foot=f"{value.id} · version {value.version}")
    sheet.widths([width for _, width in columns])
    sheet.title(value.title)
    facts = [f"{value.id} · version {value.version}"]
    if not isinstance(value, Glossary):
        sheet.paragraph(value.summary, over=_OVER)
        facts[0] += f" du {long_date(value.published)}"
        facts.append(f"{', '.join(value.authors)} · licence {value.licence}")
    sheet.paragraph("\n".join(facts), over=_OVER, quiet=True)
    return sheet


def _table(sheet: Sheet, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]) -> None:
    sheet.table([Column(title=title, width=width) for title, width in columns], list(rows), main=True)


def _told(sheet: Sheet, label: str, texts: Sequence[str]) -> None:
    """Write some lines under their label, or nothing."""
    if any(texts):
        lines = texts[0] if len(texts) == 1 else "\n".join(f"• {text}" for text in texts)
        sheet.paragraph(label, over=_OVER, bold=True)
        sheet.paragraph(lines, over=_OVER)


def _sources(references: Sequence[Reference]) -> str:
    return "\n".join(map(reference_words, references))


def _labels(vocabulary: Vocabulary, family: str, keys: Sequence[str]) -> str:
    return ", ".join(vocabulary.label(family, key) for key in keys)


# -- observation grids


def _observation(book: Book, grid: ObservationGrid, vocabulary: Vocabulary) -> None:
    columns = (
        ("N°", 6),
        ("Identifiant", 18),
        ("Fait observé", 60),
        ("Repère", 50),
        ("Réponses", 26),
        ("Arrêt", 10),
        ("Critères", 26),
    )
    rows = [
        (
            rank,
            item.id,
            item.question,
            item.help,
            ", ".join(_VALUES[each] for each in item.values),
            "oui" if item.stops else "",
            "\n".join(item.criteria),
        )
        for rank, item in enumerate(grid.items, 1)
    ]
    _table(_sheet(book, grid, "Faits observés", columns), columns, rows)
    rules = _sheet(book, grid, "Avant d'observer", (("", 30),) * _OVER)
    _told(rules, "Combien", [f"{grid.target} {_ROWS[grid.row]}. {grid.target_note}"])
    _told(rules, "Quand", [grid.period])
    _told(rules, "Où", [_labels(vocabulary, "places", grid.places)])
    _told(rules, "Avec qui", [_labels(vocabulary, "interlocutors", grid.interlocutors)])
    _told(rules, "Inclure", grid.inclusion)
    _told(rules, "Ne pas inclure", grid.exclusion)
    _told(rules, "Comment se tenir", [grid.stance])
    _told(rules, "À dire d'abord", [grid.words])
    _told(rules, "Noter aussi", [f"{each.label} : {', '.join(each.choices)}" for each in grid.context])
    _told(rules, "Motifs de non-observation", [each.label for each in grid.not_observed])
    _told(rules, "Références", [reference_words(each) for each in grid.references])


# -- decision sheets


def _fiche(book: Book, fiche: Fiche, vocabulary: Vocabulary) -> None:
    names = _names(fiche)
    columns = (("Étape", 10), ("Titre", 34), ("Que faire", 60), ("Réponse", 40), ("Mène à", 14))
    rows = [row for step in fiche.steps for row in _ways(step, names)]
    _table(_sheet(book, fiche, "Étapes", columns), columns, rows)
    ends = (("Issue", 10), ("Titre", 34), ("Que faire", 60), ("Sens", 16))
    found = [
        (names[each.id].removeprefix("issue "), each.title, each.text, _TONES[each.tone])
        for each in fiche.outcomes
    ]
    _table(_sheet(book, fiche, "Issues", ends), ends, found)
    more = _sheet(book, fiche, "À savoir", (("", 30),) * _OVER)
    _told(more, "Quand", [fiche.when])
    _told(more, "Pour", [_labels(vocabulary, "interlocutors", fiche.audience)])
    _told(more, "Ne jamais", fiche.never)
    _told(more, "Critères concernés", fiche.criteria)
    _told(more, "Références", [reference_words(each) for each in fiche.references])


def _names(fiche: Fiche) -> dict[str, str]:
    steps = {step.id: f"étape {rank}" for rank, step in enumerate(fiche.steps, 1)}
    return steps | {each.id: f"issue {_letter(rank)}" for rank, each in enumerate(fiche.outcomes)}


def _letter(rank: int) -> str:
    """Return A to Z, then A2, B2…: a sheet has few outcomes, a local one may have many."""
    turn, letter = divmod(rank, 26)
    return chr(ord("A") + letter) + (str(turn + 1) if turn else "")


def _ways(step: Step, names: dict[str, str]) -> list[tuple[Value, ...]]:
    """Return one row per answer; what the step says stands on the first."""
    name = names[step.id].removeprefix("étape ")
    return [
        (int(name), *((step.title, step.text) if rank == 0 else ("", "")), way.label, _end(way, names))
        for rank, way in enumerate(step.ways)
    ]


def _end(way: StepChoice, names: dict[str, str]) -> str:
    return names.get(way.outcome or way.next or "", "")


# -- cases and glossary


def _cases(book: Book, cases: Cases) -> None:
    columns = (
        ("N°", 6),
        ("Cas", 30),
        ("Situation", 50),
        ("Question", 36),
        ("Réponse attendue", 50),
        ("Piège", 40),
        ("Règle", 40),
        ("Sûreté", 14),
        ("Critères", 20),
        ("Références", 44),
    )
    rows: list[tuple[Value, ...]] = [(rank, *_case(case)) for rank, case in enumerate(cases.cases, 1)]
    _table(_sheet(book, cases, "Cas", columns), columns, rows)


def _case(case: Case) -> tuple[str, ...]:
    return (
        case.title,
        case.situation,
        case.question,
        case.answer,
        case.trap,
        case.rule,
        case.confidence.value,
        "\n".join(case.criteria),
        _sources(case.references),
    )


def _glossary(book: Book, glossary: Glossary) -> None:
    columns = (
        ("Mot", 30),
        ("Définition", 70),
        ("Aussi", 30),
        ("À ne pas employer", 24),
        ("Voir", 30),
        ("Sûreté", 14),
        ("Source", 50),
    )
    words = {term.id: term.term for term in glossary.terms}
    rows = [
        (
            term.term,
            term.definition,
            "\n".join(term.also),
            "\n".join(term.avoid),
            "\n".join(words.get(key, key) for key in term.see),
            term.confidence.value,
            term.source or "",
        )
        for term in glossary.terms
    ]
    _table(_sheet(book, glossary, "Glossaire", columns), columns, rows)
