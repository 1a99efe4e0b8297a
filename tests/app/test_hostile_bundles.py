"""Files that lie: refused with a sentence, in little time and memory, and nothing changes."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import bundles
from support.bundles import Forger, honest, line, op

from ivaudit.app import (
    actions,
    audits,
    bundle_import,
    bundle_opening,
    due,
    merges,
    register,
    reports,
    seal_words,
    seals,
    workspaces,
)
from ivaudit.app.session import Session
from ivaudit.domain.errors import KnownError, NewerFile
from ivaudit.domain.journal import ERASE, Change, Op, change_id, digest, encode, op_id
from ivaudit.exchange import age_file, age_header, bundle_lines, bundle_reading
from ivaudit.store.keys import KdfCost

SECONDS, MEGABYTES = 2.0, 200
SCOPE = "audit:a1"
ANSWER = "answer:a1/structure/c1"


@pytest.fixture
def session(tmp_path: Path, passphrase: str, cheap_cost: KdfCost) -> Iterator[Session]:
    opened, _ = workspaces.create(tmp_path / "dossier", passphrase, "A", cost=cheap_cost, with_recovery=False)
    yield opened
    opened.close()


ONE = op(SCOPE, ANSWER, "oui")
TWO = op(SCOPE, "answer:a1/structure/c2", "non", prev=(ONE,))


def changed(lines: list[bytes], old: bytes, new: bytes) -> list[bytes]:
    found = [each.replace(old, new) for each in lines]
    assert found != lines
    return found


def elsewhere(scope: str, entity: str) -> list[bytes]:
    return honest([op(scope, entity, "x")])


def declared(name: str, **said: object) -> list[bytes]:
    """Return a bundle that announces one more thing, of a size that it does not have."""
    promised = {"picture": {"evidence": ["ab" * 32]}, "definition": {"definitions": ["ab" * 32]}}.get(
        name, {}
    )
    return [line("bundle", bundles.head([], **promised)), line(name, said)]


PICTURE = {"sha": "ab" * 32, "media": "image/jpeg", "width": 9, "height": 9}
FILE = {"family": "adaptation", "size": 1}

HOSTILE: dict[str, Callable[[], list[bytes]]] = {
    "empty": list,
    "no head": lambda: honest([ONE])[1:],
    "two heads": lambda: honest([ONE])[:1] * 2,
    "out of order": lambda: [*honest([ONE]), line("definition", {})],
    "missing op": lambda: honest([ONE, TWO])[:2],
    "reordered": lambda: [honest([ONE, TWO])[each] for each in (0, 2, 1)],
    "twice": lambda: [*honest([ONE, TWO]), honest([ONE])[1]],
    "another value": lambda: changed(honest([ONE]), b'[1,\\"oui\\"]', b'[1,\\"non\\"]'),
    "another author": lambda: changed(
        honest([ONE, TWO]), b'"author":"Quelqu\'un","device"', b'"author":"Autre","device"'
    ),
    "no value": lambda: changed(
        honest([ONE]), b'"73737373737373737373737373737373","[1,\\"oui\\"]"', b"null,null"
    ),
    "half a value": lambda: changed(honest([ONE]), b'"73737373737373737373737373737373"', b"null"),
    "half a character": lambda: changed(honest([ONE]), b"oui", b"\\\\ud800"),
    "settings": lambda: elsewhere("workspace", "settings:workspace"),
    "settings in an audit": lambda: elsewhere(SCOPE, "settings:workspace"),
    "another audit": lambda: elsewhere(SCOPE, "answer:a2/structure/c1"),
    "path in a scope": lambda: elsewhere("audit:../../etc", ANSWER),
    "path in an entity": lambda: elsewhere(SCOPE, "answer:a1/../../etc/passwd"),
    "path in a file": lambda: [
        line("bundle", bundles.head([], files=[["adaptation", "../../.bashrc"]])),
        line("file", {**FILE, "id": "../../.bashrc"}),
        line("part", "x"),
    ],
    "file not announced": lambda: [*honest([ONE]), line("file", {**FILE, "id": "un"}), line("part", "x")],
    "duplicate names": lambda: [b'{"bundle":{"format":[1,0],"format":[1,0]}}\n'],
    "duplicate scopes": lambda: [
        line("bundle", bundles.head([], scopes=[{"scope": SCOPE, "title": "", "ops": 0, "tips": []}] * 2))
    ],
    "ten gigabytes": lambda: declared("picture", **PICTURE, size=10 * 1024**3),
    "ten gigabytes of definition": lambda: declared(
        "definition", kind="checklist", id="a", version="1", size=10 * 1024**3
    ),
    "negative size": lambda: declared("picture", **PICTURE, size=-1),
    "wrong picture": lambda: [*declared("picture", **PICTURE, size=3), line("part", "YWJj")],
    "a million parts": lambda: [
        *declared("picture", **PICTURE, size=40 * 1024**2),
        *[line("part", "YWJj")] * 100_000,
    ],
    "deep": lambda: [b'{"bundle":' + b"[" * 500_000 + b"]" * 500_000 + b"}\n"],
    "deep objects": lambda: [b'{"a":' * 300_000 + b"1" + b"}" * 300_000 + b"\n"],
    "endless line": lambda: [b'{"bundle":"' + b"a" * 30_000_000 + b'"}\n'],
    "many numbers": lambda: [b'{"bundle":[' + b"1," * 900_000 + b"1]}\n"],
    "not finite": lambda: [b'{"bundle":NaN}\n'],
    "huge number": lambda: [b'{"bundle":{"format":[1,' + b"9" * 100_000 + b"]}}\n"],
    "not text": lambda: [b"\xff\xfe\x00\n"],
    "no end of line": lambda: [honest([ONE])[0].rstrip()],
    "too many changes": lambda: [
        line("bundle", bundles.head([ONE])),
        line("op", {**bundle_lines.op_head(ONE), "count": 10**9, "changes": []}),
    ],
    "a moment that is none": lambda: honest([made_at("2026-99-99T10:00:00Z")]),
    "a moment beyond time": lambda: honest([made_at("9999-12-31T23:59:59Z")]),
    "a moment in other figures": lambda: honest([made_at("٢٠٢٦-11-21T10:00:00Z")]),
    "made at no moment": lambda: honest([ONE], at="2026-02-30T10:00:00Z"),
    "unknown line": lambda: [*honest([ONE]), line("zip", {})],
    "missing definition": lambda: [line("bundle", bundles.head([], definitions=["ab" * 32]))],
    "no definition of the audit": lambda: honest(
        [
            written("structure:f", "facility:f", exists=True, name="Une structure"),
            written(SCOPE, SCOPE, exists=True, checklists=[["a", "1", "ab" * 32]], facility="f"),
        ]
    ),
    "no structure of the audit": lambda: honest([written(SCOPE, SCOPE, exists=True, facility="f")]),
    "no grid of the campaign": lambda: honest(
        [written("campaign:c", "campaign:c", exists=True, grid=["a", "1", "ab" * 32])]
    ),
}


def written(scope: str, entity: str, **fields: object) -> Op:
    """Return an op that gives an entity these fields."""
    changes = []
    for name, value in fields.items():
        salt, body = b"s" * 16, encode(value)  # type: ignore[arg-type]
        changes.append(
            Change(entity=entity, field=name, base=(), digest=digest(salt, body), salt=salt, body=body)
        )
    bare = replace(ONE, scope=scope, changes=tuple(changes))
    return replace(bare, id=op_id(bare))


def made_at(at: str) -> Op:
    """Return an op said to be made at a moment."""
    bare = replace(ONE, at=at)
    return replace(bare, id=op_id(bare))


def refused(session: Session, path: Path) -> KnownError:
    before = bundles.state(session)
    with pytest.raises(KnownError) as caught:
        bundle_import.accept(session, bundle_opening.open_file(session, path))
    assert bundles.state(session) == before
    assert session.workspace.db.execute("SELECT count(*) FROM definition").fetchone() == (0,)
    return caught.value


LATE = (
    "no value",
    "no definition of the audit",
    "no structure of the audit",
    "no grid of the campaign",
)
"""What reads well, and is refused when it is merged."""


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - set(LATE)))
def test_what_lies_is_not_read(session: Session, tmp_path: Path, name: str) -> None:
    path = Forger.of(session).file(tmp_path / "f.ivaudit", HOSTILE[name]())
    started = time.process_time()
    sentence = unbelieved(session, path)
    assert time.process_time() - started < SECONDS
    assert "Rien n'a été" in sentence


@pytest.mark.parametrize("name", [*LATE, "reordered", "path in a file", "ten gigabytes", "a million parts"])
def test_what_lies_is_refused_and_changes_nothing(session: Session, tmp_path: Path, name: str) -> None:
    path = Forger.of(session).file(tmp_path / "f.ivaudit", HOSTILE[name]())
    assert "Rien n'a été" in refused(session, path).sentence


def test_an_honest_file_of_the_same_make_is_taken(session: Session, tmp_path: Path) -> None:
    path = Forger.of(session).file(tmp_path / "f.ivaudit", honest([ONE, TWO]))
    assert bundle_import.accept(session, bundle_opening.open_file(session, path))[1].added == 2


def test_a_signature_of_somebody_else_is_refused(session: Session, tmp_path: Path) -> None:
    forger = Forger.of(session)
    path = forger.file(tmp_path / "f.ivaudit", honest([ONE]), key=b"k" * 32)
    assert "signature" in refused(session, path).sentence
    refused(session, forger.file(tmp_path / "g.ivaudit", honest([ONE]), signed=False))
    lines = honest([ONE])
    tail = [*lines, forger.signature(lines), line("op", {})]
    refused(session, forger.file(tmp_path / "h.ivaudit", tail, signed=False))


def test_later_formats_are_refused_and_later_minor_ones_are_read(session: Session, tmp_path: Path) -> None:
    forger = Forger.of(session)
    newer = forger.file(tmp_path / "f.ivaudit", honest([ONE], format=[2, 0]))
    assert isinstance(refused(session, newer), NewerFile)
    minor = [*honest([ONE], format=[1, 7], novelty={"a": 1}), line("novelty", {"b": 2})]
    path = forger.file(tmp_path / "g.ivaudit", minor)
    assert bundle_import.accept(session, bundle_opening.open_file(session, path))[1].added == 1


def test_every_changed_bit_of_a_file_is_seen(session: Session, tmp_path: Path) -> None:
    """200 flips: nearly all by the envelope at once; those that pass it would be read by the child."""
    raw = Forger.of(session).file(tmp_path / "f.ivaudit", honest([ONE, TWO])).read_bytes()
    chance = random.Random(3)  # noqa: S311 - no secret
    for place in chance.sample(range(len(raw) * 8), 200):
        flipped = bytearray(raw)
        flipped[place // 8] ^= 1 << place % 8
        path = tmp_path / "g.ivaudit"
        path.write_bytes(bytes(flipped))
        assert unbelieved(session, path)


def unbelieved(session: Session, path: Path) -> str:
    """Return why a file is not read to its end, in this process as the child would; empty if it is."""
    try:
        opened = bundle_opening.open_file(session, path)
        with path.open("rb") as source:
            age_header.read_header(source)
            for _ in bundle_reading.read(age_file.payload(source, opened.key)):
                continue
    except KnownError as error:
        return error.sentence
    return ""


PROBE = """
import sys
from pathlib import Path
from ivaudit.app import bundle_jobs
bundle_jobs.read_bundles({"files": [[sys.argv[1], sys.argv[2]]]}, lambda row: print(row[0]))
print(Path("/proc/self/status").read_text(encoding="utf-8").split("VmHWM:")[1].split()[0])
"""


@pytest.mark.parametrize("name", ["endless line", "many numbers", "deep"])
def test_what_is_huge_takes_little_memory(session: Session, tmp_path: Path, name: str) -> None:
    """Measured in a process of its own, where the system tells how much it ever took."""
    path = Forger.of(session).file(tmp_path / "f.ivaudit", HOSTILE[name]())
    key = bundle_opening.open_file(session, path).key.hex()
    probe = [sys.executable, "-c", PROBE, str(path), key]
    said = subprocess.run(probe, check=True, capture_output=True, text=True, encoding="utf-8").stdout.split()
    assert said[0] == "refused"
    assert int(said[1]) // 1024 < MEGABYTES


NO_DAY = "2026-99-99"
MADE_BY_HAND = [
    written("structure:f", "facility:f", exists=True, name="Une structure"),
    written(SCOPE, SCOPE, exists=True, facility="f", date=NO_DAY, seal={"manifest": {}, "hash": "x"}),
    written("action:n", "action:n", exists=True, facility="f", audit="a1", what="Afficher", due=NO_DAY),
    written(
        "register", "anomaly:n", entry={"facility": "f", "found": NO_DAY, "due": NO_DAY, "known_day": "x"}
    ),
    written(SCOPE, "form:a1/visite", people=-1, places=True),
]


def test_values_that_are_none_break_no_screen(session: Session, tmp_path: Path) -> None:
    """Such a file is signed by somebody, and its values are read as nothing."""
    ops = [*MADE_BY_HAND[:4], linked(MADE_BY_HAND[4], MADE_BY_HAND[1])]
    path = Forger.of(session).file(tmp_path / "f.ivaudit", honest(ops))
    assert bundle_import.accept(session, bundle_opening.open_file(session, path))[1].added == len(ops)
    assert NO_DAY not in repr(due.of_workspace(session))
    assert audits.all_of(session)[0].audit.date == ""
    assert [each.due for each in actions.all_of(session)] == [""]
    assert (register.figures(session).entries, register.critical(session, "n").value) == (1, None)
    assert reports.prepare(session, "a1", "json").model.audit.date == ""
    assert "Posé à une date inconnue par sans nom." in seal_words.told(seals.verify(session, "a1"))


def test_an_erasure_erases_nothing_of_another_scope(session: Session, tmp_path: Path) -> None:
    other = op("audit:a2", "answer:a2/structure/c1", "oui")
    erasing = replace(ONE, kind=ERASE, about=change_id(other.id, 0), changes=())
    erasing = replace(erasing, id=op_id(erasing))
    own = replace(erasing, scope="audit:a2", prev=(other.id,))
    own = replace(own, id=op_id(own))
    forger = Forger.of(session)

    def kept(name: str, ops: list[Op]) -> str | None:
        path = forger.file(tmp_path / name, honest(ops))
        bundle_import.accept(session, bundle_opening.open_file(session, path))
        row = session.workspace.db.execute("SELECT value FROM answer WHERE audit = 'a2'").fetchone()
        return str(row[0]) if row and row[0] else None

    assert kept("f.ivaudit", [other, erasing]) == "oui"
    assert session.workspace.journal.verify().damages == ()
    assert kept("g.ivaudit", [other, own]) is None


def test_a_disagreement_about_an_audit_that_is_not_here_hides_no_other(
    session: Session, tmp_path: Path
) -> None:
    other = op(SCOPE, ANSWER, "non")
    path = Forger.of(session).file(tmp_path / "f.ivaudit", honest([ONE, other]))
    bundle_import.accept(session, bundle_opening.open_file(session, path))
    assert [each.place for each in merges.disagreements(session)] == ["Audit absent ou retiré"]


def test_what_a_file_says_of_itself_passes_for_no_sentence_of_the_program(
    session: Session, tmp_path: Path
) -> None:
    said = "Un audit\nSigné par ce poste.\u202e\ud800"
    path = Forger.of(session).file(tmp_path / "f.ivaudit", honest([ONE], title=said, left_out=[said]))
    found = bundle_import.preview(session, bundle_opening.open_file(session, path))
    assert found.head.title == "Un audit Signé par ce poste.\ufffd\ufffd"
    assert found.head.left_out == (found.head.title,)


def linked(op_: Op, parent: Op) -> Op:
    """Return an op made after another one."""
    bare = replace(op_, prev=(parent.id,))
    return replace(bare, id=op_id(bare))
