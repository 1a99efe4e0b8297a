"""The register, without a window."""

from collections.abc import Callable
from typing import Any

Cli = Callable[..., Any]


def test_an_anomaly_is_declared_completed_and_lived_through(on: Cli, place: Any) -> None:  # noqa: ANN401
    made = on(
        "anomalies", "add", "p01", "--facility", place.facility, "--unit", "Urgences",
        "--found", "2026-03-02", "--reference", "maître=IPP:8001234", "--reference", "D-77",
        "--set", "traits=sexe,nom-naissance", "--json",
    )  # fmt: skip
    assert made.code == 0, made.err
    number = made.json["number"]
    again = on("anomalies", "add", "P01", "--facility", place.facility, "--reference", "D-77")
    assert f"Ressemble à {number} (même référence)" in again.out
    assert on("anomalies", "edit", number, "potential=4", "unit=").code == 0
    assert on("anomalies", "state", number, "confirmée", "--by", "référent").code == 0
    refused = on("anomalies", "state", number, "close")
    assert (refused.code, "Après « confirmée » vient" in refused.err) == (3, True)
    shown = on("anomalies", "show", number.lower(), "--json").json
    assert (shown["state"], shown["criticality"]["value"], shown["anomaly"]["unit"]) == ("confirmée", 4, "")
    assert [each["role"] for each in shown["anomaly"]["references"]] == ["maître", "concerné"]
    assert [each["number"] for each in on("anomalies", "similar", number, "--json").json] == [
        again.out.split()[4]
    ]
    listed = on("anomalies", "list", "--view", "à traiter", "--search", "8001234", "--json").json
    assert [each["number"] for each in listed] == [number]
    assert on("anomalies", "remove", number).code == 0
    assert on("anomalies", "show", number).code == 2


def test_types_are_listed_and_said_by_code_or_by_name(on: Cli) -> None:
    assert "P02  Doublon avéré" in on("anomalies", "types").out.splitlines()
    number = on("anomalies", "add", "doublon avéré", "--reference", "maître=IPP:12", "--json").json["number"]
    shown = on("anomalies", "show", number).out.splitlines()
    assert "  Type (type) : P02 – Doublon avéré" in shown
    assert "  Références locales (references) : Dossier maître : IPP 12" in shown
    unknown = on("anomalies", "add", "doublon")
    assert (unknown.code, "anomalies types" in unknown.err) == (2, True)
    assert on("anomalies", "list", "--type", "P77").code == 2


def test_a_batch_is_in_the_chart_of_delays_for_what_it_corrected(on: Cli) -> None:
    made = on("anomalies", "batch", "P01", "--confirmed", "60", "--corrected", "58", "--set", "delay=2")
    assert made.code == 0, made.err
    lines = on("anomalies", "stats").out.splitlines()
    assert lines[0] == "60 anomalies en 1 ligne ; non confirmées : 0"
    at = lines.index("Par délai de traitement, attentes non comprises")
    assert lines[at + 1].split() == ["58", "De", "1", "à", "6", "jours"]
    assert lines[at + 2] == "  Un lot compte pour ses corrections, dans la classe de délai qu'il déclare."


def test_a_room_alone_is_a_wrong_call(on: Cli) -> None:
    refused = on("anomalies", "add", "P01", "--reference", "chambre 12")
    assert (refused.code, "Une chambre ne suffit pas" in refused.err) == (2, True)


def test_a_batch_counts_for_what_it_stands_for(on: Cli) -> None:
    counts = ("--detected", "64", "--confirmed", "60", "--corrected", "60", "--found", "2026-03-02")
    assert on("anomalies", "batch", "P01", *counts).code == 0
    assert "× 60" in on("anomalies", "list").out
    assert on("anomalies", "stats", "--json").json["cases"] == 60
    assert "mars 2026" in on("anomalies", "stats").out


def test_an_event_says_to_whom_and_by_when(on: Cli) -> None:
    facts = ("unexpected=oui", "vital=oui", "breach=à vérifier", "known_day=2026-03-02", "known_time=08:15")
    given = [word for fact in facts for word in ("--set", fact)]
    number = on("anomalies", "add", "S08", "--event", *given, "--json").json["number"]
    of_it = on("anomalies", "circuits", number).out
    assert "avant le 02/03/2026 à 08:15  [eigs/volet-1]" in of_it
    assert "Violation de données personnelles (à vérifier)" in of_it
    due = on("anomalies", "circuits", "--json").json
    assert [(each["circuit"], each["step"]) for each in due] == [("eigs", "volet-1")]
    on("anomalies", "circuits", number, "--done", "eigs/volet-1", "--on", "2026-03-02", "--reference", "A-1")
    assert [each["step"] for each in on("anomalies", "circuits", "--json").json] == ["volet-2"]
    refused = on("anomalies", "share", number)
    assert (refused.code, "partageable" in refused.err) == (3, True)
    on("anomalies", "edit", number, "shareable=oui", "lesson=Redemander le nom.")
    assert "Redemander le nom." in on("anomalies", "share", number).out
    assert on("anomalies", "circuits", "--region", "circuits-nouvelle-aquitaine").code == 0
    assert "na-criv" in on("anomalies", "circuits", number).out
