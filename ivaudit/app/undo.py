"""What may be undone and redone in one audit, in one session."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Gesture:
    """A recorded op with what people call it («1.3 Oui»)."""

    op: bytes
    label: str


@dataclass(slots=True)
class UndoStack:
    """Gestures done, and gestures undone whose undoing may itself be undone."""

    done: list[Gesture] = field(default_factory=list)
    undone: list[Gesture] = field(default_factory=list)

    def push(self, op: bytes, label: str) -> None:
        """Remember a new gesture; what was undone before it cannot be redone any more."""
        self.done.append(Gesture(op, label))
        self.undone.clear()

    @property
    def undo_label(self) -> str:
        """Return what the next undo acts on, empty when there is nothing."""
        return self.done[-1].label if self.done else ""

    @property
    def redo_label(self) -> str:
        """Return what the next redo acts on, empty when there is nothing."""
        return self.undone[-1].label if self.undone else ""
