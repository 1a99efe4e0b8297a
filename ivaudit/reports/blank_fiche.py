"""A decision sheet on one page: its steps, where each answer leads, and what must never be done."""

from collections.abc import Mapping

from reportlab.graphics.shapes import Group
from reportlab.platypus import Flowable, Spacer, TableStyle

from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.fiche import Fiche, Outcome, Step, StepChoice
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.scale import Symbol
from ivaudit.domain.sources import reference_words
from ivaudit.domain.tone import Tone
from ivaudit.reports.blank_page import Paper, height_of
from ivaudit.reports.pdf_flowables import markup, paragraph
from ivaudit.reports.pdf_page import prepare
from ivaudit.reports.structure_flowables import Signed
from ivaudit.reports.structure_tables import Shape, Table
from ivaudit.reports.symbols import symbol

SIGNS = {Tone.GOOD: Symbol.FULL, Tone.WAITING: Symbol.HALF, Tone.BAD: Symbol.CROSS}
"""The sign beside an outcome."""

TONE_WORDS = {Tone.GOOD: "réglé", Tone.WAITING: "en attente", Tone.BAD: "arrêt"}
"""The word beside that sign."""

_SIZES = (10.5, 9.8, 9.2, 8.6, 8.0, 7.4, 6.8, 6.2)
_NUMBER = 20.0


def names_of(fiche: Fiche) -> dict[str, str]:
    """Return what steps and outcomes are called on paper: 1, 2, 3… and A, B, C…, by id."""
    steps = {step.id: str(rank) for rank, step in enumerate(fiche.steps, 1)}
    return steps | {outcome.id: _letter(rank) for rank, outcome in enumerate(fiche.outcomes)}


def where_to(way: StepChoice, names: Mapping[str, str]) -> str:
    """Return where a choice leads («étape 3», «issue B»)."""
    if way.outcome is not None:
        return f"issue {names.get(way.outcome, '')}"
    return f"étape {names.get(way.next or '', '')}"


def render(fiche: Fiche, vocabulary: Vocabulary, *, program: str, progress: Progress = silent) -> bytes:
    """Return the sheet as the bytes of a PDF: on one page, in smaller letters where that is needed.

    Args:
        fiche: what to print.
        vocabulary: the labels of people.
        program: what made the file.
        progress: told of pages.
    """
    prepare()
    paper = Paper(
        title=fiche.title,
        foot=f"Fiche réflexe · {fiche.title} · version {fiche.version} du {long_date(fiche.published)}",
        program=program,
        warning="",
    )
    story: list[Flowable] = []
    for size in _SIZES:
        story = _Writer(paper, fiche, vocabulary, size).story()
        if height_of(story, paper) <= paper.height:
            break
    return paper.render(story, progress)


class _Writer:
    """The parts of the sheet, at one size of letters."""

    def __init__(self, paper: Paper, fiche: Fiche, vocabulary: Vocabulary, size: float) -> None:
        self._paper, self._fiche, self._vocabulary = paper, fiche, vocabulary
        self._names = names_of(fiche)
        looks = {"fontSize": size, "leading": round(size * 1.28, 2), "spaceAfter": 2}
        self._text = paper.style("text", **looks)
        self._strong = paper.style("strong", **looks)
        self._label = paper.style("label", **{**looks, "spaceBefore": 7})
        small = max(6.0, size - 1)
        self._quiet = paper.style("quiet", fontSize=small, leading=round(small * 1.28, 2), spaceAfter=1)

    def story(self) -> list[Flowable]:
        fiche, paper = self._fiche, self._paper
        people = ", ".join(self._vocabulary.label("interlocutors", key) for key in fiche.audience)
        parts: list[Flowable] = [
            paper.heading(fiche.title, 0),
            paragraph(fiche.when, self._text, label="Quand"),
        ]
        if people:
            parts.append(paragraph(people, self._quiet, label="Pour"))
        parts += [Spacer(0, 4), self._steps(), paragraph("Issues", self._label), self._outcomes()]
        if fiche.never:
            parts += [Spacer(0, 6), self._never()]
        parts.append(Spacer(0, 4))
        parts += [paragraph(reference_words(each), self._quiet) for each in fiche.references]
        return parts

    def _steps(self) -> Flowable:
        lines: list[list[object]] = [
            [self._name(step.id), self._step(step), self._ways(step)] for step in self._fiche.steps
        ]
        room = self._paper.width - _NUMBER
        return self._ruled(lines, (_NUMBER, room * 0.56, room * 0.44))

    def _outcomes(self) -> Flowable:
        lines: list[list[object]] = [
            [self._name(each.id), self._outcome(each)] for each in self._fiche.outcomes
        ]
        return self._ruled(lines, (_NUMBER, self._paper.width - _NUMBER))

    def _name(self, key: str) -> Flowable:
        return paragraph(self._names[key], self._strong)

    def _step(self, step: Step) -> list[Flowable]:
        texts: list[Flowable] = [paragraph(step.title, self._strong)]
        return [*texts, paragraph(step.text, self._text)] if step.text else texts

    def _ways(self, step: Step) -> list[Flowable]:
        made: list[Flowable] = []
        for way in step.ways:
            to = f"→ <b>{markup(where_to(way, self._names))}</b>"
            said = f"{markup(way.label)} {to}" if way.label else f"Ensuite {to}"
            made.append(
                _signed(said, self._text, symbol(Symbol.EMPTY, self._paper.inks.text, self._text.fontSize))
            )
        return made

    def _outcome(self, outcome: Outcome) -> list[Flowable]:
        ink = self._paper.inks.tone(outcome.tone)
        sign = symbol(SIGNS[outcome.tone], ink, self._text.fontSize)
        title = f"<b>{markup(outcome.title)}</b> ({TONE_WORDS[outcome.tone]})"
        return [_signed(title, self._text, sign), paragraph(outcome.text, self._text)]

    def _never(self) -> Flowable:
        inks = self._paper.inks
        cross = symbol(Symbol.CROSS, inks.bad, self._text.fontSize)
        body: list[Flowable] = [paragraph("Ne jamais", self._strong)]
        body += [_signed(markup(text), self._text, cross) for text in self._fiche.never]
        made = Table([[body]], colWidths=[self._paper.width])
        made.setStyle(
            TableStyle([("BOX", (0, 0), (-1, -1), 1, inks.bad), ("TOPPADDING", (0, 0), (-1, -1), 4)])
        )
        return made

    def _ruled(self, lines: list[list[object]], widths: tuple[float, ...]) -> Flowable:
        made = Table(lines, colWidths=list(widths), hAlign="LEFT", shape=Shape(listing=True))
        made.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
                    ("TOPPADDING", (0, 0), (-1, -1), 2.4),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
                    ("LINEABOVE", (0, 0), (-1, -1), 0.4, self._paper.inks.line),
                ]
            )
        )
        return made


def _signed(content: str, style: object, sign: Group) -> Signed:
    indented = style.clone("indented", leftIndent=style.fontSize + 5)  # type: ignore[attr-defined]
    made = Signed(content, indented)
    made.sign = sign
    return made


def _letter(rank: int) -> str:
    return chr(ord("A") + rank) if rank < 26 else f"Z{rank - 25}"  # noqa: PLR2004 - the alphabet
