"""What is published as text to read, with links both ways between criteria and what concerns them."""

from collections.abc import Iterable, Sequence
from html import escape

from ivaudit.app.library_items import Finder, Item, Passage, Shelf
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.cases import Case, Cases
from ivaudit.domain.checklist import Checklist, Reference, Vocabulary
from ivaudit.domain.fiche import Fiche, Outcome, Step, StepChoice
from ivaudit.domain.glossary import Glossary, GlossaryTerm
from ivaudit.domain.observation import ObservationGrid, ObservedItem, ObservedValue, Row
from ivaudit.domain.rules import Rules
from ivaudit.domain.sources import reference_words
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, reading
from ivaudit.ui.library.adaptation_texts import adaptation_html, adaptations_html, marks_html
from ivaudit.ui.library.contents import CONFIDENCE_WORDS, extent, facts, shares
from ivaudit.ui.library.markup import block, heading, items, link, listed, muted, paragraph, toned
from ivaudit.ui.library.rule_texts import covering, rule_html, rules_html

VALUE_WORDS = {
    ObservedValue.YES: "Oui",
    ObservedValue.NO: "Non",
    ObservedValue.NOT_APPLICABLE: "Sans objet",
    ObservedValue.REFUSED: "Refus",
    ObservedValue.NOT_OBSERVED: "Non observé",
}
ROW_WORDS = {
    Row.PERSON: ("personne", "personnes"),
    Row.ACT: ("acte", "actes"),
    Row.RECORD: ("dossier", "dossiers"),
    Row.DOCUMENT: ("document", "documents"),
    Row.INTERVIEW: ("entretien", "entretiens"),
}
TONE_WORDS = {Tone.GOOD: "Réglé", Tone.WAITING: "En attente", Tone.BAD: "Arrêt"}
_CONCERNED = {
    Shelf.FICHE: "Fiches réflexes",
    Shelf.OBSERVATION: "Grilles d'observation",
    Shelf.CASES: "Cas pratiques",
}


