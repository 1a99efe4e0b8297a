"""The reading-back by the facility: sent, read back as it was saved, compared, decided on, validated."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from support.bench import Bench
from support.reviews import FILL, write_in_book

from ivaudit.app import (
    actions,
    answers,
    audits,
    findings,
    review,
    review_import,
    review_sending,
    states,
    trail,
)
from ivaudit.domain.audit import AuditState
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound, UnreadableFile
from ivaudit.domain.findings import Grade
from ivaudit.domain.review import LOCKED, CommentKind, Decision, row_of_finding, row_of_point
from ivaudit.domain.review_form import Outcome, ReturnedReview, ReviewComparison

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "Ne pas dire que la cadre hésite."
WRITERS = ("xlsx", "docx")


@pytest.fixture
def keys(bench: Bench) -> list[str]:
    """Answer two points and conclude once."""
    found = list(bench.session.frozen(bench.session.audit(bench.audit)).index)
    answers.answer(bench.session, bench.audit, found[0], "non")
    answers.write(bench.session, bench.audit, found[0], "constat", "La charte n'est pas datée.")
    answers.write(bench.session, bench.audit, found[0], "note", SECRET)
    answers.answer(bench.session, bench.audit, found[1], "oui")
    findings.create(bench.session, bench.audit, "La charte n'est pas datée.", Grade.GAP, criteria=[found[0]])
    return found


@pytest.fixture
def finding(bench: Bench, keys: list[str]) -> str:
    assert keys
    return findings.of_audit(bench.session, bench.audit)[0].id


def sent(bench: Bench, folder: Path, end: str = "xlsx", *, with_scores: bool = False) -> Path:
    form = review_sending.prepare(bench.session, bench.audit, with_scores=with_scores)
    return review_sending.make(form, folder / f"{secrets.token_hex(4)}.{end}")


def seen(bench: Bench, path: Path) -> ReviewComparison:
    return review_import.compare(bench.session, bench.audit, review_import.read(path))


def taken(bench: Bench, path: Path) -> ReviewComparison:
    found = seen(bench, path)
    review_import.accept(bench.session, bench.audit, found, take=())
    return found


# -- out ---------------------------------------------------------------------------------------------------


def everything_in(path: Path) -> str:
    """Return every text of a form, hidden ones included."""
    if path.suffix == ".docx":
        made = docx.Document(str(path))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(each.text for each in made.paragraphs), *cells])
    book = openpyxl.load_workbook(path)
    return "\n".join(
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    )


@pytest.mark.parametrize("end", WRITERS)
def test_a_form_gives_what_is_concluded_and_neither_notes_nor_author_nor_score(
    bench: Bench, keys: list[str], finding: str, tmp_path: Path, end: str
) -> None:
    text = everything_in(sent(bench, tmp_path, end))
    assert list((bench.session.workspace.folder / "travail").iterdir()) == []
    assert "La charte n'est pas datée." in text
    assert f"p:{keys[0]}" in text
    assert row_of_finding(finding) in text
    assert keys[2] not in text, "a point without answer is not read back"
    for hidden in (SECRET, "Cellule régionale", "sur 100", "Couverture"):
        assert hidden not in text


@pytest.mark.parametrize("end", WRITERS)
def test_scores_are_there_once_asked_for_and_never_alone(
    bench: Bench, keys: list[str], tmp_path: Path, end: str
) -> None:
    assert keys
    text = everything_in(sent(bench, tmp_path, end, with_scores=True))
    assert "Couverture\u00a0: " in text
    assert "Part de sans objet" in text


def test_only_the_remarks_may_be_filled_in_the_workbook(
    bench: Bench, keys: list[str], tmp_path: Path
) -> None:
    assert keys
    book = openpyxl.load_workbook(sent(bench, tmp_path))
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        open_cells = {
            cell.coordinate[0] for row in sheet.iter_rows() for cell in row if not cell.protection.locked
        }
        assert open_cells <= {"B"} if sheet.title == "Mode d'emploi" else open_cells <= {"D", "E"}
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"] == [
        "listes",
        "ivaudit",
    ]


def test_there_is_nothing_to_read_back_of_an_empty_audit(bench: Bench) -> None:
    with pytest.raises(InvalidValue, match="rien à relire"):
        review_sending.prepare(bench.session, bench.audit)


def test_a_form_is_a_workbook_or_a_document(bench: Bench, keys: list[str], tmp_path: Path) -> None:
    assert keys
    with pytest.raises(InvalidValue, match=r"\.docx"):
        review_sending.make(review_sending.prepare(bench.session, bench.audit), tmp_path / "relecture.odt")


def test_sending_starts_the_reading_back(bench: Bench, keys: list[str]) -> None:
    assert keys
    assert review_sending.sent(bench.session, bench.audit).done == "Audit en relecture"
    assert review_sending.sent(bench.session, bench.audit).at == ""
    found = review.of_audit(bench.session, bench.audit)
    assert (found.state, found.comments) == (AuditState.REVIEW, ())


# -- back in -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", WRITERS)
def test_remarks_come_back_beside_their_texts_as_one_gesture(
    bench: Bench, keys: list[str], finding: str, tmp_path: Path, end: str
) -> None:
    path = sent(bench, tmp_path, end)
    said = {
        row_of_point(keys[0]): ("Elle est datée de mars.", "Désaccord"),
        row_of_finding(finding): ("À revoir.\nVoir l'annexe.", "correction proposée"),
    }
    found = taken(bench, FILL[end](path, said, "Cadre de santé"))
    assert [each.outcome for each in found.rows] == [Outcome.NEW] * 2
    assert not found.problems
    kept = {each.row: each for each in review.comments(bench.session, bench.audit)}
    one, other = kept[row_of_point(keys[0])], kept[row_of_finding(finding)]
    assert (one.text, one.kind, one.by) == (
        "Elle est datée de mars.",
        CommentKind.DISAGREEMENT,
        "Cadre de santé",
    )
    assert (one.criterion, one.finding, other.finding) == (keys[0], "", finding)
    assert (other.text, other.kind, other.number) == (
        "À revoir.\nVoir l'annexe.",
        CommentKind.CORRECTION,
        "C1",
    )
    assert answers.undo(bench.session, bench.audit).done == "Annulé : 2 remarques importées"
    assert review.comments(bench.session, bench.audit) == ()


@pytest.mark.parametrize("end", WRITERS)
def test_the_same_form_twice_changes_nothing(bench: Bench, keys: list[str], tmp_path: Path, end: str) -> None:
    path = FILL[end](sent(bench, tmp_path, end), {row_of_point(keys[0]): ("Non.", "désaccord")})
    taken(bench, path)
    ops = sum(1 for _ in trail.log(bench.session))
    again = taken(bench, path)
    assert [each.outcome for each in again.rows] == [Outcome.SAME]
    assert sum(1 for _ in trail.log(bench.session)) == ops


def test_a_remark_that_changed_is_kept_until_it_is_taken_and_is_then_to_decide_anew(
    bench: Bench, keys: list[str], tmp_path: Path
) -> None:
    path = sent(bench, tmp_path)
    row = row_of_point(keys[0])
    taken(bench, write_in_book(path, {row: ("Une première version.", "")}))
    (before,) = review.comments(bench.session, bench.audit)
    review.decide(bench.session, bench.audit, before.id, Decision.KEPT, answer="Vu.")
    found = taken(bench, write_in_book(path, {row: ("Une seconde version.", "")}))
    assert [each.outcome for each in found.rows] == [Outcome.CHANGED]
    assert review.get(bench.session, bench.audit, before.id).text == "Une première version."
    review_import.accept(bench.session, bench.audit, seen(bench, path), take={before.id})
    after = review.get(bench.session, bench.audit, before.id)
    assert (after.text, after.decision, after.answer) == ("Une seconde version.", None, "Vu.")


def test_two_people_may_comment_the_same_text(bench: Bench, keys: list[str], tmp_path: Path) -> None:
    path, row = sent(bench, tmp_path), row_of_point(keys[0])
    taken(bench, write_in_book(path, {row: ("Oui.", "")}, "Directrice"))
    taken(bench, write_in_book(path, {row: ("Non.", "")}, "Médecin coordonnateur"))
    assert {each.text for each in review.comments(bench.session, bench.audit)} == {"Oui.", "Non."}


def test_a_remark_that_looks_like_an_identity_is_taken_masked(
    bench: Bench, keys: list[str], tmp_path: Path
) -> None:
    row = row_of_point(keys[0])
    found = taken(bench, write_in_book(sent(bench, tmp_path), {row: ("Vu avec Mme DURAND Jeanne.", "")}))
    assert any("identité" in problem.message for problem in found.problems)
    (kept,) = review.comments(bench.session, bench.audit)
    assert kept.text.startswith("Vu avec")
    assert "DURAND" not in kept.text


def test_a_remark_on_a_text_reworded_meanwhile_says_so(bench: Bench, keys: list[str], tmp_path: Path) -> None:
    path = write_in_book(sent(bench, tmp_path), {row_of_point(keys[0]): ("Si.", "")})
    (same,) = seen(bench, path).rows
    assert not same.reworded
    answers.write(bench.session, bench.audit, keys[0], "constat", "La charte est datée, mais pas signée.")
    (row,) = seen(bench, path).rows
    assert row.reworded
    assert "pas signée" in row.now


def test_a_remark_on_a_finding_taken_away_is_not_lost(bench: Bench, finding: str, tmp_path: Path) -> None:
    path = write_in_book(sent(bench, tmp_path), {row_of_finding(finding): ("Pourquoi ?", "")})
    findings.remove(bench.session, bench.audit, finding)
    found = taken(bench, path)
    assert [(each.reworded, each.now) for each in found.rows] == [(True, "")]
    assert review.of_audit(bench.session, bench.audit).comments[0].number == "C1"


def test_a_text_corrected_in_the_document_itself_is_a_correction(
    bench: Bench, keys: list[str], tmp_path: Path
) -> None:
    path = sent(bench, tmp_path, "docx")
    made = docx.Document(str(path))
    row = next(r for t in made.tables for r in t.rows if r.cells[-1].text.startswith(row_of_point(keys[0])))
    row.cells[2].text = "Non\nLa charte est datée de mars."
    made.save(str(path))
    found = taken(bench, path)
    assert [str(each.message) for each in found.problems] == [
        "texte modifié à même le formulaire : repris comme une correction proposée."
    ]
    (kept,) = review.comments(bench.session, bench.audit)
    assert (kept.kind, kept.text) == (CommentKind.CORRECTION, "Non\nLa charte est datée de mars.")


def test_columns_moved_and_rows_sorted_are_found_back(bench: Bench, keys: list[str], tmp_path: Path) -> None:
    path = write_in_book(sent(bench, tmp_path), {row_of_point(keys[1]): ("Bien vu.", "")})
    book = openpyxl.load_workbook(path)
    sheet = book["Points"]
    sheet.title = "Feuille renommée"
    sheet.delete_cols(6)
    sheet.insert_cols(1)
    book.save(path)
    found = taken(bench, path)
    assert [each.comment.row for each in found.rows] == [row_of_point(keys[1])]


def test_what_cannot_be_placed_is_said_with_its_place(bench: Bench, keys: list[str], tmp_path: Path) -> None:
    assert keys
    path = sent(bench, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book["Points"]
    sheet.cell(sheet.max_row + 1, 4, "Une remarque générale.")
    sheet.delete_rows(4)
    book.save(path)
    said = [str(each) for each in seen(bench, path).problems]
    assert len(said) == 2
    assert said[0].startswith("Points!D5 : cette remarque n'est à côté d'aucun texte")
    assert said[1] == "Constats : lignes absentes : 1.1."


def test_a_kind_that_is_none_and_a_name_are_said(bench: Bench, keys: list[str], tmp_path: Path) -> None:
    path = write_in_book(sent(bench, tmp_path), {row_of_point(keys[0]): ("Non.", "bof")}, "Dr Martin")
    found = seen(bench, path)
    assert found.rows[0].comment.kind is CommentKind.COMMENT
    assert any("semble être un nom" in each.message for each in found.problems)
    assert any("nature non reconnue" in each.message for each in found.problems)


def test_a_form_of_another_audit_is_refused(bench: Bench, keys: list[str], tmp_path: Path) -> None:
    assert keys
    path = sent(bench, tmp_path)
    kind = ["rniv-1-principes-communs"]
    _, other = audits.create(bench.session, bench.facility, "externe", kind, "2026-11-22")
    returned: ReturnedReview = review_import.read(path)
    with pytest.raises(InvalidValue, match="autre audit"):
        review_import.compare(bench.session, other, returned)


@pytest.mark.parametrize("end", WRITERS)
def test_a_file_that_is_no_form_is_refused(tmp_path: Path, end: str) -> None:
    path = tmp_path / f"autre.{end}"
    if end == "docx":
        docx.Document().save(str(path))
    else:
        openpyxl.Workbook().save(path)
    with pytest.raises(UnreadableFile, match="n'est pas un formulaire de relecture"):
        review_import.read(path)


# -- treating ----------------------------------------------------------------------------------------------


@pytest.fixture
def comment(bench: Bench, keys: list[str], tmp_path: Path) -> str:
    path = write_in_book(sent(bench, tmp_path), {row_of_point(keys[0]): ("Elle est datée.", "désaccord")})
    review_sending.sent(bench.session, bench.audit)
    taken(bench, path)
    return review.comments(bench.session, bench.audit)[0].id


def test_a_decision_comes_with_its_answer_and_its_day_and_is_undone(bench: Bench, comment: str) -> None:
    changes = review.decide(bench.session, bench.audit, comment, Decision.PARTLY, answer=" Corrigé. ")
    assert changes.done == "Remarque 1.1 : partiellement retenu"
    found = review.get(bench.session, bench.audit, comment)
    assert (found.decision, found.answer, len(found.decided)) == (Decision.PARTLY, "Corrigé.", 10)
    assert review.decide(bench.session, bench.audit, comment, Decision.PARTLY).at == ""
    answers.undo(bench.session, bench.audit)
    assert review.get(bench.session, bench.audit, comment).decision is None


def test_an_answer_being_typed_is_kept_and_recorded_when_it_rests(bench: Bench, comment: str) -> None:
    review.draft(bench.session, bench.audit, comment, "Nous avons")
    answers.settle(bench.session)
    assert review.get(bench.session, bench.audit, comment).answer == "Nous avons"
    assert review.write(bench.session, bench.audit, comment, "Nous avons revu.").at
    assert review.get(bench.session, bench.audit, comment).answer == "Nous avons revu."


def test_there_is_no_decision_on_what_is_not_there(bench: Bench) -> None:
    with pytest.raises(NotFound):
        review.decide(bench.session, bench.audit, "0" * 12, Decision.KEPT)


# -- states ------------------------------------------------------------------------------------------------


def test_an_audit_is_validated_once_every_remark_is_treated(bench: Bench, comment: str) -> None:
    with pytest.raises(NotAllowedNow, match="1 remarque reste à traiter"):
        audits.edit(bench.session, bench.audit, state="validé")
    review.decide(bench.session, bench.audit, comment, Decision.NOT_KEPT, answer="La date manque toujours.")
    assert audits.edit(bench.session, bench.audit, state="validé").done.startswith("Audit validé")
    assert bench.session.audit(bench.audit).state is AuditState.VALIDATED


def test_an_audit_is_not_validated_before_it_was_read_back(bench: Bench, keys: list[str]) -> None:
    assert keys
    with pytest.raises(NotAllowedNow, match="en relecture"):
        states.change(bench.session, bench.audit, AuditState.VALIDATED)


@pytest.fixture
def validated(bench: Bench, comment: str) -> str:
    review.decide(bench.session, bench.audit, comment, Decision.KEPT)
    states.change(bench.session, bench.audit, AuditState.VALIDATED)
    return comment


def test_nothing_of_a_validated_audit_changes_any_more(bench: Bench, validated: str, keys: list[str]) -> None:
    session, audit = bench.session, bench.audit
    before = audits.sheet(session, audit), review.comments(session, audit)
    gestures: tuple[Callable[[], object], ...] = (
        lambda: answers.answer(session, audit, keys[0], "oui"),
        lambda: answers.write(session, audit, keys[0], "constat", "Autre chose."),
        lambda: answers.draft(session, audit, keys[0], "constat", "Autre"),
        lambda: findings.create(session, audit, "Encore un.", Grade.GAP),
        lambda: review.decide(session, audit, validated, Decision.NOT_KEPT),
        lambda: audits.edit(session, audit, title="Autre titre"),
        lambda: audits.remove(session, audit),
        lambda: answers.undo(session, audit),
    )
    for gesture in gestures:
        with pytest.raises(NotAllowedNow) as refused:
            gesture()
        assert refused.value.sentence == LOCKED
    assert (audits.sheet(session, audit), review.comments(session, audit)) == before


def test_actions_of_a_validated_audit_are_still_followed(bench: Bench, validated: str) -> None:
    assert validated
    changes, key = actions.create(bench.session, bench.facility, "Dater la charte.", audit=bench.audit)
    assert changes.at
    actions.edit(bench.session, key, state="réalisée")
    assert answers.undo(bench.session, bench.audit).done.startswith("Annulé : Action modifiée")


def test_reopening_asks_why_and_stays_in_the_journal(bench: Bench, validated: str, keys: list[str]) -> None:
    assert validated
    with pytest.raises(NotAllowedNow, match="dire pourquoi"):
        audits.edit(bench.session, bench.audit, state="en relecture", reason="  ")
    changes = audits.edit(bench.session, bench.audit, state="en relecture", reason="Une date à corriger.")
    assert changes.done == "Audit rouvert"
    *_, last = trail.log(bench.session, f"audit:{bench.audit}")
    assert (last.kind, last.reason) == ("rouvrir", "Une date à corriger.")
    assert answers.answer(bench.session, bench.audit, keys[0], "oui").at
    assert not bench.session.workspace.journal.verify().problems


def test_a_text_left_in_drafts_waits_until_the_audit_is_reopened(
    bench: Bench, comment: str, keys: list[str]
) -> None:
    review.decide(bench.session, bench.audit, comment, Decision.KEPT)
    states.change(bench.session, bench.audit, AuditState.VALIDATED)
    entity = f"answer:{bench.audit}/structure/{keys[1]}"
    bench.session.workspace.drafts.put(entity, "constat", f"audit:{bench.audit}", "Laissé en plan.")
    assert answers.settle(bench.session).at == ""
    states.change(bench.session, bench.audit, AuditState.REVIEW, "Reprendre.")
    answers.settle(bench.session)
    assert answers.current(bench.session, bench.audit, keys[1]).constat == "Laissé en plan."
