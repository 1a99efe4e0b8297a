"""Words of the directory and of a search, numbers as files give them, and what people are told."""

import pytest

from ivaudit.domain import directory_words as said
from ivaudit.domain.directory import (
    MOST_WORDS,
    DirectoryChanges,
    DirectoryFormat,
    DirectoryPreview,
    DirectoryState,
    Entry,
    EntryKind,
    Tally,
    index_words,
    query_words,
)
from ivaudit.domain.finess import department_code, whole_number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("EHPAD  L'Été", ("ehpad", "l", "ete")),
        ("ehpad ehpad", ("ehpad",)),
        ("Cœur-de-Lys", ("coeur", "de", "lys")),
        ("53 000 001.2", ("530000012",)),
        ("2b 000", ("2b000",)),
        ("53 laval", ("53", "laval")),
        ("ab", ("ab",)),
        ("« — »", ()),
        (" ".join(f"m{at}" for at in range(40)), tuple(f"m{at}" for at in range(MOST_WORDS))),
    ],
)
def test_the_words_of_a_search(text: str, words: tuple[str, ...]) -> None:
    assert query_words(text) == words


def test_saint_and_st_find_one_another() -> None:
    assert {"saint", "st", "etienne"} == set(index_words(("ST ETIENNE",)))
    assert {"sainte", "ste"} == set(index_words(("Sainte",)))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("530000012", "530000012"),
        (" 2b 000 001 2", "2B0000012"),
        ("10000016", "010000016"),
        ("1000016", ""),
        ("5300000123", ""),
        ("53000001É", ""),
        ("", ""),
    ],
)
def test_a_number_as_files_give_it(text: str, number: str) -> None:
    assert whole_number(text) == number


def test_departments_have_the_codes_that_people_use() -> None:
    codes = {"1": "01", "01": "01", "2a": "2A", "9A": "971", "9F": "976", "9J": "986", "": ""}
    assert {text: department_code(text) for text in codes} == codes


def _state(date: str, digest: str = "a", **tally: int) -> DirectoryState:
    return DirectoryState(
        format=DirectoryFormat.ETALAB,
        date=date,
        source="x.csv",
        digest=digest,
        imported="2026-06-01T08:00:00+00:00",
        tally=Tally(**tally),
    )


def test_a_directory_is_dated_and_counted() -> None:
    assert said.dated(None) == "Aucun annuaire FINESS n'est importé"
    dated = said.dated(_state("2026-05-04", sites=102_345))
    assert dated == "Annuaire FINESS du 4 mai 2026, 102\u202f345 établissements"
    both = said.dated(_state("", sites=1, entities=2))
    assert both == "Annuaire FINESS sans date, 1 établissement, 2 entités juridiques"


def test_what_changes_is_said_in_whole_sentences() -> None:
    former = _state("2026-05-04", "b", sites=3)
    changes = DirectoryChanges(added=1, removed=2, changed=3, closed=1)
    preview = DirectoryPreview(
        state=_state("2026-04-01", sites=2, closed=1),
        departments=(),
        changes=changes,
        former=former,
        doubtful=1,
        repeated=2,
        rejected=3,
    )
    assert said.changed(preview) == (
        "Par rapport à l'annuaire en place (4 mai 2026) : 1 ligne ajoutée, 2 retirées, 3 modifiées, "
        "dont 1 fermée depuis."
    )
    assert "2 établissements (ET), dont 1 fermé." in said.held(preview)
    assert list(said.cautions(preview)) == [
        "Ce fichier est plus ancien que l'annuaire en place (4 mai 2026).",
        "3 lignes illisibles sont laissées de côté.",
        "2 numéros reviennent : la dernière ligne compte.",
        "La clé de 1 numéro ne correspond pas ; ces lignes sont gardées.",
    ]


def test_an_entry_always_says_which_kind_of_number_it_has() -> None:
    entry = Entry(
        kind=EntryKind.ET,
        finess="530000012",
        ej="530009005",
        name="EHPAD",
        city="LAVAL",
        closed=True,
        closed_on="2019-03-01",
    )
    text = said.described(entry)
    assert text == "ET 530000012  (EJ 530009005)  EHPAD · LAVAL · Fermé le 1er mars 2019"
