"""Workbooks that somebody made to harm, or that went wrong on their way; each is written in a second."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MEGA = 1_000_000

Parts = dict[str, bytes | Iterable[bytes]]


def parts(
    sheet: str = '<row r="1"><c r="A1" t="inlineStr"><is><t>un</t></is></c></row>',
    *,
    texts: str = "",
    before: str = "",
    book_type: str = _BOOK_TYPE,
    sheets: int = 1,
) -> Parts:
    """Return the members of a small workbook.

    Args:
        sheet: what is inside `sheetData` of each sheet.
        texts: what is inside the list of texts.
        before: what stands before the root of the sheet.
        book_type: what the workbook says it is.
        sheets: how many sheets there are.
    """
    named = range(1, sheets + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in named
    )
    listed = "".join(f'<sheet name="F{n}" sheetId="{n}" r:id="rId{n}"/>' for n in named)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in named
    )
    made: Parts = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{book_type}"/>'
            '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
            f"{overrides}</Types>"
        ).encode(),
        "_rels/.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        ).encode(),
        "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_MAIN}"/>'.encode(),
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_MAIN}">{texts}</sst>'.encode(),
    }
    for n in named:
        made[f"xl/worksheets/sheet{n}.xml"] = (
            f'{_HEAD}{before}<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
        ).encode()
    return made


def zipped(path: Path, members: Parts) -> Path:
    """Write members as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            with archive.open(name, "w") as out:
                for piece in [content] if isinstance(content, bytes) else content:
                    out.write(piece)
    return path


def _around(start: str, middle: bytes, times: int, end: str) -> Iterator[bytes]:
    yield start.encode()
    for _ in range(times):
        yield middle
    yield end.encode()


def _sheet_of(middle: bytes, times: int, *, start: str = "", end: str = "") -> Parts:
    """Return a workbook whose sheet repeats something."""
    made = parts()
    head = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{start}'
    made["xl/worksheets/sheet1.xml"] = _around(head, middle, times, f"{end}</sheetData></worksheet>")
    return made


def _texts_of(middle: bytes, times: int, *, start: str = "", end: str = "") -> Parts:
    made = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    head = f'{_HEAD}<sst xmlns="{_MAIN}">{start}'
    made["xl/sharedStrings.xml"] = _around(head, middle, times, f"{end}</sst>")
    return made


