"""The register of documents in Préparation: filled, moved along, printed."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from support.audit_desk import CTRL, Desk

from ivaudit.app import evidence, forms, visit_papers
from ivaudit.domain.evidence import Evidence
from ivaudit.ui.audit.preparation import Preparation
from ivaudit.ui.audit.step import Tab
from ivaudit.ui.evidence.register import DocumentRegister


def documents(desk: Desk) -> tuple[Evidence, ...]:
    desk.drain()
    return cast("tuple[Evidence, ...]", desk.ask(lambda s: evidence.documents(s, desk.audit)))


def register(desk: Desk) -> DocumentRegister:
    desk.page.show_tab(Tab.PREPARATION)
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Preparation)
    desk.drain()
    return step.register


def test_an_empty_register_says_what_to_do(desk: Desk) -> None:
    shown = register(desk)
    assert shown.empty.isVisible()
    assert not shown.table.isVisible()
    assert not shown.acts.isVisible()


def test_there_is_no_other_list_of_documents(desk: Desk) -> None:
    shown = register(desk)
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Preparation)
    assert "documents" not in {section.id for section in step.form.form.sections}
    assert shown.isVisible()


def test_documents_typed_in_the_former_form_are_offered(desk: Desk) -> None:
    rows = [{"title": "Charte", "state": "recu"}]
    desk.ask(lambda s: forms.set_field(s, desk.audit, "visite", "documents", rows))
    desk.page.evidence.book.load()
    shown = register(desk)
    assert "1 document" in shown.adopt.text()
    shown.adopt.click()
    assert [(each.title, each.status) for each in documents(desk)] == [("Charte", "reçu")]
    desk.drain()
    assert not shown.adopt.isVisible()


def test_expected_documents_are_inscribed_moved_along_and_undone(desk: Desk) -> None:
    shown = register(desk)
    shown.expected.click()
    desk.qtbot.waitUntil(lambda: len(shown.table.values.rows) > 3)
    found = documents(desk)
    assert {each.status for each in found} == {"demandé"}
    assert f"{len(found)} demandés" in shown.counts.text()
    shown.states[next(s for s in shown.states if s.value == "reçu")].click()
    desk.drain()
    assert sum(each.status == "reçu" for each in documents(desk)) == 1
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert sum(each.status == "reçu" for each in documents(desk)) == 0
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert documents(desk) == ()


def test_a_document_is_added_changed_and_removed(desk: Desk) -> None:
    shown = register(desk)
    shown.add.click()
    shown.form.title.setText("Bilan des anomalies")
    shown.form.date.setText("31/02/2026")
    shown.form.keep.click()
    assert "21/11/2026" in shown.form.problem.text()
    shown.form.date.setText("")
    shown.form.keep.click()
    (found,) = documents(desk)
    assert (found.title, found.status) == ("Bilan des anomalies", "demandé")
    shown.change.click()
    shown.form.shown_by.setText("qualité")
    shown.form.keep.click()
    assert documents(desk)[0].shown_by == "qualité"
    shown.remove.click()
    assert documents(desk) == ()


def test_the_papers_are_written_where_asked(desk: Desk, tmp_path: Path) -> None:
    shown = register(desk)
    for what in ("demande", "plan"):
        prepared = desk.ask(
            lambda s, w=what: visit_papers.prepare(s, desk.audit, cast("visit_papers.What", w))
        )
        shown._prepared = cast("visit_papers.Prepared", prepared)
        target = tmp_path / f"{what}.pdf"
        shown.write(str(target))
        desk.qtbot.waitUntil(lambda path=target: path.name in shown.said.text(), timeout=30_000)
        assert target.read_bytes().startswith(b"%PDF")
    shown._prepared = cast("visit_papers.Prepared", prepared)
    shown.write(str(tmp_path / "absent" / "plan.pdf"))
    desk.qtbot.waitUntil(lambda: "n'existe pas" in shown.said.text(), timeout=30_000)
