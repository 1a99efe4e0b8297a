"""Pictures of every page of a demonstration, light and dark, taken without a screen."""

import os
import sys
import tempfile
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from ivaudit.domain.errors import KnownError
from ivaudit.ui import theme
from ivaudit.ui.app import application_for
from ivaudit.ui.audit.drawn import Drawn
from ivaudit.ui.audit.preview import Preview
from ivaudit.ui.desk import Desk
from ivaudit.ui.start.first_start import FirstStart
from ivaudit.ui.start.unlock import Unlock
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

SIZE = (1366, 768)
_TICK = 100
_QUIET = 4
_DRAWING = 6
_PATIENCE = 300
_TOOL_QUIET = 15
_PAGES = {
    "home": "accueil",
    "audits": "audits",
    "new_audit": "nouvel-audit",
    "anomalies": "anomalies",
    "actions": "actions",
    "indicators": "indicateurs",
    "questionnaires": "questionnaires",
    "campaigns": "campagnes",
    "facilities": "structures",
    "insi": "suivi-insi",
    "directory": "annuaire",
    "library": "bibliotheque",
    "settings": "reglages",
    "keys": "cles-et-secours",
    "database": "base-de-donnees",
    "exchanges": "echanges",
    "trail": "journal",
    "privacy": "confidentialite",
}
_TABS = (
    "audit-preparation",
    "audit-grille",
    "audit-observations",
    "audit-constats-et-actions",
    "audit-synthese",
    "audit-rapport",
)
_TOOLS = {
    "rules": "bibliotheque-tableau-recapitulatif",
    "import": "bibliotheque-importer-une-grille",
    "adaptations": "bibliotheque-adapter-une-grille",
}
_AUTHOR = "Référent identitovigilance"


def write(folder: Path) -> tuple[Path, ...]:
    """Write a PNG of each page, 1366×768, light and dark, of a made-up workspace.

    Args:
        folder: where the pictures go; made if it is missing.

    Returns:
        The pictures written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = QApplication.instance()
    if made is None and (sys.platform != "win32" and not os.environ.get("DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = made if isinstance(made, QApplication) else application_for([])
    before = theme.current()
    with tempfile.TemporaryDirectory(prefix="ivaudit-images-") as place:
        photographer = _Photographer(folder, Path(place) / "espace")
        photographer.walk()
        photographer.close()
    theme.apply(application, before.scale, before.dark)
    if photographer.error is not None:
        raise photographer.error
    return tuple(photographer.written)


def _demonstration(folder: Path) -> "tuple[Session, str]":
    from ivaudit.app import demo, workspaces  # noqa: PLC0415 - on the writer's thread
    from ivaudit.app.passphrases import proposed_passphrase  # noqa: PLC0415 - idem

    session, _ = workspaces.create(folder, proposed_passphrase(), _AUTHOR, with_recovery=False)
    return session, demo.build(session)


class _Photographer(QObject):
    """Walks from page to page once the writer is quiet."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        super().__init__()
        self.written: list[Path] = []
        self.error: Exception | None = None
        self._folder = folder
        self._workspace = workspace
        self._writer = Writer()
        self._writer.failed.connect(self._on_failed)
        self._audit = ""
        self._shown: QWidget | None = None
        self._walk = self._steps()
        self._wait = 0
        self._loop = QEventLoop(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)

    def walk(self) -> None:
        """Make the demonstration, then walk to the end: nobody else needs the loop of events."""
        opening = partial(_demonstration, self._workspace)
        self._writer.open(opening, done=self._on_made, failed=self._on_failed)
        self._timer.start()
        self._loop.exec()

    def close(self) -> None:
        """Close the workspace before its folder goes."""
        self._put_away()
        self._walk.close()
        self._writer.close()

    def _on_made(self, result: "tuple[Session, str]") -> None:
        self._audit = result[1]

    @Slot(object)
    def _on_failed(self, error: Exception | KnownError) -> None:
        self.error = error
        self._end()

    @Slot()
    def _tick(self) -> None:
        if self._writer.pending or not self._audit:
            return
        if self._wait > 0:
            self._wait -= 1
            return
        self._wait = next(self._walk, -1)
        if self._wait < 0:
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._loop.quit()

    def _steps(self) -> Generator[int, None, None]:
        """Show, wait that many ticks, take, and so on."""
        gates: dict[str, Callable[[], QWidget]] = {
            "premier-demarrage": partial(FirstStart, Path("ivaudit"), self._writer),
            "deverrouillage": partial(Unlock, Path("ivaudit"), self._writer),
        }
        for name, make in gates.items():
            self._show(make())
            yield _QUIET
            yield from self._take(name)
        desk = Desk(self._writer)
        desk.rail.show_author(_AUTHOR)
        self._show(desk)
        for page, name in _PAGES.items():
            desk.go(page)
            yield _QUIET
            yield from self._take(name)
        yield from self._take_tools(desk)
        desk.go("audit", self._audit)
        yield _QUIET
        for tab, name in enumerate(_TABS):
            if desk.audit is not None:
                desk.audit.show_tab(tab)
            yield _QUIET
            if name == _TABS[-1]:
                yield from self._drawn(desk)
            yield from self._take(name)
        if desk.audit is not None and _TABS:
            desk.audit.show_review()
            yield _QUIET
            yield from self._take("audit-relecture")

    def _drawn(self, desk: Desk) -> Generator[int, None, None]:
        """Wait for the pages of the report, then for their place on the screen."""
        preview = desk.findChild(Preview, "preview")
        for _ in range(_PATIENCE):
            if preview is not None and preview.pages:
                break
            yield 1
        yield _QUIET

    def _take_tools(self, desk: Desk) -> Generator[int, None, None]:
        """Take each tool of the library, then leave it for the list."""
        from ivaudit.ui.pages.library import LibraryPage  # noqa: PLC0415 - made when looked at

        for tool, name in _TOOLS.items():
            desk.go("library")
            page = desk.current()
            if isinstance(page, LibraryPage):
                page.show_tool(tool)
                yield _TOOL_QUIET
                yield from self._take(name)

    def _show(self, widget: QWidget) -> None:
        self._put_away()
        self._shown = widget
        widget.resize(*SIZE)
        widget.show()

    def _put_away(self) -> None:
        """Delete what was shown now: a window left to Python's collector is torn down in any order."""
        shown, self._shown = self._shown, None
        if shown is not None:
            delete(shown)

    def _take(self, name: str) -> Generator[int, None, None]:
        application = QApplication.instance()
        for scheme, dark in (("clair", False), ("sombre", True)):
            if isinstance(application, QApplication) and self._shown is not None:
                theme.apply(application, 1.0, dark)
                charts = self._shown.findChildren(Drawn)
                yield _DRAWING if any(each.isVisible() for each in charts) else 1
                path = self._folder / f"{name}-{scheme}.png"
                if not self._shown.grab().save(str(path)):
                    raise OSError(f"picture not written: {path.name}")
                self.written.append(path)
