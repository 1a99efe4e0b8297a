"""What the log, the intake of foreign logs and short papers must respect beyond their shape."""

import re
from collections.abc import Iterator

from ivaudit.content.parsing import Parsed
from ivaudit.content.printed_rules import problems_of_printing
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import near
from ivaudit.domain.anomalies import Nature, Role
from ivaudit.domain.leaflet import KEYS, LeafletTexts
from ivaudit.domain.log_intake import REFERENCE, LogIntake
from ivaudit.domain.log_table import COMPUTED, LogColumn, LogField, LogTable
from ivaudit.domain.wording import folded

_NARROWEST, _WIDEST, _TAB = 4, 120, 31
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_LEVELS = ("0", "1", "2", "3", "4", "5")
_VALUE = re.compile(r"\{(\w*)\}")


def problems_of_log(parsed: Parsed, log: LogTable) -> Iterator[Problem]:
    """Yield the rules that a log breaks."""
    if sum(column.field is LogField.NUMBER for column in log.columns) != 1:
        yield parsed.problem(log, "columns", "columns: une colonne « field: number » et une seule attendue")
    ids = repeated(column.id for column in log.columns)
    titles = repeated(folded(column.title) for column in log.columns)
    fields = repeated(column.field for column in log.columns if column.field is not LogField.EMPTY)
    for column in log.columns:
        if column.id in ids:
            yield parsed.problem(column, "id", f"id: la colonne « {column.id} » est en double")
        if folded(column.title) in titles:
            yield parsed.problem(column, "title", f"title: le titre « {column.title} » est en double")
        if column.field in fields:
            yield parsed.problem(
                column, "field", f"field: « {column.field} » est déjà dans une autre colonne"
            )
        if not _NARROWEST <= column.width <= _WIDEST:
            yield parsed.problem(
                column, "width", f"width: un nombre de caractères de {_NARROWEST} à {_WIDEST} attendu"
            )
        yield from _hidden(parsed, column)
    for key in ("sheet", "synthesis", "legend"):
        if len(getattr(log, key)) > _TAB:
            yield parsed.problem(log, key, f"{key}: {_TAB} caractères au plus pour un onglet")
    yield from _colours(parsed, log)
    yield from problems_of_printing(parsed, log, [column for column in log.columns if not column.hidden])


def _hidden(parsed: Parsed, column: LogColumn) -> Iterator[Problem]:
    if column.field is LogField.REST and not column.hidden:
        yield parsed.problem(
            column, "field", "field: « rest » ne sert qu'à la machine : hidden: true attendu"
        )
    twice = repeated(folded(text) for text in column.words.values())
    for word, text in column.words.items():
        if folded(text) in twice:
            yield parsed.problem(column, "words", f"words.{word}: « {text} » traduit déjà un autre mot", word)


def _colours(parsed: Parsed, log: LogTable) -> Iterator[Problem]:
    if tuple(sorted(log.colours)) != _LEVELS:
        yield parsed.problem(log, "colours", f"colours: une couleur par niveau, {', '.join(_LEVELS)}")
    for level, colour in log.colours.items():
        if not _COLOUR.fullmatch(colour):
            yield parsed.problem(log, "colours", f"colours.{level}: une couleur comme « #fcf1dc »", level)


def problems_of_intake(parsed: Parsed, intake: LogIntake) -> Iterator[Problem]:
    """Yield what is wrong with what foreign logs are understood by."""
    fields = [field.value for field in LogField if field not in COMPUTED or field is LogField.ENDED]
    for each in intake.headers:
        kind, _, rest = each.target.partition("/")
        role, _, nature = rest.partition("/")
        known = role in set(Role) and nature in set(Nature) if kind == REFERENCE else each.target in fields
        if not known:
            yield parsed.problem(
                each, "target", f"target: « {each.target} » inconnu{near(each.target, fields)}"
            )
        if not each.words:
            yield parsed.problem(each, "words", "words: au moins un titre attendu")
    for value in intake.values:
        if value.field not in fields:
            yield parsed.problem(
                value, "field", f"field: champ « {value.field} » inconnu{near(value.field, fields)}"
            )
    twice = repeated(f"{each.field}/{folded(word)}" for each in intake.values for word in each.words)
    for each_value in intake.values:
        for rank, word in enumerate(each_value.words):
            if f"{each_value.field}/{folded(word)}" in twice:
                yield parsed.problem(each_value, "words", f"words: « {word} » est donné à deux valeurs", rank)


def problems_of_leaflet(parsed: Parsed, leaflet: LeafletTexts) -> Iterator[Problem]:
    """Yield what is wrong with the texts of a paper."""
    expected = KEYS[leaflet.page]
    for key in expected:
        if key not in leaflet.texts:
            yield parsed.problem(leaflet, "texts", f"texts: « {key} » est attendu")
    for key, text in leaflet.texts.items():
        if key not in expected:
            sentence = f"texts.{key}: texte inconnu{near(key, list(expected))}"
            yield parsed.problem(leaflet, "texts", sentence, key)
            continue
        for value in _VALUE.findall(text):
            if value not in expected[key]:
                allowed = ", ".join(sorted(expected[key])) or "aucune"
                sentence = f"texts.{key}: valeur « {{{value}}} » inconnue ; admises : {allowed}"
                yield parsed.problem(leaflet, "texts", sentence, key)
