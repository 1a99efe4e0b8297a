"""What a report says, whole: any change of a figure or a sentence shows as a difference."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from support import audits

from ivaudit.content.library import Library
from ivaudit.domain.audit import Answer, AuditSheet
from ivaudit.domain.checklist import Condition, Confidence
from ivaudit.domain.report import build
from ivaudit.domain.report_model import ReportModel
from ivaudit.reports.plain import as_json

HERE = Path(__file__).parent
SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "rapport.schema.json"


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


def test_the_published_schema_is_current(agree: Callable[[Path, str], None]) -> None:
    schema = msgspec.json.schema(ReportModel) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    text = msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2).decode()
    agree(SCHEMA, f"{text}\n")
