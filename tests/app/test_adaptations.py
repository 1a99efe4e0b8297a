"""Local adaptations in an audit, as files of this person, and as forms to fill in."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import adaptations as given
from support.bench import Bench

from ivaudit.app import adaptation_files as files
from ivaudit.app import adaptation_forms as forms
from ivaudit.app import adaptation_values as values
from ivaudit.app import adaptations, audits, facilities, library, library_exports, reports
from ivaudit.app.adaptation_words import Verdict
from ivaudit.app.library_items import Shelf
from ivaudit.content.compiled import freeze
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.adaptation_edit import blank, bumped, without
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import ContentProblems, InvalidValue, NotFound

KEY = "criv-essai"


@pytest.fixture
def region() -> Iterator[Adaptation]:
    """An adaptation of a shipped grid, in use."""
    with given.installed(given.text()):
        yield library.library().adaptation(KEY)


@pytest.fixture
def grid() -> Checklist:
    return library.library().checklist(given.GRID)


def _create(bench: Bench, *chosen: str) -> str:
    kind = bench.session.library.vocabulary().audit_kinds[0].id
    _, key = audits.create(
        bench.session, bench.facility, kind, [given.GRID], "2026-11-22", adaptations=chosen
    )
    return key


def test_an_audit_keeps_the_checklist_as_adaptations_made_it(bench: Bench, region: Adaptation) -> None:
    with_it, without_it = _create(bench, KEY), _create(bench)
    adapted = audits.sheet(bench.session, with_it).checklists[0]
    published = audits.sheet(bench.session, without_it).checklists[0]
    assert freeze(published) == freeze(library.library().checklist(given.GRID))
    assert [each.id for each in adapted.adaptations] == [KEY]
    asked = {point.criterion.id for point in adapted.points()}
    assert given.off() not in asked
    assert f"{KEY}-01" in asked
    files.remove(KEY)
    assert audits.sheet(bench.session, with_it).checklists[0] == adapted
    assert region.checklist == given.GRID


def test_an_adaptation_of_a_grid_that_is_not_chosen_is_refused(bench: Bench, region: Adaptation) -> None:
    kind = bench.session.library.vocabulary().audit_kinds[0].id
    with pytest.raises(InvalidValue):
        audits.create(
            bench.session,
            bench.facility,
            kind,
            ["flash"],
            "2026-11-22",
            adaptations=[region.id],
        )
    with pytest.raises(NotFound):
        _create(bench, "absente")


def test_two_that_disagree_create_nothing(bench: Bench) -> None:
    other = given.text("criv-autre").split("add:")[0]
    other += f"change:\n  - {{criterion: {given.off()}, minutes: 5}}\n"
    with given.installed(given.text(), other):
        before = len(audits.all_of(bench.session))
        with pytest.raises(ContentProblems) as refused:
            _create(bench, "criv-autre", KEY)
        assert len(audits.all_of(bench.session)) == before
        assert adaptations.together(library.library(), ["criv-autre", KEY]) == refused.value.problems


def test_one_made_for_other_facilities_is_not_proposed_by_itself(bench: Bench) -> None:
    with given.installed(given.text(finess="2B0000012")):
        (one,) = adaptations.offered(library.library(), [given.GRID])
        here = facilities.get(bench.session, bench.facility)
        assert not adaptations.meant_for(one, here)
        assert adaptations.meant_for(one, replace(here, finess_et="2B0000012"))
        assert adaptations.offered(library.library(), ["flash"]) == ()


def test_every_report_prints_what_was_lightened(bench: Bench, region: Adaptation, tmp_path: Path) -> None:
    audit = _create(bench, KEY)
    path = reports.export(bench.session, audit, "json", tmp_path / "rapport.json")
    said = path.read_text(encoding="utf-8")
    assert "Point critique allégé" in said
    assert "Vu en revue documentaire. (CRIV Exemple)" in said
    paper = library_exports.print_blank(
        library.library(), given.GRID, tmp_path / "vierge.pdf", adaptations=[region.id]
    )
    other = library_exports.print_blank(library.library(), region.id, tmp_path / "aussi.pdf")
    plain = library_exports.print_blank(library.library(), given.GRID, tmp_path / "publiee.pdf")
    assert paper.read_bytes() == other.read_bytes() != plain.read_bytes()


def test_the_library_lists_it_and_marks_what_it_touches(region: Adaptation) -> None:
    catalogue = library.finder().catalogue
    item = catalogue.item(region.id)
    assert item is not None
    assert item.shelf is Shelf.ADAPTATION
    assert item.extent == "3 changements"
    (done,) = catalogue.applied[given.GRID]
    assert {change.criterion for change in done.changes} == {
        passage.anchor for passage in item.passages if passage.anchor
    }
    assert any(passage.item == region.id for passage in library.finder().find("fiche régionale"))


# -- files


def test_saving_gives_a_new_version_only_to_what_changed(region: Adaptation) -> None:
    same = files.save(region, "2026-12-01")
    assert (same.version, same.date) == ("1.0.0", "2026-11-22")
    other = files.save(replace(region, reason="Un autre motif."), "2026-12-01")
    assert (other.version, other.date) == ("1.0.1", "2026-12-01")
    assert library.library().adaptation(KEY) == other
    assert bumped("1.2.9") == "1.2.10"


def test_what_cannot_be_used_stays_a_draft_and_the_file_in_use_is_whole(region: Adaptation) -> None:
    wrong = replace(region, deactivate=(replace(region.deactivate[0], reason=""),))
    with pytest.raises(ContentProblems) as refused:
        files.save(wrong, "2026-12-01")
    assert refused.value.problems == (f"{given.off()} · Motif : texte vide.",)
    assert library.library().adaptation(KEY) == region
    (opened,) = files.opened()
    assert (opened.draft, opened.saved, opened.adaptation.deactivate[0].reason) == (True, "1.0.0", "")


def test_a_draft_that_is_what_is_in_use_goes(region: Adaptation) -> None:
    files.keep(replace(region, title="Autre"))
    assert files.opened()[0].draft
    assert files.keep(region).blocking == ()
    assert not files.opened()[0].draft


def test_a_deleted_adaptation_comes_back_as_it_was(region: Adaptation) -> None:
    removed = files.remove(KEY)
    assert library.library().adaptations() == ()
    with pytest.raises(NotFound):
        files.remove(KEY)
    files.put_back(removed)
    assert library.library().adaptation(KEY) == region


def test_a_deleted_draft_comes_back_too_and_is_not_put_in_use(region: Adaptation) -> None:
    files.keep(replace(region, reason="En cours."))
    files.keep(replace(region, id="brouillon", reason=""))
    for removed in [files.remove(KEY), files.remove("brouillon")]:
        files.put_back(removed)
    drafts = {each.adaptation.id: each for each in files.opened()}
    assert (drafts[KEY].draft, drafts[KEY].adaptation.reason) == (True, "En cours.")
    assert (drafts["brouillon"].draft, drafts["brouillon"].saved) == (True, "")
    assert library.library().adaptations() == (region,)


def test_an_import_leaves_what_is_being_written(region: Adaptation, tmp_path: Path) -> None:
    path = files.export_file(KEY, tmp_path / "recu.yaml")
    files.keep(replace(region, reason="En cours."))
    files.import_file(path)
    assert files.opened()[0].adaptation.reason == "En cours."
    path.write_bytes(path.read_bytes().replace(b"?", b"!"))
    with pytest.raises(ContentProblems):
        files.import_file(path)
    assert files.opened()[0].adaptation.reason == "En cours."


def test_an_adaptation_has_an_id_of_its_own(tmp_path: Path) -> None:
    with given.installed():
        assert files.proposed_id("Flash") == "flash-2"
        assert files.proposed_id("Aux") == "aux-2"
        for taken in ("flash", "nul"):
            path = tmp_path / "recu.yaml"
            path.write_text(given.text(taken), encoding="utf-8")
            with pytest.raises(InvalidValue) as refused:
                files.import_file(path)
            assert taken in refused.value.sentence


def test_an_adaptation_travels_alone(region: Adaptation, tmp_path: Path) -> None:
    path = files.export_file(KEY, tmp_path / "reçu (1).yaml")
    files.remove(KEY)
    assert files.import_file(path) == region
    assert files.import_file(path) == region
    files.save(replace(region, reason="Plus récent."), "2026-12-01")
    with pytest.raises(InvalidValue) as refused:
        files.import_file(path)
    assert "version 1.0.1" in refused.value.sentence


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"kind: exigences\nid: flash\n",
        b"kind: adaptation\nid: ../../ailleurs\n",
        b"kind: adaptation\nid: [a]\n",
        b"\xff\xfe",
        b"kind: adaptation\nid: grosse\n" + b"# plein\n" * 100_000,
    ],
)
def test_a_file_that_is_no_adaptation_changes_nothing(raw: bytes, tmp_path: Path) -> None:
    with given.installed():
        path = tmp_path / "etrange.yaml"
        path.write_bytes(raw)
        with pytest.raises(InvalidValue):
            files.import_file(path)
        assert files.opened() == ()


def test_an_unusable_adaptation_is_not_imported(tmp_path: Path) -> None:
    with given.installed():
        path = tmp_path / "a.yaml"
        path.write_text(given.text().replace("est-elle connue ?", "est-elle connue"), encoding="utf-8")
        with pytest.raises(ContentProblems) as refused:
            files.import_file(path)
        assert refused.value.problems == (f"{KEY}-01 · Question : se termine par une espace et « ? ».",)
        assert files.opened() == ()
        assert library.library().adaptations() == ()


def test_ids_are_made_of_titles_and_never_taken_twice(region: Adaptation) -> None:
    assert files.proposed_id("Choix de la Région — Île") == "choix-de-la-region-ile"
    assert files.proposed_id("CRIV essai") == f"{region.id}-2"
    assert files.proposed_id("…") == "adaptation"


# -- forms


def test_what_is_shown_and_not_changed_changes_nothing(region: Adaptation, grid: Checklist) -> None:
    assert values.with_header(region, values.header_values(region)) == region
    for point in grid.points():
        shown = values.change_values(region, point.criterion)
        again = values.with_criterion_values(region, point.criterion, shown)
        assert again.extent == region.extent
        assert {each.criterion for each in again.deactivate} == {given.off()}
    own = region.added[0]
    shown = values.added_values(region, grid, own.id)
    again = values.with_added_values(region, grid, own, shown)
    assert again.added == region.added


def test_a_form_says_everything_that_may_change(grid: Checklist) -> None:
    empty = blank(grid, "la-notre", title="La nôtre", author="Cellule", date="2026-11-22")
    empty = replace(empty, reason="Parce que.")
    criterion = next(point.criterion for point in grid.points() if point.criterion.weight == 2)
    typed = {
        "adapt_state": forms.ASKED,
        "adapt_weight": 1,
        "adapt_minutes": 7,
        "adapt_reason": "Un serveur commun.",
        "adapt_guidance": [{"setting": "default", "text": "Voir la fiche."}],
        "adapt_evidence": [{"text": "fiche"}, {"text": None}],
        "adapt_references": [{"document": "Note", "confidence": "lu", "code": ""}, {"document": None}],
    }
    made = values.with_criterion_values(empty, criterion, typed)
    (change,) = made.change
    assert (change.weight, change.minutes, change.reason) == (1, 7, "Un serveur commun.")
    assert change.guidance == {"default": "Voir la fiche."}
    assert change.evidence == ("fiche",)
    assert [each.document for each in change.references] == ["Note"]
    assert change.fingerprint is not None
    assert criterion.fingerprint.startswith(change.fingerprint)
    off = values.with_criterion_values(
        made, criterion, typed | {"adapt_state": forms.OFF, "adapt_state_reason": "Vu."}
    )
    assert (off.change, [each.criterion for each in off.deactivate]) == ((), [criterion.id])
    assert without(off, criterion.id) == empty


def test_an_own_criterion_is_written_by_its_form_alone(grid: Checklist) -> None:
    with given.installed():
        empty = blank(grid, "la-notre", title="La nôtre", author="Cellule", date="2026-11-22")
        begun, key = values.new_criterion(replace(empty, reason="Parce que."), grid, given.off())
        assert files.keep(begun).blocking != ()
        typed = values.added_values(begun, grid, key) | {
            "adapt_question": "La fiche est-elle affichée ?",
            "adapt_why": "Une fiche cachée ne sert pas.",
            "adapt_new_section": "Demandes de la cellule",
            "adapt_rating_oui": "Affichée.",
            "adapt_rating_non": "Absente.",
            "adapt_guidance": [{"setting": None, "text": "Regarder le mur."}],
            "adapt_methods": ["observation"],
            "adapt_interlocutors": ["admissions"],
            "adapt_places": ["accueil"],
            "adapt_recommendation": "Afficher la fiche.",
            "adapt_evidence": [{"text": "fiche"}],
            "adapt_critical_reason": "Trois accidents.",
        }
        made = values.with_added_values(begun, grid, begun.added[0], typed)
        assert files.keep(made) == Verdict()
        files.save(made, "2026-11-22")
        effective = library.library().effective(given.GRID, ["la-notre"])
        point = next(each for each in effective.points() if each.criterion.id == key)
        assert point.section.title == "Demandes de la cellule"
        assert point.criterion.critical_chosen_by == "Cellule"


def _sections(adaptation: Adaptation) -> dict[str, str]:
    return {each.id: home.section_title or "" for home in adaptation.add for each in home.criteria}


def test_each_new_section_keeps_its_title_and_a_domain_of_ours_stays(grid: Checklist) -> None:
    empty = blank(grid, "la-notre", title="La nôtre", author="Cellule", date="2026-11-22")
    made, one = values.new_criterion(empty, grid, given.off())
    made, two = values.new_criterion(made, grid, given.off())

    def placed(adaptation: Adaptation, key: str, title: str) -> Adaptation:
        criterion = next(each for each in adaptation.added if each.id == key)
        shown = values.added_values(adaptation, grid, key)
        return values.with_added_values(adaptation, grid, criterion, shown | {"adapt_new_section": title})

    made = placed(placed(made, one, "Accueil"), two, "Nuit")
    assert _sections(made) == {one: "Accueil", two: "Nuit"}
    renamed = placed(made, two, "Nuits")
    assert _sections(renamed) == {one: "Accueil", two: "Nuits"}
    assert {each.section for each in renamed.add} == {each.section for each in made.add}
    together = placed(renamed, two, "Accueil")
    assert [len(each.criteria) for each in together.add] == [2]
    assert _sections(placed(together, two, "")) == {one: "Accueil", two: ""}
    ours = replace(together, add=(replace(together.add[0], domain="ailleurs", domain_title="Ailleurs"),))
    assert {each.domain for each in placed(ours, two, "Nuit").add} == {"ailleurs"}
    shown = values.added_values(ours, grid, two) | {"adapt_minutes": 5}
    edited = values.with_added_values(ours, grid, ours.added[1], shown)
    assert [(each.domain, len(each.criteria)) for each in edited.add] == [("ailleurs", 2)]


def test_two_lines_of_guidance_for_one_setting_are_both_kept(grid: Checklist) -> None:
    empty = blank(grid, "la-notre", title="La nôtre", author="Cellule", date="2026-11-22")
    criterion = next(grid.points()).criterion
    rows = [{"setting": "default", "text": "Voir la fiche."}, {"setting": None, "text": "Et le mur."}]
    made = values.with_criterion_values(empty, criterion, {"adapt_guidance": rows})
    assert made.change[0].guidance == {"default": "Voir la fiche. Et le mur."}
