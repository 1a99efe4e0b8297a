"""The file of the directory: everything in it is found; one that is not right is as if there were none."""

import secrets
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivaudit.domain.directory import (
    DirectoryFormat,
    DirectoryState,
    Entry,
    EntryKind,
    Tally,
    query_words,
)
from ivaudit.domain.errors import CorruptFile
from ivaudit.domain.wording import folded
from ivaudit.store import layout
from ivaudit.store.directory import Directory
from ivaudit.store.directory_build import Builder, Built

KEY = bytes(range(32))
STATE = DirectoryState(
    format=DirectoryFormat.ETALAB,
    date="2026-05-04",
    source="x.csv",
    digest="a",
    imported="2026-06-01T08:00:00+00:00",
    tally=Tally(sites=1),
)


def entry(rank: int, name: str, **more: str | bool) -> Entry:
    values = {"finess": f"53{rank:07d}", "ej": "530009005", "department": "53", **more}
    return Entry(kind=EntryKind.ET, name=name, **values)  # type: ignore[arg-type]


def built(folder: Path, *entries: Entry, known: dict[str, str] | None = None) -> tuple[Directory, Built]:
    """Install a directory of these entries in a folder."""
    directory = Directory(folder, KEY)
    made = folder / f"{secrets.token_hex(4)}.db"
    with closing(Builder(made, directory.key, directory.file, known or {})) as builder:
        builder.add(entries)
        builder.arrange(lambda _done: None)
        summary = builder.summary()
        builder.finish(STATE)
    directory.install(made)
    return directory, summary


_NAMES = st.text("abéÈçœŒßÎ'’-. 019", min_size=1, max_size=14)


@st.composite
def _searches(draw: st.DrawFn) -> tuple[list[str], int, str]:
    """Return names, the rank of one, and beginnings of some of its words, in any order and case."""
    names = draw(
        st.lists(_NAMES.filter(lambda name: bool(query_words(f"{name} x")[:-1])), min_size=1, max_size=6)
    )
    at = draw(st.integers(0, len(names) - 1))
    words = folded(names[at]).replace("'", " ").replace("-", " ").replace(".", " ").split()
    chosen = draw(st.lists(st.sampled_from(words), min_size=1, max_size=3))
    cut = [word[: draw(st.integers(1, len(word)))] for word in chosen]
    asked = " ".join(draw(st.sampled_from((word, word.upper()))) for word in cut)
    return names, at, asked


@settings(max_examples=60)
@given(_searches())
def test_each_entry_is_found_by_any_beginning_of_any_of_its_words(
    tmp_path_factory: pytest.TempPathFactory, search: tuple[list[str], int, str]
) -> None:
    names, at, asked = search
    folder = tmp_path_factory.mktemp("annuaire")
    directory, _ = built(folder, *(entry(rank, name) for rank, name in enumerate(names)))
    # The number that the asked words may look like is joined: «x» keeps them apart, and is in no name.
    words = query_words(f"{asked} x")[:-1]
    found = directory.find(words, 100)
    directory.close()
    assert f"53{at:07d}" in {each.finess for each in found}
    for each in found:
        mine = query_words(f"{each.name} {each.finess} {each.ej} x")
        assert all(any(own.startswith(word) for own in mine) or "53".startswith(word) for word in words)


def test_an_entry_is_found_by_its_place_its_numbers_and_what_people_call_its_category(tmp_path: Path) -> None:
    laval = entry(
        12,
        "RESIDENCE LES PINS",
        city="SAINT-BERTHEVIN",
        postcode="53940",
        category="500",
        category_label="Hébergement pour personnes âgées",
        department_label="MAYENNE",
    )
    directory, _ = built(tmp_path, laval, entry(99, "AUTRE", ej="010000016"), known={"500": "EHPAD"})
    for text in ("ehpad", "mayenne pins", "530000012", "53 0000 012", "st berth", "53940", "5300090", "agee"):
        assert [each.finess for each in directory.find(query_words(text), 9)] == ["530000012"], text
    assert directory.find(query_words("laval"), 9) == ()
    assert directory.find((), 9) == ()
    assert directory.numbered("530000012") == (laval,)
    directory.close()


