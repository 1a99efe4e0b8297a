"""The page to share: nothing of it says who, where, or which day."""

from datetime import date

import pytest
from support.register import terms

from ivaudit.domain.entry_fold import entry_of
from ivaudit.domain.errors import NotAllowedNow
from ivaudit.domain.shared_event import READ_AGAIN, shared_event, without

TODAY = date(2026, 11, 22)
VALUES = {
    "kind": "événement", "number": "26-BBB-0001", "type": "S08",
    "unit": "Réanimation", "application": "Zephyr",
    "happened": "2026-03-12", "found": "2026-03-13", "severity": "0", "potential": "5", "shareable": "oui",
    "step": "transfusion", "causes": ["homonymie", "interruption"], "event_number": "FEI-778",
    "references": [{"role": "concerné", "value": "8001234"}],
    "description": "Le 12/03/2026 à 14h30, en réanimation des Tilleuls, poche du dossier 8001234 préparée "
    "dans Zephyr (FEI-778, 26-BBB-0001) pour M. Durand.",
    "barrier": "Le contrôle ultime au lit, refait le 2026-03-12, puis le 13 mars.",
}  # fmt: skip


def test_nothing_on_the_page_identifies() -> None:
    page = shared_event(entry_of("a", VALUES, ""), terms(), {"Tilleuls"}, TODAY)
    said = str(page).lower()
    for hidden in (
        "8001234",
        "réanimation",
        "tilleuls",
        "zephyr",
        "durand",
        "12/03",
        "14h30",
        "fei-778",
        "26-bbb",
    ):
        assert hidden not in said
    assert ("Période", "mars 2026") in page.facts
    assert ("Causes", "Homonymie, Interruption de tâche") in page.facts
    assert page.blocks[0].text.startswith("en mars 2026 à [heure], en […] des […]")
    assert page.blocks[1].text == "Le contrôle ultime au lit, refait en mars 2026, puis en mars."
    assert page.warning == READ_AGAIN


@pytest.mark.parametrize(
    "change", [{"shareable": "non"}, {"shareable": "à vérifier"}, {"shareable": ""}, {"kind": "lot"}]
)
def test_only_what_was_marked_is_shared(change: dict[str, str]) -> None:
    with pytest.raises(NotAllowedNow, match="partageable"):
        shared_event(entry_of("a", {**VALUES, **change}, ""), terms(), (), TODAY)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Deux tiers, soit 2/3 des cas.", "Deux tiers, soit 2/3 des cas."),
        ("Entre le 03/04 et le 1er mai.", "Entre en avril et en mai."),
        ("Vu 3 fois en 2026.", "Vu 3 fois en 2026."),
    ],
)
def test_dates_lose_their_day_and_nothing_else(text: str, left: str) -> None:
    assert without(text, (), TODAY) == left