def last_cell(path: Path) -> Path:
    return zipped(path, parts('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def last_cells_of_forty_sheets(path: Path) -> Path:
    return zipped(path, parts('<row r="1048576"><c r="XFD1048576"/></row>', sheets=40))


def row_beyond_any(path: Path) -> Path:
    return zipped(path, parts('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'))


def huge_cell(path: Path) -> Path:
    """Put a text of 400 MB in one cell, in a zip of less than 2 MB that says so."""
    return zipped(path, _texts_of(b"A" * _MEGA, 400, start="<si><t>", end="</t></si>"))


def huge_cell_hidden(path: Path) -> Path:
    """Do the same, in a zip that declares a thousand bytes."""
    return _with_declared_size(huge_cell(path), "xl/sharedStrings.xml", 1_000)


def huge_cell_declared_medium(path: Path) -> Path:
    """Declare what the bounds allow, and hold more."""
    return _with_declared_size(huge_cell(path), "xl/sharedStrings.xml", 300_000)


def fifty_megabytes_of_text(path: Path) -> Path:
    """Stay below the bounds of size, with a text that takes four bytes a character in memory."""
    texts = ("é" + "".join(chr(97 + n % 26) for n in range(2_000)) + "😀").encode()
    return zipped(path, _texts_of(b"<si><t>" + texts + b"</t></si>", 24_000))


def many_references_to_a_long_text(path: Path) -> Path:
    cells = "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(1))
    row = f"<row>{cells.replace('A0', 'A1') * 50}</row>".replace(' r="A1"', "")
    made = _sheet_of(row.encode(), 5_000)
    made["xl/sharedStrings.xml"] = (
        f'{_HEAD}<sst xmlns="{_MAIN}"><si><t>{"mot " * 8_000}</t></si></sst>'.encode()
    )
    return zipped(path, made)


def many_cells_in_a_row(path: Path) -> Path:
    return zipped(path, _sheet_of(b'<c r="A1"/>' * 1_000, 3_000, start="<row>", end="</row>"))


def many_rows(path: Path) -> Path:
    return zipped(path, _sheet_of(b"<row/>" * 1_000, 3_000))


def many_texts(path: Path) -> Path:
    return zipped(path, _texts_of(b"<si><t>a</t></si>" * 1_000, 2_500))


def many_styles(path: Path) -> Path:
    made = parts()
    head = f'{_HEAD}<styleSheet xmlns="{_MAIN}"><cellXfs>'
    made["xl/styles.xml"] = _around(head, b"<xf/>" * 1_000, 2_000, "</cellXfs></styleSheet>")
    return zipped(path, made)


def styles_below_the_bound(path: Path) -> Path:
    made = parts()
    head = f'{_HEAD}<styleSheet xmlns="{_MAIN}"><cellXfs>'
    made["xl/styles.xml"] = _around(head, b"<xf><alignment/></xf>" * 100, 290, "</cellXfs></styleSheet>")
    return zipped(path, made)


def cells_below_the_bound(path: Path) -> Path:
    """Fill as many cells as are admitted."""
    row = b"<row>" + b"<c><v>1</v></c>" * 195 + b"</row>"
    return zipped(path, _sheet_of(row, 2_040))


def huge_tag(path: Path) -> Path:
    made = parts()
    attributes = b" ".join(b'a%d="1"' % n for n in range(100_000))
    made["xl/worksheets/sheet1.xml"] = b"<worksheet " + attributes + b"/>"
    return zipped(path, made)


def billion_laughs(path: Path) -> Path:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return zipped(path, parts(cell, before=dtd))


def quadratic(path: Path) -> Path:
    dtd = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"&a;" * 100_000}</t></is></c></row>'
    return zipped(path, parts(cell, before=dtd))


def external_entity(path: Path) -> Path:
    dtd = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>'
    return zipped(path, parts(cell, before=dtd))


def external_entity_in_the_workbook(path: Path) -> Path:
    made = parts()
    start = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    made["xl/workbook.xml"] = (start + bytes(made["xl/workbook.xml"]).decode()[len(_HEAD) :]).encode()  # type: ignore[arg-type]
    return zipped(path, made)


def entities_in_utf_16(path: Path) -> Path:
    made = parts()
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    made["xl/worksheets/sheet1.xml"] = text.encode("utf-16")
    return zipped(path, made)


def macros(path: Path) -> Path:
    return zipped(path, parts(book_type=_MACRO_TYPE) | {"xl/vbaProject.bin": b"\x01" * 500})


def macros_under_another_type(path: Path) -> Path:
    return zipped(path, parts() | {"xl/vbaProject.bin": b"\x01" * 500})


def macros_without_project(path: Path) -> Path:
    return zipped(path, parts(book_type=_MACRO_TYPE))


def encrypted(path: Path) -> Path:
    """Start as Office starts a workbook under a passphrase, and an old .xls."""
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 4_000)
    return path


