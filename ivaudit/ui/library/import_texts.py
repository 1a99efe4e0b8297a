"""What a workbook would change, in words: a summary in a line, details to read, problems to pass on."""

from collections.abc import Iterator, Sequence
from html import escape

from ivaudit.app.checklist_import import Examined
from ivaudit.domain.checklist_import import ChangeKind, CriterionChange, FieldChange
from ivaudit.domain.printable import typeset
from ivaudit.domain.sheet_problems import Severity, SheetProblem, blocking
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.library.markup import block, heading, items, muted, paragraph, toned
from ivaudit.ui.table import Column

MOST = 15
"""Criteria on a page of the preview: laying out more at once takes too long for the window."""

_PAGE = "page:"

_NOTHING = "(vide)"
_TONES = {ChangeKind.NEW: Tone.GOOD, ChangeKind.CHANGED: Tone.MIDDLE, ChangeKind.REMOVED: Tone.BAD}
_WORDS = {ChangeKind.NEW: "Nouveau", ChangeKind.CHANGED: "Modifié", ChangeKind.REMOVED: "Retiré"}


def columns() -> list[Column]:
    """Return the columns of the list of problems."""
    return [
        Column(title="Gravité", text=_severity, key=lambda each: each.severity),
        Column(title="Feuille", text=lambda each: each.sheet, spare=True),
        Column(title="Cellule", text=_cell, key=lambda each: (each.sheet, each.row, each.column)),
        Column(title="Problème", text=lambda each: typeset(each.message), stretch=True),
    ]


def verdict(found: Examined) -> tuple[str, Tone]:
    """Return what may be done with a workbook, in a sentence."""
    wrong = len(blocking(found.problems))
    if wrong:
        errors = french.count(wrong, "erreur à corriger", "erreurs à corriger")
        return f"{errors} dans le classeur : rien ne peut être importé pour le moment.", Tone.BAD
    if not found.ready:
        return f"Ce classeur ne change rien à {found.compared} : il n'y a rien à importer.", Tone.WAITING
    aside = len(found.problems)
    more = f" {french.count(aside, 'remarque', 'remarques')} à lire avant d'accepter." if aside else ""
    return f"Le classeur peut être importé.{more} Rien n'est écrit avant votre accord.", Tone.GOOD


def summary(found: Examined) -> str:
    """Return what would come, in a line."""
    points = french.count(found.points, "critère", "critères")
    parts = [f"{points}, dont {found.shared} repris d'autres grilles" if found.shared else points]
    if found.compared:
        told = (
            (ChangeKind.NEW, "nouveau", "nouveaux"),
            (ChangeKind.CHANGED, "modifié", "modifiés"),
            (ChangeKind.REMOVED, "retiré", "retirés"),
        )
        parts += [french.count(found.count(kind), one, many) for kind, one, many in told if found.count(kind)]
        parts.append(french.count(found.unchanged, "inchangé", "inchangés"))
    return " · ".join(parts)


def html(found: Examined, start: int = 0) -> str:
    """Return what would change, to be read, from a criterion on; links go to the pages before and after."""
    parts = [] if start else [*_first(found)]
    shown = found.changes[start : start + MOST]
    if not found.compared:
        parts.append(
            block("Critères de cette nouvelle grille", items(typeset(each.question) for each in shown))
        )
    else:
        parts.append(block("Les critères", "".join(map(_change, shown))))
    parts.append(_around(start, len(shown), len(found.changes)))
    return "".join(parts)


def page_of(url: str) -> int | None:
    """Return the criterion that a link of the preview goes to, nothing for another link."""
    rank = url.removeprefix(_PAGE)
    return int(rank) if url.startswith(_PAGE) and rank.isdecimal() else None


def _first(found: Examined) -> Iterator[str]:
    yield heading(found.title or "Grille")
    yield muted(f"{found.id} · version {found.version}" if found.id else "")
    yield from (paragraph(typeset(note)) for note in found.notes)
    if found.replaces:
        said = "La grille locale de cet identifiant est remplacée ; vos audits gardent leur copie."
        yield toned(typeset(said), Tone.MIDDLE)
    if found.compared:
        yield block(f"La grille, par rapport à {found.compared}", "".join(map(_field, found.header)))
    if found.identical:
        yield paragraph("Aucun changement.")


def _around(start: int, shown: int, total: int) -> str:
    """Return where one is among the criteria, with the ways to the others; nothing when all are there."""
    if shown == total:
        return ""
    ways = [f'<a href="{_PAGE}{max(0, start - MOST)}">‹ Précédents</a>'] if start else []
    ways += [f'<a href="{_PAGE}{start + shown}">Suivants ›</a>'] if start + shown < total else []
    return f"<p>Critères {start + 1} à {start + shown} sur {total}. {' · '.join(ways)}</p>"


def plain(problems: Sequence[SheetProblem]) -> str:
    """Return problems as lines to paste in a message or a spreadsheet."""
    return "\n".join("\t".join((_severity(each), each.place, each.message)) for each in problems)


def _change(change: CriterionChange) -> str:
    was = f" (était {change.was})" if change.was else ""
    head = toned(typeset(f"{change.id}{was} : {change.question}"), _TONES[change.kind], _WORDS[change.kind])
    return head + "".join(map(_field, change.fields))


def _field(field: FieldChange) -> str:
    return _told(field.title, field.old, field.new)


def _told(title: str, old: str, new: str) -> str:
    """Return a field with what it said and what it would say."""
    texts = "".join(_side(*each) for each in (("Avant", old), ("Après", new)))
    return f'<p style="margin-left:18px; margin-top:2px; margin-bottom:0"><b>{escape(title)}</b></p>{texts}'


def _side(label: str, text: str) -> str:
    said = "<br>".join(_lines(text)) or _NOTHING
    return f'<p style="margin-left:36px; margin-top:0; margin-bottom:2px"><i>{label} :</i> {said}</p>'


def _lines(text: str) -> Iterator[str]:
    yield from (escape(typeset(line)) for line in text.split("\n") if line)


def _severity(problem: SheetProblem) -> str:
    return "Erreur" if problem.severity is Severity.ERROR else "À savoir"


def _cell(problem: SheetProblem) -> str:
    return f"{problem.column}{problem.row}" if problem.row else "feuille entière"
