"""What is done on site, without a window."""

from collections.abc import Callable
from typing import Any

Cli = Callable[..., Any]


def test_a_campaign_is_filled_and_read(on: Cli, place: Any) -> None:  # noqa: ANN401 - the fixture's namespace
    made = on(
        "observations", "create", place.facility, "obs-bracelet", "--audit", place.audit,
        "--unit", "Médecine", "--present", "Médecine=12", "--json",
    )  # fmt: skip
    campaign = made.json["campaign"]
    for value in ("oui", "oui", "non"):
        done = on("observations", "add", campaign, f"bra-present={value}", "--unit", "Médecine")
        assert done.code == 0, done.err
    found = on("observations", "show", campaign, "--json").json
    counts = next(item for item in found["result"]["items"] if item["item"]["id"] == "bra-present")
    assert (counts["counts"]["yes"], counts["counts"]["no"]) == (2, 1)
    assert found["result"]["wanted"] == 12
    assert "2/3 = 67 % [" in on("observations", "show", campaign).out
    assert on("observations", "add", campaign, "bra-present=peut-être").code == 2
    assert on("observations", "proposed", campaign).code == 0
    assert on("observations", "list", "--json").json[0]["id"] == campaign
    assert on("observations", "remove", campaign).code == 0
    assert on("observations", "show", campaign).code == 2


def test_answers_become_findings_and_actions(on: Cli, place: Any) -> None:  # noqa: ANN401
    on("answer", place.audit, "rec-ant-02", "non", "--constat", "Recherche par le nom.")
    assert "rec-ant-02" in on("findings", "proposed", place.audit).out
    assert on("findings", "take", place.audit).code == 0
    (finding,) = on("findings", "list", place.audit, "--json").json
    assert finding["text"] == "Recherche par le nom."
    on("findings", "edit", place.audit, finding["id"], "--cause", "formation")
    on("findings", "urgent", place.audit, finding["id"], "--told", "cadre de santé")
    assert "À TRAITER SANS ATTENDRE" in on("findings", "list", place.audit).out
    assert on("findings", "add", place.audit, "Affichage clair.", "--grade", "point fort").code == 0
    made = on(
        "actions", "add", place.facility, "Afficher la règle.", "--audit", place.audit,
        "--finding", finding["id"], "--due", "2020-01-31", "--owner-kind", "éditeur", "--json",
    )  # fmt: skip
    action = made.json["action"]
    assert action in on("actions", "list", "--due", "en retard").out
    assert on("actions", "edit", action, "--state", "réalisée").code == 0
    assert on("actions", "list", "--due", "en retard").out == "Aucune action.\n"
    assert on("actions", "remove", action).code == 0
    assert on("findings", "remove", place.audit, finding["id"]).code == 0


def test_the_notebook_tells_who_disagrees(on: Cli, place: Any) -> None:  # noqa: ANN401
    person = on("notebook", "meet", place.audit, "IDEC", "--interlocutor", "cadre", "--json").json["person"]
    said = ("--criterion", "rec-ant-02", "--value")
    on("notebook", "note", place.audit, "Toujours par la date.", "--person", person, *said, "oui")
    on("notebook", "note", place.audit, "Par le nom, deux fois.", "--means", "vu", *said, "non")
    line = on("notebook", "note", place.audit, "À revoir.", "--json").json["line"]
    assert "Désaccord sur rec-ant-02" in on("notebook", "list", place.audit).out
    assert on("notebook", "list", place.audit, "--unattached", "--json").json["lines"][0]["id"] == line
    on("notebook", "attach", place.audit, line, "cas-sdp-01")
    assert on("notebook", "list", place.audit, "--unattached", "--json").json["lines"] == []
    assert on("notebook", "remove", place.audit, line).code == 0


def test_units_answer_apart(on: Cli, place: Any) -> None:  # noqa: ANN401
    unit = on("subjects", "add", place.audit, "Médecine", "--json").json["subject"]
    assert on("answer", place.audit, "rec-ant-02", "oui", "--subject", unit).code == 0
    assert on("subjects", "edit", place.audit, unit, "--label", "Médecine A").code == 0
    assert "Médecine A" in on("subjects", "list", place.audit).out
    assert on("subjects", "remove", place.audit, unit).code == 3
    refused = on("subjects", "set-aside", place.audit, "rec-ant-02", "--reason", "Motif.", "--subject", unit)
    assert refused.code == 2


def test_two_audits_are_compared(on: Cli, place: Any) -> None:  # noqa: ANN401
    made = on("audits", "create", place.facility, "--checklist", "flash", "--date", "2027-01-10", "--json")
    later = made.json["audit"]
    on("answer", place.audit, "rec-ant-02", "non")
    on("answer", later, "rec-ant-02", "oui")
    assert "1 point amélioré, 0 dégradé, 0 inchangé" in on("compare", place.audit, later).out
    assert on("compare", place.audit).code == 2


def test_a_text_that_names_somebody_is_refused_unless_it_is_nobody(on: Cli, place: Any) -> None:  # noqa: ANN401
    words = ("answer", place.audit, "rec-ant-02", "non", "--constat", "Mme DUPONT attend.")
    refused = on(*words)
    assert refused.code == 2
    assert "DUPONT" not in refused.err
    assert on("audits", "show", place.audit, "--json").json["answers"] == []
    assert on(*words, "--nobody").code == 0
    (answer,) = on("audits", "show", place.audit, "--json").json["answers"]
    assert answer["constat"] == "Mme DUPONT attend."
