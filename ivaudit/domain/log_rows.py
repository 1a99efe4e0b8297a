"""An entry as a row of the log: what each column says of it, and what only a machine reads."""

import json
import re
from collections.abc import Callable, Mapping, Sequence

from ivaudit.domain.anomalies import Entry, Reference
from ivaudit.domain.anomaly_states import ended
from ivaudit.domain.entry_fold import trail_value
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.journal import Json
from ivaudit.domain.log_fields import APART, Holding, LogWords, references_said, understood
from ivaudit.domain.log_table import COMPUTED, LogField, LogTable
from ivaudit.domain.printable import without_controls
from ivaudit.domain.register_terms import RegisterTerms, TypeFamily
from ivaudit.domain.wording import folded

FAMILIES = {TypeFamily.PRIMARY: "Primaire", TypeFamily.SECONDARY: "Secondaire"}
"""What the two families of types are called in a cell."""

_SHORTEST = 3
_REFERENCE = "[référence]"
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_QUOTED = re.compile(r"'(?=[=+\-@\t\r\n])")


class LogRows:
    """Says entries as rows of a log.

    Args:
        table: its columns.
        words: of the fields.
        terms: of the register.
        third_party: leave out what points to somebody in the software of the structure.
    """

    def __init__(
        self, table: LogTable, words: LogWords, terms: RegisterTerms, *, third_party: bool = False
    ) -> None:
        self._words = words
        self._terms = terms
        self._third_party = third_party
        self._recipients = {key: terms.label("recipients", key) for key in terms.keys("recipients")}
        self._sequence: dict[str, int] = {}
        self._word = table.sequence_word
        self.fields = tuple(column.field for column in table.columns)
        self._local = {column.field: column.words for column in table.columns if column.words}
        self._sayings = {field: self._saying(field) for field in LogField}
        self._say = tuple(self._sayings[field] for field in self.fields)
        self._closed: dict[tuple[LogField, str], bool] = {}
        self._carried = frozenset(self.fields) - COMPUTED

    def row(self, entry: Entry) -> list[str]:
        """Return what each column says of an entry, days in ISO 8601."""
        row = [say(entry) for say in self._say]
        return self._without_references(entry, row) if self._third_party and entry.references else row

    def said(self, field: LogField, entry: Entry) -> str:
        """Return what a column of that field says of an entry."""
        return self._sayings[field](entry)

    def _saying(self, field: LogField) -> Callable[[Entry], str]:
        """Return how a field is said."""
        beside: Mapping[LogField, Callable[[Entry], str]] = {
            LogField.NUMBER: lambda entry: entry.number,
            LogField.BY: lambda entry: entry.trail[0].by,
            LogField.SINCE: lambda entry: entry.trail[-1].at[:10],
            LogField.ENDED: lambda entry: ended(entry.trail),
            LogField.CASES: lambda entry: str(entry.cases),
            LogField.SOURCE_NUMBER: lambda entry: entry.source_number,
            LogField.FAMILY: self._family,
            LogField.REFERENCES: self._sequenced if self._third_party else self._references,
            LogField.PROPAGATION: self._propagation,
            LogField.REPORTED: _reported,
            LogField.REST: _nothing if self._third_party else self._rest,
            LogField.EMPTY: _nothing,
        }
        labels = self._labels(field)
        match field:
            case LogField.STATE:
                return lambda entry: labels.get(entry.state.value, entry.state.value)
            case LogField.AWAITED:
                return lambda entry: labels.get(str(entry.trail[-1].awaited or ""), "")
            case _:
                return beside.get(field) or self._plain(field)

    def _plain(self, field: LogField) -> Callable[[Entry], str]:
        """Return how a field of a form, or a link, is said."""
        name, labels = field.value, self._labels(field)
        known = self._words.by_field.get(field)
        match known.holds if known else Holding.TEXT:
            case Holding.CHOICE if field in {LogField.KIND, LogField.FACILITY}:
                return lambda entry: labels.get(str(getattr(entry, name)), "")
            case Holding.CHOICE:
                return lambda entry: labels.get(key := entry.text(name), key)
            case Holding.CHOICES:
                return lambda entry: APART.join(labels.get(key, key) for key in entry.texts(name))
            case Holding.NUMBER:
                return lambda entry: "" if (found := entry.values.get(name)) is None else str(found)
            case _:
                return lambda entry: entry.text(name)

    def _labels(self, field: LogField) -> dict[str, str]:
        known = self._words.by_field.get(field)
        return {**(known.labels if known else {}), **self._local.get(field, {})}

    def _family(self, entry: Entry) -> str:
        family = self._terms.family(entry.type)
        return FAMILIES[family] if family else ""

    def _references(self, entry: Entry) -> str:
        rows = ((each.role.value, each.nature.value, each.value) for each in entry.references)
        return references_said(self._words, rows)

    def _sequenced(self, entry: Entry) -> str:
        """Return references as a sequence: one number per record, the same wherever it comes again."""
        ranks = (self._rank(each) for each in entry.references if each.value)
        return APART.join(f"{self._word} {rank}" for rank in ranks)

    def _rank(self, each: Reference) -> int:
        return self._sequence.setdefault(f"{each.nature}/{each.value}", len(self._sequence) + 1)

    def _propagation(self, entry: Entry) -> str:
        return APART.join(
            ", ".join(
                filter(
                    None,
                    (
                        self._recipients.get(each.recipient, each.recipient),
                        f"prévenu le {_day(each.informed)}" if each.informed else "à prévenir",
                        f"confirmé le {_day(each.confirmed)}" if each.confirmed else "",
                    ),
                )
            )
            for each in entry.propagation
        )

    # -- what only a machine reads

    def _rest(self, entry: Entry) -> str:
        """Return what the columns do not say, or not to the letter, as JSON."""
        values = {name: value for name, value in entry.values.items() if not self._exact(entry, name, value)}
        rest: dict[str, Json] = {"values": values} if values else {}
        rest["trail"] = trail_value(entry.trail)
        if entry.source_number:
            rest["source"] = [entry.source, entry.source_number]
        return json.dumps(rest, ensure_ascii=False, separators=(",", ":"))

    def _exact(self, entry: Entry, name: str, value: Json) -> bool:
        """Tell whether the columns give a field back as it is."""
        field = LogField(name) if name in LogField._value2member_map_ else None
        if field is None or field not in self._carried:
            return False
        known = self._words.by_field[field]
        if known.holds in {Holding.TEXT, Holding.LONG}:
            return exactly(str(value))
        if known.holds is Holding.DAY:
            return True
        if known.holds is Holding.REFERENCES:
            return self._understood(entry, field, value)
        key = (field, str(value))
        if key not in self._closed:
            self._closed[key] = self._understood(entry, field, value)
        return self._closed[key]

    def _understood(self, entry: Entry, field: LogField, value: Json) -> bool:
        try:
            return understood(self._words, field, self.said(field, entry), self._back(field)) == value
        except InvalidValue:
            return False

    def _back(self, field: LogField) -> Mapping[str, str]:
        return {folded(text): value for value, text in self._local.get(field, {}).items()}

    def _without_references(self, entry: Entry, row: Sequence[str]) -> list[str]:
        """Return a row whose texts do not repeat the references of its entry."""
        hidden = [each.value for each in entry.references if len(each.value) >= _SHORTEST]
        found = list(row)
        for rank, field in enumerate(self.fields):
            known = self._words.by_field.get(field)
            if known is not None and known.holds in {Holding.TEXT, Holding.LONG}:
                for each in hidden:
                    found[rank] = found[rank].replace(each, _REFERENCE)
        return found


def _nothing(_entry: Entry) -> str:
    return ""


def _reported(entry: Entry) -> str:
    return APART.join(
        " ".join(filter(None, (each.circuit, each.step, _day(each.done), each.number)))
        for each in entry.reported
    )


def exactly(text: str) -> bool:
    """Tell whether a cell gives a text back to the letter."""
    plain = text.isprintable() or without_controls(text) == text
    return plain and text.strip() == text and not _ESCAPED.search(text) and not _QUOTED.match(text)


def same_text(mine: str, theirs: str) -> bool:
    """Tell whether a text is the one that left: a cell holds no control character and no outer space."""
    return _celled(without_controls(mine)) == _celled(theirs)


def _celled(text: str) -> str:
    """Return a text without what workbooks and text tables add to keep it a text."""
    return _QUOTED.sub("", text.strip().replace("_x005F_", "_"), count=1)


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else ""
