"""Reads a YAML file packaged with the program that is no published content."""

from typing import Any

from ivaudit.content.reading import FAILED, Reading, read
from ivaudit.content.yaml_nodes import compose
from ivaudit.domain.errors import BugError
from ivaudit.resources import path


def packaged(name: str, shape: type[Any]) -> Any:  # noqa: ANN401 - a value of the shape asked for
    """Return the dataclass that a packaged file fills.

    Args:
        name: relative to the resources, e.g. `demonstration/ehpad-les-tilleuls.yaml`.
        shape: a frozen dataclass.

    Raises:
        BugError: the file does not fit; it is ours.
    """
    composed = compose(path(name).read_bytes())
    reading = Reading()
    reading.problems.extend(composed.problems)
    value = read(composed.root, shape, reading) if composed.root is not None else FAILED
    if value is FAILED or reading.problems:
        raise BugError(f"{name}: {reading.problems}")
    return value
