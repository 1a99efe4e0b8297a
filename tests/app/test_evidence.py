"""Evidence from the foreign file to the workspace: what stays, what never gets there, what can be undone."""

import io
from pathlib import Path

import pytest
from PIL import Image
from support.bench import Bench
from support.clear_pages import clear_pages
from support.photos import COMMENT, GPS_WORDS, bomb, photo, segments_of

from ivaudit.app import backups, checks, evidence, evidence_erasure, gestures, jobs, pictures, workspaces
from ivaudit.domain.errors import Cancelled, InvalidValue, NotAllowedNow, NotFound, RefusedFile
from ivaudit.domain.evidence import DocumentStatus, EvidenceKind
from ivaudit.store import layout
from ivaudit.store.encryption import connect

POINT, OTHER = "rec-ant-02", "cas-sdp-01"


def a_pdf(pages: int = 2) -> bytes:
    target = io.BytesIO()
    drawn = [Image.new("RGB", (200, 280), (255, 255 - 40 * rank, 255)) for rank in range(pages)]
    drawn[0].save(target, "PDF", save_all=True, append_images=drawn[1:], title=COMMENT)
    return target.getvalue()


def add(bench: Bench, **how: object) -> str:
    prepared = pictures.picture(photo(), "bracelet.jpeg")
    return evidence.add_photo(bench.session, bench.audit, prepared, **how)[1]  # type: ignore[arg-type]


def test_a_photograph_with_a_place_a_comment_and_a_thumbnail_leaves_none_of_them(bench: Bench) -> None:
    """In the clear or deciphered, in any file of the workspace, and in what comes out again."""
    words = {word for found in GPS_WORDS.values() for word in found} - {b"Exif", b"EXIF", b"eXIf"}
    for form in ("JPEG", "PNG", "WEBP"):
        prepared = pictures.picture(photo(form), f"photo.{form.lower()}")
        evidence.add_photo(bench.session, bench.audit, prepared, caption="Bracelet", criteria=[POINT])
    backups.back_up(bench.session)
    folder = bench.session.workspace.folder
    key = bench.session.workspace.data_key
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert layout.EVIDENCE in {path.name for path in files}
    for path in files:
        raw = path.read_bytes() + (clear_pages(path, key) if path.suffix == ".db" else b"")
        for word in words:
            assert word not in raw, (path.name, word)
    for found in evidence.all_of(bench.session, bench.audit):
        kept = evidence.body(bench.session, found.digest).body
        assert segments_of(kept) & {"APP1 Exif", "COM", "APP1 http", "APP2 ICC_"} == set()
        assert not Image.open(io.BytesIO(kept)).getexif()


def test_no_name_of_a_file_is_kept(bench: Bench) -> None:
    prepared = pictures.picture(photo(), "DUPONT Jeanne bracelet.jpeg")
    evidence.add_photo(bench.session, bench.audit, prepared)
    assert b"DUPONT" not in clear_pages(
        bench.session.workspace.folder / layout.DATABASE, bench.session.workspace.data_key
    )


def test_masks_are_in_the_pixels_that_are_kept(bench: Bench) -> None:
    white = io.BytesIO()
    Image.new("RGB", (1000, 500), (255, 255, 255)).save(white, "JPEG")
    prepared = pictures.picture(white.getvalue(), masks=[(100, 100, 300, 200)])
    assert prepared.given == (1000, 500)
    _, key = evidence.add_photo(bench.session, bench.audit, prepared)
    found = evidence.get(bench.session, bench.audit, key)
    shown = Image.open(io.BytesIO(evidence.body(bench.session, found.digest).body)).convert("RGB")
    assert shown.getpixel((250, 200)) == (0, 0, 0)
    assert shown.getpixel((700, 200)) == (255, 255, 255)
    (small,) = evidence.thumbnails(bench.session, [found.digest]).values()
    assert max(Image.open(io.BytesIO(small)).convert("L").crop((30, 30, 96, 70)).tobytes()) < 40


def test_the_same_photograph_twice_is_kept_once(bench: Bench) -> None:
    one, two = add(bench, caption="Un"), add(bench, caption="Deux")
    found = evidence.all_of(bench.session, bench.audit)
    assert [each.id for each in found] == [one, two]
    assert len({each.digest for each in found}) == 1
    assert len(bench.session.workspace.evidence.digests()) == 1


