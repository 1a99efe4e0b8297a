"""What a bundle says of itself: its format, who made it, what it holds and what it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MAJOR, MINOR = 1, 0
"""The format written. A reader takes any minor version of its major one, and passes over what it does not
know there; another major version is refused."""

SUFFIX = ".ivaudit"


class Contents(StrEnum):
    """What a bundle was made of."""

    AUDIT = "audit"
    AUDITS = "audits"
    REGISTER = "registre"
    CONTENT = "contenu"


class Family(StrEnum):
    """Kinds of content files that travel."""

    ADAPTATION = "adaptation"
    CODES = "codes"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeHead:
    """A scope of the journal in a bundle: how many ops it has, and its tips once they are all read."""

    scope: str
    title: str
    ops: int
    tips: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleHead:
    """The first line of a bundle.

    Attributes:
        format: major and minor version.
        id: made at random, in hexadecimal.
        at: when it was made, UTC, ISO 8601.
        program: what made it.
        author: name or function of who made it.
        device: the copy of the workspace it was made in.
        contents: what it was made of.
        title: what people call it.
        scopes: parts of the journal.
        definitions: SHA-256, in hexadecimal, of the definitions it brings.
        evidence: SHA-256, in hexadecimal, of the pictures and files it brings.
        files: content files, by kind and id.
        left_out: what was withheld, in French, empty when nothing was.
        seals: hashes, in hexadecimal, of the seals of its audits, by audit.
    """

    format: tuple[int, int] = (MAJOR, MINOR)
    id: str
    at: str
    program: str
    author: str
    device: str
    contents: Contents
    title: str
    scopes: tuple[ScopeHead, ...] = ()
    definitions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    files: tuple[tuple[Family, str], ...] = ()
    left_out: tuple[str, ...] = ()
    seals: Mapping[str, str] = field(default_factory=dict)

    @property
    def partial(self) -> bool:
        """Tell whether values were withheld."""
        return bool(self.left_out)

    @property
    def ops(self) -> int:
        """Return how many ops it brings."""
        return sum(each.ops for each in self.scopes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A frozen definition that audits name by the SHA-256 of its body."""

    kind: str
    id: str
    version: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture or file kept as evidence."""

    sha: str
    media: str
    width: int
    height: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFile:
    """A content file; its id is never taken for a path."""

    family: Family
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed: an Ed25519 public key, and its signature over everything before it."""

    key: bytes
    value: bytes
