"""The figures of a month against its perimeter, computed by hand."""

from collections.abc import Mapping

import pytest
from support.insi import A, B, C, D, E

from ivaudit.domain.insi import (
    BOTH,
    Channel,
    Usage,
    UsageFile,
    compare,
    complete,
)
from ivaudit.domain.insi_evolution import MonthFigures, described, evolve
from ivaudit.domain.insi_follow_up import DeclaredRate, FollowUp, Known, Line, Link, Standing, build
from ivaudit.domain.insi_perimeter import Expected, Outside, Perimeter, code_of, in_force, together
from ivaudit.domain.insi_table import headline, said

CARD, CERTIFICATE = Channel.CARD, Channel.CERTIFICATE
MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09")


def usage(finess: str, calls: int | None, month: str = "2026-09", users: int | None = 1) -> Usage:
    retrievals = None if calls is None else calls // 2
    checks = None if calls is None else calls - calls // 2
    return Usage(
        month, finess, f"EHPAD {finess[-3:]}", "25 - DOUBS", "500 - EHPAD", calls, retrievals, checks, users
    )


def expected(finess: str, **more: str) -> Expected:
    department = "25 - DOUBS" if finess.startswith("25") else "39 - JURA"
    fields = {"name": f"EHPAD {finess[-3:]}", "department": department, "category": "500 - EHPAD", **more}
    return Expected(finess=finess, **fields)


def perimeter(*structures: Expected, month: str = "2026-01", **more: object) -> Perimeter:
    fields: dict[str, object] = {"exclusions": {}, **more}
    return Perimeter(month=month, structures=structures, **fields)  # type: ignore[arg-type]


def followed(
    certificate: list[Usage],
    card: list[Usage],
    frame: Perimeter | None,
    *,
    last: Mapping[str, str] | None = None,
    links: tuple[Link, ...] = (),
    rates: tuple[DeclaredRate, ...] = (),
    received: Mapping[str, frozenset[Channel]] | None = None,
) -> FollowUp:
    calling = {each.finess: "2026-09" for each in (*certificate, *card) if each.calls}
    known = Known(
        received=received or dict.fromkeys(MONTHS, BOTH),
        last={**(last or {}), **calling},
        links=links,
        rates=rates,
    )
    return build("2026-09", {CERTIFICATE: certificate, CARD: card}, frame, known)


def line(follow: FollowUp, finess: str) -> Line:
    return next(each for each in follow.lines if each.finess == finess)


def test_the_perimeter_counts_what_is_open_in_its_categories_and_departments_and_not_set_aside() -> None:
    frame = perimeter(
        expected(A),
        expected(B, opened="2026-09-30"),
        expected(C, closed="2026-09-01"),
        expected(D, category="183 IME"),
        expected(E, department="01 - AIN"),
        expected("250000031", opened="2026-10-01"),
        expected("250000049", closed="2026-08-31"),
        expected("250000056"),
        categories=("500",),
        departments=("25 - Doubs", "39"),
        exclusions={"250000056": "Pas d'usagers"},
    )
    assert [each.finess for each in frame.counted("2026-09")] == [A, B, C]
    assert [each.finess for each in frame.counted("2026-10")] == [A, B, "250000031"]
    reasons = [frame.outside(each, "2026-09") for each in frame.structures[3:]]
    assert reasons == [
        Outside.CATEGORY,
        Outside.DEPARTMENT,
        Outside.NOT_YET,
        Outside.CLOSED,
        Outside.EXCLUDED,
    ]


def test_a_month_by_hand() -> None:
    """Five expected: one by both ways, one by card, one silent for two months, one never, one listed 0."""
    frame = perimeter(*map(expected, (A, B, C, D)), expected(E, department="01 - AIN"))
    follow = followed(
        [usage(A, 10, users=4), usage(E, 0), usage("250000999", 3)],
        [usage(A, 5, users=3), usage(B, 7)],
        frame,
        last={C: "2026-07"},
    )
    standings = {each.finess: each.standing for each in follow.inside()}
    assert standings == {
        A: Standing.CALLED,
        B: Standing.CALLED,
        C: Standing.SILENT,
        D: Standing.NEVER,
        E: Standing.ZERO,
    }
    both = line(follow, A)
    assert (both.calls, both.retrievals, both.checks) == (15, 5 + 2, 5 + 3)
    assert both.by_certificate is not None
    assert both.by_card is not None
    assert (both.by_certificate.users, both.by_card.users) == (4, 3)
    assert not hasattr(both, "users")
    assert (line(follow, C).silent, said(line(follow, C))) == (2, "silencieuse depuis 2 mois")
    assert not line(follow, "250000999").inside
    assert [each.finess for each in follow.to_call_back()] == [E, C, D]
    assert [each.finess for each in follow.to_call_back(3)] == [E, D]
    groups = [
        (each.label, each.expected, each.called, each.silent, each.never, each.calls)
        for each in follow.departments
    ]
    assert groups == [
        ("01 - AIN", 1, 0, 1, 0, 0),
        ("25 - DOUBS", 2, 2, 0, 0, 22),
        ("39 - JURA", 2, 0, 1, 1, 0),
    ]
    assert headline(follow) == (
        "Périmètre figé pour janvier 2026 : 2 structures sur 5 avec au moins un appel, 2 sans appel ce mois, "
        "1 absente de tous les fichiers reçus."
    )


def test_a_month_that_was_not_received_is_not_zero() -> None:
    follow = followed([], [], perimeter(expected(A)), received={"2026-08": BOTH})
    assert (
        headline(follow) == "Aucun fichier n'est reçu pour septembre 2026 : un mois non reçu n'est pas zéro."
    )


