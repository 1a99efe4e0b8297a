"""The register from end to end: declared, completed, lived through, linked, imported, erased, undone."""

import json
from dataclasses import replace

import pytest
from support.bench import Bench

from ivaudit.app import (
    anomalies,
    anomaly_import,
    anomaly_life,
    anomaly_links,
    anomaly_reports,
    checks,
    due,
    facilities,
    register,
)
from ivaudit.app.anomalies import Among
from ivaudit.app.anomaly_import import Declared, Edited, RefusedRow
from ivaudit.app.privacy import IdentityFound
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import Awaited, EntryKind, Nature, Reference, Role, State, Turn
from ivaudit.domain.due import Matter
from ivaudit.domain.errors import Cancelled, InvalidValue, NotAllowedNow, NotFound
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.register_views import View
from ivaudit.domain.similar import Likeness

AT = "2026-03-02T09:00"


def _declare(session: Session, values: dict[str, object] | None = None, **more: str) -> str:
    kind = EntryKind(more.pop("kind", "anomalie"))
    given = {"type": "P01", **(values or {})}
    return anomalies.declare(session, kind, given, at=AT, by="référent", **more)[1]


# -- entries -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["found", "known_day", "happened"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_on_which_nothing_can_have_happened_is_refused(session: Session, field: str, day: str) -> None:
    with pytest.raises(InvalidValue, match="vérifiez l'année"):
        _declare(session, {field: day})
    key = _declare(session)
    with pytest.raises(InvalidValue, match="vérifiez l'année"):
        anomalies.edit(session, key, {field: day})


def test_a_short_entry_is_enough_and_is_completed_later(session: Session) -> None:
    key = _declare(session, {"unit": "Accueil"})
    entry = anomalies.get(session, key)
    assert (entry.state, entry.found, entry.trail[0].by) == (State.REPORTED, "2026-03-02", "référent")
    references = [{"role": "maître", "nature": "IPP", "value": "8001234"}, {"value": "8005678"}]
    anomalies.edit(session, key, {"references": references, "traits": ["nom-naissance"], "potential": "4"})
    anomalies.edit(session, key, {"unit": ""})
    entry = anomalies.find(session, entry.number.lower())
    assert entry.references == (
        Reference(role=Role.MASTER, nature=Nature.IPP, value="8001234"),
        Reference(value="8005678"),
    )
    assert (entry.unit, entry.potential, entry.texts("traits")) == ("", 4, ("nom-naissance",))


def test_gestures_are_undone_and_redone_one_by_one(session: Session) -> None:
    key = _declare(session, {"unit": "Accueil"})
    anomalies.edit(session, key, {"unit": "Urgences"})
    anomalies.remove(session, key)
    assert anomalies.lines(session) == ()
    assert anomalies.undo(session).done.startswith("Annulé : ")
    assert anomalies.get(session, key).unit == "Urgences"
    anomalies.undo(session)
    assert anomalies.get(session, key).unit == "Accueil"
    anomalies.undo(session)
    with pytest.raises(NotFound):
        anomalies.get(session, key)
    for _ in range(2):
        anomalies.redo(session)
    assert anomalies.get(session, key).unit == "Urgences"
    assert checks.full_check(session).whole


def test_a_value_that_does_not_change_records_nothing(session: Session) -> None:
    key = _declare(session, {"unit": "Accueil", "traits": ["sexe"]})
    assert anomalies.edit(session, key, {"unit": "Accueil", "traits": ["sexe"], "editor": ""}).at == ""


