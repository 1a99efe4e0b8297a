"""What is said before leaving: in order, few words, no score unless it was asked for."""

from dataclasses import replace

import pytest
from support import audits, field

from ivaudit.content.library import Library
from ivaudit.domain.audit import Answer, AuditSheet
from ivaudit.domain.debrief import Debrief, debrief, shortened
from ivaudit.domain.report import build
from ivaudit.domain.report_field import FieldSheet
from ivaudit.domain.report_model import ReportKind, ReportModel
from ivaudit.domain.report_outline import BlockKind

OUTLINE = Library.find().outline("bilan")
GRID = audits.checklist(24)


def model_of(sheet: AuditSheet, found: FieldSheet, *, score: bool = False) -> ReportModel:
    return build(
        sheet,
        audits.VOCABULARY,
        audits.VISIT,
        OUTLINE,
        generated="2026-11-21T17:40:00",
        program="ivaudit 0.0.0",
        kind=ReportKind.DEBRIEF,
        field=found,
        with_score=score,
    )


def said(*, score: bool = False, most: int = 8) -> Debrief:
    return debrief(model_of(field.sheet(GRID), field.gathered(GRID), score=score), OUTLINE, most)


def lines(found: Debrief, kind: BlockKind) -> list[str]:
    return [line.text for part in found.parts if part.kind is kind for line in part.lines]


def test_parts_come_in_the_order_of_the_outline() -> None:
    kinds = [block.kind for block in OUTLINE.blocks]
    assert [part.kind for part in said().parts] == [
        kind for kind in kinds[1:] if kind is not BlockKind.FIGURES
    ]


def test_what_is_urgent_is_said_once_and_strengths_are_not_findings() -> None:
    found = said()
    assert lines(found, BlockKind.URGENT) == ["Deux résidents portaient la même étiquette."]
    assert lines(found, BlockKind.MAIN) == ["La consigne du week-end n'est pas connue dans les étages."]
    assert lines(found, BlockKind.STRENGTHS)[-1].startswith("Les homonymes sont signalés")
    assert lines(found, BlockKind.FOLLOWING)[0] == "Demander le blocage des identités douteuses."


def test_scores_and_levels_are_said_only_when_asked() -> None:
    quiet, loud = repr(said()), repr(said(score=True))
    for word in ("sur 100", "Niveau", "Maîtrisé", "À consolider", "Satisfaisant"):
        assert word not in quiet
    assert "Niveau en attente" in loud or "sur 100" in loud


def test_before_anything_is_written_the_points_to_improve_speak() -> None:
    sheet = audits.sheet([GRID], {"grille-000": Answer(value="non", constat="La règle n'est pas affichée.")})
    found = debrief(model_of(sheet, FieldSheet()), OUTLINE)
    assert lines(found, BlockKind.MAIN) == ["La règle n'est pas affichée."]
    urgent = next(part for part in found.parts if part.kind is BlockKind.URGENT)
    assert urgent.paragraphs == ("Rien n'a été relevé qui ne puisse attendre le rapport.",)


def test_what_does_not_hold_is_left_for_the_report() -> None:
    part = next(part for part in said(most=1).parts if part.kind is BlockKind.STRENGTHS)
    assert len(part.lines) == 1
    assert part.more == 2
    assert part.rest == "Et 2 autres dans le rapport."


def test_a_part_without_a_word_goes() -> None:
    blocks = tuple(replace(block, empty="", paragraphs=()) for block in OUTLINE.blocks)
    found = debrief(model_of(audits.sheet([GRID], {}), FieldSheet()), replace(OUTLINE, blocks=blocks))
    assert found.parts == ()


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Court.", "Court."),
        ("Une  phrase\nsur deux lignes.", "Une phrase sur deux lignes."),
        ("Première phrase assez longue. Deuxième phrase qui dépasse.", "Première phrase assez longue."),
        ("Un texte sans point qui dépasse la longueur permise ici", "Un texte sans point qui dépasse la…"),
        ("Une première partie longue : une suite qui dépasse.", "Une première partie longue…"),
        ("x" * 60, "x" * 40 + "…"),
    ],
)
def test_texts_are_cut_at_a_sentence_or_at_a_word(text: str, short: str) -> None:
    assert shortened(text, 40) == short
