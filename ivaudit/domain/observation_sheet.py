"""The lines of a campaign as those of a sheet: which columns, in which order, with which words."""

from collections.abc import Mapping

from ivaudit.domain.campaign import Campaign, ObservedRow
from ivaudit.domain.exchange_sheet import KEY_TITLE, Choice, ColumnKind, SheetColumn
from ivaudit.domain.observation import ObservationGrid, ObservedItem, ObservedValue

ITEM, CONTEXT = "item.", "context."
"""What the fields that hold an observed value, or a choice of the context, start with."""

WORDS: Mapping[ObservedValue, str] = {
    ObservedValue.YES: "Oui",
    ObservedValue.NO: "Non",
    ObservedValue.NOT_APPLICABLE: "Sans objet",
    ObservedValue.REFUSED: "Refus tracé",
    ObservedValue.NOT_OBSERVED: "Non vu",
}
"""The words for what is noted."""

_PLAIN = ("unit", "date", "time", "professional", "reason")


def columns_of(campaign: Campaign, grid: ObservationGrid) -> tuple[SheetColumn, ...]:
    """Return the columns of the sheet of a campaign: the place, the facts, then what is rarely noted."""
    return (
        SheetColumn(field="key", title=KEY_TITLE, width=14, hidden=True),
        SheetColumn(field="number", title="N°", width=6, kind=ColumnKind.NUMBER),
        _unit(campaign),
        SheetColumn(field="date", title="Jour", width=12, kind=ColumnKind.DAY, back=True),
        *(_item(rank, item) for rank, item in enumerate(grid.items, 1)),
        SheetColumn(
            field="reason",
            title="Non observé : pourquoi",
            width=22,
            kind=ColumnKind.CHOICE,
            choices=tuple(Choice(value=each.id, label=each.label) for each in grid.not_observed),
            back=True,
        ),
        SheetColumn(field="time", title="Heure", width=9, kind=ColumnKind.TIME, back=True),
        SheetColumn(
            field="professional",
            title="Professionnel (P1, P2… jamais un nom)",
            width=16,
            back=True,
        ),
        *(
            SheetColumn(
                field=f"{CONTEXT}{each.id}",
                title=each.label,
                width=18,
                kind=ColumnKind.CHOICE,
                choices=tuple(Choice(value=choice, label=choice) for choice in each.choices),
                back=True,
            )
            for each in grid.context
        ),
    )


def line_of(row: ObservedRow) -> dict[str, str]:
    """Return a line as values by field, those that say something."""
    values = {name: str(getattr(row, name)) for name in _PLAIN}
    values["number"] = str(row.number)
    values |= {f"{ITEM}{item}": value.value for item, value in row.values.items()}
    values |= {f"{CONTEXT}{column}": choice for column, choice in row.context.items()}
    return {name: value for name, value in values.items() if value}


def line_words(row: ObservedRow) -> str:
    """Return what a line is called."""
    return f"Ligne {row.number}" + (f", {row.unit}" if row.unit else "")


def _unit(campaign: Campaign) -> SheetColumn:
    choices = tuple(Choice(value=unit, label=unit) for unit in campaign.units)
    return SheetColumn(
        field="unit",
        title="Unité",
        width=18,
        kind=ColumnKind.CHOICE if choices else ColumnKind.TEXT,
        choices=choices,
        back=True,
    )


def _item(rank: int, item: ObservedItem) -> SheetColumn:
    stops = " Un « Non » se traite tout de suite." if item.stops else ""
    return SheetColumn(
        field=f"{ITEM}{item.id}",
        title=f"{rank}. {item.question}",
        width=17,
        kind=ColumnKind.CHOICE,
        choices=tuple(Choice(value=value.value, label=WORDS[value]) for value in item.values),
        back=True,
        prompt=f"{item.help}{stops}".strip()[:250],
    )
