"""What was seen, concluded and agreed, in every format of the report."""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from openpyxl import load_workbook
from PIL import Image
from support import audits, field
from support.tagged import Part, read
from support.written import alternatives, levels, opened, texts

from ivaudit.domain.report_model import ReportKind, ReportModel
from ivaudit.domain.report_outline import BlockKind, ReportOutline
from ivaudit.reports import docx, pdf, xlsx
from ivaudit.reports.document_source import Beside

Build = Callable[..., ReportModel]
BESIDE = Beside(pictures=field.pictures())


def failures(data: bytes) -> list[str]:
    report = page.validate_pdf_bytes(data, profile="ua1")
    assert report.rules.total > 100
    return [f"{each.rule_id}: {each.message}" for each in report.failures]


@pytest.fixture(scope="module")
def printed(worked: ReportModel, rapport: ReportOutline) -> bytes:
    return pdf.render(worked, rapport, beside=BESIDE)


@pytest.fixture(scope="module")
def tree(printed: bytes) -> Part:
    return read(printed)[0]


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_whole_report_passes(printed: bytes) -> None:
    assert failures(printed) == []


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_kind_passes(
    built: Build, rapport: ReportOutline, bilan: ReportOutline, kind: ReportKind
) -> None:
    grid = audits.checklist(24)
    model = built(field.sheet(grid), field=field.gathered(grid), kind=kind)
    outline = bilan if kind is ReportKind.DEBRIEF else rapport
    assert failures(pdf.render(model, outline, beside=BESIDE)) == []


def test_photographs_are_said_by_their_caption_once(tree: Part, worked: ReportModel) -> None:
    charts = ("Diagramme",)
    said = [part.alt for part in tree.every("Figure") if not part.alt.startswith(charts)]
    captions = [each.caption for each in worked.field.photos]
    assert len(captions) == 3
    assert [alt for alt in said if not alt.endswith("sur 100")] == captions
    text = plain(tree.whole)
    assert text.count("Photographie 1 – Étiquette du pilulier") == 1
    assert "Photographies 1, 2 (voir plus haut)." in text


def test_findings_come_urgent_first_then_by_gravity(tree: Part) -> None:
    cards = [plain(part.whole) for part in tree.every("H3")]
    found = [card for card in cards if card.startswith(("C1.", "C2.", "C3."))]
    assert found == ["C1. Écart critique", "C2. Écart", "C3. Point fort"]
    text = plain(tree.whole)
    assert "Dit à : IDEC, le 21 novembre 2026 à 15:40 Fait aussitôt : Étiquettes retirées." in text


def test_rates_come_with_their_counts_and_bounds(tree: Part) -> None:
    """6 yes and 1 no of 40 present: n* = 7 × 34 / 28 = 8,5 for 8 settled lines of 40 (hand-computed)."""
    table = next(t for t in tree.every("Table") if "Intervalle" in t.kids[0].whole)
    rows = {plain(row.kids[0].whole): [plain(cell.whole) for cell in row.kids[1:]] for row in table.kids[1:]}
    assert rows["Le bracelet est-il porté ?"] == ["7", "6", "1", "0", "1", "1", "86 %", "de 52 à 97 %"]
    assert {cell.scope for row in table.kids[1:] for cell in row.kids[:1]} == {"Row"}
    text = plain(tree.whole)
    assert "Échantillon de convenance" in text
    assert "non pondéré par la taille des unités" in text
    assert "Dort (1)" in text


def test_counts_come_before_scores_and_declared_figures_are_marked(tree: Part) -> None:
    text = plain(tree.whole)
    start = text.index("Comparaison avec les audits précédents")
    external, declared = (
        text.index("Audit externe du 20 novembre 2025", start),
        text.index("(déclaratif)", start),
    )
    assert external < declared
    assert text.index("améliorés", start) < text.index("Sur ces seuls points", start)
    assert "plus favorables que vu" in text[start:]


def test_sources_that_disagree_and_subjects_are_explained(tree: Part) -> None:
    text = plain(tree.whole)
    assert "Dit (Aide-soignante) : Non Vu (Poste de soins) : Oui" in text
    assert "2 sujets : Urgences, Bloc. Le point compte une seule fois." in text
    assert field.PERSON not in text


def test_comments_stand_beside_the_text_they_are_about(tree: Part) -> None:
    table = next(t for t in tree.every("Table") if "Texte de l'auditeur" in t.kids[0].whole)
    number, auditor, comment, decision = [plain(cell.whole) for cell in table.kids[1].kids]
    assert number == "C2"
    assert "La consigne du week-end n'est pas connue dans les étages." in auditor
    assert comment.startswith("Correction proposée (Directrice, 4 décembre 2026) : La consigne n'était")
    assert decision == "Partiellement retenu Le constat décrit le jour de la visite."


def test_the_notebook_is_there_only_when_asked(built: Build, rapport: ReportOutline, tree: Part) -> None:
    assert field.SPOKEN in plain(tree.whole)
    grid = audits.checklist(24)
    model = built(field.sheet(grid), field=field.gathered(grid))
    assert field.SPOKEN not in plain(read(pdf.render(model, rapport))[0].whole)
    assert model.field.notes == ()


def test_word_says_the_same_with_pictures_described(
    worked: ReportModel, rapport: ReportOutline, tree: Part, tmp_path: Path
) -> None:
    docx.write(worked, rapport, tmp_path / "rapport.docx", beside=BESIDE)
    document = opened(tmp_path / "rapport.docx")
    ranks = levels(document)
    printed = [plain(part.whole) for part in tree.every("H1", "H2", "H3")]
    assert [plain(text) for style, text in texts(document) if style in ranks] == printed
    captions = [each.caption for each in worked.field.photos]
    assert [each for each in alternatives(document) if not each.startswith("Diagramme")] == captions
    said = plain(" ".join(text for _, text in texts(document)))
    assert "Dit à : IDEC, le 21 novembre 2026 à 15:40" in said


