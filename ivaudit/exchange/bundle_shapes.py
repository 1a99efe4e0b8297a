"""The shapes that the lines of a bundle must have, and what its head promised."""

import base64
import binascii
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, TypeAlias

from ivaudit.domain import scopes
from ivaudit.domain.bundle import (
    MINOR,
    BundleHead,
    ContentFile,
    Contents,
    Definition,
    Family,
    Picture,
    ScopeHead,
    Signature,
)
from ivaudit.domain.days import is_instant
from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.journal import CHANGE_ID, DIGEST, ERASE, SALT, Change, Op, body_problem, op_id, op_problem
from ivaudit.exchange import bundle_lines
from ivaudit.exchange.bundle_seals import CarriedSeals

PART, PICTURE_PART = bundle_lines.PART, bundle_lines.PICTURE_PART

More: TypeAlias = Callable[[], Any]
"""Returns what the following line holds."""

MOST_SCOPES = 5_000
MOST_OPS = 5_000_000
MOST_CHANGES = 200_000
MOST_OP = 48 * 1024 * 1024
MOST_DEFINITION = 16 * 1024 * 1024
MOST_FILE = 512 * 1024
MOST_PICTURE = 40 * 1024 * 1024
MOST_LISTED = 20_000

_TITLE = 300
_WORD = re.compile(r"[\w .'-]{1,40}")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)
_KINDS = frozenset({"checklist", "observation"})
_ROW, _ROW_SHOWN = 6, 7


def refuse(problem: str) -> NoReturn:
    """Refuse a bundle for a reason, in a few French words."""
    raise UnreadableFile(
        f"Ce fichier d'échange est incomplet ou a été modifié ({problem}). Rien n'a été changé dans votre "
        "dossier de travail : demandez-le à nouveau."
    )