class Texts:
    """Writes any part of the catalogue; `minutes` and counts come from the items."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._vocabulary: Vocabulary = finder.catalogue.vocabulary

    def html(self, item: Item, anchor: str) -> str:
        """Return a part of an item, or its presentation."""
        match item.value:
            case Checklist():
                return self._checklist(item, item.value, anchor)
            case ObservationGrid():
                return self._observation(item, item.value, anchor)
            case Fiche():
                return self._fiche(item, item.value, anchor)
            case Cases():
                return self._cases(item, item.value, anchor)
            case _:
                return self._other(item, anchor)

    def _other(self, item: Item, anchor: str) -> str:
        """Return a part of what is neither walked nor filled in."""
        if isinstance(item.value, Adaptation):
            return adaptation_html(self._finder.catalogue, item, item.value, anchor)
        if isinstance(item.value, Rules):
            return self._rules(item, item.value, anchor)
        return _glossary(item, item.value, anchor) if isinstance(item.value, Glossary) else ""

    # -- checklists

    def _checklist(self, item: Item, value: Checklist, anchor: str) -> str:
        point = next((each for each in value.points() if each.criterion.id == anchor), None)
        if point is None:
            minutes = value.minutes_budget or sum(each.criterion.minutes for each in value.points())
            text = reading.checklist_html(value, dict(item.sources), minutes)
            return text + adaptations_html(self._finder.catalogue, value)
        codes = [code.words for code in self._finder.catalogue.codes.get(anchor, ())]
        text = reading.criterion_html(point, value, self._vocabulary, codes)
        return text + marks_html(self._finder.catalogue, value, anchor) + self._around(anchor, item.id)

    def _around(self, criterion: str, here: str) -> str:
        """Return the links from a criterion to what concerns it, and to the other checklists that ask it."""
        found = self._finder.concerning(criterion)
        parts = [
            block(title, listed(self._links(each for each in found if self._shelf(each) is shelf)))
            for shelf, title in _CONCERNED.items()
        ]
        rules = covering(self._finder.catalogue, criterion)
        parts.append(block("Règles des volets que ce critère vérifie", listed(self._links(rules))))
        others = [each for each in self._finder.asked(criterion) if each.item != here]
        parts.append(block("Aussi demandé dans", listed(self._links(others))))
        return "".join(parts)

    def _links(self, passages: Iterable[Passage]) -> list[str]:
        return [link(each.item, each.anchor, self._name(each)) for each in passages]

    def _name(self, passage: Passage) -> str:
        """Return what a link to a part says: the item, then the part."""
        item = self._finder.catalogue.item(passage.item)
        title = item.title if item is not None else passage.item
        if not passage.anchor:
            return title
        if item is not None and isinstance(item.value, Rules):
            return f"{passage.part} : {passage.title}"
        number = f"{passage.number} " if passage.number else ""
        if item is not None and isinstance(item.value, Checklist):
            return f"{title}, point {passage.number}"
        return f"{title} : {number}{passage.title}"

    def _shelf(self, passage: Passage) -> Shelf | None:
        item = self._finder.catalogue.item(passage.item)
        return item.shelf if item is not None else None

    def _criteria(self, criteria: Sequence[str]) -> str:
        """Return the links to criteria, each where it is first asked."""
        made = []
        for criterion in criteria:
            asked = self._finder.asked(criterion)
            if asked:
                made.append(link(asked[0].item, criterion, f"{asked[0].number} {asked[0].title}"))
        return block("Critères concernés", listed(made))

    # -- observation grids

    def _observation(self, item: Item, value: ObservationGrid, anchor: str) -> str:
        one = next((each for each in value.items if each.id == anchor), None)
        if one is not None:
            rank = value.items.index(one) + 1
            return muted(value.title) + heading(f"{rank}  {one.question}") + self._item(one)
        _, many = ROW_WORDS[value.row]
        context = [f"{column.label} : {', '.join(column.choices)}" for column in value.context]
        rows = [
            f"{escape(each.question)}<br>{link(value.id, each.id, 'Lire ce fait')}" for each in value.items
        ]
        parts = [
            paragraph(value.summary),
            paragraph(f"{value.target} {many}. {value.target_note}", "Combien"),
            paragraph(value.period, "Quand"),
            paragraph(self._labels("places", value.places), "Où"),
            paragraph(self._labels("interlocutors", value.interlocutors), "Avec qui"),
            block("Inclure", items(value.inclusion)),
            block("Ne pas inclure", items(value.exclusion)),
            block("Comment se tenir", paragraph(value.stance)),
            block("À dire d'abord", paragraph(value.words)),
            block("Faits observés", listed(rows)),
            block("Noter aussi", items(context)),
            block("Motifs de non-observation", items(each.label for each in value.not_observed)),
            _references(value.references),
            _about(item, value.authors, value.licence),
        ]
        return "".join(parts)

    def _item(self, one: ObservedItem) -> str:
        answers = " · ".join(VALUE_WORDS[each] for each in one.values)
        stops = toned("Un « non » se traite tout de suite, avant la ligne suivante.", Tone.BAD, "Arrêt.")
        parts = (
            paragraph(one.help),
            paragraph(answers, "Réponses possibles"),
            stops if one.stops else "",
            self._criteria(one.criteria),
        )
        return "".join(parts)

    # -- decision sheets

    def _fiche(self, item: Item, value: Fiche, anchor: str) -> str:
        del anchor  # the whole sheet is one text; the view goes to the step
        names = step_names(value)
        parts = [
            paragraph(value.summary),
            paragraph(value.when, "Quand"),
            paragraph(self._labels("interlocutors", value.audience), "Pour"),
            block("Étapes", "".join(_step(value, step, names) for step in value.steps)),
            block("Issues", "".join(outcome_html(each, names) for each in value.outcomes)),
            never_html(value),
            self._criteria(value.criteria),
            _references(value.references),
            _about(item, value.authors, value.licence),
        ]
        return "".join(parts)

    # -- cases

    def _cases(self, item: Item, value: Cases, anchor: str) -> str:
        one = value.case(anchor)
        if one is not None:
            number = value.cases.index(one) + 1
            return muted(value.title) + heading(f"{number}  {one.title}") + self.case_html(one)
        rows = [link(value.id, case.id, f"{rank} {case.title}") for rank, case in enumerate(value.cases, 1)]
        parts = (
            paragraph(value.summary),
            block("Les cas", listed(rows)),
            _about(item, value.authors, value.licence),
        )
        return "".join(parts)

    def case_html(self, case: Case) -> str:
        """Return a case with its answer."""
        return paragraph(case.situation) + f"<p><b>{escape(case.question)}</b></p>" + self.answer_html(case)

    def answer_html(self, case: Case) -> str:
        """Return the answer to a case, its trap and its rule."""
        parts = (
            block("Réponse attendue", paragraph(case.answer)),
            block("Piège", paragraph(case.trap)),
            block("Règle", paragraph(case.rule)),
            self._criteria(case.criteria),
            _references(case.references),
        )
        return "".join(parts)

    def _rules(self, item: Item, value: Rules, anchor: str) -> str:
        rule = value.rule(anchor)
        if rule is None:
            about = _about(item, value.authors, value.licence)
            return rules_html(item, value) + about
        return rule_html(self._finder.catalogue, value, rule, self._criteria(rule.criteria))

    def _labels(self, family: str, keys: Sequence[str]) -> str:
        return ", ".join(self._vocabulary.label(family, key) for key in keys)


def step_names(value: Fiche) -> dict[str, str]:
    """Return what steps and outcomes are called in the text, by id."""
    steps = {step.id: f"étape {rank}" for rank, step in enumerate(value.steps, 1)}
    return steps | {each.id: f"issue {chr(ord('A') + rank)}" for rank, each in enumerate(value.outcomes)}


def _step(value: Fiche, step: Step, names: dict[str, str]) -> str:
    rank = value.steps.index(step) + 1
    ways = [_way(way, names) for way in step.ways]
    title = f'<a name="{escape(step.id)}"></a><b>{rank}. {escape(step.title)}</b>'
    return f'<p style="margin-top:8px; margin-bottom:2px">{title}</p>' + paragraph(step.text) + items(ways)


def _way(way: StepChoice, names: dict[str, str]) -> str:
    to = names.get(way.outcome or way.next or "", "")
    return f"{way.label} → {to}" if way.label else f"Ensuite → {to}"


def outcome_html(outcome: Outcome, names: dict[str, str]) -> str:
    """Return an outcome with its letter and the word of its tone."""
    letter = names[outcome.id].removeprefix("issue ")
    return toned(f"{outcome.title} ({TONE_WORDS[outcome.tone].lower()})", outcome.tone, letter) + paragraph(
        outcome.text
    )


def never_html(value: Fiche) -> str:
    """Return what must never be done."""
    return block("Ne jamais", items(value.never))


def _glossary(item: Item, value: Glossary, anchor: str) -> str:
    term = value.term(anchor)
    if term is not None:
        return _term(value, term)
    rows = [f"{link(value.id, each.id, each.term)} : {escape(each.definition)}" for each in value.terms]
    return listed(rows) + muted(f"{extent(item)} · version {value.version}")


def _term(value: Glossary, term: GlossaryTerm) -> str:
    near = [link(value.id, each.id, each.term) for key in term.see if (each := value.term(key)) is not None]
    source = f" — {term.source}" if term.source else ""
    parts = (
        heading(term.term),
        paragraph(term.definition),
        paragraph(", ".join(term.also), "Aussi"),
        paragraph(", ".join(term.avoid), "À ne pas employer"),
        block("Voir", listed(near)),
        muted(f"Définition : {CONFIDENCE_WORDS[term.confidence]}{source}"),
    )
    return "".join(parts)


def _references(references: Sequence[Reference]) -> str:
    return block(
        "Références",
        items(f"{reference_words(each)}{f' — {each.source}' if each.source else ''}" for each in references),
    )


def _about(item: Item, authors: Sequence[str], licence: str) -> str:
    sure = shares(item)
    published = french.long_date(item.published)
    return (
        muted(f"Références : {sure}." if sure else "")
        + muted(
            f"{facts(item)} · {extent(item)}."
            if not published
            else f"{extent(item)}. Version {item.version} du {published}."
        )
        + muted(f"{', '.join(authors)}. Licence {licence}." if authors else "")
    )


def found_sentence(amount: int, most: int) -> str:
    """Return how many passages a search found, and how many are listed."""
    if not amount:
        return "Aucun passage trouvé : essayez un seul mot, ou un autre."
    more = f", les {most} premiers sont listés" if amount > most else ""
    return f"{french.count(amount, 'passage trouvé', 'passages trouvés')}{more}"
