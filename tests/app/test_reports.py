"""Reports from an open workspace to a file, through the real child process."""

import json
import struct
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from support import audits as made
from support.bench import Bench

from ivaudit.app import answers, audits, reports
from ivaudit.app.session import Session
from ivaudit.domain.errors import Cancelled, CannotWriteExport, InvalidValue

CANARY = "CONSTAT-CANARI"


@pytest.fixture
def ready(session: Session, bench: Bench) -> str:
    sheet = audits.sheet(session, bench.audit)
    for rank, point in enumerate(list(sheet.checklists[0].points())[:12]):
        answers.answer(session, bench.audit, point.criterion.id, "non" if rank % 4 == 0 else "oui")
    first = next(sheet.checklists[0].points()).criterion.id
    answers.write(session, bench.audit, first, "constat", CANARY)
    return bench.audit


def work_of(session: Session) -> Path:
    return session.workspace.folder / "travail"


@pytest.mark.parametrize(
    ("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("json", b"{")]
)
def test_an_export_is_whole_and_leaves_nothing_behind(
    session: Session, ready: str, tmp_path: Path, form: str, start: bytes
) -> None:
    steps: list[str] = []
    path = tmp_path / f"rapport.{form}"
    assert (
        reports.export(session, ready, form, path, progress=lambda _d, _t, label: steps.append(label)) == path
    )
    assert path.read_bytes().startswith(start)
    assert steps
    assert list(work_of(session).iterdir()) == []
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [path.name]


def test_the_same_figures_everywhere(session: Session, ready: str, tmp_path: Path) -> None:
    path = reports.export(session, ready, "json", tmp_path / "a.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    model = reports.prepare(session, ready, "pdf").model
    assert data["checklists"][0]["bounds"]["low"] == model.checklists[0].bounds.low  # type: ignore[union-attr]
    assert data["points"][0]["answers"][0]["constat"] == CANARY


def test_a_cancelled_export_leaves_nothing(session: Session, ready: str, tmp_path: Path) -> None:
    def stop(_done: int, _total: int, _label: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        reports.export(session, ready, "pdf", tmp_path / "a.pdf", progress=stop)
    assert not (tmp_path / "a.pdf").exists()
    assert list(work_of(session).iterdir()) == []


def test_a_place_that_refuses_gives_its_sentence(session: Session, ready: str, tmp_path: Path) -> None:
    with pytest.raises(CannotWriteExport, match="n'existe pas"):
        reports.export(session, ready, "json", tmp_path / "absent" / "a.json")
    assert list(work_of(session).iterdir()) == []


def test_an_unknown_format_is_refused(session: Session, ready: str) -> None:
    with pytest.raises(InvalidValue):
        reports.prepare(session, ready, "odt")


def test_the_preview_is_the_pages_as_pictures(session: Session, ready: str) -> None:
    pages = reports.preview(session, ready, width=300)
    assert len(pages) > 5
    widths = {struct.unpack(">I", page[16:20])[0] for page in pages}
    assert widths <= {300, 301}
    assert list(work_of(session).iterdir()) == []


def test_the_chart_of_the_screen(session: Session, ready: str) -> None:
    sheet = audits.sheet(session, ready)
    light, dark = (
        reports.chart_png(sheet, sheet.checklists[0].id, width=640, dark=dark) for dark in (False, True)
    )
    assert light != dark
    assert struct.unpack(">I", light[16:20]) == (640,)


@pytest.mark.parametrize(
    ("facility", "name"),
    [
        ("EHPAD Les Tilleuls", "2026-11-21_EHPAD-Les-Tilleuls_rapport_v1.pdf"),
        ('CH / "Nord": <1>|?*', "2026-11-21_CH-Nord-1_rapport_v1.pdf"),
        ("...", "2026-11-21_structure_rapport_v1.pdf"),
        ("Résidence de l'Épine", "2026-11-21_Résidence-de-l-Épine_rapport_v1.pdf"),
        ("a" * 200, f"2026-11-21_{'a' * 60}_rapport_v1.pdf"),
    ],
)
def test_names_are_safe_everywhere(facility: str, name: str) -> None:
    assert reports.file_name(made.sheet([made.checklist(1)], {}, name=facility), "pdf", 1) == name


def test_the_next_version_writes_over_nothing(tmp_path: Path) -> None:
    sheet = made.sheet([made.checklist(1)], {})
    for version in (1, 2):
        path = reports.next_path(tmp_path, sheet, "xlsx")
        assert path.name == f"2026-11-21_EHPAD-Les-Tilleuls_classeur_v{version}.xlsx"
        path.touch()
    assert "avec-notes_v1" in reports.next_path(tmp_path, sheet, "pdf", with_notes=True).name


def test_the_recovery_sheet_is_written_without_a_trace_of_the_code(session: Session, tmp_path: Path) -> None:
    reports.recovery_sheet(tmp_path / "secours.pdf", "AAAA-BBBB-CCCC", session)
    with pypdfium2.PdfDocument(tmp_path / "secours.pdf") as document:
        assert "AAAA BBBB CCCC" in " ".join(document[0].get_textpage().get_text_range().split())
    assert list(work_of(session).iterdir()) == []
    with pytest.raises(CannotWriteExport, match="n'existe pas"):
        reports.recovery_sheet(tmp_path / "absent" / "secours.pdf", "AAAA", session)


def test_a_missing_logo_is_said(session: Session) -> None:
    outline = replace(session.library.outline("rapport"), logo="absent.png")
    with pytest.raises(CannotWriteExport, match="logo"):
        reports._with_logo(session.library, outline)
