"""What is typed of an entry is on the disk before it is recorded, and never more than that."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivaudit.app import anomalies, anomaly_actions, anomaly_drafts, facilities, privacy, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import EntryKind
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.store.keys import KdfCost

FACTS = "Deux dossiers pour une personne."


def declared(session: Session, **values: object) -> str:
    _, key = anomalies.declare(session, EntryKind.ANOMALY, {"type": "P01", **values})
    return key


@pytest.fixture
def stopped(
    tmp_path: Path, passphrase: str, cheap_cost: KdfCost
) -> Iterator[Callable[[Callable[[Session], str]], tuple[Session, str]]]:
    """Type in a workspace of its own that then stops, and open it again."""
    opened: list[Session] = []

    def stop(typing: Callable[[Session], str]) -> tuple[Session, str]:
        first, _ = workspaces.create(tmp_path / "autre", passphrase, "Référente", cost=cheap_cost)
        key = typing(first)
        first.close()
        opened.append(workspaces.open_with_passphrase(tmp_path / "autre", passphrase))
        return opened[0], key

    yield stop
    for each in opened:
        each.close()


Stopped = Callable[[Callable[[Session], str]], tuple[Session, str]]


def test_an_entry_that_was_begun_waits_through_a_stop_and_is_never_declared_by_itself(
    stopped: Stopped,
) -> None:
    values = {"type": "P01", "references": [{"role": "doublon", "nature": "IPP", "value": "12"}]}

    def typing(session: Session) -> str:
        anomaly_drafts.keep_new(session, EntryKind.ANOMALY, values)
        return ""

    again, _ = stopped(typing)
    assert anomalies.lines(again) == ()
    assert anomaly_drafts.new(again) == {EntryKind.ANOMALY: values}
    anomaly_drafts.forget_new(again, EntryKind.ANOMALY)
    assert anomaly_drafts.new(again) == {}


def test_a_text_typed_in_a_sheet_becomes_a_gesture_after_a_stop(stopped: Stopped) -> None:
    def typing(session: Session) -> str:
        key = declared(session, unit="Accueil")
        anomaly_drafts.keep(session, key, "description", FACTS)
        return key

    again, key = stopped(typing)
    entry = anomalies.get(again, key)
    assert (entry.description, entry.unit) == (FACTS, "Accueil")


def test_a_field_that_is_recorded_leaves_no_draft(session: Session) -> None:
    key = declared(session)
    anomaly_drafts.keep(session, key, "description", "Deux dos")
    anomaly_drafts.write(session, key, {"description": FACTS})
    assert anomalies.get(session, key).description == FACTS
    assert anomaly_drafts.left(session, key) == {}


def test_a_text_that_looks_like_an_identity_stays_a_draft(session: Session) -> None:
    key = declared(session)
    text = "Né le 12/03/1950."
    anomaly_drafts.keep(session, key, "description", text)
    with pytest.raises(privacy.IdentityFound):
        anomaly_drafts.write(session, key, {"description": text})
    assert anomalies.get(session, key).description == ""
    assert anomaly_drafts.left(session, key) == {"description": text}


def test_what_was_removed_is_put_back_as_it_was(session: Session) -> None:
    key = declared(session, unit="Accueil")
    anomalies.remove(session, key)
    with pytest.raises(NotFound):
        anomalies.get(session, key)
    anomalies.restore(session, key)
    assert anomalies.get(session, key).unit == "Accueil"
    with pytest.raises(NotFound):
        anomalies.restore(session, "jamais")


def test_an_entry_leads_to_an_action_of_its_structure(session: Session) -> None:
    key = declared(session)
    with pytest.raises(InvalidValue, match="laquelle"):
        anomaly_actions.create(session, key)
    _, facility = facilities.create(session, {"name": "EHPAD Les Pins"})
    anomalies.edit(session, key, {"facility": facility})
    _, action = anomaly_actions.create(session, key)
    assert anomalies.get(session, key).action == action
