"""The local day and the local moment: the one place that asks the clock of this computer for them.

What people write has the day of their wall, never that of Greenwich; the journal has its own, in UTC.
"""

from datetime import date, datetime


def today() -> date:
    """Return the local day."""
    return date.today()  # noqa: DTZ011 - the local day is what is wanted


def now() -> datetime:
    """Return the local moment, without a zone, as people read it on a clock."""
    return datetime.now()  # noqa: DTZ005 - idem
