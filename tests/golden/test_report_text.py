"""The report in Word, word for word: the style and the text of each paragraph."""

from collections.abc import Callable
from pathlib import Path

from support import audits, written

from ivaudit.content.library import Library
from ivaudit.domain.report import build
from ivaudit.reports import docx

HERE = Path(__file__).parent


def test_the_words_of_the_report(agree: Callable[[Path, str], None], tmp_path: Path) -> None:
    outline = Library.find().outline("rapport")
    grid = audits.checklist(12, per_domain=6)
    sheet = audits.sheet([grid], audits.walked(grid), synthesis=audits.written(grid))
    made = "2026-11-21T17:40:00"
    model = build(sheet, audits.VOCABULARY, audits.VISIT, outline, generated=made, program="ivaudit 0.0.0")
    docx.write(model, outline, tmp_path / "rapport.docx")
    lines = [f"{style}: {text}" for style, text in written.texts(written.opened(tmp_path / "rapport.docx"))]
    agree(HERE / "rapport.txt", "\n".join(lines).replace("\u00a0", "~") + "\n")
