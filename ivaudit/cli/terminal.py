"""How far a long work has come, on the terminal of whoever waits; nothing when nobody watches."""

import sys

from ivaudit.domain.progress import Progress, silent


def progress() -> Progress:
    """Return a progress that rewrites one line of the error stream."""
    return _rewrite if sys.stderr.isatty() else silent


def _rewrite(done: int, total: int, label: str) -> None:
    end = "\n" if done >= total else ""
    sys.stderr.write(f"\r\x1b[K{label} {done}/{total}{end}")
    sys.stderr.flush()