def test_a_month_half_received_says_nobody_is_silent() -> None:
    received = {**dict.fromkeys(MONTHS, BOTH), "2026-09": frozenset({CERTIFICATE})}
    follow = followed([usage(A, 1)], [], perimeter(expected(A), expected(B)), received=received)
    assert [each.standing for each in follow.lines] == [Standing.CALLED, Standing.OPEN]
    assert follow.to_call_back() == ()
    assert "un seul des deux fichiers" in headline(follow)


def test_a_month_not_received_is_not_silence() -> None:
    received = {"2026-05": BOTH, "2026-06": frozenset({CARD}), "2026-08": BOTH, "2026-09": BOTH}
    follow = followed([usage(A, 1)], [], perimeter(expected(B)), last={B: "2026-05"}, received=received)
    assert line(follow, B).silent == 2
    assert complete(received) == ("2026-05", "2026-08", "2026-09")


def test_a_number_not_communicated_is_neither_a_call_nor_silence() -> None:
    follow = followed([usage(A, None)], [usage(A, None)], perimeter(expected(A)))
    assert (line(follow, A).standing, line(follow, A).calls) == (Standing.UNKNOWN, None)
    assert follow.to_call_back() == ()
    assert followed([usage(A, None)], [usage(A, 2)], perimeter(expected(A))).lines[0].calls == 2


def test_who_calls_under_another_number_is_not_called_back_but_the_other_is() -> None:
    links = (Link(finess=A, target="250000999"), Link(finess=B, target="250000999", until="2026-08"))
    frame = perimeter(expected(A), expected(B))
    calling = followed([usage("250000999", 9)], [], frame, links=links)
    assert [each.standing for each in calling.inside()] == [Standing.VIA, Standing.NEVER]
    assert [each.finess for each in calling.to_call_back()] == [B]
    silent = followed([], [], frame, links=links)
    assert [each.finess for each in silent.to_call_back()] == ["250000999", B]
    assert line(silent, "250000999").covers == 1
    assert not line(silent, "250000999").inside


def test_the_last_declared_rate_stands_beside_the_calls() -> None:
    rates = (
        DeclaredRate(finess=A, month="2026-07", qualified=2, active=3, definition="Résidents"),
        DeclaredRate(finess=A, month="2026-10", permille=999),
        DeclaredRate(finess=A, month="2026-06", permille=100),
    )
    rate = line(followed([usage(A, 1)], [], None, rates=rates), A).rate
    assert rate is not None
    assert (rate.month, rate.share) == ("2026-07", 667)


def test_without_a_perimeter_the_files_are_shown_and_nobody_is_expected() -> None:
    follow = followed([usage(A, 1)], [usage(B, 0)], None)
    assert [each.finess for each in follow.lines] == [A, B]
    assert (follow.inside(), follow.to_call_back()) == ((), ())
    assert headline(follow) == "2 structures dans les fichiers reçus. Aucun périmètre n'est défini."


def test_the_evolution_leaves_a_month_not_received_empty() -> None:
    frame = [perimeter(expected(A), expected(B), expected(C), month="2026-06")]
    figures = [
        MonthFigures(
            month="2026-06", channels=BOTH, callers=frozenset({A, "x"}), calls=9, retrievals=6, checks=3
        ),
        MonthFigures(
            month="2026-08",
            channels=frozenset({CARD}),
            callers=frozenset({A}),
            calls=1,
            retrievals=1,
            checks=0,
        ),
        MonthFigures(
            month="2026-09", channels=BOTH, callers=frozenset({A, B}), calls=5, retrievals=2, checks=3
        ),
    ]
    found = evolve(figures, "2026-06", "2026-09", frame, [Link(finess=C, target=A, since="2026-09")])
    told = [(each.month, bool(each.received), each.called, each.via, each.percent) for each in found.months]
    assert told == [
        ("2026-06", True, 1, 0, 33),
        ("2026-07", False, 0, 0, None),
        ("2026-08", True, 1, 0, None),
        ("2026-09", True, 2, 1, 100),
    ]
    assert "juillet 2026 : non reçu" in described(found)


def test_storing_a_file_again_changes_nothing_and_a_reissue_shows_old_and_new() -> None:
    rows = (usage(A, 10), usage(B, 5))
    file = UsageFile(name="x", sha="00", channel=CARD, rows=rows)
    assert compare(file, CARD, rows).nothing
    seen = compare(file, CARD, (usage(A, 4), usage(C, 1)))
    assert [(each.before.calls, each.after and each.after.calls) for each in seen.changed] == [(4, 10)]
    assert ([each.finess for each in seen.added], [each.finess for each in seen.missing]) == ([B], [C])


def test_the_perimeter_in_force_is_the_last_one_frozen_before() -> None:
    june, august = perimeter(month="2026-06"), perimeter(month="2026-08")
    found = [in_force([august, june], month) for month in ("2026-05", "2026-06", "2026-07", "2026-09")]
    assert found == [june, june, june, august]
    assert in_force([], "2026-06") is None


def test_lists_are_put_together_by_number() -> None:
    found = together(
        [Expected(finess=B, name="Nom")],
        [Expected(finess=A, name="a"), Expected(finess=B, name="b", category="500")],
    )
    assert [(each.finess, each.name, each.category) for each in found] == [(A, "a", ""), (B, "Nom", "500")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("500 - EHPAD", "500"), ("[25] Doubs", "25 - DOUBS"), ("2A - Corse", "2a"), ("Ehpad", "EHPAD")],
)
def test_labels_with_one_code_are_one(one: str, other: str) -> None:
    assert code_of(one) == code_of(other)
