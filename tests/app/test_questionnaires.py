"""Questionnaires through the use cases: out, back in beside an audit, and by the folder."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.bench import Bench
from support.questionnaires import SELF, STRUCTURE, blank, columns, fill

from ivaudit.app import (
    answers,
    audits,
    backups,
    facilities,
    jobs,
    questionnaire_folder,
    questionnaires,
    trail,
)
from ivaudit.app import questionnaire_import as importing
from ivaudit.app.library import library
from ivaudit.app.session import Session
from ivaudit.domain.errors import Cancelled, InvalidValue, NotFound, UnreadableFile
from ivaudit.domain.questionnaire import Column
from ivaudit.domain.questionnaire_comparison import Comparison, Outcome
from ivaudit.domain.returns import FileState, SortedFile, counts

KEYS = [point.criterion.id for point in library().checklist(SELF).points()]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return blank(tmp_path_factory.mktemp("q") / "vide.xlsx")


@pytest.fixture
def mine(bench: Bench) -> str:
    _, audit = audits.create(bench.session, bench.facility, "auto-evaluation", [SELF], "2026-11-20")
    return audit


def _seen(bench: Bench, audit: str, path: Path) -> Comparison:
    return questionnaires.compare(bench.session, audit, questionnaires.read(path))


def _ops(session: Session) -> int:
    return sum(1 for _ in trail.log(session))


# -- out ---------------------------------------------------------------------------------------------------


def test_the_questionnaire_of_an_audit_asks_its_points_and_tells_no_answer(
    bench: Bench, tmp_path: Path
) -> None:
    first = next(iter(bench.session.frozen(bench.session.audit(bench.audit)).index))
    answers.answer(bench.session, bench.audit, first, "non")
    answers.write(bench.session, bench.audit, first, "constat", "Rien de tout cela.")
    prepared = questionnaires.prepare_for(bench.session, bench.audit)
    path = questionnaires.make(prepared, tmp_path / "q.xlsx")
    returned = questionnaires.read(path)
    assert returned.rows == ()
    assert {point.criterion for point in returned.manifest.points} == set(
        bench.session.frozen(bench.session.audit(bench.audit)).index
    )
    assert returned.manifest.checklists[0].sha == bench.session.audit(bench.audit).checklists[0][2]


def test_each_file_has_an_id_of_its_own() -> None:
    made = {questionnaires.prepare(library(), [SELF]).manifest.questionnaire for _ in range(3)}
    assert len(made) == 3
    with pytest.raises(NotFound):
        questionnaires.prepare(library(), ["absente"])
    with pytest.raises(InvalidValue):
        questionnaires.prepare(library(), [])


# -- back in, one ------------------------------------------------------------------------------------------


def test_an_import_is_one_gesture_that_can_be_undone(
    bench: Bench, mine: str, empty: Path, tmp_path: Path
) -> None:
    path = fill(empty, tmp_path / "q.xlsx", dict.fromkeys(KEYS[:10], "Oui"))
    before = _ops(bench.session)
    changes = questionnaires.accept(bench.session, mine, _seen(bench, mine, path))
    assert _ops(bench.session) == before + 1
    assert len(changes.answers) == 10
    assert answers.current(bench.session, mine, KEYS[0]).value == "oui"
    last = list(trail.log(bench.session))[-1]
    assert (last.kind, trail.label(bench.session, mine, last)) == ("importer", "questionnaire importé")
    answers.undo(bench.session, mine)
    assert answers.current(bench.session, mine, KEYS[0]).value is None


def test_importing_again_changes_nothing(bench: Bench, mine: str, empty: Path, tmp_path: Path) -> None:
    texts = {Column.ANSWER: "Sans objet", Column.REASON: "Activité absente", Column.DOCUMENT: "Charte"}
    path = fill(
        empty, tmp_path / "q.xlsx", {key: texts if rank % 2 else "Non" for rank, key in enumerate(KEYS)}
    )
    questionnaires.accept(bench.session, mine, _seen(bench, mine, path))
    before = _ops(bench.session)
    again = _seen(bench, mine, path)
    assert {row.outcome for row in again.rows} == {Outcome.SAME}
    assert questionnaires.accept(bench.session, mine, again).at == ""
    assert _ops(bench.session) == before


def test_different_answers_are_kept_unless_taken(
    bench: Bench, mine: str, empty: Path, tmp_path: Path
) -> None:
    for key in KEYS[:3]:
        answers.answer(bench.session, mine, key, "non")
    path = fill(empty, tmp_path / "q.xlsx", dict.fromkeys(KEYS[:4], "Oui"))
    seen = _seen(bench, mine, path)
    assert [row.criterion for row in seen.of(Outcome.DIFFERENT)] == KEYS[:3]
    answers.answer(bench.session, mine, KEYS[2], "partiel")  # while the preview is read
    questionnaires.accept(bench.session, mine, seen, {KEYS[1], KEYS[2]})
    values = [answers.current(bench.session, mine, key).value for key in KEYS[:4]]
    assert values == ["non", "oui", "partiel", "oui"]


def test_a_file_for_another_checklist_says_so(bench: Bench, empty: Path, tmp_path: Path) -> None:
    path = fill(empty, tmp_path / "q.xlsx", "Oui")
    seen = _seen(bench, bench.audit, path)
    assert any("pas dans cet audit" in remark for remark in seen.remarks)
    assert set(seen.gone) | {row.criterion for row in seen.rows} <= set(KEYS)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rien", b"bonjour", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_hostile_files_are_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "q.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        questionnaires.read(path)


# -- a folder ----------------------------------------------------------------------------------------------


def _folder(empty: Path, tmp_path: Path) -> Path:
    """A folder with one file of each sort."""
    folder = tmp_path / "retours"
    folder.mkdir()
    pins = {**STRUCTURE, "Nom de la structure": "EHPAD Les Pins", "FINESS ET (site)": "010000032"}
    fill(empty, folder / "a-complet.xlsx", "Oui")
    fill(empty, folder / "b-incomplet.xlsx", dict.fromkeys(KEYS[:5], "Non"), pins)
    fill(empty, folder / "c-doublon.xlsx", "Non", {**STRUCTURE, "Date des réponses": "01/01/2026"})
    fill(empty, folder / "d-sans-nom.xlsx", "Oui", {})
    (folder / "e-illisible.xlsx").write_bytes(b"rien")
    other = blank(tmp_path / "flash.xlsx", "flash")
    fill(other, folder / "f-autre.xlsx", "Oui")
    (folder / "~$a-complet.xlsx").write_bytes(b"verrou")
    (folder / "lettre.docx").write_bytes(b"rien")
    return folder


def _sorted(session: Session, folder: Path) -> tuple[SortedFile, ...]:
    read = questionnaire_folder.read_folder(folder, questionnaire_folder.work_folder(session))
    return questionnaire_folder.sort(session.library, read)


def test_each_file_of_a_folder_is_sorted_out(session: Session, empty: Path, tmp_path: Path) -> None:
    files = _sorted(session, _folder(empty, tmp_path))
    assert [(each.name[0], each.state) for each in files] == [
        ("a", FileState.COMPLETE),
        ("b", FileState.INCOMPLETE),
        ("c", FileState.DUPLICATE),
        ("d", FileState.NAMELESS),
        ("e", FileState.UNREADABLE),
        ("f", FileState.OTHER),
    ]
    assert all(each.sentence for each in files)
    assert "sans réponse" in files[1].sentence
    assert files[2].twin == "a-complet.xlsx"
    assert sum(counts(files).values()) == len(files)


def test_a_preferred_duplicate_takes_the_place(session: Session, empty: Path, tmp_path: Path) -> None:
    read = questionnaire_folder.read_folder(
        _folder(empty, tmp_path), questionnaire_folder.work_folder(session)
    )
    files = questionnaire_folder.sort(session.library, read, preferred={"c-doublon.xlsx"})
    states = {each.name[0]: each.state for each in files}
    assert (states["a"], states["c"]) == (FileState.DUPLICATE, FileState.COMPLETE)
    others = questionnaire_folder.sort(session.library, read, wanted=("flash",))
    assert {each.name[0] for each in others if each.usable} == {"f"}


def test_importing_creates_structures_and_audits_once(session: Session, empty: Path, tmp_path: Path) -> None:
    folder = _folder(empty, tmp_path)
    made = importing.import_all(session, _sorted(session, folder))
    assert [each.created for each in made] == [True, True]
    assert {each.name for each in facilities.all_of(session)} == {"EHPAD Les Tilleuls", "EHPAD Les Pins"}
    assert [info.reason for info in backups.backups(session.workspace.folder)] == [questionnaires.BEFORE]
    listed = audits.all_of(session)
    assert {each.audit.kind for each in listed} == {"auto-evaluation"}
    assert {each.audit.date for each in listed} == {"2026-11-20"}
    form = audits.sheet(session, made[0].audit).forms[audits.VISIT_FORM]
    assert form["people"] == [{"function": "Infirmière coordinatrice"}]
    before = _ops(session)
    again = importing.import_all(session, _sorted(session, folder))
    assert [(each.created, each.written, each.kept) for each in again] == [(False, 0, 0)] * 2
    assert _ops(session) == before


def test_a_completed_return_adds_and_never_replaces(session: Session, empty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "retours"
    folder.mkdir()
    fill(empty, folder / "q.xlsx", dict.fromkeys(KEYS[:5], "Non"))
    first = importing.import_all(session, _sorted(session, folder))[0]
    fill(empty, folder / "q.xlsx", "Oui")
    again = importing.import_all(session, _sorted(session, folder))[0]
    assert again.audit == first.audit
    assert (again.created, again.kept) == (False, 5)
    assert answers.current(session, first.audit, KEYS[0]).value == "non"
    assert answers.current(session, first.audit, KEYS[20]).value == "oui"


def test_a_known_structure_is_found_and_its_fields_are_not_replaced(
    session: Session, empty: Path, tmp_path: Path
) -> None:
    _, by_number = facilities.create(session, {"name": "Autre nom", "finess_et": "010 000 024"})
    folder = tmp_path / "retours"
    folder.mkdir()
    fill(empty, folder / "q.xlsx", "Oui")
    made = importing.import_all(session, _sorted(session, folder))[0]
    assert not made.new_structure
    found = facilities.get(session, by_number)
    assert (found.name, found.setting) == ("Autre nom", "ehpad")
    assert audits.sheet(session, made.audit).facility.id == by_number


def test_a_name_borne_twice_is_refused_with_its_sentence(
    session: Session, empty: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        facilities.create(session, {"name": "EHPAD Les Tilleuls"})
    folder = tmp_path / "retours"
    folder.mkdir()
    fill(empty, folder / "q.xlsx", "Oui", {**STRUCTURE, "FINESS ET (site)": None})
    made = importing.import_all(session, _sorted(session, folder))[0]
    assert "FINESS ET" in made.refused
    assert audits.all_of(session) == ()


def test_one_blank_sent_to_many_structures_is_no_duplicate(
    session: Session, empty: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "retours"
    folder.mkdir()
    for rank in range(4):
        names = {**STRUCTURE, "Nom de la structure": f"Maison {rank}", "FINESS ET (site)": None}
        fill(empty, folder / f"{rank}.xlsx", "Oui", names)
    assert {each.state for each in _sorted(session, folder)} == {FileState.COMPLETE}


def test_a_bare_name_is_the_same_structure_as_its_number(
    session: Session, empty: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "retours"
    folder.mkdir()
    fill(empty, folder / "a.xlsx", "Oui")
    fill(empty, folder / "b.xlsx", "Oui", {**STRUCTURE, "FINESS ET (site)": None})
    assert {each.state for each in _sorted(session, folder)} == {FileState.COMPLETE, FileState.DUPLICATE}


def test_a_file_that_takes_too_long_does_not_stop_the_others(
    session: Session, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file in the middle hangs: it is given up, and the two others are read."""
    folder = tmp_path / "retours"
    folder.mkdir()
    for name in "abc":
        fill(empty, folder / f"{name}.xlsx", "Oui", {**STRUCTURE, "FINESS ET (site)": None})
    real = jobs.run

    def hanging(name: str, request: jobs.Request, **told: object) -> object:
        paths = request["paths"]
        if not any("b.xlsx" in path for path in paths):
            return real(name, request, **told)  # type: ignore[arg-type]
        before = paths[: next(rank for rank, path in enumerate(paths) if "b.xlsx" in path)]
        real(name, {**request, "paths": before}, **told)  # type: ignore[arg-type]
        with monkeypatch.context() as patched:
            patched.setattr(questionnaire_folder, "READING", 0.05)
            told["progress"](len(before), len(paths), "b.xlsx")  # type: ignore[operator]
        while not told["cancelled"]():  # type: ignore[operator]
            pass
        raise Cancelled

    monkeypatch.setattr(jobs, "run", hanging)
    read = questionnaire_folder.read_folder(folder, questionnaire_folder.work_folder(session))
    assert [each.returned is not None for each in read] == [True, False, True]
    assert "trop long" in read[1].sentence


