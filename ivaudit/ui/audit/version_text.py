"""Two versions of a criterion as people read them: side by side, what differs told by words and by lines."""

from collections.abc import Iterable, Sequence
from html import escape

from ivaudit.app.versions import Step
from ivaudit.domain.audit import EMPTY, STRUCTURE, Answer, AuditSheet
from ivaudit.domain.carrying import Fate, Match, Piece, differences, texts_of
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.french import count

_REMOVED, _ADDED = "En moins", "En plus"


def counts_sentence(step: Step) -> str:
    """Return how many criteria share each fate, and what becomes of the answers."""
    counted = {fate: len(step.of(fate)) for fate in Fate}
    parts = (
        count(counted[Fate.UNCHANGED], "point inchangé", "points inchangés"),
        count(counted[Fate.REWORDED], "reformulé", "reformulés"),
        count(counted[Fate.NEW], "nouveau", "nouveaux"),
        count(counted[Fate.WITHDRAWN], "retiré", "retirés"),
    )
    return bound(f"{', '.join(parts)}.")


def match_html(step: Step, match: Match, sheet: AuditSheet, *, wide: bool) -> str:
    """Return a criterion with what it was, and with the present answer.

    Args:
        step: the two versions.
        match: the criterion.
        sheet: the audit, for its answers.
        wide: side by side, or one under the other.
    """
    parts = [_heading(step, match), _answer(step, match, sheet)]
    if match.fate is Fate.REWORDED:
        parts.append(_compared(step, match, wide=wide))
    else:
        source = step.old if match.new is None else step.new
        parts.append(_texts(source, match))
    return "".join(parts)


def paragraph(text: str) -> str:
    """Return a plain text as a paragraph."""
    return f"<p>{_text(text)}</p>"


def match_line(step: Step, match: Match) -> str:
    """Return a criterion in one line: its number, its question, what waits."""
    waits = match.new is not None and match.new.criterion.id in step.waiting
    mark = " — à reconfirmer" if waits else ""
    return bound(f"{match.point.number}  {match.point.criterion.question}{mark}")


def _heading(step: Step, match: Match) -> str:
    point = match.point
    place = f"{point.domain.title} › {point.section.title}"
    lines = [_muted(place), f"<p><b>{_text(f'Point {match.fate.value}')}</b></p>"]
    if match.renamed and match.new is not None:
        olds = ", ".join(old.criterion.id for old in match.olds)
        lines.append(_muted(f"« {match.new.criterion.id} » remplace « {olds} »."))
    if match.fate is Fate.WITHDRAWN:
        tense = "reste" if step.moved else "restera"
        lines.append(_muted(f"La réponse {tense} dans le journal et ne compte plus dans les résultats."))
    return "".join(lines)


def _answer(step: Step, match: Match, sheet: AuditSheet) -> str:
    """Return what is answered now, or was on the criterion that is replaced."""
    keys = [match.new.criterion.id] if match.new else []
    keys += [old.criterion.id for old in match.olds]
    given = next((a for key in keys if not (a := sheet.answer(key, STRUCTURE)).empty), EMPTY)
    words = f"Réponse : {_label(step, match, given)}"
    if given.carried is not None:
        words += ", à reconfirmer"
    lines = [f"<p>{_text(words)}</p>"]
    if given.constat:
        lines.append(f"<p>{_text(f'Constat : {given.constat}')}</p>")
    return "".join(lines)


def _label(step: Step, match: Match, given: Answer) -> str:
    checklist = step.old if match.olds else step.new
    point = match.olds[0] if match.olds else match.point
    value = checklist.scale_of(point.criterion).value(given.value or "")
    return value.label if value else "aucune"


def _texts(checklist: Checklist, match: Match) -> str:
    return "".join(f"{_muted(title)}<p>{_text(text)}</p>" for title, text in texts_of(checklist, match.point))


def _compared(step: Step, match: Match, *, wide: bool) -> str:
    if match.new is None:
        return ""
    olds, news = list(texts_of(step.old, match.olds[0])), list(texts_of(step.new, match.new))
    rows = []
    for (title, old), (_, new) in _paired(olds, news):
        before, after = differences(old, new)
        left = _muted(f"{title}, avant") + _marked(before, Tone.BAD, _REMOVED)
        right = _muted(f"{title}, maintenant") + _marked(after, Tone.GOOD, _ADDED)
        if not any(piece.changed for piece in (*before, *after)):
            rows.append(_row(_muted(f"{title}, sans changement") + f"<p>{_text(new)}</p>"))
        elif wide:
            rows.append(_row(left, right))
        else:
            rows += [_row(left), _row(right)]
    return f'<table width="100%" cellspacing="0" cellpadding="6">{"".join(rows)}</table>'


def _paired(
    olds: Sequence[tuple[str, str]], news: Sequence[tuple[str, str]]
) -> Iterable[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield the texts of the same title together, in the order of the new version."""
    before, after = dict(olds), dict(news)
    for title in dict.fromkeys((*after, *before)):
        yield (title, before.get(title, "")), (title, after.get(title, ""))


def _row(*cells: str) -> str:
    if len(cells) == 1:
        return f'<tr><td colspan="2">{cells[0]}</td></tr>'
    return "<tr>" + "".join(f'<td width="50%" valign="top">{cell}</td>' for cell in cells) + "</tr>"


def _marked(pieces: Sequence[Piece], tone: Tone, word: str) -> str:
    """Return a text whose own words are coloured, bold and underlined, then said again in words."""
    if not pieces:
        return f"<p>{_text('(aucun texte)')}</p>"
    ink = theme.current().ink(tone).name()
    line = "line-through" if word == _REMOVED else "underline"
    style = f"color:{ink};font-weight:600;text-decoration:{line}"
    text = "".join(
        f'<span style="{style}">{_text(piece.text)}</span>' if piece.changed else _text(piece.text)
        for piece in pieces
    )
    own = " … ".join(piece.text.strip() for piece in pieces if piece.changed)
    said = f'<p><span style="color:{ink}">{_text(f"{word} : « {own} »")}</span></p>' if own else ""
    return f"<p>{text}</p>{said}"


def _muted(text: str) -> str:
    return f'<p style="color:{theme.current().palette.muted}">{_text(text)}</p>'


def _text(text: str) -> str:
    return escape(bound(text)).replace("\n", "<br>")
