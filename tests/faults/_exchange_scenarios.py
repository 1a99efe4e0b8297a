"""Files taken in, disagreements settled, an audit sealed, while the power is cut or a call refused."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from _scenarios import AUTHOR, PASSPHRASE, Ack, Scenario, create, opened, record, sound, tokens

from ivaudit.app import (
    bundle_export,
    bundle_import,
    bundle_jobs,
    bundle_opening,
    bundle_plans,
    bundle_rows,
    merges,
    own_keys,
    seals,
    states,
)
from ivaudit.app.library import library
from ivaudit.app.session import Session
from ivaudit.domain.audit import AuditState
from ivaudit.domain.merging import Choice, Kept
from ivaudit.domain.seal import SealState
from ivaudit.store.keys import FLOOR
from ivaudit.store.workspace import Workspace

FILE = "recu.ivaudit"
BROUGHT = {f"brought {rank}" for rank in range(12)}


def session(workspace: Workspace) -> Session:
    """Return a session over an open workspace."""
    return Session(workspace=workspace, library=library(), author=AUTHOR)


@contextmanager
def in_this_process() -> Iterator[None]:
    """Read bundles here: the child touches no file of the workspace, and starting one takes a while."""

    def stream(_name: str, request: dict[str, Any], **_: object) -> Iterator[Any]:
        rows: list[str] = []
        bundle_jobs.read_bundles(request, lambda row: rows.append(json.dumps(row)))
        return map(json.loads, rows)

    with mock.patch.object(bundle_rows.job_stream, "stream", stream):
        yield


def send(root: Path, readers: Sequence[bytes], brought: Sequence[str]) -> None:
    """Make a file of another copy of the audit, with some constats."""
    made, _ = Workspace.create(root / "envoi", PASSPHRASE, cost=FLOOR, with_recovery=False)
    with opened(root) as mine:
        made.journal.merge(mine.journal.ops_of())
    for rank, token in enumerate(brought):
        record(made, token, f"c{rank}")
    sender = session(made)
    lock = bundle_export.lock(sender, readers=readers)
    bundle_export.write(bundle_plans.of_audits(sender, ["a1"], lock), root / FILE)
    made.close()


def receive(root: Path, workspace: Workspace) -> None:
    """Take the file in."""
    mine = session(workspace)
    with in_this_process():
        bundle_import.accept(mine, bundle_opening.open_file(mine, root / FILE))


class Import(Scenario):
    """A file with twelve constats is taken in between two answers."""

    name = "import"

    def prepare(self, root: Path) -> None:
        workspace = create(root)
        record(workspace, "before", "mine")
        reader = own_keys.own_keys(session(workspace)).public_reading
        workspace.close()
        send(root, [reader], sorted(BROUGHT))

    def play(self, root: Path, ack: Ack) -> None:
        with opened(root) as workspace:
            record(workspace, "answer", "mine")
            ack("answer")
            receive(root, workspace)
            ack("imported")
            record(workspace, "after", "mine")
            ack("after")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        expected = {"before"} | ({"answer", "after"} & set(acknowledged))
        expected |= BROUGHT if "imported" in acknowledged else set()
        yield from sound(root, expected, len(BROUGHT))
        with opened(root) as workspace:
            found = BROUGHT & tokens(workspace)
        if found not in (set(), BROUGHT):
            yield f"half of a file is there: {len(found)}"


class Merge(Scenario):
    """A file that says otherwise is taken in, then both texts are kept."""

    name = "merge"

    def prepare(self, root: Path) -> None:
        workspace = create(root)
        reader = own_keys.own_keys(session(workspace)).public_reading
        workspace.close()
        send(root, [reader], ["theirs"])
        with opened(root) as again:
            record(again, "mine", "c0")

    def play(self, root: Path, ack: Ack) -> None:
        with opened(root) as workspace:
            receive(root, workspace)
            ack("imported")
            for field in ("value", "constat"):
                found = merges.disagreement(session(workspace), "answer:a1/structure/c0", field).conflict
                choice = Choice.BOTH if field == "constat" else Kept(found.sides[-1].change)
                merges.settle(session(workspace), found.entity, field, choice)
                ack(field)

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        expected = {"mine"} | ({"theirs"} if "imported" in acknowledged else set())
        yield from sound(root, expected, 2)
        with opened(root) as workspace:
            left = {each.conflict.field for each in merges.disagreements(session(workspace), "a1")}
        if again := left & set(acknowledged):
            yield f"an acknowledged choice is undone: {again}"


class Seal(Scenario):
    """An audit is validated, reopened, validated again."""

    name = "seal"

    def prepare(self, root: Path) -> None:
        workspace = create(root)
        for rank in range(8):
            record(workspace, f"before {rank}", f"c{rank}")
        mine = session(workspace)
        for state in (AuditState.ONGOING, AuditState.REVIEW):
            states.change(mine, "a1", state)
        workspace.close()

    def play(self, root: Path, ack: Ack) -> None:
        with opened(root) as workspace:
            mine = session(workspace)
            states.change(mine, "a1", AuditState.VALIDATED)
            ack("sealed")
            states.change(mine, "a1", AuditState.REVIEW, "Une date était fausse")
            ack("reopened")
            record(workspace, "after", "c9")
            ack("after")
            states.change(mine, "a1", AuditState.VALIDATED)
            ack("sealed again")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        expected = {f"before {rank}" for rank in range(8)} | ({"after"} & set(acknowledged))
        yield from sound(root, expected, 1)
        with opened(root) as workspace:
            mine = session(workspace)
            report = seals.verify(mine, "a1")
            validated = mine.audit("a1").state is AuditState.VALIDATED
        if validated != (report.state is SealState.INTACT) or report.changes:
            yield f"validated {validated}, sealed {report.state}: {report.changes}"
        if "sealed again" in acknowledged and not validated:
            yield "an acknowledged seal is not there"
