"""Gestures of a visit, each through its use case, while the power is cut or a call refused.

Answers and texts, photographs, lines of an observation, values and photographs erased, a backup with its copy
on another drive, a change of passphrase: what the window and the command line call, nothing below it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from _scenarios import FOLDER, PASSPHRASE, Ack, Scenario, sound, whole_copies
from support.clear_pages import clear_pages

from ivaudit.app import (
    answers,
    audits,
    backups,
    campaigns,
    erasing,
    evidence,
    evidence_erasure,
    facilities,
    observations,
    pictures,
    workspaces,
)
from ivaudit.app.session import Session
from ivaudit.domain.campaign import ObservedRow
from ivaudit.domain.errors import KnownError
from ivaudit.domain.journal import decode
from ivaudit.domain.observation import ObservedValue
from ivaudit.store import backup_list, keys, layout, restoring
from ivaudit.store.evidence import Body
from ivaudit.store.keys import FLOOR

GRID, FACTS = "obs-avant-acte", ("act-question", "act-support", "act-prescription")


@contextmanager
def at_work(root: Path) -> Iterator[Session]:
    """Open a session and close it whatever happens; a refusal to close is not the first one."""
    session = workspaces.open_with_passphrase(root / FOLDER, PASSPHRASE)
    try:
        yield session
    except BaseException:
        with suppress(KnownError):
            session.close()
        raise
    session.close()


def begin(root: Path) -> tuple[Session, str, tuple[str, ...]]:
    """Make a workspace with an audit; return it open, with the id of the audit and those of its criteria."""
    session, _ = workspaces.create(root / FOLDER, PASSPHRASE, "Référente", with_recovery=False, cost=FLOOR)
    _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls"})
    kind = session.library.vocabulary().audit_kinds[0].id
    _, audit = audits.create(session, facility, kind, ["flash"], "2026-11-21")
    return session, audit, points(session, audit)


def points(session: Session, audit: str) -> tuple[str, ...]:
    """Return the ids of the criteria of an audit, in order."""
    return tuple(session.frozen(session.audit(audit)).index)


def the_audit(session: Session) -> str:
    """Return the id of the only audit there is."""
    return audits.all_of(session)[0].audit.id


def photograph(token: str) -> pictures.Prepared:
    """Return a photograph as the child process hands it over; no two are alike."""
    content = f"{token} ".encode() * 600
    body = Body(body=content, media="image/jpeg", width=40, height=30, thumbnail=content[:80])
    return pictures.Prepared(body=body, given=(40, 30))


class Visit(Scenario):
    """Criteria answered, constats typed then recorded, a gesture undone."""

    name = "visit"

    def prepare(self, root: Path) -> None:
        session, audit, ids = begin(root)
        for criterion in ids[:4]:
            answers.answer(session, audit, criterion, "oui")
        session.close()

    def play(self, root: Path, ack: Ack) -> None:
        with at_work(root) as session:
            audit = the_audit(session)
            for rank, criterion in enumerate(points(session, audit)[4:8]):
                answers.answer(session, audit, criterion, "non")
                ack(f"value {criterion} non")
                answers.draft(session, audit, criterion, "constat", f"typed {rank}")
                ack(f"draft {criterion} typed {rank}")
                if rank % 2:
                    answers.write(session, audit, criterion, "constat", f"written {rank}")
                    ack(f"constat {criterion} written {rank}")
            criterion = points(session, audit)[8]
            answers.answer(session, audit, criterion, "oui")
            ack(f"value {criterion} oui")
            answers.undo(session, audit)
            ack(f"value {criterion} -")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        yield from sound(root, set(), 99)
        told = [each.split(" ", 2) for each in acknowledged]
        with at_work(root) as session:
            audit = the_audit(session)
            ids = points(session, audit)
            for criterion in ids[:4]:
                if answers.current(session, audit, criterion).value != "oui":
                    yield f"lost: the answer to {criterion} from before"
            for criterion in ids[4:]:
                yield from self._kept(session, audit, criterion, told)

    @staticmethod
    def _kept(session: Session, audit: str, criterion: str, told: Sequence[Sequence[str]]) -> Iterator[str]:
        now = answers.current(session, audit, criterion)
        values = [what for kind, about, what in told if (kind, about) == ("value", criterion)]
        if values == ["non"] and now.value != "non":
            yield f"lost: the answer to {criterion}"
        if values == ["oui", "-"] and now.value is not None:
            yield f"an acknowledged undo is undone: {criterion}"
        texts = [what for kind, about, what in told if kind in {"draft", "constat"} and about == criterion]
        drafts = {each.entity: each.text for each in session.workspace.drafts.all()}
        found = {now.constat, *(text for entity, text in drafts.items() if entity.endswith(f"/{criterion}"))}
        if texts and not found & {texts[-1], texts[-1].replace("typed", "written")}:
            yield f"lost: {texts[-1]!r} of {criterion}, there is {sorted(found)}"


class Photo(Scenario):
    """Photographs are added and linked, one removed and brought back; what names a picture finds it."""

    name = "photo"

    def prepare(self, root: Path) -> None:
        session, audit, ids = begin(root)
        evidence.add_photo(session, audit, photograph("before"), caption="before", criteria=ids[:1])
        session.close()

    def play(self, root: Path, ack: Ack) -> None:
        with at_work(root) as session:
            audit = the_audit(session)
            ids = points(session, audit)
            for rank in range(3):
                caption = f"photo {rank}"
                evidence.add_photo(session, audit, photograph(caption), caption=caption, criteria=ids[:2])
                ack(caption)
            first = evidence.all_of(session, audit)[0].id
            evidence.link(session, audit, first, ids[3])
            ack("link")
            evidence.remove(session, audit, first)
            answers.undo(session, audit)
            ack("back")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        yield from sound(root, set(), 99)
        with at_work(root) as session:
            audit = the_audit(session)
            found = {each.caption: each for each in evidence.all_of(session, audit)}
            for caption in ("before", *(each for each in acknowledged if each.startswith("photo"))):
                if caption not in found and (caption != "before" or "back" in acknowledged):
                    yield f"lost: {caption}"
            for caption, each in found.items():
                if evidence.body(session, each.digest) != _without_thumbnail(photograph(caption).body):
                    yield f"not the picture that was kept: {caption}"
            link = points(session, audit)[3]
            if "link" in acknowledged and "before" in found and link not in found["before"].criteria:
                yield "lost: the link of a photograph"
            if stray := session.workspace.evidence.digests() - _named(session, audit):
                yield f"pictures that nothing names: {len(stray)}"


def _without_thumbnail(body: Body) -> Body:
    return Body(body=body.body, media=body.media, width=body.width, height=body.height)


def _named(session: Session, audit: str) -> set[str]:
    """Return the digests that the evidence of an audit ever named."""
    rows = session.workspace.db.execute(
        "SELECT body FROM change WHERE entity LIKE ? AND field = 'digest'", (f"evidence:{audit}/%",)
    )
    return {str(decode(body)) for (body,) in rows}


class ObservationRow(Scenario):
    """A campaign is prepared, its lines filled one key at a time, one of them taken away and brought back."""

    name = "observation"

    def prepare(self, root: Path) -> None:
        session, audit, _ = begin(root)
        _, key = campaigns.create(session, audits.all_of(session)[0].audit.facility, GRID, audit=audit)
        _, row = observations.add_row(session, key)
        observations.note(session, key, row, FACTS[0], ObservedValue.YES)
        session.close()

    def play(self, root: Path, ack: Ack) -> None:
        with at_work(root) as session:
            key = campaigns.all_of(session)[0].id
            for _ in range(2):
                _, row = observations.add_row(session, key)
                ack(f"row {row}")
                for fact in FACTS:
                    observations.note(session, key, row, fact, ObservedValue.NO)
                    ack(f"fact {row} {fact}")
                observations.set_row(session, key, row, unit="Unité A", at="14:05")
                ack(f"place {row}")
            observations.remove_row(session, key, row)
            campaigns.undo(session, campaigns.stack_of(session, key))
            ack("back")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        yield from sound(root, set(), 99)
        told = [each.split() for each in acknowledged if each != "back"]
        with at_work(root) as session:
            rows = {row.id: row for row in campaigns.sheet(session, campaigns.all_of(session)[0].id).rows}
        if sum(row.values.get(FACTS[0]) is ObservedValue.YES for row in rows.values()) != 1:
            yield "lost: the line from before"
        whole = [about for what, about, *_ in told if what == "place"]
        away = whole[1] if len(whole) > 1 and "back" not in acknowledged else ""
        for what, about, *fact in told:
            if about != away or about in rows:
                yield from self._kept(rows.get(about), what, fact)

    @staticmethod
    def _kept(row: ObservedRow | None, what: str, fact: Sequence[str]) -> Iterator[str]:
        if row is None:
            yield f"lost: a line ({what})"
        elif fact and row.values.get(fact[0]) is not ObservedValue.NO:
            yield f"lost: {fact[0]}"
        elif what == "place" and (row.unit, row.time) != ("Unité A", "14:05"):
            yield "lost: where and when a line was observed"


class Erasure(Scenario):
    """A word is erased wherever it is written, then a value, then a photograph; proofs stay valid."""

    name = "erasure"
    word = "serin"

    def prepare(self, root: Path) -> None:
        session, audit, ids = begin(root)
        for rank, criterion in enumerate(ids[:5]):
            answers.write(session, audit, criterion, "constat", f"{self.word} vu au poste {rank}")
        answers.write(session, audit, ids[0], "constat", "corrigé")
        answers.write(session, audit, ids[5], "note", "à effacer seule")
        answers.write(session, audit, ids[6], "constat", "reste")
        evidence.add_photo(session, audit, photograph("gone"), caption="une affiche")
        evidence.add_photo(session, audit, photograph("kept"), caption="une autre")
        session.close()

    def play(self, root: Path, ack: Ack) -> None:
        with at_work(root) as session:
            audit = the_audit(session)
            erasing.erase_found(session, self.word, erasing.search(session, self.word), "demande reçue")
            ack("word")
            op, rank = _change(session, "note")
            erasing.erase_value(session, op, rank, "demande reçue")
            ack("value")
            poster = next(each for each in evidence.all_of(session, audit) if each.caption == "une affiche")
            evidence_erasure.erase(session, audit, poster.id, "demande reçue")
            ack("photo")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        yield from sound(root, {"corrigé", "reste"}, 99)
        with at_work(root) as session:
            audit = the_audit(session)
            found = erasing.search(session, self.word)
            if len(found) not in {0, 5}:
                yield f"half of a word is erased: {len(found)} of 5 are left"
            left = {
                "word": bool(found),
                "value": any("effacer seule" in (body or "") for body in _notes(session)),
                "photo": photograph("gone").body.digest in session.workspace.evidence.digests(),
            }
            for what in acknowledged:
                if left[what]:
                    yield f"an acknowledged erasure is undone: {what}"
            for each in evidence.all_of(session, audit):
                if each.erased and left["photo"]:
                    yield "told as erased, and its picture is still there"
            if photograph("kept").body.digest not in session.workspace.evidence.digests():
                yield "lost: the other picture"
        for told, trace in self._traces(session, set(acknowledged)):
            yield f"erased, opened and closed again, and still on a page: {told}, {trace!r}"

    def _traces(self, session: Session, told: set[str]) -> Iterator[tuple[str, bytes]]:
        folder, key = session.workspace.folder, session.workspace.data_key
        places = {
            layout.DATABASE: {"word": f"{self.word} vu".encode(), "value": "à effacer seule".encode()},
            layout.EVIDENCE: {"photo": b"gone gone gone"},
        }
        for file, traces in places.items():
            pages = clear_pages(folder / file, key) if told & traces.keys() else b""
            yield from ((what, trace) for what, trace in traces.items() if what in told and trace in pages)


def _change(session: Session, field: str) -> tuple[bytes, int]:
    row = session.workspace.db.execute("SELECT op, i FROM change WHERE field = ?", (field,)).fetchone()
    return row[0], row[1]


def _notes(session: Session) -> list[str | None]:
    return [body for (body,) in session.workspace.db.execute("SELECT body FROM change WHERE field = 'note'")]


class Copies(Scenario):
    """A backup is made and copied to another drive, then the passphrase changed, as Réglages does."""

    name = "copies"
    new = "une autre phrase de sept mots bien longue"

    def prepare(self, root: Path) -> None:
        session, audit, ids = begin(root)
        answers.write(session, audit, ids[0], "constat", "reste")
        evidence.add_photo(session, audit, photograph("kept"))
        session.close()
        (root / "cle usb").mkdir()

    def play(self, root: Path, ack: Ack) -> None:
        with at_work(root) as session:
            backups.back_up(session)
            ack("backup")
            backups.remember_copy(session, backups.copy_elsewhere(session, root / "cle usb"))
            ack("copy")
            workspaces.change_passphrase(session, self.new)
            ack("passphrase")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        opening = [each for each in (PASSPHRASE, self.new) if _opens(root, each)]
        if len(opening) != 1 or ("passphrase" in acknowledged and opening != [self.new]):
            yield f"opened by {len(opening)} of the two passphrases"
            return
        yield from sound(root, {"reste"}, 0, opening[0])
        data_key = keys.unlock(root / FOLDER, passphrase=opening[0]).data_key
        yield from whole_copies(root, data_key)
        if "backup" in acknowledged and not backups.backups(root / FOLDER):
            yield "an acknowledged backup is not there"
        copies = backup_list.copies_under(root / "cle usb")
        if "copy" in acknowledged and not copies:
            yield "an acknowledged copy is not there"
        for copy in copies:
            try:
                restoring.verify(copy, data_key, root / FOLDER)
            except KnownError as error:
                yield f"a copy elsewhere is not whole: {error.sentence}"

    def refused(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        """Say when the passphrase that the user still trusts opens no more."""
        if "passphrase" not in acknowledged and not _opens(root, PASSPHRASE):
            yield "refused, and yet the former passphrase opens no more"


def _opens(root: Path, secret: str) -> bool:
    try:
        keys.unlock(root / FOLDER, passphrase=secret)
    except KnownError:
        return False
    return True


SCENARIOS: dict[str, type[Scenario]] = {
    each.name: each for each in (Visit, Photo, ObservationRow, Erasure, Copies)
}
