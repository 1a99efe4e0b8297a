"""Copies of a workspace that exchange files, and files that nobody should believe."""

import hashlib
import json
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivaudit.app import (
    answers,
    audits,
    bundle_export,
    bundle_import,
    bundle_opening,
    bundle_plans,
    facilities,
    own_keys,
    teams,
    workspaces,
)
from ivaudit.app.bundle_plans import EVERYTHING, Wanted
from ivaudit.app.bundle_taking import BundlePreview
from ivaudit.app.session import Session
from ivaudit.domain.bundle import BundleHead, Contents, ScopeHead
from ivaudit.domain.journal import Change, Op, digest, encode, op_id
from ivaudit.exchange import bundle_lines, bundle_writing, signing
from ivaudit.exchange.age_file import Sealer
from ivaudit.store.keys import KdfCost

PASSPHRASE = "sept mots pour ouvrir un dossier fictif"
TEAM = "quatre mots bien choisis"
GRID = "rniv-1-principes-communs"


@dataclass(frozen=True)
class Team:
    """Two auditors, each with a copy; the first made the audit, both know the passphrase."""

    one: Session
    two: Session
    audit: str
    place: Path

    @property
    def criteria(self) -> tuple[str, ...]:
        """Return the ids of the criteria of the audit, in order."""
        return tuple(self.one.frozen(self.one.audit(self.audit)).index)

    def close(self) -> None:
        """Close both copies, the last opened first: each leaves temporary files to the one before."""
        self.two.close()
        self.one.close()

    def send(self, source: Session, target: Session, wanted: Wanted = EVERYTHING) -> BundlePreview:
        """Send the audit from one copy to the other and take it in."""
        opened = bundle_opening.open_file(target, self.file(source, wanted), TEAM)
        return bundle_import.accept(target, opened, keep_phrase=True)[1]

    def give_register(self, source: Session, target: Session) -> None:
        """Send the register, local references with it, from one copy to the other and take it in."""
        lock = bundle_export.lock(source, readers=[own_keys.own_keys(target).public_reading])
        plan = bundle_plans.of_register(source, lock, references=True)
        file = bundle_export.write(plan, self.place / f"{secrets.token_hex(4)}.ivaudit")
        bundle_import.accept(target, bundle_opening.open_file(target, file))

    def file(self, source: Session, wanted: Wanted = EVERYTHING) -> Path:
        """Write the audit of a copy in a file."""
        lock = bundle_export.lock(source, self.audit)
        plan = bundle_plans.of_audits(source, [self.audit], lock, wanted)
        return bundle_export.write(plan, self.place / f"{secrets.token_hex(4)}.ivaudit")


def team(place: Path, cost: KdfCost) -> Team:
    """Return two copies; the second has received the audit, with three answers."""
    one, _ = workspaces.create(place / "un", PASSPHRASE, "Auditrice A", cost=cost, with_recovery=False)
    two, _ = workspaces.create(place / "deux", PASSPHRASE, "Auditeur B", cost=cost, with_recovery=False)
    _, facility = facilities.create(one, {"name": "EHPAD Les Tilleuls", "profile": ["insi"]})
    _, audit = audits.create(one, facility, "externe", [GRID], "2026-11-21")
    made = Team(one, two, audit, place)
    teams.agree(one, audit, TEAM)
    for criterion in made.criteria[:3]:
        answers.answer(one, audit, criterion, "oui")
    made.send(one, two)
    return made


def reopened(template: Path, audit: str, place: Path) -> Team:
    """Return two copies made before, copied and opened."""
    shutil.copytree(template, place, dirs_exist_ok=True)
    one, two = (workspaces.open_with_passphrase(place / name, PASSPHRASE) for name in ("un", "deux"))
    return Team(one, two, audit, place)


def state(session: Session) -> list[list[tuple[object, ...]]]:
    """Return what two copies have in common once they know the same: ops, heads, answers."""
    tables = ("tip", "head", "answer", "audit", "facility", "record", "form_value")
    rows = [session.workspace.db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]  # noqa: S608
    shared = [
        [row for row in found if "settings:workspace" not in row and "workspace" not in row] for found in rows
    ]
    return [sorted(found, key=repr) for found in shared]


# -- files nobody should believe ---------------------------------------------------------------------------


@dataclass
class Forger:
    """Makes files that open with the key of a copy, whatever is in them."""

    reader: bytes
    signing: bytes

    @classmethod
    def of(cls, session: Session) -> "Forger":
        """Return one that writes to a session."""
        return cls(own_keys.own_keys(session).public_reading, signing.new_signing_key())

    def file(
        self, path: Path, lines: Sequence[bytes], *, signed: bool = True, key: bytes | None = None
    ) -> Path:
        """Write lines in an envelope, after them a signature that holds, or one of something else."""
        file_key = bundle_writing.new_file_key()
        with path.open("wb") as out:
            sealer = Sealer(out, file_key, bundle_writing.wrappings(file_key, [self.reader], None))
            for line in lines:
                sealer.write(line)
            if signed:
                sealer.write(self.signature(lines, key))
            sealer.finish()
        return path

    def signature(self, lines: Sequence[bytes], key: bytes | None = None) -> bytes:
        """Return the line that signs these."""
        found = hashlib.sha256(b"".join(lines)).digest()
        value = signing.sign(self.signing, found)
        public = signing.public_signing_key(key or self.signing)
        return line("signature", {"key": public.hex(), "value": value.hex()})


def line(name: str, value: object) -> bytes:
    """Return a line of a bundle."""
    return json.dumps({name: value}).encode() + b"\n"


def op(scope: str, entity: str, value: object, *, prev: Sequence[Op] = (), kind: str = "modifier") -> Op:
    """Return an op that gives one field a value."""
    salt, body = b"s" * 16, encode(value)  # type: ignore[arg-type]
    change = Change(entity=entity, field="value", base=(), digest=digest(salt, body), salt=salt, body=body)
    bare = Op(
        id=b"",
        scope=scope,
        prev=tuple(each.id for each in prev),
        kind=kind,
        author="Quelqu'un",
        device="d1",
        at="2026-11-21T10:00:00.000000Z",
        changes=(change,),
    )
    return Op(**{**{name: getattr(bare, name) for name in Op.__slots__}, "id": op_id(bare)})


def head(ops: Sequence[Op] = (), **said: object) -> dict[str, Any]:
    """Return what an honest head of these ops says, with what is said otherwise."""
    scopes = {each.scope: [one for one in ops if one.scope == each.scope] for each in ops}
    made = BundleHead(
        id="ab" * 16,
        at="2026-11-21T10:00:00Z",
        program="ivaudit",
        author="Quelqu'un",
        device="d1",
        contents=Contents.AUDIT,
        title="Un audit",
        scopes=tuple(
            ScopeHead(scope=name, title=name, ops=len(found), tips=_tips(found))
            for name, found in scopes.items()
        ),
    )
    return {**bundle_lines.head_said(made), **said}


def _tips(ops: Sequence[Op]) -> tuple[bytes, ...]:
    parents = {parent for each in ops for parent in each.prev}
    return tuple(sorted(each.id for each in ops if each.id not in parents))


def honest(ops: Sequence[Op], **said: object) -> list[bytes]:
    """Return the lines of a bundle of these ops, the signature apart."""
    rows = [row for each in ops for row in bundle_lines.op_lines(each)]
    return [line("bundle", head(ops, **said)), *rows]
