"""The papers about an entry: what they say, an empty block for who it is about, tags, one page."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import page
import pypdfium2
import pytest
from support.register import terms
from support.tagged import read

from ivaudit.app.anomaly_words import log, texts
from ivaudit.app.library import library
from ivaudit.domain import entry_papers
from ivaudit.domain.anomalies import FORMS, Entry, EntryKind
from ivaudit.domain.entry_fold import entry_of
from ivaudit.domain.leaflet import Leaflet, LeafletKind, PartKind
from ivaudit.domain.log_fields import log_words
from ivaudit.domain.log_rows import LogRows
from ivaudit.domain.shared_event import shared_event
from ivaudit.reports import leaflet_pages

VALUES = {
    "kind": "événement",
    "number": "26-K7Q-0042",
    "type": "S07",
    "found": "2026-11-03",
    "unit": "Unité protégée",
    "description": "Pilulier remis à une autre résidente, vu avant la prise.",
    "references": [{"role": "concerné", "nature": "n° DUI", "value": "4512"}],
    "propagation": [{"recipient": "laboratoire", "informed": "2026-11-04", "confirmed": "2026-11-05"}],
    "shareable": "oui",
    "lesson": "Photographier.",
    "trail": [["signalée", "2026-11-03T19:10", "IDEC"]],
}


def _entry() -> Entry:
    return entry_of("a", VALUES, "2026-11-03T18:10:00Z")


def _papers() -> dict[str, Leaflet]:
    content, lists, entry = library(), terms(), _entry()
    words = log_words(lists, {kind: content.form(FORMS[kind]) for kind in EntryKind}, {})
    says = LogRows(log(content), words, lists)
    facility = "EHPAD Les Tilleuls"
    shared = shared_event(entry, lists, [facility], date(2026, 11, 22))
    return {
        "correction": entry_papers.correction(
            entry, texts(content, LeafletKind.CORRECTION), words, says, lists, facility=facility
        ),
        "shared": entry_papers.shared(shared, texts(content, LeafletKind.SHARED)),
        "receipt": entry_papers.receipt(entry, texts(content, LeafletKind.RECEIPT), lists, facility),
        "declaration": entry_papers.declaration(texts(content, LeafletKind.DECLARATION), lists, facility),
    }


@pytest.mark.parametrize("name", ["correction", "shared", "receipt", "declaration"])
def test_each_paper_passes_the_norm_and_says_all_its_parts(name: str) -> None:
    leaflet = _papers()[name]
    data = leaflet_pages.render(leaflet, program="ivaudit 0")
    assert [each.message for each in page.validate_pdf_bytes(data, profile="ua1").failures] == []
    tree, _ = read(data)
    heads = [part.whole for part in tree.every("H1", "H2")]
    assert heads == [leaflet.title, *(part.title for part in leaflet.parts if part.title)]
    assert data == leaflet_pages.render(leaflet, program="ivaudit 0")


@pytest.mark.parametrize("name", ["correction", "shared", "receipt", "declaration"])
def test_short_papers_hold_on_one_page(name: str) -> None:
    data = leaflet_pages.render(_papers()[name], program="ivaudit 0")
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        assert len(document) == 1


@pytest.mark.parametrize("lines", range(25, 32))
def test_what_is_asked_of_who_corrects_is_never_cut_in_two(lines: int) -> None:
    leaflet = _papers()["correction"]
    parts = tuple(
        replace(
            part, rows=(*part.rows, ("Faits", "Une phrase assez longue pour tenir une ligne. " * 2 * lines))
        )
        if part.kind is PartKind.FACTS
        else part
        for part in leaflet.parts
    )
    (asked,) = [part for part in parts if part.kind is PartKind.LINES]
    data = leaflet_pages.render(replace(leaflet, parts=parts), program="ivaudit 0")
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        said = [" ".join(each.get_textpage().get_text_range().split()) for each in document]
    assert any(all(row[0][:30] in each for row in asked.rows) and asked.title in each for each in said)


def test_the_sheet_of_correction_says_everything_but_who() -> None:
    leaflet = _papers()["correction"]
    (blank,) = [part for part in leaflet.parts if "Identité concernée" in part.title]
    assert blank.rows[0] == ("Nom de naissance",)
    assert all(len(row) == 1 for row in blank.rows)
    said = str(leaflet)
    for each in (
        "26-K7Q-0042",
        "S07 – Médicament",
        "03/11/2026",
        "N° de DUI 4512",
        "Laboratoire",
        "05/11/2026",
    ):
        assert each in said


def test_the_shared_page_tells_nothing_that_points_to_somebody() -> None:
    said = str(_papers()["shared"])
    for each in ("26-K7Q-0042", "4512", "Unité protégée", "Tilleuls", "03/11/2026"):
        assert each not in said
    assert "novembre 2026" in said


def test_the_acknowledgement_in_words() -> None:
    said = entry_papers.receipt_text(
        _entry(), texts(library(), LeafletKind.RECEIPT), terms(), "EHPAD Les Tilleuls"
    )
    assert said.startswith(
        "Votre déclaration du 03/11/2026 (S07 – Médicament, pilulier ou perfusion) est enregistrée sous le "
        "numéro 26-K7Q-0042."
    )
    assert "{" not in said


def test_for_word_the_empty_cells_stay_empty(tmp_path: Path) -> None:
    path = tmp_path / "fiche.docx"
    leaflet_pages.write(_papers()["correction"], path, format="docx", program="ivaudit 0")
    document = zipfile.ZipFile(path).read("word/document.xml").decode()
    assert "Nom de naissance" in document
    assert document.count("FFF8E6") >= 8
