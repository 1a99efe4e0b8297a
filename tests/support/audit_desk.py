"""An audit page under test, with what a test does to it and reads behind its back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ivaudit.app import answers, audits, facilities, settings, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.audit import Answer, AuditSheet
from ivaudit.store.keys import KdfCost
from ivaudit.ui.audit.page import AuditPage
from ivaudit.ui.writer import Writer

CTRL = Qt.KeyboardModifier.ControlModifier
FRENCH = {
    1: (Qt.Key.Key_Ampersand, "&"),
    2: (Qt.Key.Key_Eacute, "é"),
    3: (Qt.Key.Key_QuoteDbl, '"'),
    4: (Qt.Key.Key_Apostrophe, "'"),
    5: (Qt.Key.Key_ParenLeft, "("),
    6: (Qt.Key.Key_Minus, "-"),
    0: (Qt.Key.Key_Agrave, "à"),
}


@dataclass
class Desk:
    """The page with what a test does to it and reads behind its back."""

    qtbot: QtBot
    writer: Writer
    audit: str
    page: AuditPage
    said: list[str] = field(default_factory=list)

    def drain(self) -> None:
        """Wait until everything submitted came back and was shown."""
        self.qtbot.waitUntil(lambda: self.writer.pending == 0)
        QApplication.processEvents()

    def ask(self, work: Callable[[Session], object]) -> object:
        """Run something on the thread of the session and return what it returned."""
        found: list[object] = []
        self.writer.submit(work, done=found.append)
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]

    def answer(self, criterion: str) -> Answer:
        """Return an answer as recorded."""
        found = self.ask(lambda s: answers.current(s, self.audit, criterion))
        assert isinstance(found, Answer)
        return found

    def sheet(self) -> AuditSheet:
        """Return the audit as recorded."""
        found = self.ask(lambda s: audits.sheet(s, self.audit))
        assert isinstance(found, AuditSheet)
        return found

    def set(self, **values: bool | str) -> None:
        """Change settings."""
        self.ask(lambda s: settings.change(s, **values))
        self.drain()

    @property
    def key(self) -> str:
        """Return the current criterion."""
        row = self.page.grid.current_row()
        assert row is not None
        return row.key

    def press(self, key: Qt.Key, text: str = "", held: Qt.KeyboardModifier | None = None) -> None:
        """Send one key to whatever has the focus, shortcuts included."""
        target = self.page.focusWidget() or self.page
        modifiers = held or Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key.value, modifiers, text))

    def digit(self, digit: int) -> None:
        """Press a key of the digit row of a French keyboard."""
        self.press(*FRENCH[digit])

    def letter(self, letter: str) -> None:
        """Press a letter."""
        self.press(Qt.Key(ord(letter.upper())), letter)

    def shortcut(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """Press a shortcut as a keyboard would: through the shortcut map."""
        self.qtbot.keyClick(self.page.focusWidget() or self.page, key, held or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        """Type a text into whatever has the focus."""
        for sign in text:  # QTest aborts on accents
            self.press(Qt.Key.Key_unknown, sign)

    def focus(self) -> QWidget | None:
        """Return what has the focus."""
        return self.page.focusWidget()


def made_writer(folder: Path, passphrase: str, cost: KdfCost, qtbot: QtBot) -> Iterator[Writer]:
    """Open a new workspace on a writer, until the test ends."""
    made = Writer()
    opened: list[object] = []
    made.open(
        lambda: workspaces.create(folder, passphrase, "Cellule régionale", cost=cost), done=opened.append
    )
    qtbot.waitUntil(lambda: bool(opened))
    yield made
    made.close()


def new_audit(writer: Writer, qtbot: QtBot, *grids: str, profile: tuple[str, ...] = ()) -> str:
    """Create a facility and an audit on some grids."""
    found: list[str] = []

    def work(session: Session) -> str:
        values = {"name": "EHPAD Les Tilleuls", "setting": "ehpad", "profile": list(profile)}
        _, facility = facilities.create(session, values)
        return audits.create(session, facility, "externe", grids, "2026-11-21")[1]

    writer.submit(work, done=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def shown_desk(qtbot: QtBot, writer: Writer, audit: str) -> Iterator[Desk]:
    """Show the page of an audit, until the test ends."""
    said: list[str] = []
    page = AuditPage(writer, audit, said.append)
    qtbot.addWidget(page)
    made = Desk(qtbot, writer, audit, page, said)
    with qtbot.waitExposed(page):
        page.resize(1300, 728)
        page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.audit.is_open)
    made.drain()
    yield made
    page.settle()
    made.drain()
