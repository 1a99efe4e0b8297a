"""The papers of a visit: what is asked for and to whom, in which order one walks; printed and looked into."""

from pathlib import Path

import pypdfium2
import pytest
from support.bench import Bench

from ivaudit.app import audits, evidence, forms, gestures, visit_papers
from ivaudit.domain.evidence import DocumentStatus
from ivaudit.domain.visit_papers import ANYONE, expected_documents


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_documents_are_asked_once_under_one_person(bench: Bench) -> None:
    found = visit_papers.request(bench.session, bench.audit)
    titles = [each.title for person in found.people for each in person.documents]
    assert len(titles) == len({title.casefold() for title in titles}) == found.count > 20
    assert all(
        each.criteria and len(each.criteria) == len(each.numbers)
        for p in found.people
        for each in p.documents
    )
    people = [person.interlocutor for person in found.people]
    assert people.index("Direction") < people.index("Admissions et accueil")
    assert not any("observé" in title or "démonstration" in title.lower() for title in titles)


def test_what_is_seen_on_site_is_not_asked_for(bench: Bench) -> None:
    sheet = audits.sheet(bench.session, bench.audit)
    seen = [
        p.criterion for c in sheet.checklists for p in c.points() if p.criterion.methods == ("observation",)
    ]
    assert seen
    assert all(expected_documents(criterion) == () for criterion in seen)


def test_what_is_expected_goes_to_the_register_in_one_gesture(bench: Bench) -> None:
    first = visit_papers.request(bench.session, bench.audit).people[0].documents[0]
    evidence.add_document(bench.session, bench.audit, title=first.title.upper(), status="reçu")
    evidence.add_document(bench.session, bench.audit, title="Plan blanc", status="demandé")
    changes = visit_papers.ask(bench.session, bench.audit)
    found = evidence.documents(bench.session, bench.audit)
    request = visit_papers.request(bench.session, bench.audit)
    assert len(found) == request.count
    assert {each.status for each in found if each.title != first.title.upper()} == {DocumentStatus.ASKED}
    assert [person.interlocutor for person in request.people][-1] == ANYONE
    assert changes.undo == "Documents demandés"
    assert visit_papers.ask(bench.session, bench.audit).at == ""
    gestures.undo(bench.session, bench.audit)
    assert len(evidence.documents(bench.session, bench.audit)) == 2


def test_documents_of_the_former_form_move_to_the_register(bench: Bench) -> None:
    rows = [
        {"title": "Charte", "version": "2", "date": "2025-01-31", "state": "consulte", "shown_by": "qualité"},
        {"title": "Bilan", "state": "absent"},
    ]
    forms.set_field(bench.session, bench.audit, "visite", "documents", rows)
    changes = visit_papers.adopt_former(bench.session, bench.audit)
    assert changes.undo == "Documents repris au registre"
    found = evidence.documents(bench.session, bench.audit)
    assert [(e.title, e.status, e.version, e.date, e.shown_by) for e in found] == [
        ("Charte", DocumentStatus.SEEN, "2", "2025-01-31", "qualité"),
        ("Bilan", DocumentStatus.ABSENT, "", "", ""),
    ]
    assert visit_papers.former_documents(bench.session, bench.audit) == ()
    assert visit_papers.adopt_former(bench.session, bench.audit).at == ""
    gestures.undo(bench.session, bench.audit)
    assert len(visit_papers.former_documents(bench.session, bench.audit)) == 2
    assert evidence.documents(bench.session, bench.audit) == ()


def test_the_walk_starts_with_the_places_that_were_planned(bench: Bench) -> None:
    rows = [{"place": "infirmerie", "time": "14:30", "unit": "Étage 1"}, {"place": "accueil"}]
    forms.set_field(bench.session, bench.audit, "visite", "places", rows)
    forms.set_field(
        bench.session, bench.audit, "visite", "hours", [{"activity": "medicaments", "from": "18:00"}]
    )
    found = visit_papers.plan(bench.session, bench.audit)
    assert [stop.place for stop in found.stops[:2]] == ["Infirmerie", "Accueil"]
    assert (found.stops[0].planned, found.stops[0].unit) == ("14:30", "Étage 1")
    sheet = audits.sheet(bench.session, bench.audit)
    points = [point for stop in found.stops for point in stop.points]
    assert (
        len(points) == len({point.number for point in points}) <= sum(1 for _ in sheet.checklists[0].points())
    )
    assert found.minutes == sum(point.minutes for point in points)
    assert [(m.what, m.start) for m in found.moments] == [("Distribution des médicaments", "18:00")]


@pytest.mark.parametrize(("what", "words"), [("demande", "Demande documentaire"), ("plan", "Plan de visite")])
def test_they_are_printed(bench: Bench, tmp_path: Path, what: visit_papers.What, words: str) -> None:
    prepared = visit_papers.prepare(bench.session, bench.audit, what)
    path = visit_papers.make(prepared, tmp_path / visit_papers.file_name(prepared))
    assert path.name.startswith("2026-11-21_EHPAD-Les-Tilleuls_")
    text = text_of(path)
    assert words in text
    assert "EHPAD Les Tilleuls" in text
    assert "21 novembre 2026" in text
