"""Figures of the INSi follow-up as people read them."""

from ivaudit.ui.french import number

NBSP = "\u00a0"


def figure(value: int | None) -> str:
    """Return a number of calls, a dash where it is not known."""
    return "—" if value is None else number(value)


def percent(permille: int | None) -> str:
    """Return a rate in thousandths («87,5 %»), a dash where it is not known."""
    if permille is None:
        return "—"
    return f"{permille / 10:.1f}".replace(".", ",").removesuffix(",0") + f"{NBSP}%"
