"""Reports from an open workspace to a file, through the real child process."""

import json
import struct
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from support import audits as made
from support.bench import Bench

from ivaudit.app import answers, audits, demo, reports
from ivaudit.app.session import Session
from ivaudit.domain.errors import Cancelled, CannotWriteExport, InvalidValue
from ivaudit.domain.report_model import ReportKind

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
    pages = reports.pages(reports.prepare(session, ready, "pdf"), width=300)
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
    assert "avec-notes_v1" in reports.next_path(tmp_path, sheet, "pdf", reports.Wanted(notes=True)).name


def test_each_kind_has_its_name() -> None:
    sheet = made.sheet([made.checklist(1)], {})
    names = {
        (kind, form): reports.file_name(sheet, form, 1, reports.Wanted(kind=kind)).split("_")[-2]
        for kind in ReportKind
        for form in ("pdf", "xlsx")
    }
    assert set(names.values()) == {
        "rapport",
        "classeur",
        "bilan-a-chaud",
        "rapport-transmissible",
        "rapport-anonyme",
        "classeur-anonyme",
        "classeur-transmissible",
    }


def test_a_copy_holds_neither_notes_nor_notebook(session: Session, ready: str) -> None:
    for wanted in ({"notes": True}, {"notebook": True}):
        with pytest.raises(InvalidValue, match="copie transmissible"):
            reports.prepare(session, ready, "pdf", reports.Wanted(kind=ReportKind.COPY, **wanted))


def test_photographs_go_through_the_pipe_and_leave_nothing(session: Session, tmp_path: Path) -> None:
    audit = demo.build(session)
    prepared = reports.prepare(session, audit, "pdf")
    assert len(prepared.pictures) == 3
    assert max(len(body) for _, body in prepared.pictures) <= 200_000
    path = reports.make(prepared, tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(path) as document:
        said = " ".join(page.get_textpage().get_text_range() for page in document)
    plain = " ".join(said.replace("\u00a0", " ").split())
    for part in ("Photographie 3", "Photographies au chariot", "Plan d'actions", "Déclarés plus favorables"):
        assert part in plain
    assert "Charte d'identitovigilance" in plain
    assert list(work_of(session).iterdir()) == []
    assert reports.prepare(session, audit, "json").pictures == ()


def test_the_debrief_is_one_page_and_says_no_score(session: Session, tmp_path: Path) -> None:
    audit = demo.build(session)
    wanted = reports.Wanted(kind=ReportKind.DEBRIEF)
    path = reports.export(session, audit, "pdf", tmp_path / "bilan.pdf", wanted)
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) == 1
        said = document[0].get_textpage().get_text_range()
    assert "sur 100" not in said
    assert "Niveau" not in said
    data = json.loads(reports.export(session, audit, "json", tmp_path / "b.json", wanted).read_bytes())
    assert data["format"] == "ivaudit-bilan-1"
    assert [part["kind"] for part in data["parts"]][:2] == ["points forts", "sans attendre"]
    for form in ("docx", "xlsx"):
        assert reports.export(session, audit, form, tmp_path / f"b.{form}", wanted).stat().st_size > 0
    loud = reports.debrief_of(session, audit, score=True)
    assert any("sur 100" in line.text for part in loud.parts for line in part.lines)


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
