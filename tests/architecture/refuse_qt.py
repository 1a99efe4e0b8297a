"""Loaded first by a child process (`-p refuse_qt`): PySide6 is as good as not installed there."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec


class _Refuse(MetaPathFinder):
    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        del path, target
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"No module named {name!r} (refused here)", name=name)
        return None


sys.meta_path.insert(0, _Refuse())
