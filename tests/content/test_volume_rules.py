"""Rules of the lists of rules and of the files of codes; and what the shipped list promises."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.found import code

from ivaudit.content import codes_file, volumes
from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.content.writing import to_yaml
from ivaudit.domain import rules_table
from ivaudit.domain.checklist import Confidence
from ivaudit.domain.codes_import import updated
from ivaudit.domain.errors import ContentProblems, UnreadableFile
from ivaudit.domain.found_codes import CODE
from ivaudit.domain.rules import RuleType

Said = Callable[..., list[str]]
RULES_FILE = "checklists/echelles/essai.yaml"
CODES_FILE = "codes/essai.yaml"

RULES = """\
id: essai
version: "1.0.0"
title: Essai
kind: regles
summary: Pour les essais.
licence: etalab-2.0
authors: [Équipe ivaudit]
published: "2026-11-22"
volumes:
  - {id: volet, title: Volet, edition: "2.0", note: Pour les essais.}
rules:
  - id: essai-un
    volume: volet
    rank: 1
    edition: "2.0"
    type: exigence
    code: EXI SI 04
    theme: Traits
    statement: Tous les prénoms sont enregistrés.
    confidence: cité
    source: https://exemple.fr
    criteria: [cre-tra-02]
  - id: essai-deux
    volume: volet
    rank: 2
    edition: "2.0"
    type: recommandation
    theme: Traits
    statement: Une règle de mémoire.
    confidence: à vérifier
    criteria: []
"""

CODES = """\
kind: codes
id: essai
version: "1.0.0"
title: Codes
codes:
  - {rule: r1-si-04, edition: "2.0", code: EXI SI 04, verified_by: référent, date: "2026-11-20"}
  - {rule: r1-si-04, edition: "1.x", code: EXI SI 04, verified_by: référent, date: "2026-11-20"}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[cre-tra-02]", "[cre-tra-99]", "critère « cre-tra-99 » inconnu ; vouliez-vous dire « cre-tra-0"),
        ("volume: volet", "volume: volets", "volume: volet « volets » inconnu ; vouliez-vous dire « volet »"),
        ("code: EXI SI 04", "code: EXI SI 4", "code: « EXI » ou « RECO », deux ou trois lettres"),
        ("confidence: cité", "confidence: à vérifier", "code: pas de code quand la règle est « à vérifier »"),
        ("    source: https://exemple.fr\n", "", "source: attendue quand la règle est « lu » ou « cité »"),
        ("rank: 2", "rank: 1", "rank: le rang 1 est pris plusieurs fois dans volet"),
        ("rank: 1", "rank: 0", "rank: un rang à partir de 1 attendu"),
        ("id: essai-deux", "id: essai-un", "id: « essai-un » est employé plusieurs fois"),
        ("Tous les prénoms", "Avec Mme Durand, tous les prénoms", "pas de nom de personne (« Mme Durand »)"),
        (
            "type: recommandation\n",
            "type: recommandation\n    code: EXI SI 04\n",
            "code: pas de code quand la règle est « à vérifier »",
        ),
    ],
)
def test_a_list_of_rules(problems_of: Said, old: str, new: str, message: str) -> None:
    assert problems_of(RULES, RULES_FILE) == []
    assert old in RULES
    assert message in " ".join(problems_of(RULES.replace(old, new, 1), RULES_FILE))


def test_a_code_is_given_once_in_an_edition(problems_of: Said) -> None:
    same = RULES.replace("à vérifier\n", "résumé\n").replace(
        "type: recommandation\n", "type: recommandation\n    code: EXI SI 04\n"
    )
    said = problems_of(same, RULES_FILE)
    assert [each.split(": ", 1)[1] for each in said] == [
        "code: « EXI SI 04 » est en double dans l'édition 2.0 de volet"
    ] * 2
    other = same.replace('edition: "2.0"\n    type: reco', 'edition: "1.x"\n    type: reco')
    assert problems_of(other, RULES_FILE) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("r1-si-04", "r1-si-4", "rule: règle « r1-si-4 » inconnue ; vouliez-vous dire « r1-si-04 »"),
        ('"1.x"', '"2.0"', "rule: « r1-si-04 » est en double pour l'édition 2.0"),
        ("EXI SI 04", "SI 04", "code: « EXI » ou « RECO »"),
        ('"2.0", code', '"décembre", code', "edition: un numéro d'édition attendu"),
        ("verified_by: référent", "verified_by: Dr Martin", "pas de nom de personne (« Dr Martin »)"),
        ("2026-11-20", "2999-01-01", "date: une date passée attendue"),
        ("2026-11-20", "hier", "date: une date AAAA-MM-JJ attendue"),
    ],
)
def test_a_file_of_codes(problems_of: Said, old: str, new: str, message: str) -> None:
    assert problems_of(CODES, CODES_FILE) == []
    assert old in CODES
    assert message in " ".join(problems_of(CODES.replace(old, new, 1), CODES_FILE))


