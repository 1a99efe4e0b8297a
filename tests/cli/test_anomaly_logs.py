"""Logs and papers of the register, without a window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from support.logs import human_log

Cli = Callable[..., Any]


def test_a_log_goes_out_and_comes_back(on: Cli, tmp_path: Path) -> None:
    assert on("anomalies", "add", "P01", "--reference", "maître=IPP:8001234").code == 0
    path = tmp_path / "journal.xlsx"
    assert on("anomalies", "export", "--out", path, "--json").json["anomalies"] == 1
    again = on("anomalies", "import", path, "--json").json
    assert (again["new"], again["updated"], again["same"]) == (0, 0, 1)
    out = on("anomalies", "export", "--out", tmp_path / "tiers", "--format", "csv", "--third-party")
    assert "sans références locales" in out.out
    assert "8001234" not in (tmp_path / "tiers.csv").read_text(encoding="utf-8-sig")


def test_a_foreign_log_is_previewed_mapped_and_recorded(on: Cli, tmp_path: Path) -> None:
    path = human_log(tmp_path / "journal.xlsx")
    seen = on("anomalies", "import", path, "--dry-run")
    assert "2 colonnes nominatives laissées hors d'ivaudit (9 cases remplies)." in seen.out
    assert "DUPONT" not in seen.out
    assert on("anomalies", "list", "--json").json == []
    done = on(
        "anomalies", "import", path, "--mapping", "Commentaire=measures",
        "--word", "type:Erreur bizarre=P06", "--lines", "--json",
    ).json  # fmt: skip
    assert (done["new"], done["columns"]["Commentaire"], done["strange"]) == (5, "measures", [])
    assert (tmp_path / "journal_numeros.csv").is_file()
    assert on("anomalies", "import", path, "--json").json["same"] == 5


def test_a_day_of_end_closes_what_another_log_closed(on: Cli, tmp_path: Path) -> None:
    path = tmp_path / "journal.csv"
    path.write_text(
        "Date;Type;Faits;Traité le\n05/01/2026;P01;Deux dossiers;09/01/2026\n06/01/2026;P02;Un autre;\n",
        encoding="cp1252",
    )
    told = on("anomalies", "import", path)
    assert "Traité le → Close le (ended)" in told.out
    assert "Enregistré ; une sauvegarde" in told.out
    lines = {each["type"]: each for each in on("anomalies", "list", "--json").json}
    assert (lines["P01"]["state"], lines["P01"]["ended"]) == ("close", "2026-01-09")
    assert lines["P02"]["state"] == "signalée"
    again = on("anomalies", "import", path).out
    assert again.endswith("Il n'y avait rien de nouveau à enregistrer.\n")


def test_a_log_is_not_given_to_a_structure_that_is_not_there(on: Cli, tmp_path: Path) -> None:
    path = tmp_path / "journal.csv"
    path.write_text("Date;Type;Faits\n05/01/2026;P01;Deux dossiers\n", encoding="utf-8")
    refused = on("anomalies", "import", path, "--facility", "Lilas")
    assert (refused.code, "structure n'existe pas" in refused.err) == (2, True)
    assert on("anomalies", "list", "--json").json == []


def test_papers_are_written(on: Cli, tmp_path: Path) -> None:
    number = on("anomalies", "add", "S03", "--set", "shareable=oui", "--json").json["number"]
    for word in ("correction", "share"):
        assert on("anomalies", word, number, "--out", tmp_path / f"{word}.pdf").code == 0
        assert (tmp_path / f"{word}.pdf").read_bytes().startswith(b"%PDF")
    assert on("anomalies", "correction", number, "--out", tmp_path / "a.odt").code == 2


def test_a_service_declares_and_is_answered(on: Cli, tmp_path: Path) -> None:
    form = tmp_path / "declaration.xlsx"
    assert on("anomalies", "declaration", "--out", form).code == 0
    book = load_workbook(form)
    answers = {"Type": "Bracelet", "Faits": "Mme DUPONT Jeanne sans bracelet.", "Unité ou service": "Bloc"}
    for label, answer in book.worksheets[0].iter_rows(max_col=2):
        if label.value in answers:
            answer.value = answers[label.value]
    book.save(form)
    assert "Rien n'a été enregistré" in on("anomalies", "declaration", form, "--dry-run").out
    (told,) = on("anomalies", "declaration", form, "--receipts", tmp_path, "--json").json
    (line,) = on("anomalies", "list", "--json").json
    assert line["number"] in told["receipt"]
    assert (line["type"], line["unit"], line["channel"]) == ("S03", "Bloc", "declaration")
    assert (tmp_path / f"accuse-reception_{line['number']}.pdf").is_file()
    assert "DUPONT" not in on("anomalies", "show", line["number"]).out
