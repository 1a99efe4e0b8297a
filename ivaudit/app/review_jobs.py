"""The works on the forms of the reading-back that a child process does: written, read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ivaudit import __version__
from ivaudit.domain.progress import Progress
from ivaudit.domain.review_form import ReviewForm
from ivaudit.reports.plain import from_plain, to_plain

_HEAD = 64 * 1024
_WORD = b"word/"
PROGRAM = f"ivaudit {__version__}"


def write_form(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write a form in the file `target`, as a workbook or as a document."""
    target = Path(request["target"])
    form = from_plain(ReviewForm, request["form"])
    if request["format"] == "docx":
        from ivaudit.reports import review_document  # noqa: PLC0415 - each job loads its own library

        review_document.write(form, target, program=PROGRAM, progress=progress)
    else:
        from ivaudit.reports import review_book  # noqa: PLC0415 - idem

        review_book.write(form, target, program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}


def read_form(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return what the file `path` says, whatever its name: a workbook or a document."""
    from ivaudit.exchange import reviews  # noqa: PLC0415 - each job loads its own library

    progress(0, 1, "lecture du formulaire")
    path = Path(request["path"])
    if _is_document(path):
        from ivaudit.tables.document import read_document  # noqa: PLC0415 - idem

        return {"returned": to_plain(reviews.read_document(read_document(path)))}
    from ivaudit.tables.reading import read_book  # noqa: PLC0415 - idem

    return {"returned": to_plain(reviews.read_book(read_book(path)))}


def _is_document(path: Path) -> bool:
    """Tell a document from a workbook by the directory at the end of its zip, else by its name."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _HEAD))
            tail = file.read()
    except OSError:
        return False  # the reader of workbooks says what is wrong with it
    if b"xl/" in tail:
        return False
    return _WORD in tail or path.suffix.lower() == ".docx"
