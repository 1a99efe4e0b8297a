"""What the page of the cross table shows of a rule: its columns, its filters, and everything it says."""

from collections.abc import Callable
from enum import StrEnum

from ivaudit.domain.found_codes import found_words
from ivaudit.domain.rules_table import Cover, RuleRow, RulesTable
from ivaudit.domain.sources import reference_words
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.library.markup import block, items, link, listed, paragraph, toned
from ivaudit.ui.library.rule_texts import SUPPOSED
from ivaudit.ui.table import Column


class Which(StrEnum):
    """The rules that are listed, in the words of the choice."""

    ALL = "Toutes les règles"
    UNCOVERED = "Règles sans critère"
    WAITED_FOR = "Codes à vérifier ou à relever"
    FOUND = "Codes relevés"


CHOSEN: dict[Which, Callable[[RuleRow], bool]] = {
    Which.ALL: lambda _row: True,
    Which.UNCOVERED: lambda row: row.uncovered,
    Which.WAITED_FOR: lambda row: row.waited_for,
    Which.FOUND: lambda row: bool(row.codes),
}

EMPTY: dict[Which, str] = {
    Which.ALL: "Aucune règle trouvée : essayez un autre mot ou un autre volume.",
    Which.UNCOVERED: "Chaque règle est vérifiée par au moins un critère.",
    Which.WAITED_FOR: "Aucun code à vérifier ici.",
    Which.FOUND: "Aucun code relevé : exportez le tableau, complétez-le avec les volumes, puis importez-le.",
}


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column(title="Volume", text=_volume, key=_place),
        Column(title="Code", text=code),
        Column(title="Règle, dans nos mots", text=lambda row: bound(row.rule.statement), stretch=True),
        Column(title="Critères", text=covers),
        Column(title="Thème", text=lambda row: row.rule.theme, spare=True),
    )


def edition(row: RuleRow) -> str:
    """Return the edition that the source tells."""
    known = row.rule.edition or ""
    return f"{known} (déduite)" if row.rule.deduced else known


def code(row: RuleRow) -> str:
    """Return the code as far as it may be shown, or what is known of it."""
    if row.codes:
        return "\n".join(f"{each.code} (relevé, v{each.edition})" for each in row.codes)
    if row.rule.code is None:
        return row.state.value
    return f"{row.rule.code}\n({row.state.value})" if row.waited_for else row.rule.code


def covers(row: RuleRow) -> str:
    """Return the ids of the criteria, or that there is none."""
    return "\n".join(each.criterion for each in row.covers) or "aucun critère"


def searched(row: RuleRow) -> str:
    """Return everything that a search looks at."""
    asked = " ".join(f"{each.criterion} {each.question}" for each in row.covers)
    return " ".join(
        (row.rule.id, row.volume.title, code(row), edition(row), row.rule.theme, row.rule.statement, asked)
    )


def rule_said(row: RuleRow) -> str:
    """Return everything the table knows of a rule, with links to its criteria."""
    rule = row.rule
    supposed = toned(SUPPOSED, Tone.MIDDLE) if rule.supposed else ""
    reading = "" if rule.code else " Sans code retrouvé, le type est notre lecture."
    kind = f"{rule.type.value[:1].upper()}{rule.type.value[1:]}.{reading}"
    source = f" — {rule.source}" if rule.source else ""
    read = f"{kind} {reference_words(rule.reference(row.volume.title))}{source}"
    found = [found_words(each, row.volume.title) for each in row.codes]
    parts = (
        paragraph(bound(rule.statement)),
        supposed,
        paragraph(f"Type supposé : {rule.type.value}." if rule.supposed else read),
        items(found),
        block("Critères qui la vérifient", listed(map(_cover, row.covers))),
        toned("Aucun critère ne vérifie cette règle.", Tone.BAD) if row.uncovered else "",
    )
    return "".join(parts)


def summary(table: RulesTable, shown: int) -> str:
    """Return how much the table holds and how much of it is listed."""
    waited = len(table.waited_for)
    parts = [
        french.count(len(table.rows), "règle", "règles"),
        f"{french.number(len(table.uncovered))} sans critère",
        french.count(waited, "code à vérifier ou à relever", "codes à vérifier ou à relever"),
        french.count(len(table.loose), "critère sans règle connue", "critères sans règle connue"),
    ]
    if shown != len(table.rows):
        parts.insert(0, french.count(shown, "ligne affichée", "lignes affichées"))
    return " · ".join(parts)


def _cover(cover: Cover) -> str:
    others = len(cover.elsewhere)
    more = f" (aussi dans {french.count(others, 'autre grille', 'autres grilles')})" if others else ""
    text = f"{cover.checklist} {cover.number} : {bound(cover.question)}{more}"
    return link(cover.checklist, cover.criterion, text)


def _volume(row: RuleRow) -> str:
    known = edition(row)
    return f"{row.volume.title}\nv{known}" if known else row.volume.title


def _place(row: RuleRow) -> tuple[str, int]:
    return row.volume.id, row.rule.rank
