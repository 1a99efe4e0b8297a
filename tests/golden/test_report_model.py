"""What a report says, whole: any change of a figure or a sentence shows as a difference."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from support import audits, field

from ivaudit.content.adapting import adapted
from ivaudit.content.library import Library
from ivaudit.domain.adaptation import (
    Adaptation,
    AddedSection,
    ChangedCriterion,
    Deactivated,
    Scope,
    mark_of,
)
from ivaudit.domain.audit import Answer, AuditSheet
from ivaudit.domain.checklist import Condition, Confidence
from ivaudit.domain.debrief import Debrief, debrief
from ivaudit.domain.report import build
from ivaudit.domain.report_model import ReportKind, ReportModel
from ivaudit.reports.plain import as_json

HERE = Path(__file__).parent
SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


def _two_checklists() -> AuditSheet:
    shared = audits.criterion("par-01", "La règle est-elle connue ?", critical=True, chosen_by="la cellule X")
    first = audits.whole(
        "premiere",
        [
            ("Accueil", [shared, audits.criterion("acc-01", "Un document est-il demandé ?", critical=True)]),
            (
                "Soins",
                [
                    audits.criterion("soi-01", "L'identité est-elle redemandée ?", weight=1),
                    audits.criterion("soi-02", "Le bracelet est-il posé ?", confidence=Confidence.TO_CHECK),
                    audits.criterion("soi-03", "Le kit est-il prêt ?"),
                    audits.criterion(
                        "soi-04", "Le bloc vérifie-t-il ?", applicability=Condition(profile=("bloc",))
                    ),
                ],
            ),
        ],
    )
    second = audits.whole("flash", [("Ouverture", [shared, audits.criterion("fla-01", "Une preuve ?")])])
    answers = {
        "par-01": Answer(value="non", constat="Non connue la nuit.", note="À vérifier.", means=("dit",)),
        "acc-01": Answer(value="oui", at="2026-11-21T13:02:00.000000Z"),
        "soi-01": Answer(value="partiel", constat="Deux fois sur trois."),
        "soi-02": Answer(value="sans_objet", na_reason="activite-absente"),
        "soi-03": Answer(value="a_verifier", awaiting="dsi"),
        "fla-01": Answer(value="oui", review=True),
    }
    return audits.sheet([first, second], answers, synthesis=audits.written(first))


def test_the_model_of_two_checklists_is_the_expected_one(agree: Callable[[Path, str], None]) -> None:
    model = build(
        _two_checklists(),
        audits.VOCABULARY,
        audits.VISIT,
        Library.find().outline("rapport"),
        generated="2026-11-21T17:40:00",
        program="ivaudit 0.0.0",
    )
    agree(HERE / "rapport.json", as_json(model).decode())


@pytest.mark.parametrize(("name", "shape"), [("rapport", ReportModel), ("bilan", Debrief)])
def test_the_published_schemas_are_current(
    agree: Callable[[Path, str], None], name: str, shape: type[object]
) -> None:
    schema = msgspec.json.schema(shape) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    text = msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2).decode()
    agree(SCHEMAS / f"{name}.schema.json", f"{text}\n")


def _built(sheet: AuditSheet, **others: Any) -> ReportModel:  # noqa: ANN401 - those of `build`
    return build(
        sheet,
        audits.VOCABULARY,
        audits.VISIT,
        Library.find().outline("rapport"),
        generated="2026-11-21T17:40:00",
        program="ivaudit 0.0.0",
        **others,
    )


def test_the_field_of_a_report_is_the_expected_one(agree: Callable[[Path, str], None]) -> None:
    grid = audits.checklist(8)
    model = _built(field.sheet(grid), field=field.gathered(grid, with_notebook=True))
    agree(HERE / "rapport-terrain.json", as_json(model.field).decode())


def test_what_is_said_before_leaving_is_the_expected_one(agree: Callable[[Path, str], None]) -> None:
    grid = audits.checklist(8)
    model = _built(field.sheet(grid), field=field.gathered(grid), kind=ReportKind.DEBRIEF)
    agree(HERE / "bilan.json", as_json(debrief(model, Library.find().outline("bilan"))).decode())


def _adapted() -> AuditSheet:
    """Return an audit whose grid lost a critical point and half the weight of another rule."""
    points = [
        audits.criterion("par-01", "La règle est-elle connue ?", critical=True),
        audits.criterion("par-02", "La recherche commence-t-elle par la date de naissance ?", weight=2),
        audits.criterion("par-03", "Le bracelet est-il posé ?"),
    ]
    grid = audits.whole("premiere", [("Accueil", points)])
    region = Adaptation(
        id="criv-exemple",
        version="1.2.0",
        title="Choix de la région",
        author="CRIV Exemple",
        date="2026-10-01",
        reason="Harmoniser les audits de la région.",
        scope=Scope.REGION,
        checklist=grid.id,
        checklist_version="0.9.0",
        change=(
            ChangedCriterion(
                criterion="par-02",
                reason="Un serveur commun fait la recherche.",
                fingerprint=mark_of(points[1]),
                weight=1,
                guidance={"default": "Voir la fiche régionale."},
            ),
            ChangedCriterion(criterion="par-03", minutes=9),
        ),
        deactivate=(Deactivated(criterion="par-01", reason="Vu ailleurs.", fingerprint=mark_of(points[0])),),
        add=(
            AddedSection(
                domain="criv",
                domain_title="Demandes de la CRIV",
                section="criv-un",
                section_title="Fiches",
                criteria=(audits.criterion("criv-01", "La fiche régionale est-elle connue ?"),),
            ),
        ),
    )
    answers = {"par-02": Answer(value="oui"), "par-03": Answer(value="non")}
    return audits.sheet([adapted(grid, [region]).checklist], answers)


def test_the_model_of_an_adapted_checklist_is_the_expected_one(agree: Callable[[Path, str], None]) -> None:
    model = build(
        _adapted(),
        audits.VOCABULARY,
        audits.VISIT,
        Library.find().outline("rapport"),
        generated="2026-11-21T17:40:00",
        program="ivaudit 0.0.0",
    )
    agree(HERE / "rapport-adapte.json", as_json(model).decode())
