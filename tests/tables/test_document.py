"""Foreign documents: their words as they are meant, or refused in a sentence, quickly, in little memory."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from support import hostile_documents
from support.bounded import Cost, cost_of_reading
from support.hostile_books import parts as book_parts
from support.hostile_books import zipped
from support.hostile_documents import HOSTILE, document

from ivaudit.domain.errors import UnreadableFile
from ivaudit.tables.document import read_document


def cost(path: Path) -> Cost:
    return cost_of_reading("ivaudit.tables.document", "read_document", path)


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_document_is_refused_in_one_sentence_quickly_and_in_little_memory(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    found = cost(make(tmp_path / "piege.docx"))
    assert "Rien n'a été modifié." in found.said
    assert "classeur" not in found.said
    assert "tableur" not in found.said
    assert found.small, found


def test_a_heavy_document_within_the_bounds_stays_quick_and_small(tmp_path: Path) -> None:
    path = hostile_documents.paragraphs_below_the_bound(tmp_path / "lourd.docx")
    found = cost(path)
    assert found.said == "lu"
    assert found.small, found


def test_a_workbook_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="Ce document est abîmé"):
        read_document(zipped(tmp_path / "a.docx", book_parts()))


def test_words_come_in_the_order_they_stand(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Avant")
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "N°"
    table.cell(1, 1).text = "deux\nlignes"
    table.cell(1, 1).add_paragraph("et une autre")
    made.add_paragraph("Après")
    made.save(str(tmp_path / "a.docx"))
    found = read_document(tmp_path / "a.docx")
    assert found.paragraphs == ("Avant", "Après")
    (cells,) = found.tables
    assert (cells.at(1, 1), cells.at(2, 2)) == ("N°", "deux\nlignes\net une autre")
    assert cells.at(9, 9) == ""
    assert found.notes == 0


def test_tracked_changes_give_the_text_as_it_would_be_once_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>La charte </w:t></w:r><w:del><w:r><w:delText>manque</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>existe</w:t></w:r></w:ins><w:moveFrom>"
        "<w:r><w:t> ailleurs</w:t></w:r></w:moveFrom></w:p>"
    )
    assert read_document(document(tmp_path / "a.docx", body)).paragraphs == ("La charte existe",)


def test_what_is_in_a_control_is_read_and_a_table_in_a_cell_is_its_text(tmp_path: Path) -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>dedans</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body = (
        "<w:tbl><w:tr><w:tc><w:p><w:sdt><w:sdtContent><w:r><w:t>désaccord</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        f"</w:tc><w:sdt><w:sdtContent><w:tc><w:p/>{inner}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>"
    )
    (table,) = read_document(document(tmp_path / "a.docx", body)).tables
    assert table.rows == (("désaccord", "dedans"),)