def test_it_is_linked_edited_removed_and_all_of_it_undone(bench: Bench) -> None:
    key = add(bench, caption="Bracelet", criteria=[POINT], date="2026-11-20")
    evidence.link(bench.session, bench.audit, key, OTHER)
    evidence.edit(bench.session, bench.audit, key, caption="Bracelet, unité 2")
    changes = evidence.remove(bench.session, bench.audit, key)
    assert changes.entities == {f"evidence:{bench.audit}/{key}"}
    assert changes.undo == "Preuve « Bracelet, unité 2 » retirée"
    with pytest.raises(NotFound):
        evidence.get(bench.session, bench.audit, key)
    for _ in range(3):
        gestures.undo(bench.session, bench.audit)
    found = evidence.get(bench.session, bench.audit, key)
    assert (found.caption, found.criteria, found.date) == ("Bracelet", (POINT,), "2026-11-20")
    gestures.undo(bench.session, bench.audit)
    assert evidence.all_of(bench.session, bench.audit) == ()
    gestures.redo(bench.session, bench.audit)
    assert evidence.body(bench.session, evidence.get(bench.session, bench.audit, key).digest).body
    assert checks.full_check(bench.session).problems == ()


def test_what_changes_nothing_is_no_gesture(bench: Bench) -> None:
    key = add(bench, caption="Bracelet", criteria=[POINT])
    assert evidence.edit(bench.session, bench.audit, key, caption="Bracelet").at == ""
    assert evidence.link(bench.session, bench.audit, key, POINT).at == ""
    assert evidence.unlink(bench.session, bench.audit, key, OTHER).at == ""


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": " "}, "titre"),
        ({"title": "x" * 301}, "300 caractères"),
        ({"date": "hier"}, "2026-11-21"),
        ({"status": "perdu"}, "demandé, reçu"),
    ],
)
def test_an_impossible_document_is_refused(bench: Bench, values: dict[str, str], sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        evidence.add_document(bench.session, bench.audit, **{"title": "Charte", **values})
    with pytest.raises(NotFound):
        evidence.add_document(bench.session, bench.audit, title="Charte", criteria=["absent"])
    assert evidence.all_of(bench.session, bench.audit) == ()


def test_there_is_one_register_of_documents(bench: Bench) -> None:
    """Asked first, then received, consulted, absent; each in the order of titles."""
    for title, status in (
        ("Charte", "consulté"),
        ("Bilan", "demandé"),
        ("Annexe", "demandé"),
        ("Lettre", "absent"),
    ):
        evidence.add_document(
            bench.session, bench.audit, title=title, status=status, shown_by="cadre de santé"
        )
    add(bench)
    found = evidence.documents(bench.session, bench.audit)
    assert [each.title for each in found] == ["Annexe", "Bilan", "Charte", "Lettre"]
    evidence.edit(bench.session, bench.audit, found[0].id, status="reçu", version="3", date="2025-01-02")
    again = evidence.documents(bench.session, bench.audit)
    assert [(each.title, each.status) for each in again][:2] == [
        ("Bilan", DocumentStatus.ASKED),
        ("Annexe", DocumentStatus.RECEIVED),
    ]


def test_a_file_is_kept_as_reviewed_pages(bench: Bench) -> None:
    pages = pictures.pages(a_pdf(3), "procédure.pdf", {1: [(0, 0, 4000, 4000)]})
    assert [len(page.body.body) > 0 for page in pages] == [True] * 3
    _, key = evidence.add_pages(bench.session, bench.audit, pages, title="Procédure", criteria=[POINT])
    found = evidence.get(bench.session, bench.audit, key)
    assert (found.kind, found.pages, found.digest) == (
        EvidenceKind.FILE,
        tuple(p.body.digest for p in pages),
        "",
    )
    hidden = Image.open(io.BytesIO(evidence.body(bench.session, found.pages[1]).body)).convert("L")
    assert max(hidden.tobytes()) == 0


def test_an_original_is_kept_only_once_declared(bench: Bench) -> None:
    how = {"title": "Classeur", "date": "2026-11-21"}
    workbook = b"PK\x03\x04" + bytes(500)
    with pytest.raises(NotAllowedNow, match="nominative"):
        evidence.add_original(bench.session, bench.audit, workbook, "a.xlsx", without_identity=False, **how)
    with pytest.raises(RefusedFile):
        evidence.add_original(bench.session, bench.audit, photo(), "a.jpg", without_identity=True, **how)
    _, key = evidence.add_original(
        bench.session, bench.audit, workbook, "a.xlsx", without_identity=True, **how
    )
    found = evidence.get(bench.session, bench.audit, key)
    assert found.declared is not None
    assert (found.declared.by, found.declared.at[:2], found.pictures) == ("Cellule régionale", "20", ())
    assert evidence.body(bench.session, found.digest).body == workbook
    with pytest.raises(RefusedFile, match="PDF"):
        pictures.kind_of(workbook, "a.xlsx")


def test_erasing_is_for_good_here_and_wherever_the_same_photograph_serves(bench: Bench) -> None:
    key, twin = add(bench, caption="Un"), add(bench, caption="Deux")
    digest = evidence.get(bench.session, bench.audit, key).digest
    kept = evidence.body(bench.session, digest).body
    with pytest.raises(InvalidValue):
        evidence_erasure.erase(bench.session, bench.audit, key, " ")
    changes = evidence_erasure.erase(bench.session, bench.audit, key, "un nom se lisait")
    assert changes.entities == {f"evidence:{bench.audit}/{each}" for each in (key, twin)}
    with pytest.raises(NotFound):
        evidence.body(bench.session, digest)
    pages = clear_pages(bench.session.workspace.folder / layout.EVIDENCE, bench.session.workspace.data_key)
    assert kept[300:340] not in pages
    assert kept[-40:-2] not in pages
    found = evidence.get(bench.session, bench.audit, key)
    assert (found.erased, found.digest, found.pictures, found.caption) == (True, digest, (), "Un")
    assert checks.full_check(bench.session).problems == ()
    with pytest.raises(NotFound):
        evidence_erasure.erase(bench.session, bench.audit, key, "encore")


def test_a_removed_photograph_can_still_be_erased(bench: Bench) -> None:
    key = add(bench)
    evidence.remove(bench.session, bench.audit, key)
    evidence_erasure.erase(bench.session, bench.audit, key, "identité visible")
    assert bench.session.workspace.evidence.digests() == frozenset()


def test_what_is_refused_leaves_nothing(bench: Bench) -> None:
    for data, name in (
        (bomb(50_000, 50_000), "a.png"),
        (photo()[:900], "a.jpg"),
        (photo(), "a.png"),
        (b"", ""),
    ):
        with pytest.raises(RefusedFile):
            pictures.picture(data, name)
    assert bench.session.workspace.evidence.digests() == frozenset()
    assert list((bench.session.workspace.folder / layout.WORK).iterdir()) == []


def test_a_folder_a_missing_file_and_a_huge_one_are_said(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="dossier"):
        pictures.read_file(tmp_path)
    with pytest.raises(RefusedFile, match="plus là"):
        pictures.read_file(tmp_path / "absent.jpg")
    with (tmp_path / "grand.jpg").open("wb") as file:
        file.truncate(41 * 1024 * 1024)
    with pytest.raises(RefusedFile, match="40 Mo"):
        pictures.read_file(tmp_path / "grand.jpg")


def test_reading_is_stopped_on_request_and_after_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Cancelled):
        pictures.picture(photo(), cancelled=lambda: True)
    monkeypatch.setattr(pictures, "PATIENCE", 0.0)
    with pytest.raises(RefusedFile, match="trop de temps"):
        pictures.picture(photo())


