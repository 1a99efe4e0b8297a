"""LibreOffice opens our workbooks and our reports in Word: a program, since not every machine has it.

    python tests/faults/office.py [FOLDER]

Those of several audits, hostile texts among them, are converted by LibreOffice to PDF and back; every text
must come back, and for Word every title at its level, every head of a table and every alternative text. The
files stay in FOLDER to be looked at. Exit code 1 when anything is lost, 3 without LibreOffice Calc or Writer.
"""

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent)]

from docx.oxml.ns import qn  # noqa: E402
from openpyxl import load_workbook  # noqa: E402
from support import audits, written  # noqa: E402
from support.questionnaires import blank, fill  # noqa: E402

from ivaudit.content.library import Library  # noqa: E402
from ivaudit.domain.audit import Answer, AuditSheet  # noqa: E402
from ivaudit.domain.report import build  # noqa: E402
from ivaudit.domain.report_model import ReportModel  # noqa: E402
from ivaudit.exchange import questionnaires  # noqa: E402
from ivaudit.reports import docx, xlsx  # noqa: E402
from ivaudit.tables.reading import read_book  # noqa: E402

HOSTILE = ("=1+1", "+33 1 23", "-2", "@moi", "<b>&amp;</b> ]]>", "😀 fin", "_x0041_", "#REF!", "mot" * 3_000)


def main(folder: Path) -> int:
    """Write, convert, compare; return the exit code."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice n'est pas installé : rien n'a été vérifié.")
        return 3
    wrong = 0
    for name, sheet in _sheets().items():
        path = folder / f"{name}.xlsx"
        _write(sheet, path)
        for kind, out in (("pdf", folder), ("xlsx", folder / "relu")):
            _convert(office, path, kind, out)
        lost = _texts(path) - _texts(folder / "relu" / path.name)
        wrong += len(lost)
        print(f"{name}: {len(_texts(path))} textes, {len(lost)} perdus {[text[:40] for text in lost]}")
        wrong += _word(office, sheet, folder / f"{name}.docx")
    wrong += _questionnaire(office, folder)
    print(f"Fichiers à regarder : {folder}")
    return 1 if wrong else 0


def _word(office: str, sheet: AuditSheet, path: Path) -> int:
    """Write a report in Word, have it converted, and return how many of its parts were lost."""
    outline = Library.find().outline("rapport")
    docx.write(_model(sheet), outline, path)
    _convert(office, path, "pdf", path.parent / "word")
    _convert(office, path, "docx", path.parent / "relu")
    parts = [list(_parts(each)) for each in (path, path.parent / "relu" / path.name)]
    lost = Counter(parts[0]) - Counter(parts[1])
    print(f"{path.name}: {len(parts[0])} parties, {lost.total()} perdues {list(lost)[:5]}")
    return lost.total()


def _parts(path: Path) -> Iterator[str]:
    """Yield the texts of a report in Word, its titles with their levels, heads and alternative texts."""
    document = written.opened(path)
    ranks = written.levels(document)
    for style, text in written.texts(document):
        said = " ".join(text.split())
        yield f"{ranks.get(style, '')}:{said}".replace("_x005F_", "_") if said else ""  # as it writes them
    for row in document.element.body.iter(qn("w:tblHeader")):
        yield f"head:{row.get(qn('w:val'), 'true')}"
    yield from (f"alt:{alt}" for alt in written.alternatives(document))


def _questionnaire(office: str, folder: Path) -> int:
    """Return how many answers a questionnaire loses when LibreOffice saves it."""
    path = fill(blank(folder / "questionnaire.xlsx"), folder / "questionnaire-rempli.xlsx", "Oui")
    for kind, out in (("pdf", folder), ("xlsx", folder / "relu")):
        _convert(office, path, kind, out)
    ours, theirs = (questionnaires.read(read_book(each)) for each in (path, folder / "relu" / path.name))
    kept = {(row.criterion, row.answer.text) for row in theirs.rows}
    lost = [row for row in ours.rows if (row.criterion, row.answer.text) not in kept]
    other = (ours.manifest, ours.problems) != (theirs.manifest, theirs.problems)
    print(
        f"questionnaire: {len(ours.rows)} réponses, {len(lost)} perdues, feuille cachée relue : {not other}"
    )
    return len(lost) + other


def _sheets() -> dict[str, AuditSheet]:
    grid, small = audits.checklist(), audits.checklist(len(HOSTILE), key="hostile")
    typed = {
        point.criterion.id: Answer(value="non", constat=text)
        for point, text in zip(small.points(), HOSTILE, strict=True)
    }
    return {
        "complet": audits.sheet([grid], audits.walked(grid), synthesis=audits.written(grid)),
        "vide": audits.sheet([grid], {}),
        "deux-grilles": audits.sheet([grid, small], audits.walked(grid) | typed),
        "hostile": audits.sheet([small], typed, name="=A1"),
    }


def _write(sheet: AuditSheet, path: Path) -> None:
    xlsx.write(_model(sheet), Library.find().outline("classeur"), path)


def _model(sheet: AuditSheet) -> ReportModel:
    return build(
        sheet,
        audits.VOCABULARY,
        audits.VISIT,
        Library.find().outline("rapport"),
        generated="2026-11-21T17:40:00",
        program="ivaudit",
    )


def _convert(office: str, path: Path, kind: str, out: Path) -> None:
    profile = path.parent / "profil"
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(out),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


def _texts(path: Path) -> set[str]:
    """Return the texts of a workbook, an escape of ours read as LibreOffice reads it."""
    cells = [cell for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row]
    return {cell.value.replace("_x005F_", "_") for cell in cells if isinstance(cell.value, str)}


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="ivaudit-office-"))
    place.mkdir(parents=True, exist_ok=True)
    sys.exit(main(place.resolve()))
