"""An entry in words: its sheet, its figures, its life; simple mark-up, what people wrote escaped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from html import escape

from ivaudit.domain.anomalies import Entry, EntryKind, Nature, State
from ivaudit.domain.anomaly_states import moment, waited, worked
from ivaudit.domain.criticality import Criticality
from ivaudit.domain.forms import FieldKind, Form, FormField
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.ui import french
from ivaudit.ui.audit.phrases import bound

ONLY_ROOM = "Une chambre ne désigne un dossier qu'avec un numéro : elle change d'occupant."
_ELSEWHERE = frozenset({"type", "description", "references", "propagation"})
"""Fields of a form that the detail shows in a place of their own."""
_DAY = 24 * 60
_HOUR = 60


def sheet(entry: Entry, form: Form, terms: RegisterTerms) -> str:
    """Return what is said of an entry, in the order of its form, as mark-up."""
    parts = [f"<p>{_written(entry.description)}</p>"] if entry.description else []
    parts += [f"<p><b>Références :</b> {each}</p>" for each in _references(entry, terms)]
    rows = [
        f"<tr><td style='padding:2px 12px 2px 0'><b>{escape(bound(field.label))}</b></td>"
        f"<td style='padding:2px 0'>{_written(shown)}</td></tr>"
        for section in form.sections
        for field in section.fields
        if field.id not in _ELSEWHERE and (shown := value_words(field, entry.values.get(field.id), terms))
    ]
    return "".join(parts) + (f"<table>{''.join(rows)}</table>" if rows else "")


def value_words(field: FormField, value: object, terms: RegisterTerms) -> str:
    """Return the value of a field as people read it, empty when there is none."""
    match field.kind, value:
        case _, None | "" | [] | ():
            found = ""
        case FieldKind.DATE, str():
            found = french.short_date(value)
        case FieldKind.NUMBER, int() | float():
            found = french.number(value)
        case FieldKind.CHOICE, str():
            found = _label(field, value, terms)
        case FieldKind.CHOICES, list() | tuple():
            found = ", ".join(_label(field, str(key), terms) for key in value)
        case FieldKind.ROWS, list() | tuple():
            found = " ; ".join(_row_words(field, row, terms) for row in value if isinstance(row, Mapping))
        case _:
            found = str(value)
    return found


def _row_words(field: FormField, row: Mapping[str, object], terms: RegisterTerms) -> str:
    cells = (value_words(column, row.get(column.id), terms) for column in field.columns)
    return " ".join(filter(None, cells))


def _label(field: FormField, key: str, terms: RegisterTerms) -> str:
    if field.vocabulary is None:
        return next((choice.label for choice in field.choices if choice.id == key), key)
    return terms.type_label(key) if field.vocabulary == "types" else terms.label(field.vocabulary, key)


def _references(entry: Entry, terms: RegisterTerms) -> Iterator[str]:
    shown = [
        f"{escape(terms.label('roles', each.role.value))} : "
        f"{escape(terms.label('natures', each.nature.value))} <b>{escape(each.value)}</b>"
        for each in entry.references
    ]
    if shown:
        yield " · ".join(shown)
    if entry.references and all(each.nature is Nature.ROOM for each in entry.references):
        yield escape(bound(ONLY_ROOM))


# -- figures -----------------------------------------------------------------------------------------------


def severity_words(entry: Entry, terms: RegisterTerms) -> str:
    """Return the severity that was seen and the worst that could have been."""
    seen = "non dite" if entry.severity is None else terms.label("harms", str(entry.severity))
    worst = "non dite" if entry.potential is None else terms.label("potentials", str(entry.potential))
    return bound(f"Gravité constatée : {seen}. Gravité potentielle : {worst}.")


def criticality_words(found: Criticality, terms: RegisterTerms) -> str:
    """Return the criticality with what it is made of, and who chose its thresholds."""
    times = french.count(found.count, "anomalie", "anomalies")
    often = (
        f"Fréquence : {found.frequency.label.lower()} ({times} de ce type dans la structure sur les douze "
        f"mois, celle-ci comprise, comptées dans le registre)."
    )
    if found.value is None or found.level is None:
        return bound(f"{often} Sans gravité potentielle, pas de criticité.")
    made = (
        f"Criticité : {found.value} = gravité potentielle {found.potential} × fréquence "
        f"{found.frequency.rank}, « {found.level.label.lower()} »."
    )
    return bound(f"{made} {often} Repères choisis par {terms.chosen_by}.")


# -- life --------------------------------------------------------------------------------------------------


def life(entry: Entry, terms: RegisterTerms, now: datetime) -> str:
    """Return the states of an entry with how long each one lasted, the last first, as mark-up."""
    ends = [*(moment(turn.at) for turn in entry.trail[1:]), now]
    rows = []
    for turn, end in zip(entry.trail, ends, strict=True):
        state = terms.label("states", turn.state.value)
        if turn.awaited:
            state += f" : {terms.label('awaited', turn.awaited.value).lower()}"
        since = french.short_date(turn.at) + (f" à {turn.at[11:16]}" if "T" in turn.at else "")
        last = "" if not turn.state.open else f", {lasted(end - moment(turn.at))}"
        about = " – ".join(filter(None, (turn.by, turn.reason)))
        rows.append(
            f"<p style='margin:2px 0'><b>{escape(bound(state))}</b> le {since}{last}"
            f"{'<br>' + _written(about) if about else ''}</p>"
        )
    return "".join(reversed(rows))


def delays(entry: Entry, now: datetime) -> str:
    """Return how long the team had it, and how long it waited for others, which is counted apart."""
    if entry.kind is EntryKind.BATCH:
        return ""
    own, others = worked(entry.trail, now), waited(entry.trail, now)
    said = f"Délai de la structure : {lasted(own)}."
    return bound(f"{said} Attentes, comptées à part : {lasted(others)}." if others else said)


def lasted(length: timedelta) -> str:
    """Return «3 jours», «2 h», «moins d'une heure»."""
    minutes = int(length.total_seconds() // 60)
    if minutes >= _DAY:
        return french.count(minutes // _DAY, "jour", "jours")
    return f"{minutes // _HOUR} h" if minutes >= _HOUR else "moins d'une heure"


def state_words(entry: Entry, terms: RegisterTerms) -> str:
    """Return where an entry stands, and whom it waits for."""
    last = entry.trail[-1]
    text = terms.label("states", last.state.value)
    if last.state is State.WAITING and last.awaited:
        text = f"{text} : {terms.label('awaited', last.awaited.value).lower()}"
    return bound(text)


def listed(words: Iterable[str] | Sequence[str]) -> str:
    """Return words one after the other, empty ones left out."""
    return bound(" · ".join(filter(None, words)))


def _written(text: str) -> str:
    return escape(bound(text)).replace("\n", "<br>")
