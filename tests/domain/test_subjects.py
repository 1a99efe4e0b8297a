"""Several subjects make one answer, and say how."""

from dataclasses import replace
from fractions import Fraction

import pytest
from support.grids import checklist, criterion, sheet

from ivaudit.domain.audit import STRUCTURE, Answer, AuditSheet
from ivaudit.domain.standing import PointStanding, State, inherited, standings
from ivaudit.domain.subjects import explained

GRID = checklist((criterion("plain", weight=2), criterion("crit", critical=True)))


def _sheet(answers: dict[tuple[str, str], str], bearers: frozenset[str] = frozenset()) -> AuditSheet:
    subjects = (STRUCTURE, "est", "ouest", "siege")
    return replace(
        sheet(GRID, {}),
        answers={key: Answer(value=value) for key, value in answers.items()},
        subjects=subjects,
        bearers=bearers,
        labels={"est": "Médecine Est", "ouest": "Médecine Ouest", "siege": "Siège"},
    )


def _points(found: AuditSheet) -> list[PointStanding]:
    return list(standings(found, GRID))


def test_the_mean_of_units_counts_once_and_says_so() -> None:
    found = _sheet({("est", "plain"): "oui", ("ouest", "plain"): "non"})
    plain = _points(found)[0]
    assert plain.earned == Fraction(1, 2)
    assert explained(found, plain) == (
        "Moyenne des points obtenus : 50 %. 2 sujets : Médecine Est, Médecine Ouest. "
        "Le point compte une seule fois."
    )


def test_the_worst_unit_decides_of_a_critical_point() -> None:
    found = _sheet({("est", "crit"): "oui", ("ouest", "crit"): "partiel"})
    point = _points(found)[1]
    assert point.earned == Fraction(1, 2)
    assert explained(found, point).startswith("Point critique : la réponse la moins bonne l'emporte.")


def test_a_unit_that_is_not_rated_leaves_the_point_open() -> None:
    found = _sheet({("est", "plain"): "oui", ("ouest", "plain"): "non_vu"})
    point = _points(found)[0]
    assert point.state is State.UNRATED
    assert "n'est pas évalué" in explained(found, point)


def test_the_siege_answers_until_the_structure_does() -> None:
    bearers = frozenset({"siege"})
    alone = _sheet({("siege", "plain"): "oui"}, bearers)
    assert _points(alone)[0].earned == 1
    assert inherited(alone, GRID.domains[0].sections[0].criteria[0])
    assert "reprise tant que la structure ne répond pas" in explained(alone, _points(alone)[0])
    contradicted = _sheet({("siege", "plain"): "oui", (STRUCTURE, "plain"): "non"}, bearers)
    assert _points(contradicted)[0].earned == 0
    assert not inherited(contradicted, GRID.domains[0].sections[0].criteria[0])
    assert explained(contradicted, _points(contradicted)[0]) == ""


@pytest.mark.parametrize("subject", [STRUCTURE, "est"])
def test_one_answer_explains_itself(subject: str) -> None:
    found = _sheet({(subject, "plain"): "oui"})
    assert explained(found, _points(found)[0]) == ""
