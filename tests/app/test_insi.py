"""INSi files from the parser to the figures: stored all or nothing, again, reissued, in any order."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from support import directories
from support.insi import A, B, C, D, csv_file, row

from ivaudit.app import (
    backups,
    directory,
    facilities,
    gestures,
    insi,
    insi_declared,
    insi_exports,
    insi_imports,
    insi_perimeters,
    names,
    trail,
)
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import Cancelled, InvalidValue, NotFound
from ivaudit.domain.insi import Channel, Usage, UsageFile
from ivaudit.domain.insi_follow_up import DeclaredRate, Standing
from ivaudit.domain.insi_perimeter import Expected

CARD, CERTIFICATE = Channel.CARD, Channel.CERTIFICATE


def _import(session: Session, path: Path, **more: bool) -> Changes:
    file = insi_imports.read(path, insi_imports.work_folder(session))
    return insi_imports.accept(session, insi_imports.preview(session, file), **more)


def _file(folder: Path, name: str, *rows: list[str]) -> Path:
    return csv_file(folder / name, rows)


@pytest.fixture
def september(session: Session, tmp_path: Path) -> Session:
    """Two files of September; A calls both ways, B by card; C and D are expected too."""
    _import(session, _file(tmp_path, "certificat 09.csv", row("202609", A, 10, 8, 2, 4)))
    _import(session, _file(tmp_path, "CPx 09.csv", row("202609", A, 5, 5, 0, 3), row("202609", B, 7, 0, 7)))
    listed = [
        Expected(finess=each, name=f"EHPAD {each[-3:]}", department="25", category="500")
        for each in (A, B, C, D)
    ]
    insi_perimeters.freeze(session, "2026-09", structures=listed)
    return session


def _ops(session: Session) -> int:
    return sum(1 for _ in trail.log(session))


def test_files_become_the_figures_of_the_month(september: Session) -> None:
    follow = insi.follow_up(september)
    assert follow.month == "2026-09"
    assert {each.finess: (each.standing, each.calls) for each in follow.lines} == {
        A: (Standing.CALLED, 15),
        B: (Standing.CALLED, 7),
        C: (Standing.NEVER, None),
        D: (Standing.NEVER, None),
    }
    assert {each.finess for each in follow.to_call_back()} == {C, D}
    assert september.workspace.journal.state_matches()


def test_the_same_file_again_leaves_no_trace(september: Session, tmp_path: Path) -> None:
    before = _ops(september)
    assert _import(september, tmp_path / "certificat 09.csv") == Changes()
    assert _ops(september) == before


def test_a_reissued_month_is_an_update(september: Session, tmp_path: Path) -> None:
    path = _file(tmp_path, "CPx 09 bis.csv", row("202609", A, 6, 6, 0, 3))
    seen = insi_imports.preview(september, insi_imports.read(path, insi_imports.work_folder(september)))
    assert [(each.before.calls, each.after and each.after.calls) for each in seen.changed] == [(5, 6)]
    assert [each.finess for each in seen.missing] == [B]
    assert "1 ligne" in insi_imports.accept(september, seen).done
    assert {each.finess: each.calls for each in insi.follow_up(september).lines} == {
        A: 16,
        B: 7,
        C: None,
        D: None,
    }
    insi_imports.accept(september, seen, whole_month=True)
    assert {each.finess for each in insi.follow_up(september).to_call_back()} == {B, C, D}
    last = insi_imports.all_of(september)[0]
    assert (last.name, last.changed, last.removed) == ("CPx 09 bis.csv", 0, 1)


def test_an_old_date_in_the_name_of_a_file_is_no_day_of_birth(session: Session, tmp_path: Path) -> None:
    assert _import(session, _file(tmp_path, "CPx né le 12-03-1950.csv", row("202609", A, 1, 1, 0))).done


def test_a_file_that_does_not_say_whose_it_is_has_to_be_told(session: Session, tmp_path: Path) -> None:
    path = _file(tmp_path, "usage.csv", row("202609", A, 1, 1, 0))
    file = insi_imports.read(path, insi_imports.work_folder(session))
    with pytest.raises(InvalidValue, match="certificat ou par carte"):
        insi_imports.preview(session, file)
    assert insi_imports.accept(session, insi_imports.preview(session, file, CARD)).done
    assert insi.months(session) == {"2026-09": frozenset({CARD})}


def test_reading_can_be_stopped_and_a_file_that_is_gone_is_said(session: Session, tmp_path: Path) -> None:
    work = insi_imports.work_folder(session)
    path = _file(tmp_path, "CPx.csv", row("202609", A, 1, 1, 0))
    with pytest.raises(Cancelled):
        insi_imports.read(path, work, cancelled=lambda: True)
    with pytest.raises(NotFound):
        insi_imports.read(tmp_path / "rien.csv", work)
    assert list(work.iterdir()) == []
    assert insi.months(session) == {}


FILES = (
    (CARD, Usage("2026-07", A, "a", "25", "500", 3, 2, 1, 1)),
    (CARD, Usage("2026-08", A, "a", "25", "500", 4, 4, 0, 2)),
    (CERTIFICATE, Usage("2026-08", A, "a", "25", "500", 9, 9, 0, 2)),
    (CARD, Usage("2026-08", B, "b", "25", "500", 0, 0, 0, None)),
    (CERTIFICATE, Usage("2026-09", C, "c", "39", "500", None, None, None, None)),
    (CARD, Usage("2026-09", B, "b", "25", "500", 5, 2, 3, 4)),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.lists(st.sampled_from(range(len(FILES))), max_size=6).flatmap(
        lambda more: st.permutations([*range(len(FILES)), *more])
    )
)
def test_neither_the_order_nor_the_repetition_of_files_changes_the_figures(
    session: Session, order: list[int]
) -> None:
    session.workspace.db.execute("DELETE FROM insi_row")
    for rank in order:
        channel, usage = FILES[rank]
        file = UsageFile(name="x", sha="00", channel=channel, rows=(usage,))
        insi_imports.accept(session, insi_imports.preview(session, file))
    follow = insi.follow_up(session)
    assert [(each.finess, each.calls, each.last, each.silent) for each in follow.lines] == [
        (B, 5, "2026-09", 0),
        (C, None, "2026-09", 0),
    ]
    found = [(each.month, each.called, each.calls) for each in insi.evolution(session).months]
    assert found == [("2026-07", 1, 3), ("2026-08", 1, 13), ("2026-09", 1, 5)]


# -- perimeter ---------------------------------------------------------------------------------------------


def test_a_perimeter_is_frozen_month_by_month(september: Session) -> None:
    insi_perimeters.exclude(september, "2026-10", C, "Pas d'usagers")
    kept = [insi_perimeters.of_month(september, month) for month in ("2026-09", "2026-10", "2026-12")]
    assert [len(each.counted("2026-09")) for each in kept if each] == [4, 3, 3]
    insi_perimeters.include(september, "2026-10", C)
    assert len(kept[1].structures) == 4 if kept[1] else False
    insi_perimeters.freeze(september, "2026-10", departments=["39"])
    october = insi_perimeters.of_month(september, "2026-10")
    assert october is not None
    assert october.counted("2026-10") == ()
    gestures.undo(september, names.INSI)
    again = insi_perimeters.of_month(september, "2026-10")
    assert again is not None
    assert len(again.counted("2026-10")) == 4
    assert insi_perimeters.freeze(september, "2026-10") == Changes()
    insi_perimeters.withdraw(september, "2026-10", [D])
    assert [each.finess for each in insi_perimeters.of_month(september, "2026-10").structures] == [A, B, C]  # type: ignore[union-attr]


def test_what_a_perimeter_refuses(session: Session) -> None:
    with pytest.raises(InvalidValue, match="Aucun périmètre"):
        insi_perimeters.exclude(session, "2026-09", A, "motif")
    with pytest.raises(InvalidValue, match="Aucun périmètre"):
        insi_perimeters.freeze(session, "2026-09")
    insi_perimeters.freeze(session, "2026-09", structures=[Expected(finess=A, name="EHPAD du 8 mai 1945")])
    with pytest.raises(InvalidValue, match="pourquoi"):
        insi_perimeters.exclude(session, "2026-09", A, " ")
    with pytest.raises(InvalidValue, match="n'est pas dans la liste"):
        insi_perimeters.include(session, "2026-09", B)
    with pytest.raises(InvalidValue, match="AAAA-MM"):
        insi_perimeters.freeze(session, "septembre")


def test_a_perimeter_comes_from_a_list_the_folder_or_the_files(september: Session, tmp_path: Path) -> None:
    facilities.create(september, {"name": "EHPAD Les Pins", "finess_et": "01 000 001 1", "category": "500"})
    facilities.create(september, {"name": "Sans numéro"})
    assert [each.finess for each in insi_perimeters.from_facilities(september)] == ["010000011"]
    assert [each.finess for each in insi_perimeters.from_files(september)] == [A, B]
    path = tmp_path / "liste.csv"
    path.write_text(f"N° FINESS;Structure;Catégorie\n{A};EHPAD A;500\n", encoding="utf-8")
    assert [each.name for each in insi_perimeters.read(path).structures] == ["EHPAD A"]


def test_the_directory_gives_the_sites_of_what_is_followed(session: Session, tmp_path: Path) -> None:
    laval, other = directories.LAVAL, directories.BOURG
    with pytest.raises(InvalidValue, match="annuaire"):
        insi_perimeters.from_directory(session, "2026-09")
    lines = [
        directories.line(),
        directories.line(other, department="01"),
        directories.line(A, category="355"),
    ]
    path = directories.etalab(tmp_path / "annuaire.csv", lines)
    directory.accept(session, directory.prepare(directory.place(session), path))
    with pytest.raises(InvalidValue, match="départements"):
        insi_perimeters.from_directory(session, "2026-09")
    rows = [["202609", "53 - MAYENNE", laval, "X", "500 - EHPAD", "0", "0", "0", ""]]
    for name in ("certificat.csv", "CPx.csv"):
        _import(session, _file(tmp_path, name, *rows))
    found = insi_perimeters.from_directory(session, "2026-09")
    assert [(each.finess, each.department, each.opened) for each in found] == [
        (laval, "53 - MAYENNE", "1979-02-13")
    ]
    insi_perimeters.freeze(session, "2026-09", structures=found)
    back = insi_exports.prepare_call_back(session).sheets[0]
    assert "0243000000" in back.rows[0]


# -- links and rates ---------------------------------------------------------------------------------------


def test_links_are_kept_undone_and_never_chained(september: Session) -> None:
    insi_declared.link(september, C, A, since="2026-09", note="Dit par le siège")
    assert {each.finess for each in insi.follow_up(september).to_call_back()} == {D}
    for finess, target in ((C, C), (D, C), (A, B), ("12", A)):
        with pytest.raises(InvalidValue):
            insi_declared.link(september, finess, target)
    with pytest.raises(InvalidValue, match="vient avant"):
        insi_declared.link(september, D, A, since="2026-09", until="2026-08")
    gestures.undo(september, names.INSI)
    assert insi_declared.links(september) == ()
    with pytest.raises(NotFound):
        insi_declared.unlink(september, C)


def test_rates_are_declared_with_their_date_and_definition(september: Session, tmp_path: Path) -> None:
    rate = DeclaredRate(
        finess=A, month="2026-09", qualified=70, active=80, date="2026-09-30", definition="Résidents"
    )
    insi_declared.declare(september, rate)
    assert insi_declared.rates(september) == (rate,)
    assert insi_declared.declare(september, rate) == Changes()
    for wrong in (
        DeclaredRate(finess=A, month="2026-09"),
        DeclaredRate(finess=A, month="2026-09", qualified=9, active=8),
        DeclaredRate(finess=A, month="2026-09", permille=1001),
        DeclaredRate(finess=A, month="2026-09", permille=1, date="hier"),
    ):
        with pytest.raises(InvalidValue):
            insi_declared.declare(september, wrong)
    path = tmp_path / "taux.csv"
    path.write_text(f"FINESS;Mois;Taux\n{A};2026-09;50\n{B};2026-09;90\n", encoding="utf-8")
    found = insi_declared.read_rates(path).rates
    assert "importés" in insi_declared.accept(september, found).done
    assert insi_declared.accept(september, found) == Changes()
    assert [(each.finess, each.share) for each in insi_declared.rates(september)] == [(A, 500), (B, 900)]
    insi_declared.withdraw(september, A, "2026-09")
    assert [each.finess for each in insi_declared.rates(september)] == [B]


# -- out ---------------------------------------------------------------------------------------------------


def test_the_follow_up_goes_out_as_a_workbook_and_as_csv(september: Session, tmp_path: Path) -> None:
    facilities.create(september, {"name": "=EHPAD C", "finess_et": C, "contact": "03 81 00 00 00"})
    insi_declared.declare(september, DeclaredRate(finess=A, month="2026-09", permille=875))
    book = insi_exports.write(insi_exports.prepare(september), tmp_path / "suivi.xlsx")
    opened = load_workbook(book)
    assert opened.sheetnames == ["Structures", "Départements", "Catégories", "Évolution"]
    cells = [[cell.value for cell in line] for line in opened["Structures"].iter_rows()]
    head = next(rank for rank, line in enumerate(cells) if line[0] == "N° FINESS")
    found = {line[0]: dict(zip(cells[head], line, strict=True)) for line in cells[head + 1 :]}
    assert found[A]["Sollicitations des deux fichiers"] == 15
    assert found[A]["Utilisateurs uniques par certificat"] == 4
    assert found[A]["Taux d'identités qualifiées déclaré (%)"] == 87.5
    assert found[C]["Situation du mois"] == "aucun appel dans les fichiers reçus"
    back = insi_exports.write(insi_exports.prepare_call_back(september), tmp_path / "rappels.csv")
    lines = list(csv.DictReader(back.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert {line["N° FINESS"]: line["Téléphone ou messagerie du service"] for line in lines} == {
        C: "03 81 00 00 00",
        D: "",
    }
    with pytest.raises(InvalidValue, match=r"\.xlsx"):
        insi_exports.write(insi_exports.prepare(september), tmp_path / "suivi.pdf")


def test_nobody_is_called_back_without_perimeter_or_with_half_a_month(
    session: Session, tmp_path: Path
) -> None:
    with pytest.raises(InvalidValue, match="Aucun fichier"):
        insi_exports.prepare(session)
    _import(session, _file(tmp_path, "CPx.csv", row("202609", A, 1, 1, 0)))
    with pytest.raises(InvalidValue, match="périmètre"):
        insi_exports.prepare_call_back(session)
    insi_perimeters.freeze(session, "2026-09", structures=insi_perimeters.from_files(session))
    with pytest.raises(InvalidValue, match="Un seul"):
        insi_exports.prepare_call_back(session)


def test_the_evolution_is_drawn(september: Session) -> None:
    for dark in (False, True):
        assert insi.chart_png(insi.evolution(september), width=400, dark=dark).startswith(b"\x89PNG")


def test_the_rows_are_in_a_backup_and_the_backup_says_why(september: Session) -> None:
    insi_imports.back_up(september)
    assert backups.backups(september.workspace.folder)[0].reason == insi_imports.BEFORE
