"""What is still missing before a report, as help: nothing here forbids to export."""

from collections.abc import Sequence
from html import escape

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.standing import State
from ivaudit.ui import theme
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.french import count

SYNTHESIS = "#synthese"
PREPARATION = "#preparation"


def missing(sheet: AuditSheet, rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return sentences with where to go: the id of a criterion, `SYNTHESIS` or `PREPARATION`."""
    concerned = [row for row in rows if row.concerned]
    waiting = [row for row in concerned if row.criterion.critical and _not_rated(row)]
    unseen = [row for row in concerned if row.whole is State.UNANSWERED]
    unrated = [row for row in concerned if row.whole is State.UNRATED]
    review = [row for row in concerned if any(answer.review for answer in row.given.values())]
    carried = [row for row in concerned if row.carried]
    silent = [row for row in concerned if _silent(row)]
    counted = [
        (
            waiting,
            "point critique non évalué : pas de niveau",
            "points critiques non évalués : pas de niveau",
        ),
        (unseen, "point sans réponse", "points sans réponse"),
        (unrated, "point non vu ou à vérifier", "points non vus ou à vérifier"),
        (review, "point à revoir", "points à revoir"),
        (carried, "réponse reprise à reconfirmer", "réponses reprises à reconfirmer"),
        (silent, "point à améliorer sans constat", "points à améliorer sans constat"),
    ]
    found = [(count(len(each), one, many), each[0].key) for each, one, many in counted if each]
    if not any(sheet.forms.get("visite", {}).values()):
        found.append(("Fiche de visite non remplie : le rapport s'en passe", PREPARATION))
    words = sheet.synthesis
    if not words.appreciation.strip():
        found.append(("Appréciation générale non écrite", SYNTHESIS))
    if not words.strengths:
        found.append(("Aucun point fort", SYNTHESIS))
    if not words.priorities:
        found.append(("Aucune priorité", SYNTHESIS))
    return found


def missing_html(found: Sequence[tuple[str, str]]) -> str:
    """Return the list with links, or a sentence when nothing is missing."""
    if not found:
        return "<p>Rien ne manque : tous les points sont traités et la synthèse est écrite.</p>"
    colour = theme.current().palette.accent
    link = f'<p style="margin:2px 0">• <a style="color:{colour}" href="point:'
    lines = "".join(f'{link}{escape(where)}">{escape(text)}</a></p>' for text, where in found)
    return f"<p>L'export est possible dès maintenant ; il dira lui-même ce qui manque :</p>{lines}"


def _not_rated(row: Row) -> bool:
    return row.whole in {State.UNANSWERED, State.REVIEW, State.CARRIED, State.UNRATED}


def _silent(row: Row) -> bool:
    """Tell whether a subject is to improve while nothing was written of any."""
    scale = row.checklist.scale_of(row.criterion)
    given = [answer for answer in row.given.values() if answer.carried is None]
    values = [scale.value(answer.value) for answer in given if answer.value]
    written = any(answer.constat for answer in row.given.values())
    return not written and any(value is not None and value.to_improve for value in values)
