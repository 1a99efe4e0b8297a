"""Figures kept up point by point are those computed anew."""

from hypothesis import given
from hypothesis import strategies as st
from support.grids import checklist, criterion, sheet

from ivaudit.domain.audit import STRUCTURE, Answer, AuditSheet
from ivaudit.domain.checklist import Condition
from ivaudit.domain.scoring import result
from ivaudit.domain.standing import standings
from ivaudit.ui.audit.tally import Tally

KEYS = [f"c{rank}" for rank in range(6)]
GRID = checklist(
    tuple(criterion(key, critical=key == "c1") for key in KEYS[:4]),
    (
        criterion("c4", applicability=Condition(criterion="c0", values=("oui",))),
        criterion("c5", applicability=Condition(some=(Condition(criterion="c4", values=("non",)),))),
    ),
)


def _grown(known: AuditSheet, subject: str, key: str, value: str | None) -> AuditSheet:
    answers = {**known.answers, (subject, key): Answer(value=value)}
    return AuditSheet(
        audit=known.audit,
        facility=known.facility,
        checklists=known.checklists,
        answers=answers,
        subjects=(STRUCTURE, "unite-a", "siege"),
        bearers=frozenset({"siege"}),
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from((STRUCTURE, "unite-a", "siege")),
            st.sampled_from(KEYS),
            st.sampled_from(("oui", "non", "sans_objet", "non_vu", None)),
        ),
        max_size=12,
    )
)
def test_what_an_answer_touches_is_all_that_changes(gestures: list[tuple[str, str, str | None]]) -> None:
    now = sheet(GRID, {})
    found = standings(now, GRID)
    tally = Tally({GRID.id: found}, {GRID.id: result(GRID, found)})
    for subject, key, value in gestures:
        now = _grown(now, subject, key, value)
        tally.update(now, [key])
    anew = standings(now, GRID)
    assert tuple(tally.standings[GRID.id]) == anew
    assert tally.results[GRID.id] == result(GRID, anew)