# -- a file that comes from elsewhere ----------------------------------------------------------------------


def test_a_file_of_codes_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "codes de la région (2).yaml"
    path.write_text(to_yaml(updated(None, [code()]), Family.CODES), encoding="utf-8")
    assert codes_file.read(path, tmp_path).codes == (code(),)


def test_what_is_no_file_of_codes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "autre.yaml"
    for text in ("", "bonjour", "id: essai\nkind: glossaire\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UnreadableFile):
            codes_file.read(path, tmp_path)
    path.write_text(CODES.replace("EXI SI 04", "SI"), encoding="utf-8")
    with pytest.raises(ContentProblems) as told:
        codes_file.read(path, tmp_path)
    assert told.value.problems[0].startswith("autre.yaml:6:")


# -- the shipped list --------------------------------------------------------------------------------------

LIBRARY = Library.find()
RULES_KNOWN = volumes.rules(LIBRARY)


def test_no_shipped_rule_is_left_without_a_criterion() -> None:
    homes = {key: known.checklist for key, known in LIBRARY.known.items()}
    table = rules_table.build(RULES_KNOWN, LIBRARY.checklists(), homes, {})
    assert len(table.rows) > 130
    assert [row.rule.id for row in table.uncovered] == []
    unknown = {each for rule in RULES_KNOWN.rules for each in rule.criteria} - set(LIBRARY.known)
    assert unknown == set()


def test_every_volume_and_every_code_read_or_quoted_is_there() -> None:
    assert [volume.title for volume in RULES_KNOWN.volumes][:5] == [
        "RNIV 1",
        "RNIV 2",
        "RNIV 3",
        "RNIV 4",
        "Guide d'implémentation INS",
    ]
    codes = {rule.code for rule in RULES_KNOWN.rules if rule.code}
    pp, si = {"15", "17", "18", "19"}, {"04", "07", "08", "09", "10", "22", "23", "29", "30"}
    ident = {"08", "10", "11", "12", "14", "15", "17", "19", "23", "24", "26", "27", "28", "29"}
    assert codes == {
        *(f"EXI PP {each}" for each in pp),
        *(f"EXI SI {each}" for each in si),
        *(f"EXI ID {each}" for each in ident),
        "RECO PP 03",
        "EXI ES 02",
        "EXI SNH 02",
        "EXI DIF 02",
        "EXI REC 02",
        "EXI REC 07",
        "EXI REC 08",
    }
    assert all(CODE.fullmatch(each) for each in codes)


def test_a_code_is_shown_plainly_only_where_it_was_quoted() -> None:
    plain = {rule.code for rule in RULES_KNOWN.rules if rule.code and RULES_KNOWN.reference(rule).plain}
    assert plain == {"EXI SI 07", "EXI SI 08", "EXI SI 09", "RECO PP 03", "EXI REC 02"}
    assert not any(rule.code for rule in RULES_KNOWN.rules if rule.confidence is Confidence.TO_CHECK)


def test_a_rule_that_asks_leads_to_a_criterion_of_its_public() -> None:
    asked = [rule for rule in RULES_KNOWN.rules if rule.type is not RuleType.LANDMARK]
    for rule in asked:
        homes = {LIBRARY.known[each].checklist for each in rule.criteria}
        assert homes, rule.id
    volume_four = [rule for rule in asked if rule.volume == "rniv-4"]
    in_four = {point.criterion.id for point in LIBRARY.checklist("rniv-4-acteurs-liberaux").points()}
    assert all(in_four & set(rule.criteria) for rule in volume_four)
