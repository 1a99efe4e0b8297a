"""Evidence of an audit: kept, linked to criteria, put in the register, removed."""

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from ivaudit.app import gestures, names, placing
from ivaudit.app.pictures import Prepared, check_original
from ivaudit.app.session import Session
from ivaudit.domain import clock, evidence_values
from ivaudit.domain.audit import STRUCTURE, Changes
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound
from ivaudit.domain.evidence import DocumentStatus, Evidence, EvidenceKind, register
from ivaudit.domain.journal import Json
from ivaudit.store import evidence_rows as stored
from ivaudit.store.evidence import Body
from ivaudit.store.journal import Edit

_ADDED = {
    EvidenceKind.DOCUMENT: "Document ajouté",
    EvidenceKind.PHOTO: "Photographie ajoutée",
    EvidenceKind.FILE: "Fichier ajouté",
    EvidenceKind.OBSERVATION: "Observation ajoutée",
}
_SUFFIX = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}


# -- reading


def all_of(session: Session, audit: str) -> tuple[Evidence, ...]:
    """Return the evidence of an audit, the oldest first."""
    session.audit(audit)
    return stored.evidence_of(session.workspace.db, audit)


def documents(session: Session, audit: str) -> tuple[Evidence, ...]:
    """Return the register of documents of an audit."""
    return register(all_of(session, audit))


def get(session: Session, audit: str, key: str) -> Evidence:
    """Return one piece of evidence.

    Raises:
        NotFound: there is none with this id in this audit, or it was removed.
    """
    session.audit(audit)
    found = stored.one(session.workspace.db, audit, key)
    if found is None or not found.present:
        raise NotFound("Cette preuve n'existe pas, ou plus, dans cet audit.")
    return found


def body(session: Session, digest: str) -> Body:
    """Return a picture or file that is kept, by its digest.

    Raises:
        NotFound: it was erased.
    """
    return session.workspace.evidence.get(digest)


def thumbnails(session: Session, digests: Sequence[str]) -> dict[str, bytes]:
    """Return small pictures by digest; ask for a few at a time."""
    return session.workspace.evidence.thumbnails(digests)


# -- adding


def add_photo(
    session: Session,
    audit: str,
    photo: Prepared,
    *,
    caption: str = "",
    date: str = "",
    criteria: Sequence[str] = (),
    subject: str = STRUCTURE,
) -> tuple[Changes, str]:
    """Keep a photograph; return what changed, and its id.

    Args:
        session: the open workspace.
        audit: id of the audit.
        photo: masked already: nothing else is ever stored.
        caption: what it shows, without an identity.
        date: when it was taken, today unless told.
        criteria: ids of the criteria it is about.
        subject: what it is about.

    Raises:
        NotFound: no such audit or criterion.
        InvalidValue: a text too long, an impossible date.
        KnownError: full or failing disk; nothing was kept.
    """
    values: dict[str, Json] = {
        "caption": evidence_values.text(caption),
        "date": evidence_values.date(date or clock.today().isoformat()),
    }
    return _kept(session, audit, EvidenceKind.PHOTO, values, [photo.body], criteria, subject)


def add_pages(
    session: Session,
    audit: str,
    pages: Sequence[Prepared],
    *,
    title: str,
    caption: str = "",
    date: str = "",
    criteria: Sequence[str] = (),
    subject: str = STRUCTURE,
) -> tuple[Changes, str]:
    """Keep a file as the pictures of its pages, reviewed and masked; return what changed, and its id."""
    if not pages:
        raise InvalidValue("Un fichier a besoin d'au moins une page.")
    values: dict[str, Json] = {
        "title": evidence_values.named(title),
        "caption": evidence_values.text(caption),
        "date": evidence_values.date(date),
    }
    bodies = [page.body for page in pages]
    return _kept(session, audit, EvidenceKind.FILE, values, bodies, criteria, subject)


def add_original(
    session: Session,
    audit: str,
    data: bytes,
    name: str,
    *,
    title: str,
    without_identity: bool,
    caption: str = "",
    date: str = "",
    criteria: Sequence[str] = (),
    subject: str = STRUCTURE,
) -> tuple[Changes, str]:
    """Keep a PDF or office file as it is, once its reader declared that it holds no identity.

    Raises:
        NotAllowedNow: nobody declared it.
        RefusedFile: no PDF nor office file, or a name that lies.
    """
    if not without_identity:
        raise NotAllowedNow(
            "Un fichier ne se garde tel quel que si vous déclarez qu'il ne contient aucune donnée nominative."
            " Sinon, ajoutez ses pages : elles se relisent et se masquent."
        )
    media = check_original(data, name)
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    values: dict[str, Json] = {
        "title": evidence_values.named(title),
        "caption": evidence_values.text(caption),
        "date": evidence_values.date(date),
        "declared_without_identity": {"by": session.author, "at": at},
    }
    original = Body(body=data, media=media)
    return _kept(session, audit, EvidenceKind.FILE, values, [original], criteria, subject)


def add_document(
    session: Session,
    audit: str,
    *,
    title: str,
    reference: str = "",
    version: str = "",
    date: str = "",
    shown_by: str = "",
    status: str = DocumentStatus.SEEN.value,
    criteria: Sequence[str] = (),
    subject: str = STRUCTURE,
) -> tuple[Changes, str]:
    """Put a document in the register; no file is kept.

    Args:
        session: the open workspace.
        audit: id of the audit.
        title: what it is called.
        reference: its number in the facility.
        version: as written on it.
        date: of the document, `AAAA-MM-JJ`.
        shown_by: the function of who showed it.
        status: a value of `DocumentStatus`.
        criteria: ids of the criteria it is about.
        subject: what it is about.

    Raises:
        NotFound: no such audit or criterion.
        InvalidValue: no title, a text too long, an impossible date or status.
    """
    values: dict[str, Json] = {
        "title": evidence_values.named(title),
        "reference": evidence_values.line(reference),
        "version": evidence_values.line(version),
        "date": evidence_values.date(date),
        "shown_by": evidence_values.line(shown_by),
        "status": evidence_values.status(status),
    }
    return _kept(session, audit, EvidenceKind.DOCUMENT, values, [], criteria, subject)


