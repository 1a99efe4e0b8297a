"""What a page of the window is: fed by the writer, told what changed, settled before it is left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import KnownError
from ivaudit.ui import theme
from ivaudit.ui.controls import column_in
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.backups import BackupInfo
    from ivaudit.app.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence for the notification bar; `back` is the gesture that its button submits.

    `back_done` and `back_failed` are told what that gesture brings back.
    """

    sentence: str
    error: bool = False
    back_label: str = ""
    back: Callable[["Session"], object] | None = None
    back_done: Callable[[Any], None] | None = None
    back_failed: Callable[[KnownError], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in an audit: one of its findings, one of its points, or its reading-back."""

    audit: str
    finding: str = ""
    criterion: str = ""
    review: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailSpot:
    """What the journal is asked to show: a place (`audit:…`, `structure:…`), or one thing and its words."""

    place: str = ""
    entity: str = ""
    words: str = ""


class Page(QWidget):
    """A page: `asked(what, about)` goes elsewhere («audit», id…), `said(Said)` speaks in the bar."""

    asked = Signal(str, object)
    said = Signal(object)

    def __init__(self, name: str, title: str, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setProperty("page", name)
        self.setAccessibleName(title)
        self.name = name
        self.title = title
        self.writer = writer
        self.column = column_in(self, theme.Space.MEDIUM, theme.Space.MEDIUM)

    def enter(self, about: object = None) -> None:
        """Be shown: read again and take the focus; `about` is what was asked for."""

    def offer_back(self, words: str, name: str, about: object) -> None:
        """Offer the way back to where this page was asked for from, until it is left."""

    def refresh(self, changes: Changes) -> None:
        """Take note of what a gesture changed."""

    def settle(self) -> None:
        """Submit whatever was typed and not left yet."""

    def stop(self) -> None:
        """Stop long work: the workspace is about to be closed."""

    def show_backups(self, found: "tuple[BackupInfo, ...]") -> None:
        """Take note of the backups there are now."""

    def on_known_error(self, error: KnownError) -> None:
        """Say an error in the bar."""
        self.said.emit(Said(sentence=error.sentence, error=True))