@dataclass(slots=True)
class Shapes:
    """Turns lines into what they say, and counts them against what the head promised."""

    said: BundleHead | None = None
    places: scopes.Places = field(default_factory=scopes.Places)
    ops: Counter[str] = field(default_factory=Counter)
    seen: set[bytes] = field(default_factory=set)
    tips: dict[str, set[bytes]] = field(default_factory=dict)
    definitions: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)
    files: set[tuple[Family, str]] = field(default_factory=set)
    seals: CarriedSeals = field(default_factory=CarriedSeals)

    @property
    def later_minor(self) -> bool:
        """Tell whether the bundle is of a later minor version."""
        return self.said is not None and self.said.format[1] > MINOR

    def head(self, said: Any) -> BundleHead:  # noqa: ANN401 - JSON
        """Return the first line."""
        listed = [_scope(each) for each in _list(said, "scopes", MOST_SCOPES)]
        head = BundleHead(
            format=(said["format"][0], said["format"][1]),
            id=_hex(said, "id", 16).hex(),
            at=_time(said, "at"),
            program=_shown(said, "program", 80),
            author=_shown(said, "author", 80),
            device=_shown(said, "device", 40),
            contents=_one(Contents, said, "contents"),
            title=_shown(said, "title", _TITLE),
            scopes=tuple(listed),
            definitions=_digests(said, "definitions"),
            evidence=_digests(said, "evidence"),
            files=tuple(_named(each) for each in _list(said, "files", 500)),
            left_out=_texts(said, "left_out"),
            seals=_seals(said),
        )
        distinct = {each.scope for each in listed}
        if len(distinct) != len(listed) or head.ops > MOST_OPS:
            refuse("son sommaire se contredit")
        self.said = head
        return head

    def definition(self, said: Any, more: More) -> Definition:  # noqa: ANN401 - JSON
        """Return a definition that the head announced."""
        kind = _text(said, "kind", 20)
        body = _text_of(said, more, MOST_DEFINITION)
        sha = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
        if kind not in _KINDS or sha in self.definitions or sha not in self._promised.definitions:
            refuse("une grille n'est pas celle qu'il annonce")
        self.definitions.add(sha)
        key, version = _matching(_ID, said, "id"), _matching(_VERSION, said, "version")
        return Definition(kind=kind, id=key, version=version, body=body)

    def picture(self, said: Any, more: More) -> Picture:  # noqa: ANN401 - JSON
        """Return a picture that the head announced, its digest verified."""
        sha = _hex(said, "sha", DIGEST).hex()
        size = _whole(said, "size", MOST_PICTURE)
        width, height = _whole(said, "width", 100_000), _whole(said, "height", 100_000)
        media = _text(said, "media", 120)
        if sha in self.pictures or sha not in self._promised.evidence:
            refuse("une preuve n'est pas de celles qu'il annonce")
        body = bytearray()
        while len(body) < size:
            part = _bytes(more())
            # Every part but the last is full: many tiny ones would take a long time to say little.
            if len(part) != min(size - len(body), PICTURE_PART):
                refuse("une partie n'a pas sa taille")
            body += part
        if hashlib.sha256(body).hexdigest() != sha:
            refuse("une preuve ne correspond pas à son empreinte")
        self.pictures.add(sha)
        return Picture(sha=sha, media=media, width=width, height=height, body=bytes(body))

    def file(self, said: Any, more: More) -> ContentFile:  # noqa: ANN401 - JSON
        """Return a content file that the head announced."""
        family, key = _one(Family, said, "family"), _matching(_ID, said, "id")
        text = _text_of(said, more, MOST_FILE)
        if (family, key) in self.files or (family, key) not in self._promised.files:
            refuse("un contenu n'est pas de ceux qu'il annonce")
        self.files.add((family, key))
        return ContentFile(family=family, id=key, text=text)

    def op(self, said: Any, more: More) -> Op:  # noqa: ANN401 - JSON
        """Return an op, its id computed from what it says."""
        scope = _text(said, "scope", 120)
        count = _whole(said, "count", MOST_CHANGES)
        rows = list(_list(said, "changes", MOST_CHANGES))
        size = sum(map(_size, rows))
        while len(rows) < count:
            added = more()
            if not isinstance(added, list) or not added:
                refuse("une partie manque")
            rows += added
            size += sum(map(_size, added))
            if size > MOST_OP:
                refuse("une opération est démesurée")
        if len(rows) != count:
            refuse("une opération ne compte pas ce qu'elle annonce")
        bare = Op(
            id=b"",
            scope=scope,
            prev=tuple(_raw(each, DIGEST) for each in _list(said, "prev", 1_000)),
            kind=_matching(_WORD, said, "kind"),
            author=_text(said, "author", 80),
            device=_text(said, "device", 40),
            at=_time(said, "at"),
            reason=None if said.get("reason") is None else _text(said, "reason", 2_000),
            about=None if said.get("about") is None else _hex(said, "about"),
            version=_whole(said, "v", 1_000),
            changes=tuple(self._change(scope, row) for row in rows),
        )
        return self._met(replace(bare, id=op_id(bare)))

    def signature(self, said: Any) -> Signature:  # noqa: ANN401 - JSON
        """Return the last line."""
        return Signature(key=_hex(said, "key", 32), value=_hex(said, "value", 64))

    def check_complete(self) -> None:
        """Refuse a bundle that does not hold what its head promised."""
        promised = self._promised
        for each in promised.scopes:
            if self.ops[each.scope] != each.ops or self.tips.get(each.scope, set()) != set(each.tips):
                refuse("des opérations manquent")
        if self.definitions != set(promised.definitions) or self.files != set(promised.files):
            refuse("une grille ou un contenu manque")
        if self.pictures != set(promised.evidence):
            refuse("une preuve manque")
        if not self.seals.bears(promised.seals):
            refuse("il annonce un scellé que son journal ne porte pas")

    @property
    def _promised(self) -> BundleHead:
        return self.said or refuse("son sommaire manque")

    def _met(self, op: Op) -> Op:
        if op.scope not in self.tips:
            if op.scope not in {each.scope for each in self._promised.scopes}:
                refuse("une opération n'est pas de celles qu'il annonce")
            self.tips[op.scope] = set()
        if op.id in self.seen or any(parent not in self.seen for parent in op.prev):
            refuse("une opération est en double ou n'est pas à sa place")
        if problem := _erasure_problem(op) or op_problem(op) or body_problem(op):
            refuse(problem)
        self.seen.add(op.id)
        self.seals.meet(op)
        self.ops[op.scope] += 1
        self.tips[op.scope].difference_update(op.prev)
        self.tips[op.scope].add(op.id)
        return op

    def _change(self, scope: str, row: Any) -> Change:  # noqa: ANN401 - JSON
        if not isinstance(row, list) or len(row) not in {_ROW, _ROW_SHOWN}:
            refuse("une modification ne se lit pas")
        entity, name, base, digest, salt, body, *rest = row
        if not (isinstance(entity, str) and isinstance(name, str) and isinstance(base, list)):
            refuse("une modification ne se lit pas")
        if not self.places.allows(scope, entity, name):
            refuse("une modification n'est pas à sa place")
        if not (body is None or isinstance(body, str)) or any(not isinstance(each, str) for each in rest):
            refuse("une modification ne se lit pas")
        if rest and (body is not None or not self._promised.partial):
            refuse("une valeur est dite deux fois")
        return Change(
            entity=entity,
            field=name,
            base=tuple(_raw(each, CHANGE_ID) for each in base),
            digest=_raw(digest, DIGEST),
            salt=None if salt is None else _raw(salt, SALT),
            body=body,
            shown=rest[0] if rest else None,
        )