def test_the_child_gets_the_bytes_and_no_more(tmp_path: Path) -> None:
    """A payload that looks like a line of JSON, and one with ends of line, arrive as they are."""
    for payload in (b'{"progress": 1}\n{"x": 2}\n', bytes(range(256)) * 5000):
        with pytest.raises(RefusedFile, match="ni une image"):
            jobs.run("image", {"tempdir": str(tmp_path), "name": "", "masks": []}, payload=payload)


def test_exports_are_what_is_kept(bench: Bench, tmp_path: Path) -> None:
    key = add(bench)
    target = evidence.export(bench.session, bench.audit, key, tmp_path / "preuve.jpg")
    assert (
        target.read_bytes()
        == evidence.body(bench.session, evidence.get(bench.session, bench.audit, key).digest).body
    )
    with pytest.raises(NotFound):
        evidence.export(bench.session, bench.audit, key, tmp_path / "b.jpg", page=2)


def test_an_erasure_that_was_stopped_half_way_is_finished_when_the_workspace_is_opened_again(
    bench: Bench, passphrase: str
) -> None:
    """Opened and closed, no more: nobody has to look at a photograph for it."""
    key = add(bench)
    workspace = bench.session.workspace
    with workspace.gesture():
        evidence_erasure.mark_erased(bench.session, (bench.audit, key), "identité visible")
    workspace.close()
    workspaces.open_with_passphrase(workspace.folder, passphrase).close()
    kept = connect(workspace.folder / layout.EVIDENCE, workspace.data_key, read_only=True)
    assert kept.execute("SELECT count(*) FROM picture").fetchone() == (0,)
    kept.close()
    bench.session.workspace = workspaces.open_with_passphrase(workspace.folder, passphrase).workspace
