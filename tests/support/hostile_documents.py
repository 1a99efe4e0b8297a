"""Documents of a word processor made to harm, or that went wrong on their way."""

from collections.abc import Callable
from pathlib import Path

from support.hostile_books import Parts, _around, _with_declared_size, encrypted, noise, pdf, zipped

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_START = f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>'
_END = "</w:body></w:document>"
_ROOT = "word/document.xml"


def parts(body: str = "<w:p><w:r><w:t>un</w:t></w:r></w:p>", *, before: str = "", kind: str = _TYPE) -> Parts:
    """Return the members of a small document.

    Args:
        body: what is inside its body.
        before: what stands before its root.
        kind: what the document says it is.
    """
    root = f'{_HEAD}{before}<w:document xmlns:w="{_W}"><w:body>{body}{_END}'
    return {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
            f'ContentType="application/xml"/><Override PartName="/{_ROOT}" ContentType="{kind}"/></Types>'
        ).encode(),
        _ROOT: root.encode(),
    }


def document(path: Path, body: str) -> Path:
    """Write a document with that body."""
    return zipped(path, parts(body))


def _body_of(middle: bytes, times: int, *, start: str = "", end: str = "") -> Parts:
    made = parts()
    made[_ROOT] = _around(f"{_START}{start}", middle, times, f"{end}{_END}")
    return made


def billion_laughs(path: Path) -> Path:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>'
    return zipped(path, parts("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", before=dtd))


def external_entity(path: Path) -> Path:
    dtd = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return zipped(path, parts("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", before=dtd))


def huge_text(path: Path) -> Path:
    """Put 400 MB of one letter in a paragraph, in a zip of less than 2 MB."""
    paragraph = ("<w:p><w:r><w:t>", "</w:t></w:r></w:p>")
    return zipped(path, _body_of(b"A" * 1_000_000, 400, start=paragraph[0], end=paragraph[1]))


def huge_text_hidden(path: Path) -> Path:
    return _with_declared_size(huge_text(path), _ROOT, 1_000)


def too_many_paragraphs(path: Path) -> Path:
    return zipped(path, _body_of(b"<w:p/>" * 1_000, 2_000))


def too_deep(path: Path) -> Path:
    return zipped(path, parts(f"{'<w:tbl><w:tr><w:tc>' * 30_000}{'</w:tc></w:tr></w:tbl>' * 30_000}"))


def macros(path: Path) -> Path:
    return zipped(path, parts(kind=_MACROS) | {"word/vbaProject.bin": b"\x01" * 500})


def no_body(path: Path) -> Path:
    made = parts()
    del made[_ROOT]
    return zipped(path, made | {"word/autre.xml": b"<a/>"})


def unclosed(path: Path) -> Path:
    return zipped(path, parts() | {_ROOT: f"{_START}<w:p>".encode()})


def truncated(path: Path) -> Path:
    raw = zipped(path, parts()).read_bytes()
    path.write_bytes(raw[: len(raw) * 2 // 3])
    return path


def many_members(path: Path) -> Path:
    return zipped(path, parts() | {f"word/media/{n}.bin": b"" for n in range(100_000)})


def paragraphs_below_the_bound(path: Path) -> Path:
    """Fill as many paragraphs as are admitted, in one table."""
    row = b"<w:tr><w:tc><w:p><w:r><w:t>un mot de plus</w:t></w:r></w:p></w:tc></w:tr>"
    return zipped(path, _body_of(row * 100, 795, start="<w:tbl>", end="</w:tbl>"))


HOSTILE: tuple[Callable[[Path], Path], ...] = (
    billion_laughs,
    external_entity,
    huge_text,
    huge_text_hidden,
    too_many_paragraphs,
    too_deep,
    macros,
    no_body,
    unclosed,
    truncated,
    many_members,
    encrypted,
    noise,
    pdf,
)
"""What is refused."""
