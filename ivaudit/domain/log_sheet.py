"""What goes with the rows of a log: its columns as they are written, its synthesis and its legend."""

from dataclasses import dataclass, replace

from ivaudit.domain.exchange_sheet import ColumnKind
from ivaudit.domain.log_fields import Holding, LogWords
from ivaudit.domain.log_table import COMPUTED, LOCAL, LogColumn, LogField, LogTable
from ivaudit.domain.register_stats import Statistics, Tally
from ivaudit.domain.register_terms import RegisterTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenColumn:
    """A column as it is written; `coloured` holds levels of severity, not `printed` ones come last."""

    title: str
    width: int
    kind: ColumnKind
    choices: tuple[str, ...] = ()
    hidden: bool = False
    printed: bool = True
    coloured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A count as it is written: its title, and its rows of (label, count)."""

    id: str
    title: str
    labels: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """A part of the legend: its title, and its rows of (word, meaning)."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSheet:
    """Everything of a log but its rows."""

    title: str
    subtitle: str
    warning: str
    foot: str
    sheet: str
    synthesis: str
    legend: str
    notes: tuple[str, ...]
    columns: tuple[WrittenColumn, ...]
    colours: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    totals: tuple[Totals, ...]
    legends: tuple[Legend, ...]


def columns_of(table: LogTable, *, third_party: bool) -> LogTable:
    """Return a log with the columns it has for others: without what points to somebody."""
    if not third_party:
        return table
    kept = [
        replace(each, title=table.sequence) if each.field is LogField.REFERENCES else each
        for each in table.columns
        if each.field not in LOCAL - {LogField.REFERENCES}
    ]
    return replace(table, columns=tuple(kept))


def log_sheet(
    table: LogTable,
    words: LogWords,
    terms: RegisterTerms,
    figures: Statistics,
    *,
    who: str,
    day: str,
    third_party: bool,
) -> LogSheet:
    """Return everything of a log but its rows.

    Args:
        table: its columns, as `columns_of` returns them.
        words: of the fields.
        terms: of the register.
        figures: of the entries it holds.
        who: names of the structures it is about.
        day: the local day, `JJ/MM/AAAA`.
        third_party: whether it is for others.
    """
    return LogSheet(
        title=table.title,
        subtitle=" – ".join(filter(None, (who, f"au {day}"))),
        warning=table.third_party if third_party else table.own_use,
        foot=f"{table.title} · {table.version}",
        sheet=table.sheet,
        synthesis=table.synthesis,
        legend=table.legend,
        notes=table.notes,
        columns=tuple(_written(column, words, third_party=third_party) for column in table.columns),
        colours=tuple(
            (terms.label("harms", level), colour) for level, colour in sorted(table.colours.items())
        ),
        figures=tuple(_figures(figures)),
        totals=tuple(map(_totals, (figures.by_month, figures.by_type, figures.by_severity, figures.by_step))),
        legends=(
            Legend(
                title="Gravité",
                rows=tuple((each.label, each.help) for each in terms.harms),
            ),
            Legend(
                title="Types",
                rows=tuple((terms.type_label(each.id), each.help) for each in terms.types),
            ),
            Legend(title="États", rows=tuple((each.label, each.help) for each in terms.states)),
        ),
    )


def _written(column: LogColumn, words: LogWords, *, third_party: bool) -> WrittenColumn:
    known = words.by_field.get(column.field)
    holds = known.holds if known is not None else Holding.TEXT
    local = third_party and column.field is LogField.REFERENCES
    closed = known is not None and holds is Holding.CHOICE and column.field not in COMPUTED
    choices = (
        tuple(column.words.get(each.value, each.label) for each in known.choices) if known and closed else ()
    )
    day = holds is Holding.DAY or column.field in {LogField.SINCE, LogField.ENDED}
    number = holds is Holding.NUMBER or column.field is LogField.CASES
    return WrittenColumn(
        title=column.title,
        width=column.width,
        kind=ColumnKind.DAY if day else ColumnKind.NUMBER if number else ColumnKind.TEXT,
        choices=() if local else choices,
        hidden=column.hidden,
        printed=column.printed,
        coloured=column.field in {LogField.SEVERITY, LogField.POTENTIAL},
    )


def _figures(figures: Statistics) -> list[tuple[str, str]]:
    median = figures.median_days
    return [
        ("Lignes du journal", str(figures.entries)),
        ("Anomalies (un lot en compte plusieurs)", str(figures.cases)),
        ("Encore ouvertes", str(figures.open)),
        ("dont en attente de quelqu'un d'autre", str(figures.waiting)),
        ("dont au-delà de leur échéance", str(figures.late)),
        ("Graves, constatées ou potentielles", str(figures.serious)),
        ("Non confirmées (comptées à part)", str(figures.unconfirmed)),
        ("Délai médian de traitement, attentes non comprises", "—" if median is None else f"{median} j"),
    ]


def _totals(tally: Tally) -> Totals:
    """Return a count, its empty rows left out except in time and in levels."""
    kept = tally.id in {"month", "severity"}
    rows = [row for row in tally.rows if row.cases or kept]
    return Totals(
        id=tally.id,
        title=tally.title,
        labels=tuple(row.label for row in rows),
        counts=tuple(row.cases for row in rows),
    )
