"""Which entities the journal keeps in which scope: what comes from elsewhere may touch nothing else.

A bundle that is signed by a colleague may speak of audits, campaigns, actions, structures and the register;
never of the settings of this workspace.
"""

import re
from collections.abc import Mapping

REGISTER = "register"

_KEY = r"[A-Za-z0-9_-]{1,64}"
_PART = r"[\w.:-]{1,120}"
_FIELD = re.compile(r"[\w.:-]{1,160}")
_OWN = "(audit|form|evidence|finding|person|line|subject|comment)"
_SCOPE = re.compile(rf"(?:audit|campaign|action|structure):{_KEY}|{REGISTER}")


_ENTITIES: Mapping[str, str] = {
    "audit": rf"audit:{{key}}|{_OWN}:{{key}}/{_PART}|answer:{{key}}/{_PART}/{_PART}",
    "campaign": rf"campaign:{{key}}|row:{{key}}/{_PART}",
    "action": r"action:{key}",
    "structure": r"facility:{key}",
    REGISTER: rf"anomaly:{_KEY}",
}
"""The names that the entities of a scope have, by its beginning: one that is not here does not travel.

`{key}` stands for the key of the scope."""


def travels(scope: str) -> bool:
    """Tell whether a scope is one that may come in a bundle."""
    return _SCOPE.fullmatch(scope) is not None


class Places:
    """Tells which fields a scope may hold; what is found for one scope is kept for the next time."""

    def __init__(self) -> None:
        self._patterns: dict[str, re.Pattern[str]] = {}

    def allows(self, scope: str, entity: str, field: str) -> bool:
        """Tell whether an entity and its field may stand in a scope."""
        pattern = self._patterns.get(scope)
        if pattern is None:
            if not travels(scope):
                return False
            pattern = self._patterns[scope] = re.compile(_pattern(scope))
        return pattern.fullmatch(entity) is not None and _FIELD.fullmatch(field) is not None


def scope_of(entity: str) -> str:
    """Return the scope that an entity stands in, empty for one that does not travel."""
    kind, _, rest = entity.partition(":")
    owner = rest.partition("/")[0]
    match kind:
        case "facility":
            return f"structure:{owner}"
        case "campaign" | "row":
            return f"campaign:{owner}"
        case "action":
            return f"action:{owner}"
        case "anomaly":
            return REGISTER
        case _:
            return f"audit:{owner}" if kind == "answer" or kind in _OWN.strip("()").split("|") else ""


def _pattern(scope: str) -> str:
    kind, _, key = scope.partition(":")
    return _ENTITIES[kind].replace("{key}", re.escape(key))
