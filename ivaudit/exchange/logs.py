"""A log of anomalies that somebody keeps elsewhere: where its titles are, and what each column holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.log_fields import LogWords
from ivaudit.domain.log_intake import REFERENCE, ColumnPlan, HeaderWords, LogIntake, LogLook
from ivaudit.domain.log_names import (
    NameFinder,
    hidden_words,
    names_by_content,
    numbers_mostly,
    without_words,
)
from ivaudit.domain.log_table import LogField, LogTable
from ivaudit.domain.log_titles import known_titles, mark_of, names_somebody, plain_title, proposed
from ivaudit.domain.wording import folded
from ivaudit.exchange.identities import masked_text
from ivaudit.tables.sheet_cells import BookCells, SheetCells

_LOOKED_AT = 40
"""Rows where the titles may stand: under a title, a date, a note."""
_LEAST = 2
_SAMPLES, _SAMPLE = 3, 60
_OURS = 0.6
_NO_TITLES = UnreadableFile(
    "Aucune ligne de titres n'a été reconnue dans ce fichier : il faut au moins deux colonnes comme "
    "« Date », « Type », « Description » ou « N° ». Rien n'a été modifié. Vérifiez le fichier, ou ajoutez "
    "une ligne de titres au-dessus des données."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What a log is understood by: our words, our tables, and what is known of others."""

    words: LogWords
    tables: tuple[LogTable, ...]
    intake: LogIntake


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A log with its cells: `first` is its first row of data, from 1."""

    sheet: SheetCells
    titles: tuple[str, ...]
    first: int
    look: LogLook


def find(
    book: BookCells, knowledge: Knowledge, today: date, decided: Mapping[str, Mapping[str, str]]
) -> Found:
    """Return the log that a file holds, and what each of its columns is taken for.

    Args:
        book: its cells.
        knowledge: what it is understood by.
        today: the local day, against which dates are old.
        decided: targets that somebody chose, by the mark of the titles, then by plain title.

    Raises:
        UnreadableFile: no row of titles was recognised.
    """
    known = known_titles(knowledge.intake, knowledge.tables, knowledge.words)
    places = [
        found
        for sheet in book.sheets
        if not sheet.hidden and (found := _titles(sheet, known, knowledge.intake)) is not None
    ]
    if not places:
        raise _NO_TITLES
    _, sheet, head, depth, titles = max(places, key=lambda place: place[0])
    first = head + depth
    columns = _columns(sheet, titles, first, knowledge, known=known, today=today, decided=decided)
    ours = _ours(knowledge)
    same = sum(folded(title) in ours for title in titles)
    look = LogLook(
        sheet=sheet.name,
        head=head,
        mark=mark_of(titles),
        own=same >= max(_LEAST, len(titles) * _OURS)
        and any(each.target == LogField.NUMBER for each in columns),
        rows=sum(any(row) for row in sheet.rows[first - 1 :]),
        columns=columns,
    )
    return Found(sheet=sheet, titles=tuple(titles), first=first, look=look)


def _titles(
    sheet: SheetCells, known: Sequence[HeaderWords], intake: LogIntake
) -> tuple[tuple[float, int], SheetCells, int, int, list[str]] | None:
    """Return where the titles of a sheet most likely stand, how sure that is, and how many rows they take."""
    best: tuple[tuple[float, int], SheetCells, int, int, list[str]] | None = None
    for rank, row in enumerate(sheet.rows[:_LOOKED_AT], 1):
        titles = [" ".join(cell.split()) for cell in row]
        score = _score(titles, known, intake)
        if score < _LEAST:
            continue
        certainty = (score, -rank)
        if best is None or certainty > best[0]:
            below = [" ".join(cell.split()) for cell in (sheet.rows[rank] if rank < len(sheet.rows) else ())]
            both = _joined(titles, below, known, intake)
            best = (certainty, sheet, rank, 2 if both else 1, both or titles)
    return best


def _score(titles: Sequence[str], known: Sequence[HeaderWords], intake: LogIntake) -> float:
    """Return how many cells of a row are titles that are known; a long text is none."""
    short = [title if len(title) <= 60 else "" for title in titles]  # noqa: PLR2004 - a title, not a sentence
    found = set(proposed(short, known, {}, ()))
    found |= {
        rank
        for rank, title in enumerate(short)
        if title and names_somebody(title, intake.nominative, numbers=False)
    }
    return len(found)


def _joined(
    titles: Sequence[str], below: Sequence[str], known: Sequence[HeaderWords], intake: LogIntake
) -> list[str] | None:
    """Return titles over two rows as one: «Références» merged over «Maître» and «Doublon»."""
    width = max(len(titles), len(below))
    upper = [*titles, *[""] * (width - len(titles))]
    lower = [*below, *[""] * (width - len(below))]
    under = [rank for rank in range(width) if lower[rank]]
    beside = [rank for rank in under if not upper[rank]]
    plain = all(len(lower[rank]) <= 30 and not any(c.isdecimal() for c in lower[rank]) for rank in under)  # noqa: PLR2004
    if not beside or not plain or len(under) > width / 2:
        return None
    spread: list[str] = []
    for title in upper:
        spread.append(title or (spread[-1] if spread else ""))
    whole = [f"{spread[rank]} {lower[rank]}".strip() if lower[rank] else upper[rank] for rank in range(width)]
    return whole if _score(whole, known, intake) >= _score(titles, known, intake) else None


def _columns(
    sheet: SheetCells,
    titles: Sequence[str],
    first: int,
    knowledge: Knowledge,
    *,
    known: Sequence[HeaderWords],
    today: date,
    decided: Mapping[str, Mapping[str, str]],
) -> tuple[ColumnPlan, ...]:
    cells = [_column(sheet, rank, first) for rank in range(len(titles))]
    finder = NameFinder(knowledge.intake)
    guessed = proposed(titles, known, {}, ())
    named = {
        rank: _by_title(title, cells[rank], knowledge)
        or names_by_content(cells[rank], finder, today, known=rank in guessed)
        for rank, title in enumerate(titles)
    }
    closed = [rank for rank, whom in named.items() if whom]
    targets = proposed(titles, known, decided.get(mark_of(titles), {}), closed)
    common = frozenset(map(folded, knowledge.intake.common))
    hidden = [hidden_words([cells[rank][at] for rank in closed], common) for at in range(len(cells[0]))]
    return tuple(
        ColumnPlan(
            rank=rank,
            title=title,
            target=targets.get(rank, ""),
            nominative=named[rank],
            filled=sum(bool(cell.strip()) for cell in cells[rank]),
            samples=() if named[rank] else tuple(_samples(cells[rank], hidden, finder)),
        )
        for rank, title in enumerate(titles)
        if title or any(cells[rank])
    )


def _by_title(title: str, cells: Sequence[str], knowledge: Knowledge) -> str:
    """Return whom a title says that its column names; the titles of our own logs name nobody."""
    if folded(title) in _ours(knowledge):
        return ""
    return names_somebody(title, knowledge.intake.nominative, numbers=numbers_mostly(cells))


def _ours(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(folded(column.title) for table in knowledge.tables for column in table.columns)


def _column(sheet: SheetCells, rank: int, first: int) -> list[str]:
    return [row[rank] if rank < len(row) else "" for row in sheet.rows[first - 1 :]]


def _samples(cells: Sequence[str], hidden: Sequence[Sequence[str]], finder: NameFinder) -> Iterator[str]:
    """Yield some of the cells of a column, without what names somebody on their row."""
    shown: dict[str, None] = {}
    for cell, named in zip(cells, hidden, strict=True):
        text = without_words(" ".join(cell.split()), named)
        if text and text not in shown and not finder.sure(text):
            shown[text] = None
            yield masked_text(text)[:_SAMPLE]
        if len(shown) >= _SAMPLES:
            return


def targets_of(look: LogLook, chosen: Mapping[str, str] | None = None) -> dict[int, str]:
    """Return the target of each column that is taken, by rank.

    Args:
        look: the log as it was found.
        chosen: what somebody chose for a title, by plain title; a column that names somebody stays out.
    """
    wanted = chosen or {}
    found = {
        each.rank: wanted.get(plain_title(each.title), each.target)
        for each in look.columns
        if not each.nominative
    }
    return {rank: target for rank, target in found.items() if target}


def reference_of(target: str) -> tuple[str, str] | None:
    """Return the role and the nature of a column of references, nothing for another one."""
    kind, _, rest = target.partition("/")
    role, _, nature = rest.partition("/")
    return (role, nature) if kind == REFERENCE else None