@pytest.mark.parametrize(
    ("kind", "values", "why"),
    [
        ("anomalie", {"type": ""}, "type de l'anomalie"),
        ("anomalie", {"type": "P99"}, "P01"),
        ("anomalie", {"references": [{"nature": "chambre", "value": "12"}]}, "Une chambre ne suffit pas"),
        ("anomalie", {"references": [{"value": "Chambre 12 bis"}, {"value": "lit 2"}]}, "change d'occupant"),
        ("anomalie", {"barrier": "x"}, "pas de champ"),
        ("lot", {}, "donnez un nombre"),
        ("lot", {"detected": 3, "confirmed": 4}, "plus que ce qu'il a détecté"),
        ("lot", {"detected": 9, "confirmed": 4, "corrected": 5}, "plus que ce qu'il a confirmé"),
    ],
)
def test_what_no_entry_can_be_is_refused(
    session: Session, kind: str, values: dict[str, object], why: str
) -> None:
    with pytest.raises(InvalidValue, match=why):
        _declare(session, values, kind=kind)
    assert anomalies.lines(session) == ()


def test_a_room_beside_a_number_is_no_harm(session: Session) -> None:
    rows = [{"nature": "chambre", "value": "12"}, {"nature": "n° DUI", "value": "D-77"}]
    key = _declare(session, {"references": rows})
    with pytest.raises(InvalidValue, match="seule référence"):
        anomalies.edit(session, key, {"references": rows[:1]})


@pytest.mark.parametrize(
    "values",
    [
        {"references": [{"nature": "autre repère", "value": "1 84 12 76 451 089 46"}]},
        {"description": "Confusion avec Mme Durand."},
        {"description": "Née le 12/03/1931."},
        {"propagation": [{"recipient": "laboratoire", "remark": "184127645108946@patient.mssante.fr"}]},
    ],
)
def test_an_identity_does_not_reach_the_journal(session: Session, values: dict[str, object]) -> None:
    with pytest.raises(IdentityFound):
        _declare(session, values)
    key = _declare(session)
    with pytest.raises(IdentityFound):
        anomalies.edit(session, key, values)


def test_a_local_number_and_the_authors_own_name_pass(session: Session) -> None:
    session.author = "Dr Martin"
    rows = [{"nature": "IPP", "value": value} for value in ("800123456789", "0012345", "IPP2026-0042")]
    key = anomalies.declare(session, EntryKind.ANOMALY, {"type": "P01", "references": rows}, at=AT)[1]
    assert anomalies.get(session, key).trail[0].by == "Dr Martin"


def test_a_passage_that_was_let_through_once_passes_again(session: Session) -> None:
    text = "Dossier de l'usager M. Dupont-Test, identité fictive."
    session.trusting = True
    key = _declare(session, {"description": text})
    session.trusting = False
    anomalies.edit(session, key, {"description": f"{text} Retirée."})
    assert anomalies.get(session, key).description.endswith("Retirée.")


def test_lines_are_filtered_and_searched(bench: Bench) -> None:
    session = bench.session
    one = _declare(session, {"unit": "Néonatologie", "found": "2026-01-05"}, facility=bench.facility)
    two = _declare(
        session, {"type": "S08", "references": [{"value": "AB-7"}], "found": "2026-02-05"}, kind="événement"
    )
    assert [each.id for each in anomalies.lines(session)] == [two, one]
    for among, found in (
        (Among(kind="événement"), two),
        (Among(facility=bench.facility), one),
        (Among(types=("S08", "P02")), two),
        (Among(found_to="2026-01-31"), one),
        (Among(words=("neonat", "p01")), one),
        (Among(words=("ab-7",)), two),
    ):
        assert [each.id for each in anomalies.lines(session, among)] == [found]
    assert anomalies.texts(session)[one].endswith("p01 neonatologie")


# -- numbers -----------------------------------------------------------------------------------------------


def test_a_number_is_never_given_twice(session: Session) -> None:
    first = anomalies.get(session, _declare(session)).number
    anomalies.undo(session)
    second = anomalies.get(session, _declare(session)).number
    assert (first[:7], first[7:], second[7:]) == (second[:7], "0001", "0002")


def test_a_restored_or_copied_workspace_begins_a_series_of_its_own(session: Session) -> None:
    first = anomalies.get(session, _declare(session)).number
    memo = json.loads(session.workspace.recall("numbering") or "")
    session.workspace.remember("numbering", json.dumps({**memo, "mark": "the computer it was copied from"}))
    second = anomalies.get(session, _declare(session)).number
    assert first[3:6] != second[3:6]