def encrypted_members(path: Path) -> Path:
    raw = bytearray(zipped(path, parts()).read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = raw.find(sign)
        while found >= 0:
            raw[found + at] |= 1
            found = raw.find(sign, found + 4)
    path.write_bytes(raw)
    return path


def truncated(path: Path) -> Path:
    raw = zipped(path, parts()).read_bytes()
    path.write_bytes(raw[: len(raw) * 2 // 3])
    return path


def pdf(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7\n" + b"\x00\x01\x02" * 100)
    return path


def csv(path: Path) -> Path:
    path.write_text("id;question\n1;Oui ?\n", encoding="utf-8")
    return path


def noise(path: Path) -> Path:
    path.write_bytes(bytes(n * 7919 % 256 for n in range(5_000)))
    return path


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def zip_of_something_else(path: Path) -> Path:
    return zipped(path, {"photo.txt": b"rien"})


def many_members(path: Path) -> Path:
    return zipped(path, parts() | {f"xl/media/{n}.bin": b"" for n in range(100_000)})


def many_sheets(path: Path) -> Path:
    """Declare a hundred thousand sheets, all in the same member."""
    made = parts()
    listed = "".join(f'<sheet name="F{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 100_001))
    made["xl/workbook.xml"] = (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    ).encode()
    return zipped(path, made)


def a_few_too_many_sheets(path: Path) -> Path:
    return zipped(path, parts(sheets=60))


def wrong_checksum(path: Path) -> Path:
    raw = bytearray(zipped(path, parts()).read_bytes())
    found = raw.find(b"PK\x01\x02")
    raw[found + 16] ^= 0xFF
    path.write_bytes(raw)
    return path


def same_name_twice(path: Path) -> Path:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in (*parts().items(), ("XL/workbook.xml", b"<a/>")):
            archive.writestr(name, content if isinstance(content, bytes) else b"")
    path.write_bytes(buffer.getvalue())
    return path


def nested_rich_text(path: Path) -> Path:
    return zipped(path, parts(texts=f"<si>{'<r>' * 100_000}<t>x</t>{'</r>' * 100_000}</si>"))


def unclosed(path: Path) -> Path:
    made = parts()
    made["xl/worksheets/sheet1.xml"] = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData><row>'.encode()
    return zipped(path, made)


def text_that_is_not_there(path: Path) -> Path:
    return zipped(path, parts('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'))


def column_that_is_not_there(path: Path) -> Path:
    return zipped(path, parts('<row r="1"><c r="ZZZZZ1"><v>7</v></c></row>'))


def more_columns_than_admitted(path: Path) -> Path:
    return zipped(path, parts('<row r="1"><c r="XFD1"><v>7</v></c></row>'))


def overlapping(path: Path) -> Path:
    """Give the same packed bytes under many names, each of them declared below the bounds."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = b"A" * 900_000
    packed = packer.compress(content) + packer.flush()
    made = zipped(path, parts()).read_bytes()
    end = made.rfind(b"PK\x05\x06")
    start = struct.unpack("<L", made[end + 16 : end + 20])[0]
    local = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(content), len(packed), 900_000, 1, 0
    )
    body = made[:start] + local + b"a" + packed
    sizes = (zlib.crc32(content), len(packed), 900_000, 1)
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *sizes, 0, 0, 0, 0, 0, start)
    directory = made[start:end] + (entry + b"a") * 1_000
    count = 7 + 1_000
    path.write_bytes(
        body
        + directory
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    )
    return path


def _with_declared_size(path: Path, name: str, size: int) -> Path:
    """Change the size that a zip declares for a member, in its directory and before the member."""
    raw = bytearray(path.read_bytes())
    encoded = name.encode()
    for sign, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        found = raw.find(sign)
        while found >= 0:
            if raw[found + name_at : found + name_at + len(encoded)] == encoded:
                raw[found + size_at : found + size_at + 4] = struct.pack("<L", size)
            found = raw.find(sign, found + 4)
    path.write_bytes(raw)
    return path


HOSTILE: tuple[Callable[[Path], Path], ...] = (
    last_cell,
    last_cells_of_forty_sheets,
    row_beyond_any,
    huge_cell,
    huge_cell_hidden,
    huge_cell_declared_medium,
    fifty_megabytes_of_text,
    many_references_to_a_long_text,
    many_cells_in_a_row,
    many_rows,
    many_texts,
    many_styles,
    huge_tag,
    billion_laughs,
    quadratic,
    external_entity,
    external_entity_in_the_workbook,
    entities_in_utf_16,
    macros,
    macros_under_another_type,
    macros_without_project,
    encrypted,
    encrypted_members,
    truncated,
    pdf,
    csv,
    noise,
    empty,
    zip_of_something_else,
    many_members,
    many_sheets,
    a_few_too_many_sheets,
    wrong_checksum,
    same_name_twice,
    nested_rich_text,
    unclosed,
    text_that_is_not_there,
    column_that_is_not_there,
    more_columns_than_admitted,
    overlapping,
)
"""What must be refused with a sentence."""

HEAVY: tuple[Callable[[Path], Path], ...] = (styles_below_the_bound, cells_below_the_bound)
"""What is just within the bounds, and may be read."""


def half_filled(path: Path) -> Path:
    """Write a workbook with sheets that are empty, hidden, sparse, and cells of every kind."""
    from datetime import date, datetime, time  # noqa: PLC0415 - only here

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Réponses"
    values = (
        "texte",
        3,
        3.0,
        0.5,
        True,
        date(2026, 11, 21),
        datetime(2026, 11, 21, 8, 30),  # noqa: DTZ001 - a cell has no time zone
        time(8, 30),
        "#N/A",
    )
    for column, value in enumerate(values, 1):
        sheet.cell(2, column, value)
    sheet["A4"] = "avant\nfusion"
    sheet.merge_cells("A4:C4")
    sheet["A6"] = "=1+1"
    sheet.row_dimensions[4].hidden = True
    sheet["Z900"].number_format = "0.00"
    book.create_sheet("Vide")
    book.create_sheet("Cachée").sheet_state = "hidden"
    book.save(path)
    return path
