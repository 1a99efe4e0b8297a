"""Evidence of an audit: documents consulted, photographs, files, dated observations; and their register."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What a piece of evidence is; the values are those of the journal."""

    DOCUMENT = "document"
    PHOTO = "photo"
    FILE = "file"
    OBSERVATION = "observation"


KIND_LABELS = {
    EvidenceKind.DOCUMENT: "Document consulté",
    EvidenceKind.PHOTO: "Photographie",
    EvidenceKind.FILE: "Fichier",
    EvidenceKind.OBSERVATION: "Observation datée",
}


class DocumentStatus(StrEnum):
    """Where a document of the register stands; the values are those of the journal."""

    ASKED = "demandé"
    RECEIVED = "reçu"
    SEEN = "consulté"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Who said, and when (UTC), that an original kept as it is holds no identity."""

    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence.

    Attributes:
        title: what the document or file is called, empty for a photograph.
        date: of the document, of the photograph or of the observation, `AAAA-MM-JJ`.
        shown_by: the function of who showed it, never a name.
        status: of a document in the register.
        criteria: ids of the criteria it is linked to.
        digest: SHA-256, in hexadecimal, of the picture or of the original kept.
        pages: the same for each reviewed page of a file.
        size: bytes of what is kept.
        declared: for an original kept as it is.
        erased: whether what was kept was erased for good; the digests stay.
    """

    id: str
    kind: EvidenceKind
    title: str = ""
    reference: str = ""
    version: str = ""
    date: str = ""
    shown_by: str = ""
    status: DocumentStatus | None = None
    criteria: tuple[str, ...] = ()
    subject: str = "structure"
    digest: str = ""
    pages: tuple[str, ...] = ()
    caption: str = ""
    media: str = ""
    size: int = 0
    declared: Declaration | None = None
    erased: bool = False
    conflict: bool = False
    present: bool = True

    @property
    def digests(self) -> tuple[str, ...]:
        """Return everything kept for it, in order."""
        return tuple(filter(None, (self.digest, *self.pages)))

    @property
    def pictures(self) -> tuple[str, ...]:
        """Return what of it can be shown: the photograph, or the reviewed pages."""
        if self.erased:
            return ()
        return tuple(filter(None, (self.digest,))) if self.kind is EvidenceKind.PHOTO else self.pages

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.title or self.caption or KIND_LABELS[self.kind]


def register(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the documents of an audit: what was asked first, then by title."""
    order = {status: rank for rank, status in enumerate(DocumentStatus)}
    documents = [each for each in found if each.kind is EvidenceKind.DOCUMENT]
    return tuple(
        sorted(documents, key=lambda e: (order.get(e.status or DocumentStatus.SEEN, 9), e.title, e.id))
    )


def of_criterion(found: Iterable[Evidence], criterion: str) -> tuple[Evidence, ...]:
    """Return the evidence linked to a criterion, in the order given."""
    return tuple(each for each in found if criterion in each.criteria)