# -- life, links -------------------------------------------------------------------------------------------


def test_an_entry_is_lived_through_to_its_verification_by_another(session: Session) -> None:
    key = _declare(session)
    anomaly_life.move(session, key, State.CONFIRMED, at="2026-03-03T09:00")
    anomaly_life.move(session, key, State.CORRECTING, at="2026-03-03T10:00")
    anomaly_life.move(session, key, State.WAITING, at="2026-03-04T10:00", awaited=Awaited.CIVIL)
    assert [each.id for each in register.view(session, View.WAITING)] == [key]
    anomaly_life.move(session, key, State.CORRECTING, at="2026-03-14T10:00")
    anomaly_life.move(session, key, State.CORRECTED, at="2026-03-15T10:00", by="admissions")
    anomaly_life.inform(session, key, "laboratoire", "2026-03-15")
    anomaly_life.inform(session, key, "dmp", "2026-03-16")
    anomaly_life.confirm(session, key, "laboratoire", "2026-03-17")
    told = {
        each.recipient: (each.informed, each.confirmed) for each in anomalies.get(session, key).propagation
    }
    assert told == {"laboratoire": ("2026-03-15", "2026-03-17"), "dmp": ("2026-03-16", "")}
    with pytest.raises(NotAllowedNow, match="autre personne"):
        anomaly_life.move(session, key, State.VERIFIED, by="Admissions")
    anomaly_life.move(session, key, State.VERIFIED, by="cadre")
    anomaly_life.move(session, key, State.CLOSED)
    line = anomalies.lines(session)[0]
    assert (line.state, line.waited) == (State.CLOSED, 10 * 24 * 60)
    anomalies.undo(session)
    assert anomalies.get(session, key).state is State.VERIFIED
    assert checks.full_check(session).whole


def test_a_recipient_confirms_only_once_told_and_batches_have_none(session: Session) -> None:
    key = _declare(session)
    with pytest.raises(NotAllowedNow):
        anomaly_life.confirm(session, key, "dmp")
    with pytest.raises(InvalidValue):
        anomaly_life.inform(session, key, "voisin")
    with pytest.raises(InvalidValue):
        anomaly_life.inform(session, _declare(session, {"detected": 2}, kind="lot"), "dmp")


def test_an_anomaly_gives_birth_to_an_event_and_both_know(session: Session) -> None:
    parent = _declare(
        session, {"type": "P13", "unit": "Bloc", "references": [{"value": "77"}], "traits": ["ins"]}
    )
    _, child = anomaly_links.give_birth(session, parent, EntryKind.EVENT, {"severity": "2"})
    other = _declare(session)
    anomaly_links.link(session, other, parent)
    born = anomalies.get(session, child)
    assert (born.type, born.unit, born.severity, born.references[0].value) == ("P13", "Bloc", 2, "77")
    of_parent, of_child = anomaly_links.linked(session, parent), anomaly_links.linked(session, child)
    assert ([each.id for each in of_parent.children], of_child.parent and of_child.parent.id) == (
        [child],
        parent,
    )
    assert [each.id for each in of_parent.related] == [other]
    anomaly_links.unlink(session, parent, other)
    assert anomaly_links.linked(session, other).related == ()


def test_entries_that_look_alike_are_pointed_out_before_and_after(session: Session) -> None:
    first = _declare(session, {"unit": "Urgences", "found": "2026-03-01", "references": [{"value": "77"}]})
    second = _declare(session, {"unit": "urgences", "found": "2026-03-04"})
    found = register.similar(session, second)
    assert [(line.id, why.reasons) for line, why in found] == [(first, (Likeness.CIRCUMSTANCES,))]
    draft = {"type": "S01", "references": [{"value": "77"}]}
    asked = register.resembling(session, EntryKind.ANOMALY, draft)
    assert [(line.id, why.reasons) for line, why in asked] == [(first, (Likeness.REFERENCE,))]


