"""Evidence without a window: added masked, listed, linked, exported, erased; documents asked for."""

import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from support.photos import photo

Command = Callable[..., Any]


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    path = tmp_path / "bracelet.jpg"
    path.write_bytes(photo("JPEG", (600, 400)))
    return path


def test_a_photograph_is_added_masked_listed_linked_and_exported(
    on: Command, place: SimpleNamespace, shot: Path, tmp_path: Path
) -> None:
    key = on(
        *("evidence", "add-photo", place.audit, shot, "--mask", "0,0,300,400", "--caption", "Bracelet"),
        *("--criterion", "rec-ant-02", "--date", "2026-11-20", "--json"),
    ).json["evidence"]
    assert on("evidence", "link", place.audit, key, "cas-sdp-01").code == 0
    shown = on("evidence", "show", place.audit, key, "--json").json
    assert (shown["kind"], shown["caption"], shown["criteria"]) == (
        "photo",
        "Bracelet",
        ["rec-ant-02", "cas-sdp-01"],
    )
    assert f"{key}  Photographie  2026-11-20  Bracelet" in on("evidence", "list", place.audit).out
    out = tmp_path / "sortie.jpg"
    assert on("evidence", "export", place.audit, key, out).code == 0
    kept = Image.open(io.BytesIO(out.read_bytes())).convert("RGB")
    assert max(kept.getpixel((100, 200))) < 12
    assert max(kept.getpixel((500, 200))) > 60
    assert on("evidence", "link", place.audit, key, "cas-sdp-01", "--remove").code == 0
    assert on("evidence", "list", place.audit, "--criterion", "cas-sdp-01").out == "Aucune preuve.\n"
    assert on("evidence", "edit", place.audit, key, "--caption", "Bracelet lisible").code == 0
    assert on("undo", place.audit).code == 0
    assert on("evidence", "show", place.audit, key, "--json").json["caption"] == "Bracelet"


def test_it_is_removed_put_back_and_erased(on: Command, place: SimpleNamespace, shot: Path) -> None:
    key = on("evidence", "add-photo", place.audit, shot, "--json").json["evidence"]
    assert on("evidence", "remove", place.audit, key).code == 0
    assert on("evidence", "show", place.audit, key).code == 2
    assert on("undo", place.audit).code == 0
    assert (
        "Image effacée pour de bon."
        in on("evidence", "erase", place.audit, key, "--reason", "un nom se lit").out
    )
    assert "effacée pour de bon" in on("evidence", "show", place.audit, key).out
    assert on("evidence", "erase", place.audit, key, "--reason", "encore").code == 2
    # An erasure is never undone: the gesture before it is.
    assert on("undo", place.audit).out == "Annulé : Preuve ajoutée\n"
    assert on("redo", place.audit).code == 0
    assert on("journal", "verify", "--full").code == 0


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.png", photo("JPEG"), "format JPEG"),
        ("a.jpg", photo("JPEG")[:2000], "abîmée"),
        ("a.docx", b"PK\x03\x04" + bytes(90), "exportez-le en PDF"),
    ],
)
def test_what_is_refused_is_3_with_a_sentence(  # noqa: PLR0917 - fixtures and parameters
    on: Command, place: SimpleNamespace, tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(data)
    done = on("evidence", "add-photo", place.audit, tmp_path / name)
    assert done.code == 3
    assert sentence in done.err
    assert on("evidence", "list", place.audit, "--json").json == []


@pytest.mark.parametrize("mask", ["1,2,3", "a,b,c,d", "0,0,-1,5", ""])
def test_a_rectangle_that_makes_no_sense_is_2(
    on: Command, place: SimpleNamespace, shot: Path, mask: str
) -> None:
    assert on("evidence", "add-photo", place.audit, shot, f"--mask={mask}").code == 2


def test_a_pdf_is_kept_as_pages_and_an_office_file_only_when_declared(
    on: Command, place: SimpleNamespace, tmp_path: Path
) -> None:
    pdf = tmp_path / "procedure.pdf"
    white = Image.new("RGB", (595, 842), (255, 255, 255))
    white.save(pdf, "PDF", save_all=True, append_images=[white])
    how = ("--title", "Procédure", "--json")
    key = on("evidence", "add-file", place.audit, pdf, "--mask", "2:0,0,2000,2000", *how).json["evidence"]
    assert "Pages : 2" in on("evidence", "show", place.audit, key).out
    for page, brightest in ((1, 255), (2, 0)):
        out = tmp_path / f"{page}.png"
        assert on("evidence", "export", place.audit, key, out, "--page", page).code == 0
        assert max(Image.open(out).convert("L").tobytes()) == brightest
    office = tmp_path / "registre.xlsx"
    office.write_bytes(b"PK\x03\x04" + bytes(90))
    refused = on("evidence", "add-file", place.audit, office, "--title", "Registre")
    assert refused.code == 3
    assert "Exportez-le en PDF" in refused.err
    key = on("evidence", "add-file", place.audit, office, "--original-without-identity", *how).json[
        "evidence"
    ]
    assert "Déclaré sans donnée nominative par Référente" in on("evidence", "show", place.audit, key).out


def test_the_register_is_filled_and_printed(on: Command, place: SimpleNamespace, tmp_path: Path) -> None:
    key = on(
        *("evidence", "add-document", place.audit, "--title", "Charte", "--doc-version", "3"),
        *("--status", "reçu", "--shown-by", "cadre de santé", "--json"),
    ).json["evidence"]
    on("evidence", "add-observation", place.audit, "--caption", "Le poste d'accueil est masqué du public.")
    assert on("evidence", "edit", place.audit, key, "--status", "consulté").code == 0
    asked = on("evidence", "ask", place.audit, "--json").json["asked"]
    documents = on("evidence", "list", place.audit, "--documents", "--json").json
    assert len(documents) == asked + 1
    assert [each["status"] for each in documents][-1] == "consulté"
    for word, name in (("request", "demande.pdf"), ("plan", "plan.pdf")):
        assert on("evidence", word, place.audit, "--out", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")
