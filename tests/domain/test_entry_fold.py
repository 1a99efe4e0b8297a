"""A declaration under the edits made since: the law, and what is read of it."""

from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.anomalies import Awaited, EntryKind, Said, State
from ivaudit.domain.anomaly_numbers import ALPHABET, Numbering, is_number, next_number, settled
from ivaudit.domain.entry_fold import entry_of, line_of, overlaid, searched, trail_value

_NAMES = st.sampled_from(["unit", "type", "description", "traits", "detected"])
_VALUES = st.one_of(st.text(max_size=4), st.integers(0, 9), st.lists(st.text(max_size=2), max_size=2))
_FIELDS = st.dictionaries(_NAMES, _VALUES, max_size=5)


@given(_FIELDS, _FIELDS)
def test_edits_override_what_was_declared_field_by_field(declared: dict, edited: dict) -> None:  # type: ignore[type-arg]
    found = overlaid(declared, edited)
    for name in {*declared, *edited}:
        wanted = edited[name] if name in edited else declared[name]
        assert found.get(name) == (None if wanted in ("", []) else wanted)


@given(_FIELDS, _FIELDS)
def test_an_edit_that_was_undone_overrides_nothing(declared: dict, edited: dict) -> None:  # type: ignore[type-arg]
    assert overlaid(declared, dict.fromkeys(edited)) == overlaid(declared, {})


@given(_FIELDS, _FIELDS, _FIELDS)
def test_the_last_edit_of_a_field_wins_whatever_the_others(declared: dict, first: dict, last: dict) -> None:  # type: ignore[type-arg]
    assert overlaid(declared, {**first, **last}) == overlaid(overlaid(declared, first), last)


def test_what_a_later_version_wrote_is_passed_over() -> None:
    values = {
        "kind": "hybride",
        "severity": "9",
        "references": [{"role": "voisin", "value": "12"}, "x"],
        "trail": [["rêvée", "2026"], ["en attente", "??", "", "caisse"]],
        "sent_outside": "peut-être",
    }
    found = entry_of("a", values, "2026-03-01T08:00:00Z")
    assert (found.kind, found.severity, found.said("sent_outside")) == (EntryKind.ANOMALY, None, None)
    assert [(each.role.value, each.value) for each in found.references] == [("concerné", "12")]
    assert [(turn.state, turn.at, turn.awaited) for turn in found.trail] == [
        (State.WAITING, "2026-03-01T08:00", Awaited.FUND)
    ]
    assert entry_of("b", {}, "").state is State.REPORTED


def test_a_line_says_what_lists_show() -> None:
    trail = [
        ["signalée", "2026-03-01T09:00", "r"],
        ["en attente", "2026-03-01T10:00", "r", "usager"],
        ["confirmée", "2026-03-01T10:30", "r"],
    ]
    values = {
        "kind": "événement", "number": "26-BBB-0001", "type": "S08", "known_day": "2026-03-01",
        "known_time": "08:15", "severity": "0", "unexpected": "oui", "vital": "à vérifier", "death": "non",
        "vigilances": ["hemovigilance"], "shareable": "oui", "trail": trail, "unit": "Réanimation",
        "references": [{"value": "IPP 12"}],
        "reported": [{"circuit": "hemovigilance", "step": "correspondant", "done": "2026-03-01"}],
    }  # fmt: skip
    entry = entry_of("a", values, "2026-03-01T08:00:00Z")
    line = line_of(entry)
    assert (line.known, line.severity, line.potential) == ("2026-03-01T08:15", 0, -1)
    assert (line.waited, line.worked, line.since, line.ended) == (30, 60, "2026-03-01T10:30", "")
    assert line.facts == "unexpected vital? shareable hemovigilance"
    assert (line.reported, line.shareable) == ("hemovigilance/correspondant", 1)
    assert entry.said("death") is Said.NO
    assert searched(entry) == "26-bbb-0001 s08 reanimation ipp 12"
    assert trail_value(entry.trail) == trail


# -- numbers -----------------------------------------------------------------------------------------------


def test_numbers_follow_one_another_in_each_year() -> None:
    numbering = settled(None, "ici", ())
    numbers = []
    for year in (2026, 2026, 2025, 2026):
        number, numbering = next_number(numbering, year)
        numbers.append(number)
    series = numbering.series
    assert numbers == [f"26-{series}-0001", f"26-{series}-0002", f"25-{series}-0001", f"26-{series}-0003"]
    assert all(map(is_number, numbers))


def test_a_copy_that_lives_elsewhere_begins_a_series_of_its_own() -> None:
    here = Numbering(mark="ici", series="K7Q", ranks={2026: 41})
    assert settled(here, "ici", ("K7Q",)) is here
    moved = settled(here, "ailleurs", ("K7Q",))
    assert (moved.series != "K7Q", moved.ranks) == (True, {})


def test_a_number_is_typed_without_doubt() -> None:
    assert not set(ALPHABET) & set("01OILUAEIY")
    assert not any(map(is_number, ["26-K7Q-42", "2026-K7Q-0042", "26-k7q-0042", "26-K0Q-0042", ""]))
