"""What the register says in figures: counted once, the same on the screen, in the workbook and in a chart.

A batch counts for the anomalies it stands for; what was not confirmed is counted apart and left out of the
rest. More declarations are not a bad sign: nothing here judges.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ivaudit.domain.anomalies import EntryKind, EntryLine, State
from ivaudit.domain.batch_delays import Delays, batch_note
from ivaudit.domain.charts import Axis, CountChart
from ivaudit.domain.checklist import Term
from ivaudit.domain.months import said, span
from ivaudit.domain.register_terms import AnomalyType, RegisterTerms, reached

UNTOLD = "Non renseigné"
MOST_BARS = 12
"""Bars of a chart of types or software; the others are one bar."""

_MONTH = len("2026-11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One row of a count: a key (empty: not told), its label, how many."""

    key: str
    label: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A count by something, in the order it is read; `note` is what must be known to read it."""

    id: str
    title: str
    rows: tuple[Counted, ...]
    note: str = ""

    @property
    def total(self) -> int:
        """Return how many were counted."""
        return sum(row.cases for row in self.rows)

    @property
    def chart(self) -> CountChart:
        """Return the count as a chart, empty rows left out except in time."""
        rows = self.rows if self.id == "month" else tuple(row for row in self.rows if row.cases)
        most = len(rows) if self.id == "month" or len(rows) <= MOST_BARS else MOST_BARS - 1
        axes = [Axis(label=row.label, value=row.cases) for row in rows[:most]]
        if others := rows[most:]:
            axes.append(Axis(label=f"Les {len(others)} autres", value=sum(row.cases for row in others)))
        return CountChart(title=self.title, axes=tuple(axes), note=self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The figures of some lines.

    `entries` are lines, `cases` anomalies (a batch stands for several), `unconfirmed` those that were not
    confirmed, left out of every other figure; `median_days` is the median local delay of what is closed, in
    whole days, half up.
    """

    entries: int
    cases: int
    open: int
    waiting: int
    late: int
    serious: int
    unconfirmed: int
    median_days: int | None
    by_family: Tally
    by_type: Tally
    by_step: Tally
    by_severity: Tally
    by_month: Tally
    by_delay: Tally
    by_application: Tally

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Return every count, in reading order."""
        return (
            self.by_family,
            self.by_type,
            self.by_step,
            self.by_severity,
            self.by_month,
            self.by_delay,
            self.by_application,
        )


def statistics(
    lines: Sequence[EntryLine], terms: RegisterTerms, today: str, batches: Delays | None = None
) -> Statistics:
    """Return the figures of lines of the register.

    Args:
        lines: those wanted.
        terms: their words and thresholds.
        today: the local day, `AAAA-MM-JJ`.
        batches: the delays that batches declare.
    """
    kept = [each for each in lines if each.state != State.UNCONFIRMED]
    days = sorted(found for each in kept if (found := local_days(each)) is not None)
    return Statistics(
        entries=len(lines),
        cases=sum(each.cases for each in kept),
        open=sum(each.open for each in kept),
        waiting=sum(each.state == State.WAITING for each in kept),
        late=sum(each.late(today) for each in kept),
        serious=sum(
            each.severity >= terms.serious_from or each.potential >= terms.serious_potential_from
            for each in kept
        ),
        unconfirmed=len(lines) - len(kept),
        median_days=_median(days) if days else None,
        by_family=_by_family(kept, terms),
        by_type=_by_type(kept, terms),
        by_step=_in_order("step", "Par étape du parcours", _count(kept, lambda line: line.step), terms.steps),
        by_severity=_by_severity(kept, terms),
        by_month=_by_month(kept),
        by_delay=_by_delay(kept, terms, batches or {}),
        by_application=_most_first(
            "application", "Par logiciel", _count(kept, lambda line: line.application), str
        ),
    )


def local_days(line: EntryLine) -> int | None:
    """Return how many whole days an entry took the team, waits for others left out; nothing while open."""
    return None if line.open or line.kind == EntryKind.BATCH else line.worked // (24 * 60)


def _median(ordered: Sequence[int]) -> int:
    """Return the middle of whole numbers in order: half way between both middles where there are two."""
    half = len(ordered) // 2
    return (ordered[half] + ordered[~half] + 1) // 2


def _count(lines: Iterable[EntryLine], key: Callable[[EntryLine], str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        found[key(line)] += line.cases
    return found


def _by_family(lines: Sequence[EntryLine], terms: RegisterTerms) -> Tally:
    found = _count(lines, lambda line: terms.family(line.type) or "")
    labels = {"primaire": "Identification primaire", "secondaire": "Identification secondaire"}
    return _in_order("family", "Par famille", found, [Term(id=key, label=labels[key]) for key in labels])


def _by_type(lines: Sequence[EntryLine], terms: RegisterTerms) -> Tally:
    return _most_first("type", "Par type", _count(lines, lambda line: line.type), terms.type_label)


def _by_severity(lines: Sequence[EntryLine], terms: RegisterTerms) -> Tally:
    found = _count(lines, lambda line: "" if line.severity < 0 else str(line.severity))
    return _in_order("severity", "Par gravité constatée", found, terms.harms)


def _by_delay(lines: Sequence[EntryLine], terms: RegisterTerms, batches: Delays) -> Tally:
    """Count what is closed by its delay, and what batches corrected by the class they declare."""
    found: Counter[str] = Counter()
    for line in lines:
        days = local_days(line)
        threshold = None if days is None else reached(terms.delays, days)
        if threshold is not None:
            found[str(threshold.rank)] += line.cases
        elif line.kind == EntryKind.BATCH and (told := batches.get(line.id)) and told.rank:
            found[told.rank] += told.cases
    classes = [Term(id=str(each.rank), label=each.label) for each in terms.delays]
    tally = _in_order("delay", "Par délai de traitement, attentes non comprises", found, classes)
    return replace(tally, note=batch_note(lines, batches))


def _by_month(lines: Sequence[EntryLine]) -> Tally:
    found = _count(lines, lambda line: line.found[:_MONTH])
    months = sorted(key for key in found if key)
    every = span(months[0], months[-1]) if months else ()
    rows = [Counted(key=key, label=said(key), cases=found[key]) for key in every]
    if found[""]:
        rows.append(Counted(key="", label=UNTOLD, cases=found[""]))
    return Tally(id="month", title="Par mois de découverte", rows=tuple(rows))


def _in_order(key: str, title: str, found: Counter[str], terms: Sequence[Term | AnomalyType]) -> Tally:
    """Return a count in the order of the content; what has no word there comes last."""
    known = [Counted(key=term.id, label=term.label, cases=found[term.id]) for term in terms]
    rest = sorted(set(found) - {term.id for term in terms})
    others = [Counted(key=each, label=each or UNTOLD, cases=found[each]) for each in rest]
    return Tally(id=key, title=title, rows=(*known, *others))


def _most_first(key: str, title: str, found: Counter[str], label: Callable[[str], str]) -> Tally:
    rows = sorted(found.items(), key=lambda item: (not item[0], -item[1], item[0]))
    counted = (Counted(key=each, label=label(each) if each else UNTOLD, cases=cases) for each, cases in rows)
    return Tally(id=key, title=title, rows=tuple(counted))
