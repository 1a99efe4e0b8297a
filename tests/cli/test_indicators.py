"""Indicators without a window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]


@pytest.fixture
def filled(on: Cli, place: Any) -> Cli:  # noqa: ANN401 - the fixture's namespace
    for month in range(1, 13):
        on(
            *("indicators", "set", place.facility, "doublons-flux", f"2025-{month:02d}"),
            *("--numerator", 40 if month == 12 else 10, "--denominator", 100, "--source", "Compteur du GAP"),
        )
    return on


def test_definitions_are_listed_without_a_workspace(cli: Cli) -> None:
    found = cli("indicators", "list", "--nature", "échantillon", "--json", passphrase=None).json
    assert [each["id"] for each in found] == [
        "bracelets-conformes",
        "verification-avant-acte",
        "documents-conformes",
    ]


def test_readings_are_shown_with_their_limits_and_signals(filled: Cli, place: Any) -> None:  # noqa: ANN401
    filled("indicators", "target", place.facility, "doublons-flux", "5")
    args = ("indicators", "show", place.facility, "--indicator", "doublons-flux", "--last", "12/2025")
    said = filled(*args).out
    assert "décembre 2025 : 40,0\u00a0% (40 sur 100, saisi)  signal  Compteur du GAP" in said
    assert "Décembre 2025 : au-dessus de la limite haute." in said
    assert "Cible pas encore atteinte" in said
    (view,) = filled(*args, "--json").json["views"]
    assert (view["centre"], view["target"], len(view["points"])) == (12.5, 5.0, 12)
    summary = filled("indicators", "show", place.facility).out
    assert "doublons-flux  décembre 2025  40,0\u00a0%  (cible 5,0\u00a0% ou moins)" in summary


def test_a_reading_is_completed_then_cleared(on: Cli, place: Any) -> None:  # noqa: ANN401
    cell = ("indicators", "set", place.facility, "identites-qualifiees", "janvier 2026")
    on(*cell, "--numerator", 76, "--denominator", 80)
    on(*cell, "--excluded", 4)
    show = ("indicators", "show", place.facility, "--indicator", "identites-qualifiees", "--json")
    (point,) = on(*show).json["views"][0]["points"]
    assert (point["shown"], point["without"]) == ("95,0\u00a0%", "100,0\u00a0%")
    on(*cell, "--clear")
    assert on(*show).json["views"][0]["points"] == []


def test_rare_events_are_noted_by_their_day(on: Cli, place: Any) -> None:  # noqa: ANN401
    for day in ("2026-01-01", "2026-01-31"):
        on("indicators", "set", place.facility, "collisions", "--event", day)
    show = ("indicators", "show", place.facility, "--indicator", "collisions", "--json")
    assert on(*show).json["views"][0]["rare"]["intervals"] == [30]
    on("indicators", "set", place.facility, "collisions", "--no-event", "2026-01-31")
    assert on(*show).json["views"][0]["rare"]["days"] == ["2026-01-01"]


def test_they_go_out_in_four_formats(filled: Cli, place: Any, tmp_path: Path) -> None:  # noqa: ANN401
    heads = {"xlsx": b"PK", "csv": b"\xef\xbb\xbfIndicateur", "json": b"{", "pdf": b"%PDF"}
    for suffix, head in heads.items():
        out = tmp_path / f"i.{suffix}"
        filled("indicators", "export", place.facility, "--out", out, "--last", "2025-12")
        assert out.read_bytes().startswith(head)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "{f}", "doublons-flux", "brumaire"), "comme 2026-09"),
        (("set", "{f}", "doublons-flux", "2026-01", "--numerator", "-1"), "sans signe"),
        (
            ("set", "{f}", "doublons-flux", "2026-01", "--numerator", "3", "--denominator", "2"),
            "dépasse",
        ),
        (("set", "{f}", "rien", "2026-01", "--numerator", "1"), "n'existe pas"),
        (("set", "{f}", "doublons-flux", "2026-01", "--computed"), "Rien n'a été calculé"),
        (("target", "{f}", "ei-declares", "3"), "tendance"),
        (("show", "{f}", "--months", "0"), "De 1 à 120"),
        (("export", "{f}", "--out", "i.xlsx"), "aucun relevé"),
        (("export", "{f}", "--out", "i.docx"), ".xlsx, .csv, .json ou .pdf"),
    ],
)
def test_what_cannot_be_is_a_sentence(cli: Cli, place: Any, words: tuple[str, ...], said: str) -> None:  # noqa: ANN401
    done = cli("--workspace", place.folder, "indicators", *(word.format(f=place.facility) for word in words))
    assert done.code == 2
    assert said in done.err
