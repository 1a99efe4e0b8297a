"""Every scenario of the fault campaigns, by name."""

from _exchange_scenarios import Import, Merge, Seal
from _gesture_scenarios import SCENARIOS as GESTURES
from _scenarios import SCENARIOS as STORED
from _scenarios import Scenario

SCENARIOS: dict[str, type[Scenario]] = {
    **STORED,
    **GESTURES,
    **{each.name: each for each in (Import, Merge, Seal)},
}
