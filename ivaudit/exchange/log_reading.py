"""The rows of a foreign log understood cell by cell; nothing that names somebody leaves this module."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from ivaudit.domain.anomaly_numbers import is_number
from ivaudit.domain.anomaly_rules import ONLY_A_ROOM, only_a_room
from ivaudit.domain.anomaly_states import is_moment
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.form_values import MAX_LINE, MAX_TEXT
from ivaudit.domain.identity import IdentityKind
from ivaudit.domain.journal import Json
from ivaudit.domain.log_fields import Holding, UnknownWord, understood
from ivaudit.domain.log_intake import StrangeWord
from ivaudit.domain.log_names import NameFinder, hidden_words, without_words
from ivaudit.domain.log_read import LogRow
from ivaudit.domain.log_table import LogField
from ivaudit.domain.log_titles import LONG
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.sheet_problems import ProblemList, Severity, SheetProblem
from ivaudit.domain.wording import folded
from ivaudit.exchange.identities import masked_text
from ivaudit.exchange.logs import Found, Knowledge, reference_of
from ivaudit.tables.sheet_cells import column_letters

MASKED = "ce texte ressemblait à une identité : le passage est repris masqué."
_NAME = "cette case est un nom : elle n'est pas reprise."
_NOT_A_NUMBER = "une référence est un numéro de dossier : cette case n'est pas reprise."
_NO_TYPE = "sans type reconnu : reprise comme « S99 – Autre »."
_NO_DAY = "sans date de découverte : reprise sans date."
_CUT = "texte trop long pour cette rubrique : coupé."
_TYPE_THERE = "Type dans le journal d'origine"
_STEP = 2_000
_DIGEST = 16
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")
_SHORT_TEXTS = frozenset({LogField.UNIT, LogField.APPLICATION, LogField.EDITOR, LogField.ORIGIN, LogField.BY})
_SAYING = frozenset(
    {LogField.TYPE.value, LogField.DESCRIPTION.value, LogField.REFERENCES.value, LogField.FOUND.value}
)
"""A row that says none of these says nothing."""


@dataclass(slots=True)
class Reading:
    """Reads the rows of a log, and counts what is left out of them.

    `targets` are those of the columns, by rank; `also` values by field, then by word, folded.
    """

    found: Found
    targets: Mapping[int, str]
    knowledge: Knowledge
    also: Mapping[str, Mapping[str, str]]
    text_table: bool = False
    masked: int = 0
    skipped: int = 0
    problems: ProblemList = field(default_factory=ProblemList)
    _strange: Counter[tuple[str, str]] = field(default_factory=Counter)
    _spelling: dict[tuple[str, str], str] = field(default_factory=dict)
    _seen: Counter[str] = field(default_factory=Counter)
    _words: dict[tuple[str, str], Json] = field(default_factory=dict)
    _hiding: tuple[int, ...] = ()
    _common: frozenset[str] = frozenset()
    _finder: NameFinder | None = None

    def rows(self, progress: Progress = silent) -> Iterator[LogRow]:
        """Yield the rows that say something."""
        intake = self.knowledge.intake
        self._hiding = tuple(each.rank for each in self.found.look.columns if each.nominative)
        self._common = frozenset(map(folded, intake.common))
        self._finder = NameFinder(intake)
        total = len(self.found.sheet.rows)
        for rank in range(self.found.first, total + 1):
            if not rank % _STEP:
                progress(rank, total, "lecture des lignes")
            cells = self.found.sheet.rows[rank - 1]
            if any(cells):
                made = self._row(rank, cells)
                if made is not None:
                    yield made

    def strange(self) -> tuple[StrangeWord, ...]:
        """Return the words of closed fields that nothing is known by, the most frequent first."""
        by_field = self.knowledge.words.by_field
        found = []
        for (name, key), count in sorted(self._strange.items(), key=lambda item: (-item[1], item[0])):
            known = by_field[LogField(name)].values
            near = get_close_matches(key, list(known), n=1, cutoff=0.6)
            proposal = known[near[0]] if near else ""
            found.append(
                StrangeWord(field=name, word=self._spelling[name, key], count=count, proposal=proposal)
            )
        return tuple(found[:_STEP])

    # -- one row

    def _row(self, rank: int, cells: Sequence[str]) -> LogRow | None:
        hidden = hidden_words([cells[at] for at in self._hiding if at < len(cells)], self._common)
        row = _Row(self, rank, hidden)
        for at, target in self.targets.items():
            if at < len(cells) and cells[at].strip():
                row.take(at, target, self._unquoted(cells[at]).strip())
        values = row.values()
        if not _SAYING.intersection(values) and not row.number:
            self.skipped += 1
            return None
        self._complete(row, values)
        return LogRow(
            row=rank,
            number=row.number,
            source=row.source or self._digest(values),
            values=values,
            rest=row.rest,
        )

    def _unquoted(self, text: str) -> str:
        """Return a cell of a text table without the sign that kept it a text."""
        quoted = self.text_table and text[:1] == "'" and text[1:2] in _TRIGGERS and len(text) > 1
        return text[1:] if quoted else text

    def _complete(self, row: "_Row", values: dict[str, Json]) -> None:
        """Give a row the type that it lacks, and say what it lacks."""
        if row.number and is_number(row.number):
            return  # one of ours: what it does not say stays as it is
        if LogField.TYPE not in values:
            values[LogField.TYPE.value] = self.knowledge.intake.default_type
            self.tell(row.rank, None, _NO_TYPE)
        if LogField.FOUND not in values:
            self.tell(row.rank, None, _NO_DAY)

    def _digest(self, values: Mapping[str, Json]) -> str:
        """Return what a row without a number is known again by: what hardly changes in it."""
        said = "\x1f".join(str(values.get(name, "")) for name in (*sorted(_SAYING), LogField.UNIT.value))
        digest = hashlib.sha256(said.encode(errors="replace")).hexdigest()[:_DIGEST]
        self._seen[digest] += 1
        return digest if self._seen[digest] == 1 else f"{digest}-{self._seen[digest]}"

    # -- cells

    def value(self, rank: int, at: int, name: LogField, text: str, hidden: Sequence[str]) -> Json:
        """Return what a cell says, nothing where it says nothing that is kept."""
        holds = self.knowledge.words.by_field[name].holds
        if holds in {Holding.TEXT, Holding.LONG}:
            return self._text(rank, at, name, text, hidden)
        key = (name.value, text)
        if key in self._words:
            return self._words[key]
        try:
            value = understood(self.knowledge.words, name, text, self.also.get(name.value))
        except UnknownWord as error:
            word = (name.value, folded(error.word))
            self._strange[word] += 1
            self._spelling.setdefault(word, masked_text(error.word)[:80])
            if name is not LogField.TYPE:
                self.tell(rank, at, error.sentence)
            return None
        except InvalidValue as error:
            self.tell(rank, at, error.sentence)
            return None
        if holds in {Holding.CHOICE, Holding.CHOICES, Holding.DAY}:
            self._words[key] = value
        return value

    def _text(self, rank: int, at: int, name: LogField, text: str, hidden: Sequence[str]) -> str | None:
        if name in _SHORT_TEXTS and self._finder is not None and self._finder.sure(text):
            self.tell(rank, at, _NAME)
            self.masked += 1
            return None
        safe = masked_text(without_words(text, hidden) if hidden else text)
        if safe != text:
            self.masked += 1
            self.tell(rank, at, MASKED)
        most = MAX_TEXT if name in LONG else MAX_LINE
        if len(safe) > most:
            self.tell(rank, at, _CUT)
            safe = f"{safe[: most - 1]}…"
        return safe

    def reference(self, rank: int, at: int, role: str, nature: str, text: str) -> dict[str, Json] | None:
        """Return a reference, nothing where the cell is no number of a record."""
        figures = any(each.isdecimal() for each in text)
        if not figures or len(text) > 60:  # noqa: PLR2004 - of a number
            self.tell(rank, at, _NOT_A_NUMBER)
            return None
        if masked_text(text) != text or f"[{IdentityKind.MATRICULE}" in text:
            self.masked += 1
            self.tell(rank, at, MASKED)
            return None
        return {"role": role, "nature": nature, "value": text}

    def tell(self, rank: int, at: int | None, message: str) -> None:
        """Note something to know of a cell, or of a row."""
        letters = "" if at is None else column_letters(at + 1)
        title = "" if at is None else self.found.titles[at]
        self.problems.append(
            SheetProblem(
                sheet=self.found.sheet.name or "fichier",
                row=rank,
                column=letters,
                message=message,
                severity=Severity.WARNING,
                title=title,
            )
        )


class _Row:
    """A row being read."""

    def __init__(self, reading: Reading, rank: int, hidden: Sequence[str]) -> None:
        self._reading = reading
        self._hidden = hidden
        self.rank = rank
        self.number = self.source = self.rest = ""
        self._values: dict[str, Json] = {}
        self._texts: dict[str, list[tuple[str, str]]] = {}
        self._references: list[Json] = []

    def take(self, at: int, target: str, text: str) -> None:
        """Take what a cell says."""
        reference = reference_of(target)
        if reference is not None:
            self._refer(at, *reference, text)
            return
        name = LogField(target)
        match name:
            case LogField.NUMBER:
                self._numbered(text)
            case LogField.SOURCE_NUMBER:
                self.source = masked_text(text)[:MAX_LINE]
            case LogField.REST:
                self.rest = _masked_json(text)
            case LogField.REFERENCES:
                self._refer_all(at, text)
            case _:
                self._say(at, name, text)

    def _say(self, at: int, name: LogField, text: str) -> None:
        value = self._reading.value(self.rank, at, name, text, self._hidden)
        if value is None and name is LogField.TYPE:
            # The word of a type that is not known is worth keeping: it is what was seen.
            self._texts.setdefault(LogField.DESCRIPTION, []).append((_TYPE_THERE, masked_text(text)))
        elif value is not None and name in LONG:
            self._texts.setdefault(name, []).append((self._reading.found.titles[at], str(value)))
        elif value is not None:
            self._values.setdefault(name.value, value)

    def _refer_all(self, at: int, text: str) -> None:
        found = self._reading.value(self.rank, at, LogField.REFERENCES, text, ())
        for each in found if isinstance(found, list) else []:
            if isinstance(each, dict):
                self._refer(at, str(each["role"]), str(each["nature"]), str(each["value"]))

    def _numbered(self, text: str) -> None:
        if is_number(text.upper()):
            self.number = text.upper()
        else:
            self.source = masked_text(text)[:MAX_LINE]

    def _refer(self, at: int, role: str, nature: str, text: str) -> None:
        found = self._reading.reference(self.rank, at, role, nature, text)
        if found is not None and found not in self._references:
            self._references.append(found)

    def values(self) -> dict[str, Json]:
        """Return what the row says; a room alone is no reference."""
        if only_a_room(self._references):
            self._reading.tell(self.rank, None, ONLY_A_ROOM)
        elif self._references:
            self._values[LogField.REFERENCES.value] = self._references
        for name, texts in self._texts.items():
            alone = len(texts) == 1 and texts[0][0] != _TYPE_THERE
            said = texts[0][1] if alone else "\n".join(f"{title} : {text}" for title, text in texts)
            self._values[str(name)] = said[:MAX_TEXT]
        return self._values


def all_words(knowledge: Knowledge, decided: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return the other words of closed fields: those that are published, then those somebody decided.

    Args:
        knowledge: what logs are understood by.
        decided: values by field, then by word, folded.
    """
    found: dict[str, dict[str, str]] = {}
    for each in knowledge.intake.values:
        found.setdefault(each.field, {}).update({folded(word): each.value for word in each.words})
    for table in knowledge.tables:
        for column in table.columns:
            words = {folded(text): value for value, text in column.words.items()}
            found.setdefault(column.field.value, {}).update(words)
    for name, chosen in decided.items():
        found.setdefault(name, {}).update(chosen)
    return found


def _masked_json(text: str) -> str:
    """Return what only a machine reads with the identities that somebody may have put in it masked."""
    if masked_text(text) == text:
        return text
    try:
        return json.dumps(_masked(json.loads(text)), ensure_ascii=False)
    except ValueError:
        return ""


def _masked(value: Json) -> Json:
    match value:
        case str() if not is_moment(value):
            return masked_text(value)
        case list():
            return [_masked(each) for each in value]
        case dict():
            return {name: _masked(each) for name, each in value.items()}
        case _:
            return value
