"""What the papers about an entry say: the sheet of correction, the page to share, the acknowledgement."""

from collections.abc import Iterator

from ivaudit.domain.anomalies import Entry
from ivaudit.domain.leaflet import Leaflet, LeafletTexts, Part, PartKind, listed
from ivaudit.domain.log_fields import LogWords
from ivaudit.domain.log_rows import LogRows
from ivaudit.domain.log_table import LogField
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.domain.shared_event import SharedEvent

_TOLD = (
    LogField.TYPE,
    LogField.FOUND,
    LogField.UNIT,
    LogField.APPLICATION,
    LogField.EDITOR,
    LogField.TRAITS,
    LogField.ERROR,
    LogField.STATUS_BEFORE,
    LogField.STATUS_AFTER,
    LogField.STATE,
    LogField.DESCRIPTION,
    LogField.MEASURES,
)
"""What a recipient needs to know of an anomaly, in reading order."""

_ROOM = 4.0
_ANSWER_ROOM = 3.0
_RECIPIENT = "le destinataire"
_WHO = "notre structure"


def correction(
    entry: Entry, texts: LeafletTexts, words: LogWords, says: LogRows, terms: RegisterTerms, *, facility: str
) -> Leaflet:
    """Return the sheet of correction of an entry: everything but who it is about.

    Args:
        entry: the entry.
        texts: the published words.
        words: of the fields.
        says: says fields of entries in words.
        terms: of the register.
        facility: name of the structure, may be empty.
    """
    who = facility or _WHO
    named = {"number": entry.number, "type": terms.type_label(entry.type), "facility": who}
    facts = tuple(
        (words.by_field[field].title, _french(field, said))
        for field in _TOLD
        if (said := says.said(field, entry))
    )
    references = says.said(LogField.REFERENCES, entry)
    parts = [
        Part(kind=PartKind.TEXT, text=texts.text("object", **named)),
        Part(kind=PartKind.TEXT, text=texts.text("letter", recipient=_RECIPIENT, **named)),
        Part(
            kind=PartKind.BLANK,
            title=texts.text("nominative"),
            text=texts.text("nominative_help"),
            rows=tuple((label,) for label in listed(texts.text("nominative_fields"))),
            room=_ROOM,
        ),
        Part(
            kind=PartKind.FACTS,
            title=texts.text("facts"),
            rows=(*facts, *((("Nos références", references),) if references else ())),
        ),
        Part(
            kind=PartKind.LINES,
            title=texts.text("asked"),
            rows=tuple((line,) for line in listed(texts.text("asked_actions"))),
        ),
        _propagation(entry, texts, terms),
        Part(
            kind=PartKind.BLANK,
            title=texts.text("answer"),
            text=texts.text("answer_text", **named),
            rows=tuple((label,) for label in listed(texts.text("answer_fields"))),
            room=_ANSWER_ROOM,
        ),
    ]
    return Leaflet(
        title=texts.text("title"),
        subtitle=" · ".join(filter(None, (entry.number, facility))),
        foot=texts.text("foot", **named),
        warning=texts.text("warning"),
        parts=tuple(parts),
    )


def _propagation(entry: Entry, texts: LeafletTexts, terms: RegisterTerms) -> Part:
    rows = tuple(
        (terms.label("recipients", each.recipient), _day(each.informed), _day(each.confirmed), each.remark)
        for each in entry.propagation
    )
    return Part(
        kind=PartKind.GRID,
        title=texts.text("propagation"),
        columns=("Destinataire", "Prévenu le", "Confirmé le", "Remarque"),
        shares=(0.34, 0.16, 0.16, 0.34),
        rows=rows or (("", "", "", ""),) * 3,
        room=4.0,
    )


def shared(event: SharedEvent, texts: LeafletTexts) -> Leaflet:
    """Return the anonymous page of an event."""
    questions = listed(texts.text("questions_text"))
    parts = [
        Part(kind=PartKind.TEXT, text=texts.text("lead")),
        Part(kind=PartKind.FACTS, title=texts.text("facts"), rows=event.facts),
        *(Part(kind=PartKind.TEXT, title=each.title, text=each.text) for each in event.blocks),
        Part(kind=PartKind.LINES, title=texts.text("questions"), rows=tuple((each,) for each in questions)),
    ]
    return Leaflet(
        title=texts.text("title"), subtitle=event.title, foot=texts.text("foot"), parts=tuple(parts)
    )


def receipt(entry: Entry, texts: LeafletTexts, terms: RegisterTerms, facility: str) -> Leaflet:
    """Return the acknowledgement that somebody who declared is given."""
    named = {"number": entry.number, "facility": facility or _WHO}
    return Leaflet(
        title=texts.text("title"),
        subtitle=facility,
        foot=texts.text("foot", **named),
        parts=tuple(
            Part(kind=PartKind.TEXT, text=text) for text in _receipt(entry, texts, terms, named["facility"])
        ),
    )


def receipt_text(entry: Entry, texts: LeafletTexts, terms: RegisterTerms, facility: str) -> str:
    """Return the acknowledgement as a text to copy."""
    return "\n\n".join(_receipt(entry, texts, terms, facility or _WHO))


def _receipt(entry: Entry, texts: LeafletTexts, terms: RegisterTerms, facility: str) -> Iterator[str]:
    yield texts.text(
        "text",
        number=entry.number,
        day=_day(entry.trail[0].at[:10]),
        type=terms.type_label(entry.type),
        unit=entry.unit,
        facility=facility,
    )
    yield texts.text("next", number=entry.number)


def declaration(texts: LeafletTexts, terms: RegisterTerms, facility: str) -> Leaflet:
    """Return the form by which a service declares, to be filled in by hand on one page."""
    common = [each for each in terms.types if each.id in _OFFERED]
    who = facility or "votre structure"
    return Leaflet(
        title=texts.text("title"),
        subtitle=facility,
        foot=texts.text("foot", facility=who),
        warning=texts.text("warning"),
        parts=(
            Part(kind=PartKind.TEXT, text=texts.text("lead")),
            Part(
                kind=PartKind.BLANK,
                title=texts.text("who"),
                rows=(("Fonction (jamais le nom)",), ("Unité ou service",), ("Le (jour, heure)",)),
                room=_ANSWER_ROOM,
            ),
            Part(
                kind=PartKind.BOXES,
                title=texts.text("kinds"),
                rows=tuple((f"{each.id} – {each.label}",) for each in common),
            ),
            Part(
                kind=PartKind.BLANK,
                title=texts.text("what"),
                rows=(
                    ("Découverte le",),
                    ("Logiciel concerné",),
                    ("N° de dossier dans le logiciel",),
                    ("Faits, dans l'ordre",),
                ),
                room=_ANSWER_ROOM,
                text="",
                last=120.0,
            ),
            Part(kind=PartKind.BLANK, title=texts.text("done"), rows=(("Mesures prises",),), room=60.0),
            Part(kind=PartKind.CALLOUT, text=texts.text("return", facility=who)),
            Part(kind=PartKind.BLANK, rows=((texts.text("number"),),), room=_ANSWER_ROOM),
        ),
    )


_OFFERED = frozenset(
    {"P02", "P04", "P05", "P06", "P13", "S01", "S03", "S04", "S05", "S06", "S07", "S13", "S14", "S99"}
)
"""The types that a service meets; the referent chooses among all of them afterwards."""


def _french(field: LogField, said: str) -> str:
    return _day(said) if field is LogField.FOUND else said


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else ""
