"""Times, and the table they are printed in."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

LIBRARIES = ("PySide6-Essentials", "sqlcipher3", "sqlite-utils", "msgspec", "reportlab", "openpyxl")


@dataclass(frozen=True)
class Row:
    """One line: what was done, what it took, what it is compared with, and the budget."""

    work: str
    measured: str
    bound: str
    ratio: str
    budget: str
    kept: bool | None = None


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def repeated(times: int, work: Callable[[], object]) -> list[float]:
    """Return the durations of several calls."""
    return [seconds(work) for _ in range(times)]


def said(durations: Sequence[float]) -> str:
    """Return median and minimum, in the unit that suits."""
    middle, least = statistics.median(durations), min(durations)
    scale, unit = (1000, "ms") if middle < 1 else (1, "s")
    return f"{middle * scale:.2f} {unit} (min {least * scale:.2f})"


def at(durations: Sequence[float], percent: int) -> float:
    """Return a percentile."""
    return statistics.quantiles(durations, n=100, method="inclusive")[percent - 1]


def compared(work: str, ours: Sequence[float], bound: Sequence[float], most: float, budget: str) -> Row:
    """Return the row of a ratio of medians."""
    ratio = statistics.median(ours) / statistics.median(bound)
    return Row(work, said(ours), said(bound), f"{ratio:.2f}", budget, ratio <= most)


def absolute(work: str, ours: Sequence[float], most: float, budget: str) -> Row:
    """Return the row of an absolute budget, in seconds."""
    middle = statistics.median(ours)
    return Row(work, said(ours), "–", f"{middle / most:.2f}", budget, middle <= most)


def head() -> None:
    """Print what the figures depend on, and the head of the table."""
    print(machine(), end="\n\n")
    print("| work | measured | bound | measured/bound | budget | |")
    print("|---|---|---|---|---|---|", flush=True)


def show(rows: Iterable[Row]) -> None:
    """Print rows of the table as Markdown, over budget marked."""
    for row in rows:
        verdict = {True: "ok", False: "OVER", None: ""}[row.kept]
        said = f"| {row.work} | {row.measured} | {row.bound} | {row.ratio} | {row.budget} | {verdict} |"
        print(said, flush=True)


def machine() -> str:
    """Return what the figures depend on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} processors; {libraries}; median (minimum)"
    )
