"""What a cell that comes back does, in every case."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.exchange_sheet import (
    Choice,
    ColumnKind,
    ExchangeSheet,
    ReturnedCell,
    ReturnedLine,
    ReturnedSheet,
    SheetColumn,
    SheetLine,
    What,
    from_rows,
    to_rows,
)
from ivaudit.domain.questionnaire import Cell
from ivaudit.domain.sheet_comparison import Known, Outcome, SheetComparison, compare, understood

TEXT = SheetColumn(field="t", title="Texte", width=10, back=True)
DAY = SheetColumn(field="d", title="Jour", width=10, kind=ColumnKind.DAY, back=True)
TIME = SheetColumn(field="h", title="Heure", width=10, kind=ColumnKind.TIME, back=True)
STATE = SheetColumn(
    field="s",
    title="État",
    width=10,
    kind=ColumnKind.CHOICE,
    choices=(Choice(value="réalisée", label="Terminé"), Choice(value="à faire", label="À faire")),
    back=True,
)
NAMED = SheetColumn(field="n", title="Nom", width=10)


def _returned(lines: Mapping[str, str], sent: Mapping[str, str] | None) -> ReturnedSheet:
    """Return a sheet with one field a line."""
    return ReturnedSheet(
        what="",
        about="",
        book="",
        lines=tuple(
            ReturnedLine(
                key=Cell(text=key, sheet="F", row=rank),
                cells=(ReturnedCell(field="t", cell=Cell(text=text, sheet="F", row=rank, column="B")),),
            )
            for rank, (key, text) in enumerate(lines.items(), 2)
        ),
        sent=None if sent is None else tuple(SheetLine(key=k, values={"t": v}) for k, v in sent.items()),
    )


def _one(sent: str | None, mine: str, theirs: str, *, trusted: bool = True) -> Outcome | None:
    found = compare(
        _returned({"a": theirs}, None if sent is None else {"a": sent}),
        (TEXT,),
        {"a": Known(label="A", values={"t": mine})},
        trusted=trusted,
    )
    return found.changes[0].outcome if found.changes else None


@pytest.mark.parametrize(
    ("sent", "mine", "theirs", "outcome"),
    [
        ("x", "x", "x", None),  # nobody did anything
        ("x", "x", "y", Outcome.NEW),  # they did
        ("x", "y", "x", None),  # we did
        ("x", "y", "z", Outcome.DIFFERENT),  # both did
        ("x", "y", "y", None),  # both did the same
        ("x", "x", "", None),  # an empty cell erases nothing
        ("", "", "y", Outcome.NEW),
        ("x", "", "y", Outcome.NEW),  # we cleared it: nothing to lose
        (None, "", "y", Outcome.NEW),
        (None, "x", "y", Outcome.NEW),  # not known what left
        ("a  b", "a\u00a0b", "a b", None),  # spaces are no change
    ],
)
def test_a_cell_says_something_only_where_it_changed(
    sent: str | None, mine: str, theirs: str, outcome: Outcome | None
) -> None:
    assert _one(sent, mine, theirs) is outcome


def test_without_what_left_ours_is_kept_where_that_is_wanted() -> None:
    assert _one(None, "x", "y", trusted=False) is Outcome.DIFFERENT
    assert _one(None, "", "y", trusted=False) is Outcome.NEW


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (DAY, "2026-11-21", "2026-11-21"),
        (DAY, "2026-11-21 00:00:00", "2026-11-21"),
        (DAY, "21/11/2026", "2026-11-21"),
        (DAY, "1.2.2026", "2026-02-01"),
        (DAY, "31/02/2026", None),
        (DAY, "demain", None),
        (TIME, "14:05:00", "14:05"),
        (TIME, "9h", "09:00"),
        (TIME, "25:00", None),
        (STATE, "TERMINE", "réalisée"),
        (STATE, "Réalisée", "réalisée"),
        (STATE, "presque", None),
        (TEXT, "=1+1", "=1+1"),
    ],
)
def test_what_a_cell_says(column: SheetColumn, text: str, value: str | None) -> None:
    assert understood(column, text) == value


def test_unknown_lines_and_lines_said_twice_are_told() -> None:
    found = compare(_returned({"a": "x", "b": "y"}, {}), (TEXT,), {"a": Known(label="A", values={})})
    assert (found.unknown, len(found.changes)) == (("b",), 1)
    twice = _returned({"a": "x"}, {})
    both = ReturnedSheet(what="", about="", book="", lines=twice.lines * 2, sent=())
    told = compare(both, (TEXT,), {"a": Known(label="A", values={})})
    assert len(told.changes) == 1
    assert "même ligne" in str(told.problems[0])


def test_columns_that_only_go_out_are_never_read() -> None:
    returned = _returned({"a": "x"}, {})
    assert compare(returned, (NAMED,), {"a": Known(label="A", values={})}).changes == ()


_texts = st.dictionaries(st.sampled_from("abcd"), st.text("xyz", max_size=2))


@given(sent=_texts, mine=_texts, theirs=_texts)
def test_taking_what_is_proposed_settles_it_and_twice_changes_nothing(
    sent: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    def seen() -> SheetComparison:
        known = {key: Known(label=key, values={"t": text}) for key, text in mine.items()}
        return compare(_returned(theirs, sent), (TEXT,), known)

    first = seen()
    for change in first.to_write():
        mine[change.key] = change.theirs
    again = seen()
    assert not again.proposed
    assert {each.id for each in again.changes} == {
        each.id for each in first.changes if each.outcome is Outcome.DIFFERENT
    }
    everything = {each.id for each in again.changes}
    for change in again.to_write(everything):
        mine[change.key] = change.theirs
    assert seen().changes == ()


@given(_texts)
def test_what_left_is_read_back_from_the_hidden_sheet(held: dict[str, str]) -> None:
    sheet = ExchangeSheet(
        what=What.ACTIONS,
        about="actions",
        book="b",
        title="Plan",
        columns=(TEXT, NAMED),
        lines=tuple(SheetLine(key=key, values={"t": text, "n": "pas relu"}) for key, text in held.items()),
    )
    found = from_rows(to_rows(sheet, "ivaudit"))
    assert (found.what, found.about, found.titles) == ("actions", "actions", {"t": "Texte", "n": "Nom"})
    assert {line.key: line.values for line in found.lines} == {
        key: {"t": text} if text else {} for key, text in held.items()
    }