def add_observation(
    session: Session,
    audit: str,
    *,
    caption: str,
    date: str = "",
    criteria: Sequence[str] = (),
    subject: str = STRUCTURE,
) -> tuple[Changes, str]:
    """Record what was seen, on a day; return what changed, and its id."""
    said = evidence_values.text(caption)
    if not said:
        raise InvalidValue("Une observation dit ce qui a été vu.")
    values: dict[str, Json] = {
        "caption": said,
        "date": evidence_values.date(date or clock.today().isoformat()),
    }
    return _kept(session, audit, EvidenceKind.OBSERVATION, values, [], criteria, subject)


# -- changing


def edit(session: Session, audit: str, key: str, **values: str) -> Changes:
    """Change texts, date or status of a piece of evidence; nothing when they already are so.

    Raises:
        NotFound: no such evidence.
        InvalidValue: no such field, a text too long, an impossible date or status.
    """
    found = get(session, audit, key)
    wanted: dict[str, Json] = {
        name: evidence_values.checked(found.kind, name, value) for name, value in values.items()
    }
    now = {name: getattr(found, name) or "" for name in wanted}
    return _edited(session, audit, found, {n: v for n, v in wanted.items() if now[n] != v})


def link(session: Session, audit: str, key: str, criterion: str) -> Changes:
    """Link a piece of evidence to one more criterion.

    Raises:
        NotFound: no such evidence or criterion.
    """
    found = get(session, audit, key)
    _check_criteria(session, audit, [criterion])
    criteria: Json = list(dict.fromkeys([*found.criteria, criterion]))
    return _edited(session, audit, found, {} if criterion in found.criteria else {"criteria": criteria})


def unlink(session: Session, audit: str, key: str, criterion: str) -> Changes:
    """Take a criterion off a piece of evidence, which stays in the audit."""
    found = get(session, audit, key)
    criteria: Json = [each for each in found.criteria if each != criterion]
    return _edited(session, audit, found, {"criteria": criteria} if criterion in found.criteria else {})


def remove(session: Session, audit: str, key: str) -> Changes:
    """Take a piece of evidence off the audit; undoing brings it back, its picture too."""
    found = get(session, audit, key)
    edits = [Edit(names.evidence(audit, key), "exists", False)]
    return gestures.gesture(session, audit, edits, f"{_what(found)} retirée")


def export(session: Session, audit: str, key: str, path: Path, *, page: int = 1) -> Path:
    """Write what is kept in a file, in clear; `page` is that of a file kept as pages, from 1.

    Raises:
        NotFound: no such evidence, page or body.
        CannotWriteExport: the place refuses the file.
    """
    found = get(session, audit, key)
    if not 1 <= page <= len(found.digests):
        raise NotFound("Cette preuve n'a pas d'image ni de fichier à écrire, ou pas cette page.")
    return placing.put_bytes(body(session, found.digests[page - 1]).body, path)


# -- parts


def _kept(  # noqa: PLR0917 - the parts of one gesture
    session: Session,
    audit: str,
    kind: EvidenceKind,
    values: dict[str, Json],
    bodies: Sequence[Body],
    criteria: Sequence[str],
    subject: str,
) -> tuple[Changes, str]:
    session.audit(audit)
    _check_criteria(session, audit, criteria)
    key = secrets.token_hex(6)
    digests = session.workspace.evidence.put(bodies) if bodies else ()
    whole: dict[str, Json] = {
        "exists": True,
        "kind": kind.value,
        **{name: value for name, value in values.items() if value not in ("", None)},
        **_bodies(kind, bodies, digests),
        "criteria": list(dict.fromkeys(criteria)),
        "subject": subject,
    }
    entity = names.evidence(audit, key)
    edits = [Edit(entity, name, value) for name, value in whole.items()]
    changes = gestures.gesture(session, audit, edits, _ADDED[kind])
    if digests:
        session.workspace.evidence.settle(digests)
    return changes, key


def _bodies(kind: EvidenceKind, bodies: Sequence[Body], digests: Sequence[str]) -> dict[str, Json]:
    if not bodies:
        return {}
    size = sum(len(each.body) for each in bodies)
    as_pages = kind is EvidenceKind.FILE and bool(bodies[0].thumbnail)
    named: dict[str, Json] = {"pages": list(digests)} if as_pages else {"digest": digests[0]}
    return {**named, "media": bodies[0].media, "size": size}


def _edited(session: Session, audit: str, found: Evidence, values: dict[str, Json]) -> Changes:
    if not values:
        return Changes()
    entity = names.evidence(audit, found.id)
    edits = [Edit(entity, name, value) for name, value in values.items()]
    return gestures.gesture(session, audit, edits, f"{_what(found)} modifiée")


def _what(found: Evidence) -> str:
    return f"Preuve « {found.name[:40]} »"


def _check_criteria(session: Session, audit: str, criteria: Iterable[str]) -> None:
    index = session.frozen(session.audit(audit)).index
    for criterion in criteria:
        if criterion not in index:
            raise NotFound(f"Aucune grille de cet audit n'a de critère « {criterion[:60]} ».")
