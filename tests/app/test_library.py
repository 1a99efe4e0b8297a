"""The library as the window and the command line ask for it."""

from pathlib import Path

import pytest
from support.published import cases as some_cases
from support.published import fiche, glossary, observation

from ivaudit.app import library
from ivaudit.content.library import Library
from ivaudit.domain.checklist import Confidence


@pytest.fixture(autouse=True)
def _shipped_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Library.find(tmp_path)
    monkeypatch.setattr(library, "library", lambda: found)


def test_everything_has_a_kind_counts_and_sources() -> None:
    kinds = [library.kind(value) for value in library.everything()]
    assert kinds.count("fiche") == len(library.fiches())
    assert kinds.count("observation") == len(library.observations())
    assert {"exigences", "visite"} <= set(kinds)


def test_counts_of_each_kind() -> None:
    grid, sheet, some, words = observation(), fiche(), some_cases(), glossary()
    assert library.counts(grid) == {"items": 12, "target": 30}
    assert library.counts(sheet) == {"steps": len(sheet.steps), "outcomes": len(sheet.outcomes)}
    assert library.counts(some) == {"cases": len(some.cases)}
    assert library.counts(words) == {"terms": len(words.terms)}
    assert [library.kind(value) for value in (grid, sheet, some, words)] == [
        "observation",
        "fiche",
        "cas",
        "glossaire",
    ]
    assert library.sources(grid) == {
        Confidence.READ: 1,
        Confidence.QUOTED: 0,
        Confidence.SUMMARISED: 0,
        Confidence.TO_CHECK: 0,
    }
    assert sum(library.sources(words).values()) == len(words.terms)


def test_searching_ignores_case_and_accents_over_everything() -> None:
    found = library.finder().find("DATE de NAISSANCE")
    assert found == library.finder().find("  date  de naissance ")
    assert {"rniv-1-principes-communs"} <= {passage.item for passage in found}
    assert any(passage.item.startswith("fiche-") for passage in found)
    assert library.finder().find("   ") == library.finder().find("xyzzy") == ()


def test_a_shared_criterion_is_found_once() -> None:
    shared = library.library().known["sec-moy-01"].criterion
    found = [passage for passage in library.finder().find(shared.question) if passage.anchor == "sec-moy-01"]
    assert [passage.title for passage in found] == [shared.question]


def test_what_is_read_again_meanwhile_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def catalogue(found: Library) -> object:
        if not made:
            found.reread()
        made.append(found.edition)
        return made[-1]

    monkeypatch.setattr(library, "catalogue", catalogue)
    library.finder()
    assert library.finder().catalogue == 1
    library.finder()
    assert made == [1, 1]