def test_frequency_counts_the_type_over_twelve_months_in_its_structure(session: Session) -> None:
    _, elsewhere = facilities.create(session, {"name": "Foyer Les Iris"})
    _declare(session, {"found": "2025-03-10"})  # a year to the day before: out
    _declare(session, {"found": "2025-03-11"})
    shown = _declare(session, {"found": "2026-03-10"})
    _declare(session, {"found": "2026-03-11"})  # after
    not_confirmed = _declare(session, {"found": "2026-01-01"})
    anomaly_life.move(session, not_confirmed, State.TO_CONFIRM, by="référent")
    anomaly_life.move(session, not_confirmed, State.UNCONFIRMED, by="référent")
    _declare(session, {"found": "2026-01-01"}, facility=elsewhere)
    _declare(session, {"found": "2026-01-01", "type": "P02"})
    _declare(session, {"found": "2026-01-02", "detected": 64, "confirmed": 60}, kind="lot")
    assert register.critical(session, shown).count == 1 + 1 + 60


def test_criticality_comes_from_the_register(session: Session) -> None:
    keys = [_declare(session, {"potential": "4", "found": f"2026-03-0{day}"}) for day in range(1, 5)]
    assert [register.critical(session, key).value for key in keys] == [4, 8, 8, 12]


# -- circuits ----------------------------------------------------------------------------------------------


def test_what_is_to_be_reported_is_on_the_home_page_until_done(bench: Bench) -> None:
    session = bench.session
    facilities.edit(session, bench.facility, {"setting": "ehpad"})
    values = {"type": "S08", "care_defect": "oui", "vigilances": ["hemovigilance"], "severity": "5"}
    known = {"known_day": "2026-03-02", "known_time": "08:15"}
    key = _declare(session, {**values, **known}, kind="événement", facility=bench.facility)
    steps = [each.key for each in anomaly_reports.to_do(session, key)]
    assert steps == ["esms/information", "hemovigilance/correspondant", "esms/confirmation"]
    items = [each for each in due.of_workspace(session) if each.matter is Matter.REPORT]
    assert [(each.target, each.facility, each.since) for each in items] == [
        (key, "EHPAD Les Tilleuls", "2026-03-02")
    ] * 2
    assert [each.id for each in register.view(session, View.TO_REPORT)] == [key]
    for step in steps:
        anomaly_reports.report(session, key, *step.split("/"), done="2026-03-02")
    assert [each for each in due.of_workspace(session) if each.matter is Matter.REPORT] == []


def test_regional_circuits_apply_once_chosen(session: Session) -> None:
    key = _declare(session, {"type": "S14", "sent_outside": "oui"}, kind="événement")
    assert anomaly_reports.circuits_for(session, key) == ()
    anomaly_reports.choose_regions(session, ["circuits-nouvelle-aquitaine"])
    assert [each.circuit.id for each in anomaly_reports.circuits_for(session, key)] == ["na-criv"]
    with pytest.raises(NotFound):
        anomaly_reports.choose_regions(session, ["circuits-nationaux"])


# -- many --------------------------------------------------------------------------------------------------

LIVED = (
    Turn(state=State.REPORTED, at="2025-01-02T09:00", by="r"),
    Turn(state=State.CLOSED, at="2025-01-03T09:00", by="r"),
)
ROWS = [
    Declared(
        kind=EntryKind.ANOMALY,
        values={"type": "P01", "unit": f"Unité {rank}"},
        at=f"{2025 + rank % 2}-01-02T09:00",
        number="25-ZZZ-0007" if rank < 2 else "",
        trail=LIVED if rank % 3 else (),
        source="journal.xlsx",
        source_number=str(rank),
    )
    for rank in range(1_201)
]


