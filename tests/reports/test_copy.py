"""A copy to send on holds no note, no name, no local reference: in none of its formats."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from support import audits, field

from ivaudit.domain.audit import Answer, AuditSheet
from ivaudit.domain.report_copy import NAME, REFERENCE, known_names, transmissible
from ivaudit.domain.report_model import ReportKind, ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports import docx, json_file, pdf, xlsx
from ivaudit.reports.document_source import Beside

Build = Callable[..., ReportModel]
NOTE = "Entre nous, à ménager."
UNKNOWN = "Mme Bernadette Lefèvre"
KEPT = "Le reste de la phrase demeure."


def sheet() -> AuditSheet:
    """Return an audit in which names and references were also typed inside texts."""
    grid = audits.checklist(24)
    made = field.sheet(grid)
    text = f"Selon {field.PERSON} et {UNKNOWN} ({field.LOCAL}), MARTIN absente. {KEPT}"
    key = next(grid.points()).criterion.id
    answers = {**made.answers, ("structure", key): Answer(value="non", constat=text, note=NOTE)}
    return replace(made, answers=answers)


def copy(built: Build, source: AuditSheet) -> ReportModel:
    found = field.gathered(source.checklists[0], with_notebook=True)
    model = built(source, field=found, with_notes=True, kind=ReportKind.COPY)
    return transmissible(model, known_names(source, found.persons))


def _texts_of(path: Path) -> str:
    match path.suffix:
        case ".pdf":
            with pypdfium2.PdfDocument(path) as document:
                return " ".join(page.get_textpage().get_text_range() for page in document)
        case ".json":
            return path.read_text(encoding="utf-8")
        case _:
            with zipfile.ZipFile(path) as parts:
                return " ".join(
                    parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels"))
                )


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "json"])
def test_none_of_them_is_in_any_format(
    built: Build, rapport: ReportOutline, classeur: ReportOutline, tmp_path: Path, form: str
) -> None:
    model, path = copy(built, sheet()), tmp_path / f"copie.{form}"
    beside = Beside(pictures=field.pictures())
    match form:
        case "pdf":
            pdf.write(model, rapport, path, beside=beside)
        case "docx":
            docx.write(model, rapport, path, beside=beside)
        case "xlsx":
            xlsx.write(model, classeur, path)
        case _:
            json_file.write(model, rapport, path)
    text = " ".join(_texts_of(path).replace("\u00a0", " ").split())
    text = text.replace("Saint-Martin", "")  # a town is nobody
    taken = (field.PERSON, "Martin", "MARTIN", "Nommée", "Lefèvre", "Bernadette", field.OBSERVER, "Durand")
    for word in (*taken, NOTE, field.LOCAL, "PRO-ID-001", field.SPOKEN, "Auditrice", "P1<"):
        assert word not in text, word
    assert "Le reste de la phrase" in text


def test_the_same_audit_says_them_otherwise(built: Build) -> None:
    """The test above would see them: the report itself holds what the copy must not."""
    source = sheet()
    found = field.gathered(source.checklists[0], with_notebook=True)
    said = repr(built(source, field=found, with_notes=True))
    for word in (field.PERSON, field.OBSERVER, NOTE, field.LOCAL, "PRO-ID-001", field.SPOKEN):
        assert word in said, word


def test_what_was_taken_leaves_a_mark(built: Build) -> None:
    model = copy(built, sheet())
    constat = model.points[0].answers[0].constat
    assert constat == f"Selon {NAME} et {NAME} ({REFERENCE}), {NAME} absente. {KEPT}"
    assert model.kind is ReportKind.COPY
    assert model.field.campaigns[0].rates
    assert model.field.campaigns[0].lines == ()


def test_the_structure_and_the_grid_keep_their_words(built: Build) -> None:
    source = sheet()
    named = replace(source, facility=replace(source.facility, name="Clinique Dr Schweitzer"))
    model = copy(built, named)
    assert model.facility.name == "Clinique Dr Schweitzer"
    assert [each.question for each in model.points] == [
        point.criterion.question for point in source.checklists[0].points()
    ]
    assert json.dumps([each.title for each in model.checklists])


def test_names_are_those_of_people_met_and_of_the_forms() -> None:
    source = sheet()
    found = field.gathered(source.checklists[0])
    assert known_names(source, found.persons) == {field.PERSON, "Mme Nommée"}
