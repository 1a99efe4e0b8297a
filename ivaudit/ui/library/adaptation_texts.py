"""Local adaptations as text to read: on their own, and as marks on the checklists they adapt."""

from collections.abc import Sequence
from html import escape

from ivaudit.app.library_items import Catalogue, Item
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.adapted import (
    AdaptedCriterion,
    AppliedAdaptation,
    ChangeKind,
    change_words,
    mark_words,
    version_words,
)
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.library.markup import block, heading, link, listed, muted, paragraph, toned

_ORDER = (ChangeKind.OFF, ChangeKind.CRITICAL, ChangeKind.CHANGED, ChangeKind.ADDED)
_TITLES = {
    ChangeKind.OFF: "Critères désactivés",
    ChangeKind.CRITICAL: "Points adoptés comme critiques",
    ChangeKind.CHANGED: "Critères modifiés ou complétés",
    ChangeKind.ADDED: "Critères ajoutés",
}


def adaptation_html(catalogue: Catalogue, item: Item, value: Adaptation, anchor: str) -> str:
    """Return an adaptation with everything it does, or one of its changes."""
    done = next(each for each in catalogue.applied[value.checklist] if each.id == value.id)
    checklist = catalogue.item(value.checklist)
    one = [change for change in done.changes if change.criterion == anchor]
    if one:
        return _change(value, done, one)
    version = checklist.version if checklist else value.checklist_version
    title = checklist.title if checklist else value.checklist
    adapts = f"<b>Grille adaptée :</b> {link(value.checklist, '', title)}"
    parts = [
        paragraph(value.reason, "Motif"),
        f"<p>{adapts}, version {escape(value.checklist_version)}.</p>",
        toned(text, Tone.MIDDLE) if (text := version_words(done, version)) else "",
        paragraph(", ".join(value.finess), "Proposée pour les structures (FINESS)"),
        *(_kind(value, done, kind) for kind in _ORDER),
        block("Non appliqué", listed(escape(f"{each.criterion} : {each.why}") for each in done.set_aside)),
        muted(
            f"{value.author} ({value.scope}). Version {value.version} du {french.long_date(value.date)}. "
            f"{item.extent}."
        ),
    ]
    return "".join(parts)


def _kind(value: Adaptation, done: AppliedAdaptation, kind: ChangeKind) -> str:
    rows = [
        _line(value, change) + (f"<br>{escape(_lightens(change))}" if change.lightens else "")
        for change in done.changes
        if change.kind is kind
    ]
    return block(_TITLES[kind], listed(rows))


def _line(value: Adaptation, change: AdaptedCriterion) -> str:
    number = f"{change.number} " if change.number else ""
    home = value.id if change.kind is ChangeKind.ADDED else value.checklist
    told = "" if change.kind is ChangeKind.ADDED else f" — {change_words(change)}. {change.reason}"
    return link(home, change.criterion, f"{number}{change.question}") + escape(told)


def _lightens(change: AdaptedCriterion) -> str:
    return "Point critique allégé." if change.critical else "Exigence allégée."


def _change(value: Adaptation, done: AppliedAdaptation, changes: Sequence[AdaptedCriterion]) -> str:
    first = changes[0]
    texts = [muted(value.title), heading(f"{first.number}  {first.question}".strip())]
    for each in changes:
        texts.append(paragraph(f"{mark_words(done, each)}"))
        if each.lightens:
            texts.append(toned(_lightens(each), Tone.BAD))
    added = next((each for each in value.added if each.id == first.criterion), None)
    if added is not None:
        texts += [
            block("Pourquoi", paragraph(added.why)),
            block("Où regarder", listed(map(escape, added.guidance.values()))),
            block(
                "Ce qui vaut chaque réponse",
                listed(f"{escape(k)} : {escape(v)}" for k, v in added.rating.items()),
            ),
            block("Recommandation type", paragraph(added.recommendation)),
        ]
    else:
        texts.append(f"<p>{link(value.checklist, first.criterion, 'Lire le critère publié')}</p>")
    return "".join(texts)


def marks_html(catalogue: Catalogue, checklist: Checklist, criterion: str) -> str:
    """Return who adapted a criterion, and how, with links to the adaptations."""
    rows = [
        f"{escape(mark_words(done, change))} {link(done.id, criterion, done.title)}"
        for done in catalogue.applied.get(checklist.id, ())
        for change in done.changes
        if change.criterion == criterion
    ]
    return block("Adapté localement", listed(rows))


def adaptations_html(catalogue: Catalogue, checklist: Checklist) -> str:
    """Return the adaptations of a checklist with how many changes each makes."""
    rows = [
        f"{link(done.id, '', done.title)} {escape(_about(done, checklist))}"
        for done in catalogue.applied.get(checklist.id, ())
    ]
    return block("Adaptations locales", listed(rows))


def _about(done: AppliedAdaptation, checklist: Checklist) -> str:
    changes = french.count(len(done.changes), "changement", "changements")
    lightened = french.count(len(done.lightened), "allègement", "allègements") if done.lightened else ""
    counted = ", ".join(filter(None, (done.author, changes, lightened)))
    return f"({counted}) {version_words(done, checklist.version)}".strip()