def test_a_whole_log_is_one_gesture(session: Session) -> None:
    told: list[tuple[int, int]] = []
    changes, keys = anomaly_import.record_many(
        session, ROWS, progress=lambda done, total, _: told.append((done, total))
    )
    assert told == [(0, 1201), (500, 1201), (1000, 1201), (1201, 1201)]
    assert changes.entities == {anomaly_import.MANY}
    numbers = [anomalies.get(session, key).number for key in keys]
    assert (numbers[0], len(set(numbers))) == ("25-ZZZ-0007", 1201)
    assert anomalies.get(session, keys[1]).state is State.CLOSED
    assert len(list(anomalies.entries(session))) == 1201
    edited = [
        Edited(id=keys[0], values={"unit": "Autre"}, trail=LIVED),
        Edited(id=keys[1], values={"unit": "Unité 1"}),
    ]
    assert anomaly_import.edit_many(session, edited).undo == "2 anomalies mises à jour"
    assert (anomalies.get(session, keys[0]).unit, anomalies.get(session, keys[0]).state) == (
        "Autre",
        State.CLOSED,
    )
    assert checks.full_check(session).whole


def _stop(done: int, total: int, label: str) -> None:
    if done >= min(total, 500) and label:
        raise Cancelled


@pytest.mark.parametrize(
    ("rows", "error", "why"),
    [
        (ROWS, Cancelled, "^$"),
        ([*ROWS[:700], replace(ROWS[0], values={"type": "P99"})], RefusedRow, "Ligne 701"),
        (
            [*ROWS[:3], replace(ROWS[0], values={"type": "P01", "unit": "Mme Durand"})],
            RefusedRow,
            "Rien n'a été enregistré",
        ),
    ],
)
def test_a_log_that_stops_on_its_way_leaves_nothing(
    session: Session, rows: list[Declared], error: type[Exception], why: str
) -> None:
    before = session.workspace.journal.ops_of()
    progress: Progress = _stop if error is Cancelled else silent
    with pytest.raises(error, match=why):
        anomaly_import.record_many(session, rows, progress=progress)
    assert (anomalies.lines(session), session.workspace.journal.ops_of()) == ((), before)


# -- erasing -----------------------------------------------------------------------------------------------


def _holds(session: Session, words: str) -> bool:
    bodies = session.workspace.db.execute(
        "SELECT body FROM change UNION ALL SELECT body FROM head"
    ).fetchall()
    texts = session.workspace.db.execute("SELECT folded FROM anomaly_text").fetchall()
    return any(words in (row[0] or "").lower() for row in [*bodies, *texts])


@pytest.mark.parametrize("later", [False, True])
def test_erasing_one_value_leaves_the_rest_of_the_entry(session: Session, later: bool) -> None:
    key = _declare(session, {"description": "Le nom de Quidam", "unit": "Urgences"})
    number = anomalies.get(session, key).number
    if later:
        anomalies.edit(session, key, {"description": "Quidam, encore"})
        anomalies.edit(session, key, {"description": "Sans nom."})
    checks.erase(session, f"anomaly:{key}", "description", "nom écrit par erreur")
    entry = anomalies.get(session, key)
    assert (entry.number, entry.unit, entry.description) == (number, "Urgences", "")
    assert not _holds(session, "quidam")
    assert checks.full_check(session).whole


def test_erasing_a_whole_declaration_leaves_its_number(session: Session) -> None:
    key = _declare(session, {"description": "Quidam", "unit": "Urgences"})
    checks.erase(session, f"anomaly:{key}", "entry", "fiche au nom d'une personne")
    entry = anomalies.get(session, key)
    assert (entry.type, entry.unit, entry.description, bool(entry.number)) == ("P01", "", "", True)
    assert not _holds(session, "quidam")
    with pytest.raises(NotFound):
        checks.erase(session, f"anomaly:{key}", "description", "rien à effacer")


def test_a_page_to_share_leaves_names_of_the_structure_out(bench: Bench) -> None:
    session = bench.session
    values = {"type": "S08", "shareable": "oui", "description": "Vu à l'EHPAD Les Tilleuls le 12/03/2026."}
    key = _declare(session, values, kind="événement", facility=bench.facility)
    assert register.share(session, key).blocks[0].text == "Vu à l'[…] en mars 2026."