def _erasure_problem(op: Op) -> str | None:
    named = op.kind == ERASE
    ill = named and (op.changes or not op.about or len(op.about) % CHANGE_ID)
    return "un effacement ne dit pas ce qu'il efface" if ill else None


def _scope(said: Any) -> ScopeHead:  # noqa: ANN401 - JSON
    name = _text(said, "scope", 120)
    if not scopes.travels(name):
        refuse("il porte sur autre chose qu'un audit ou le registre")
    tips = tuple(_raw(each, DIGEST) for each in _list(said, "tips", MOST_LISTED))
    return ScopeHead(
        scope=name, title=_shown(said, "title", _TITLE), ops=_whole(said, "ops", MOST_OPS), tips=tips
    )


def _named(said: Any) -> tuple[Family, str]:  # noqa: ANN401 - JSON
    if not isinstance(said, list) or len(said) != 2 or said[0] not in Family.__members__.values():  # noqa: PLR2004
        refuse("son sommaire ne se lit pas")
    return Family(said[0]), _matching(_ID, {"id": said[1]}, "id")


def _seals(said: Any) -> Mapping[str, str]:  # noqa: ANN401 - JSON
    found = said.get("seals", {})
    if not isinstance(found, dict) or len(found) > MOST_SCOPES:
        refuse("son sommaire ne se lit pas")
    return {str(key): _raw(value, DIGEST).hex() for key, value in found.items()}


def _digests(said: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    found = tuple(_raw(each, DIGEST).hex() for each in _list(said, name, MOST_LISTED))
    return found if len(set(found)) == len(found) else refuse("son sommaire se répète")


def _text_of(said: Any, more: More, most: int) -> str:  # noqa: ANN401 - JSON
    size = _whole(said, "size", most)
    text = ""
    while len(text) < size:
        part = more()
        if not isinstance(part, str) or len(part) != min(size - len(text), PART):
            refuse("une partie n'a pas sa taille")
        text += part
    return text


def _bytes(part: object) -> bytes:
    try:
        found = base64.b64decode(part, validate=True) if isinstance(part, str) else b""
    except (binascii.Error, ValueError):
        found = b""
    return found or refuse("une partie ne se lit pas")


def _size(row: object) -> int:
    return sum(len(each) for each in row if isinstance(each, str)) if isinstance(row, list) else 0


def _field(said: Any, name: str) -> Any:  # noqa: ANN401 - JSON
    return said.get(name) if isinstance(said, dict) else None


def _text(said: Any, name: str, most: int) -> str:  # noqa: ANN401 - JSON
    found = _field(said, name)
    return found if isinstance(found, str) and len(found) <= most else refuse("une ligne ne se lit pas")


def _shown(said: Any, name: str, most: int) -> str:  # noqa: ANN401 - JSON
    """Return a text of the head in one line: it must not pass for a sentence of the program."""
    return "".join(
        each if each.isprintable() else "\ufffd" for each in " ".join(_text(said, name, most).split())
    )


def _texts(said: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    return tuple(_shown({"texte": each}, "texte", _TITLE) for each in _list(said, name, 50))


def _matching(pattern: re.Pattern[str], said: Any, name: str) -> str:  # noqa: ANN401 - JSON
    found = _text(said, name, 120)
    return found if pattern.fullmatch(found) else refuse("une ligne ne se lit pas")


def _time(said: Any, name: str) -> str:  # noqa: ANN401 - JSON
    found = _matching(_AT, said, name)
    return found if is_instant(found) else refuse("un moment n'existe pas")


def _one(kinds: Any, said: Any, name: str) -> Any:  # noqa: ANN401 - a closed set, JSON
    found = _field(said, name)
    return kinds(found) if found in kinds.__members__.values() else refuse("une ligne ne se lit pas")


def _whole(said: Any, name: str, most: int) -> int:  # noqa: ANN401 - JSON
    found = _field(said, name)
    if type(found) is not int or not 0 <= found <= most:
        refuse("une taille est hors des limites")
    return found


def _list(said: Any, name: str, most: int) -> Sequence[Any]:  # noqa: ANN401 - JSON
    found = _field(said, name)
    return (
        found if isinstance(found, list) and len(found) <= most else refuse("une liste est hors des limites")
    )


def _hex(said: Any, name: str, size: int | None = None) -> bytes:  # noqa: ANN401 - JSON
    return _raw(_field(said, name), size)


def _raw(text: object, size: int | None = None) -> bytes:
    if not isinstance(text, str) or not _HEX.fullmatch(text):
        refuse("une empreinte ne se lit pas")
    found = bytes.fromhex(text)
    if size is not None and len(found) != size:
        refuse("une empreinte n'a pas la bonne longueur")
    return found