def test_a_child_that_is_late_once_all_is_read_takes_nothing_away(
    session: Session, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _folder(empty, tmp_path)
    real = jobs.run

    def slow_to_end(name: str, request: jobs.Request, **told: object) -> object:
        real(name, request, **told)  # type: ignore[arg-type]
        with monkeypatch.context() as patched:
            patched.setattr(questionnaire_folder, "READING", 0.0)
            told["progress"](1, 1, "fin")  # type: ignore[operator]
        while not told["cancelled"]():  # type: ignore[operator]
            pass
        raise Cancelled

    expected = questionnaire_folder.read_folder(folder, questionnaire_folder.work_folder(session))
    monkeypatch.setattr(jobs, "run", slow_to_end)
    assert questionnaire_folder.read_folder(folder, questionnaire_folder.work_folder(session)) == expected


def test_stopping_leaves_nothing(session: Session, empty: Path, tmp_path: Path) -> None:
    folder = _folder(empty, tmp_path)
    work = questionnaire_folder.work_folder(session)
    with pytest.raises(Cancelled):
        questionnaire_folder.read_folder(folder, work, cancelled=lambda: True)
    assert list(work.iterdir()) == []


def test_a_folder_without_a_workbook_says_so(session: Session, tmp_path: Path) -> None:
    work = questionnaire_folder.work_folder(session)
    for folder in (tmp_path / "absent", tmp_path):
        with pytest.raises(NotFound):
            questionnaire_folder.read_folder(folder / "rien", work)


# -- the summary -------------------------------------------------------------------------------------------


def test_the_summary_says_what_each_structure_declares(session: Session, empty: Path, tmp_path: Path) -> None:
    files = _sorted(session, _folder(empty, tmp_path))
    found = questionnaire_folder.summaries(session.library, files)[0]
    assert [row.name for row in found.rows] == ["EHPAD Les Pins", "EHPAD Les Tilleuls"]
    pins, tilleuls = found.rows
    assert (tilleuls.whole.score, tilleuls.broken) == (100, 0)
    assert pins.whole.score is None
    assert "à" in pins.whole.reading
    assert all(spread.deciles == () for spread in found.spreads)
    assert "pas de décile" in found.spreads[0].reading


def test_hidden_names_are_nowhere(session: Session, empty: Path, tmp_path: Path) -> None:
    files = _sorted(session, _folder(empty, tmp_path))
    found = questionnaire_folder.summaries(session.library, files, hidden=True)
    assert [row.name for row in found[0].rows] == ["Structure 1", "Structure 2"]
    path = questionnaire_folder.write_summary(found, tmp_path / "s.xlsx")
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(path) as packed:
        whole = b"".join(packed.read(name) for name in packed.namelist())
    assert b"Tilleuls" not in whole
    assert b"010000024" not in whole
    assert "déclaratif".encode() in whole.lower() or b"d&#233;claratif" in whole.lower()


def test_nothing_to_sum_up_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue):
        questionnaire_folder.write_summary((), tmp_path / "s.xlsx")


def test_ten_structures_have_deciles(session: Session, empty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "un"
    folder.mkdir()
    fill(empty, folder / "q.xlsx", "Oui")
    one = _sorted(session, folder)[0]
    assert one.found is not None
    many = [
        replace(
            one,
            name=f"{rank}.xlsx",
            found=replace(
                one.found,
                declared=replace(one.found.declared, name=f"Maison {rank}"),
                answers={
                    key: answer._replace(value="oui" if at < 3 * rank else "non")
                    for at, (key, answer) in enumerate(one.found.answers.items())
                },
            ),
        )
        for rank in range(11)
    ]
    found = questionnaire_folder.summaries(session.library, many)[0]
    score = found.spreads[1]
    scores = sorted(row.whole.score for row in found.rows if row.whole.score is not None)
    assert score.deciles == tuple(float(value) for value in scores[1:10])
    assert score.median == scores[5]


def test_titles_of_columns_are_those_of_the_workbook(empty: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415

    _, ranks = columns(load_workbook(empty)["Questions"])
    assert list(ranks) == [column.value for column in Column]