def test_blocks_without_content_say_so_or_go(built: Build, rapport: ReportOutline) -> None:
    model = built(audits.sheet([audits.checklist(6)], {}))
    text = plain(read(pdf.render(model, rapport))[0].whole)
    assert "Aucune action n'a encore été convenue." in text
    assert "Comparaison avec" not in text
    silent = replace(
        rapport,
        blocks=tuple(
            replace(block, empty="") if block.kind is BlockKind.ACTIONS else block for block in rapport.blocks
        ),
    )
    assert "Plan d'actions" not in plain(read(pdf.render(model, silent))[0].whole)


def test_a_picture_erased_since_leaves_the_rest(worked: ReportModel, rapport: ReportOutline) -> None:
    kept = Beside(pictures={field.digest(2): field.photo(2)})
    tree, _ = read(pdf.render(worked, rapport, beside=kept))
    assert "Affichette au poste" in {part.alt for part in tree.every("Figure")}
    assert "Étiquette du pilulier, nom utilisé" not in tree.whole


def test_the_workbook_has_the_field_with_real_dates_and_filters(
    worked: ReportModel, classeur: ReportOutline, tmp_path: Path
) -> None:
    xlsx.write(worked, classeur, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    tables = {sheet.title: sheet for sheet in book.worksheets}
    wanted = ("Constats", "Plan d'actions", "Observations", "Lignes d'observation", "Documents")
    assert set(wanted) <= set(tables)
    lines = {}
    for name in wanted:
        sheet = tables[name]
        head = int(sheet.auto_filter.ref.split(":")[0][1:])
        titles = [cell.value for cell in sheet[head]]
        lines[name] = [
            dict(zip(titles, (cell.value for cell in row), strict=True))
            for row in sheet.iter_rows(min_row=head + 1)
        ]
    assert [line["Gravité"] for line in lines["Constats"]] == ["Écart critique", "Écart", "Point fort"]
    assert lines["Plan d'actions"][0]["Échéance"] == datetime(2026, 10, 1)  # noqa: DTZ001 - a local day
    assert lines["Plan d'actions"][0]["En retard"] == "Oui"
    assert lines["Documents"][0]["Date"] == datetime(2024, 3, 12)  # noqa: DTZ001 - idem
    pooled = lines["Observations"][0]
    assert (pooled["Unité"], pooled["n"], pooled["Oui"], pooled["Taux"]) == ("Toutes", 7, 6, 0.86)
    assert len(lines["Lignes d'observation"]) == 8 * 2 + 1
    assert lines["Lignes d'observation"][-1]["Motif de non-observation"] == "Dort"


def test_forty_photographs_hold_in_ten_megabytes_and_stay_sharp(built: Build, rapport: ReportOutline) -> None:
    grid = audits.checklist(48)
    keys = [point.criterion.id for point in grid.points()]
    kept = {field.digest(rank): _heavy(rank) for rank in range(1, 41)}
    assert 150_000 < max(map(len, kept.values())) <= 200_000
    shown = tuple(
        replace(field.evidence(keys)[0], id=f"e{rank}", digest=digest, criteria=(keys[rank],))
        for rank, digest in enumerate(kept)
    )
    found = tuple(
        replace(field.findings(keys)[1], id=f"f{rank}", criteria=(keys[rank],)) for rank in range(40)
    )
    model = built(
        replace(field.sheet(grid), evidence=shown), field=replace(field.gathered(grid), findings=found)
    )
    data = pdf.render(model, rapport, beside=Beside(pictures=kept))
    assert len(data) <= 10_000_000
    assert failures(data) == []
    densities = list(_densities(data))
    assert len(densities) == 40
    assert min(densities) >= 2 * 144  # at 200 % on a screen of 144 points per inch


def _heavy(seed: int) -> bytes:
    """Return a photograph as heavy as the evidence lets it be."""
    noise = random.Random(seed)  # noqa: S311 - no secret
    small = Image.frombytes("RGB", (320, 240), noise.randbytes(320 * 240 * 3))
    target = io.BytesIO()
    small.resize((1280, 960), Image.Resampling.BICUBIC).save(target, "JPEG", quality=28)
    return target.getvalue()


def _images(data: bytes) -> Iterator[tuple[pikepdf.Object, float]]:
    """Yield each image as it is placed, with how wide it is on the page, in points."""
    with pikepdf.open(io.BytesIO(data)) as document:
        for each in document.pages:
            wide = 0.0
            for step in pikepdf.parse_content_stream(each):
                operands: Any = step.operands
                if str(step.operator) == "cm" and float(operands[0]) != 1:
                    wide = float(operands[0])
                elif str(step.operator) == "Do":
                    drawn = each.resources.XObject[str(operands[0])]
                    if drawn.Subtype == pikepdf.Name.Image:
                        yield drawn, wide


def _densities(data: bytes) -> list[float]:
    """Return the pixels per inch of each photograph as it is placed."""
    return [int(image.Width) / (wide / 72) for image, wide in _images(data)]


def test_photographs_go_in_as_they_are_kept(printed: bytes) -> None:
    """Nothing is encoded twice: the bytes kept are those of the file."""
    inside = {bytes(image.read_raw_bytes()) for image, _ in _images(printed)}
    assert set(field.pictures().values()) <= inside
