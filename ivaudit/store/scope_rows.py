"""Reading how far a scope of the journal has come."""

from typing import TYPE_CHECKING

from ivaudit.domain.journal import ERASE
from ivaudit.store.encryption import translated

if TYPE_CHECKING:
    from sqlite_utils import Database


@translated()
def tips(db: "Database", scope: str) -> tuple[bytes, ...]:
    """Return the last gestures of a scope, sorted."""
    rows = db.execute("SELECT op FROM tip WHERE scope = ? ORDER BY op", (scope,)).fetchall()
    return tuple(row[0] for row in rows)


@translated()
def gestures(db: "Database", scope: str) -> int:
    """Return how many gestures a scope has."""
    return int(db.execute("SELECT count(*) FROM op WHERE scope = ?", (scope,)).fetchone()[0])


@translated()
def last(db: "Database") -> int:
    """Return the rank of the last gesture added, whatever its scope; 0 when there is none."""
    return int(db.execute("SELECT coalesce(max(n), 0) FROM op").fetchone()[0])


@translated()
def changed_since(db: "Database", scope: str, rank: int) -> bool:
    """Tell whether a gesture that is no erasure was added to a scope after a rank."""
    select = "SELECT 1 FROM op WHERE scope = ? AND n > ? AND kind <> ? LIMIT 1"
    return db.execute(select, (scope, rank, ERASE)).fetchone() is not None


@translated()
def lacks_values(db: "Database", scope: str) -> bool:
    """Tell whether values of a scope were left out of the bundle they came in."""
    select = "SELECT 1 FROM withheld w JOIN op o ON o.id = w.op WHERE o.scope = ? LIMIT 1"
    return db.execute(select, (scope,)).fetchone() is not None