def test_open_entries_come_first_then_by_name_then_the_site_before_the_entity(tmp_path: Path) -> None:
    owner = Entry(kind=EntryKind.EJ, finess="530009005", ej="530009005", name="Abri")
    directory, _ = built(
        tmp_path,
        entry(1, "ABRI", closed=True),
        owner,
        entry(2, "École"),
        entry(3, "abri"),
        entry(4, "Zone"),
    )
    found = directory.find(("5300",), 4)
    directory.close()
    assert [(each.name, each.kind.value) for each in found] == [
        ("abri", "ET"),
        ("Abri", "EJ"),
        ("École", "ET"),
        ("Zone", "ET"),
    ]


def test_a_second_directory_replaces_the_first_and_says_what_changes(tmp_path: Path) -> None:
    named = entry(1, "A", category="500", category_label="Hébergement", department_label="MAYENNE")
    first, summary = built(tmp_path, named, entry(2, "B"), entry(3, "C"), entry(3, "C"))
    assert (summary.tally.sites, summary.repeated, summary.changes.added) == (3, 1, 3)
    first.close()
    second, summary = built(
        tmp_path, entry(1, "A", category="500"), entry(2, "B", closed=True), entry(4, "D", department="")
    )
    changes = summary.changes
    assert (changes.added, changes.removed, changes.changed, changes.closed) == (1, 1, 1, 1)
    assert [(each.code, each.label, each.tally.sites, each.before.sites) for each in summary.departments] == [
        ("", "", 1, 0),
        ("53", "MAYENNE", 2, 3),
    ]
    kept = second.numbered("530000001")[0]
    assert (kept.category_label, kept.department_label) == ("Hébergement", "MAYENNE")
    assert second.numbered("530000003") == ()
    second.close()
    again, summary = built(
        tmp_path, entry(1, "A", category="500"), entry(2, "B", closed=True), entry(4, "D", department="")
    )
    assert summary.changes.none
    again.close()


@pytest.mark.parametrize("spoil", ["absent", "truncated", "damaged", "other key", "other version"])
def test_a_file_that_is_not_right_is_as_if_there_were_none(
    tmp_path: Path, spoil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory, _ = built(tmp_path, entry(1, "A"))
    directory.close()
    file = tmp_path / layout.DIRECTORY
    data = bytearray(file.read_bytes())
    match spoil:
        case "absent":
            file.unlink()
        case "truncated":
            file.write_bytes(data[:5_000])
        case "damaged":
            data[200] ^= 1
            file.write_bytes(data)
        case "other key":
            directory = Directory(tmp_path, bytes(32))
        case "other version":
            monkeypatch.setattr("ivaudit.store.directory.VERSION", 2)
    assert directory.state() is None
    if spoil == "absent":
        assert directory.find(("a",), 9) == ()
    else:
        with pytest.raises(CorruptFile, match="importez l'annuaire de nouveau"):
            directory.find(("a",), 9)
    monkeypatch.undo()
    directory, summary = built(tmp_path, entry(2, "B"))
    assert summary.former is None or spoil in {"other key", "other version"}
    assert [each.name for each in directory.find(("b",), 9)] == ["B"]
    directory.close()


def test_nothing_of_it_is_in_clear(tmp_path: Path) -> None:
    directory, _ = built(tmp_path, entry(1, "RESIDENCE PARTICULIERE"))
    directory.close()
    assert b"PARTICULIERE" not in (tmp_path / layout.DIRECTORY).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [layout.DIRECTORY]


def test_the_key_of_directories_is_not_that_of_the_workspace(tmp_path: Path) -> None:
    assert Directory(tmp_path, KEY).key not in {KEY, Directory(tmp_path, bytes(32)).key}
