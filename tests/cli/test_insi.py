"""The INSi follow-up without a window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.insi import A, B, C, csv_file, row

Cli = Callable[..., Any]


def test_files_perimeter_links_and_rates_make_the_report(on: Cli, place: Any, tmp_path: Path) -> None:  # noqa: ANN401
    del place
    certificate = csv_file(
        tmp_path / "certificat.csv", [row("202609", A, 10, 8, 2), row("202609", "x", 1, 1, 0)]
    )
    card = csv_file(tmp_path / "CPx.csv", [row("202609", B, 3, 3, 0)])
    dry = on("insi", "import", certificate, "--dry-run", "--json").json["files"][0]
    assert (dry["added"], dry["rejected"], dry["written"]) == (1, 1, False)
    done = on("insi", "import", certificate, card)
    assert "1 ligne rejetée, 0 ligne en double" in done.out
    assert "fichier!C3" in done.out
    again = on("insi", "import", certificate, card)
    assert again.out.count("Rien n'a été enregistré.") == 2
    assert len(on("insi", "imports", "--json").json) == 2
    listed = tmp_path / "liste.csv"
    listed.write_text(f"N° FINESS;Structure\n{A};EHPAD A\n{B};EHPAD B\n{C};EHPAD C\n", encoding="utf-8")
    assert on("insi", "perimeter", "--file", listed, "--json").json["counted"] == 3
    report = on("insi", "report", "--json").json
    assert (report["expected"], report["call_back"]) == (3, [C])
    assert f"{C} appelle sous {A}" in on("insi", "link", C, A).out
    assert on("insi", "report", "--json").json["call_back"] == []
    assert "Aucun lien" in on("insi", "link", C, "--remove").out
    excluded = on("insi", "perimeter", "--exclude", C, "--reason", "Pas d'usagers", "--json").json
    assert excluded["counted"] == 2
    assert "exclue" in on("insi", "perimeter").out
    assert "87,5 %" in on("insi", "rate", A, "2026-09", "--qualified", "70", "--active", "80").out
    written = on(
        "insi", "report", "--out", tmp_path / "suivi.xlsx", "--call-back", tmp_path / "rappels.csv", "--json"
    )
    assert [Path(each).name for each in written.json["files"]] == ["suivi.xlsx", "rappels.csv"]
    assert "avant l'import d'un fichier INSi" in on("backup", "list").out


def test_what_is_missing_is_said(on: Cli, place: Any, tmp_path: Path) -> None:  # noqa: ANN401
    del place
    refused = on("insi", "report")
    assert refused.code == 2
    assert "Aucun fichier d'usage INSi" in refused.err
    unknown = csv_file(tmp_path / "usage.csv", [row("202609", A, 1, 1, 0)])
    assert "certificat ou par carte" in on("insi", "import", unknown).err
    assert on("insi", "import", unknown, "--channel", "cpx").code == 0
    assert "Donnez aussi" in on("insi", "link", A).err
    assert "87,5" in on("insi", "rate", A, "2026-09", "--rate", "beaucoup").err
