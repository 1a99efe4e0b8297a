"""A rule of the official volumes as text to read: never more sure than its source."""

from html import escape

from ivaudit.app.library_items import Catalogue, Item, Passage, Shelf
from ivaudit.domain.found_codes import found_words
from ivaudit.domain.rules import Rule, Rules
from ivaudit.domain.sources import reference_words
from ivaudit.domain.tone import Tone
from ivaudit.ui.library.markup import block, heading, items, link, listed, muted, paragraph, toned

SUPPOSED = "Règle supposée, à vérifier : connue de mémoire, elle n'a été lue dans aucune source."
_OUR_READING = "Sans code retrouvé, le type est notre lecture."
_NO_ONE = "Aucun critère ne vérifie cette règle."


def covering(catalogue: Catalogue, criterion: str) -> list[Passage]:
    """Return the rules that a criterion checks, in the order of the volumes."""
    return [
        passage
        for item in catalogue.items
        if item.shelf is Shelf.RULES and isinstance(item.value, Rules)
        for passage in item.passages
        if (rule := item.value.rule(passage.anchor)) is not None and criterion in rule.criteria
    ]


def rule_html(catalogue: Catalogue, value: Rules, rule: Rule, criteria: str) -> str:
    """Return everything a rule says; `criteria` are the links to those that check it."""
    volume = value.volume(rule.volume)
    document = volume.title if volume is not None else rule.volume
    reading = f" {_OUR_READING}" if rule.code is None else ""
    kind = f"{rule.type.value[:1].upper()}{rule.type.value[1:]}.{reading}"
    reference = reference_words(value.reference(rule))
    source = f" — {rule.source}" if rule.source else ""
    codes = catalogue.found.get(rule.id, ())
    parts = (
        muted(f"{value.title} › {document} › {rule.theme}"),
        heading(rule.statement),
        toned(SUPPOSED, Tone.MIDDLE) if rule.supposed else "",
        paragraph(f"Type supposé : {rule.type.value}." if rule.supposed else kind),
        block("Référence", items([] if rule.supposed else [reference + source])),
        block("Code relevé dans le volume", items(found_words(code, document) for code in codes)),
        criteria or block("Critères concernés", toned(_NO_ONE, Tone.BAD)),
    )
    return "".join(parts)


def rules_html(item: Item, value: Rules) -> str:
    """Return the presentation of the list: its volumes, then their rules."""
    parts = [paragraph(value.summary)]
    for volume in value.volumes:
        rows = [_row(item, rule) for rule in value.ordered() if rule.volume == volume.id]
        parts.append(block(f"{volume.title} (édition {volume.edition})", paragraph(volume.note)))
        parts.append(listed(rows))
    return "".join(parts)


def _row(item: Item, rule: Rule) -> str:
    supposed = f" {escape('(supposée, à vérifier)')}" if rule.supposed else ""
    return link(item.id, rule.id, rule.statement) + supposed
