"""The full check of the workspace: when it was made, made again with progress, what it found, what to do."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.aside import Aside
from ivaudit.ui.backup_columns import lost
from ivaudit.ui.controls import button, called, column_in, label, row, say
from ivaudit.ui.page import Said
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.checks import Advice, CheckReport, Repaired
    from ivaudit.app.database import DatabaseState
    from ivaudit.app.session import Session
    from ivaudit.domain.progress import Progress

_WHAT = (
    "La vérification relit chaque page avec sa signature, chaque table, les protections du journal, "
    "l'empreinte de chaque geste, l'état qui en découle et chaque preuve gardée. Vous pouvez continuer à "
    "travailler."
)
_MEND = "Réparer ce qui peut l'être"
_MENDABLE = (
    "Une partie se répare sans rien perdre, à partir du journal ou d'une sauvegarde ; une sauvegarde est "
    "faite avant."
)
_NO_COPY = "Aucune sauvegarde de ce poste n'est intacte : cherchez une copie faite sur un autre disque."


def _itself(session: "Session") -> "Session":
    return session


def _check(session: "Session", progress: "Progress") -> "CheckReport":
    from ivaudit.app import checks  # noqa: PLC0415 - beside the window

    return checks.check_beside(session, progress)


def _advise(report: "CheckReport", session: "Session") -> "tuple[CheckReport, Advice]":
    from ivaudit.app import checks  # noqa: PLC0415 - on the writer's thread

    checks.remember(session, report)
    return report, checks.advice(session, report)


def _repair(report: "CheckReport", session: "Session", progress: "Progress") -> "Repaired":
    from ivaudit.app import checks  # noqa: PLC0415 - on the writer's thread

    return checks.repair(session, report, progress)


_MEND_STOPPED = (
    "C'est arrêté. Ce qui était déjà réparé le reste ; « Vérifier tout » dira ce qui ne l'est pas encore."
)


class CheckCard(QFrame):
    """The card; `checked()` once a check or a repair ended, `said(Said)` for the bar."""

    checked = Signal()
    said = Signal(object)

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("database_check")
        self.setProperty("card", True)
        self._writer = writer
        self._report: CheckReport | None = None
        self._aside = Aside(writer, self)
        self.state = label("", "database_state", "muted")
        self.last = label("", "database_last")
        self.progress = called(QProgressBar(), "database_progress", "Avancement de la vérification")
        self.progress.setMaximum(1000)
        self.doing = label("", "database_doing", "muted")
        self.found = label("", "database_found")
        self.advice = label("", "database_advice")
        self.go = button("Vérifier tout", "database_check_go", "primary")
        self.stop_button = button("Arrêter", "database_check_stop")
        self.mend = button(_MEND, "database_mend")
        column = column_in(self, Space.MEDIUM)
        column.addWidget(label("État", "database_check_title", "heading"))
        column.addWidget(label(_WHAT, "database_what", "muted"))
        for part in (self.state, self.last, self.progress, self.doing, self.found, self.advice):
            column.addWidget(part)
        column.addLayout(row(self.go, self.stop_button, self.mend, None))
        hidden = (self.progress, self.doing, self.found, self.advice, self.stop_button, self.mend)
        for widget in hidden:
            widget.hide()
        self.go.clicked.connect(self._on_go)
        self.stop_button.clicked.connect(self.stop)
        self.mend.clicked.connect(self._on_mend)
        self._aside.progressed.connect(self._on_progress)

    def show_state(self, found: "DatabaseState") -> None:
        """Show where the database is, the room it takes, and when it was checked."""
        sizes = (
            f"données {french.size(found.journal)}, preuves {french.size(found.evidence)}, "
            f"sauvegardes {french.size(found.backups)}, place libre {french.size(found.free)}"
        )
        say(self.state, f"{found.folder}\n{sizes[0].upper()}{sizes[1:]}.")
        if not found.checked:
            say(self.last, "Pas encore de vérification complète.")
        else:
            word = "tout était intact" if found.whole else "un défaut a été trouvé"
            tone = Tone.GOOD if found.whole else Tone.BAD
            say(self.last, f"Dernière vérification {french.when(found.checked)} : {word}.", tone)

    @Slot()
    def stop(self) -> None:
        """Stop the check that is under way."""
        self._aside.cancel()

    @Slot()
    def _on_go(self) -> None:
        self._run(True)
        self._writer.submit(_itself, done=self._on_session, failed=self._on_failed)

    def _on_session(self, session: "Session") -> None:
        self._aside.start(
            partial(_check, session),
            done=self._on_checked,
            failed=self._on_failed,
            cancelled=self._on_stopped,
        )

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, text: str) -> None:
        self.progress.setValue(1000 * done // max(1, total))
        say(self.doing, text)

    def _on_checked(self, report: "CheckReport") -> None:
        self._writer.submit(partial(_advise, report), done=self._on_advised, failed=self._on_failed)

    @Slot(object)
    def _on_advised(self, result: "tuple[CheckReport, Advice]") -> None:
        self._run(False)
        self.show_report(*result)
        self.checked.emit()

    def show_report(self, report: "CheckReport", advice: "Advice") -> None:
        """Show what a check found, and what to do about it."""
        self._report = report
        self.mend.setVisible(report.mendable)
        if report.whole:
            amount = french.count(report.journal.changes, "écriture relue", "écritures relues")
            say(self.found, f"Tout est intact : {amount} dans le journal.", Tone.GOOD)
            say(self.advice, "")
            return
        lines = [f"{finding.part.value} : {finding.sentence}" for finding in report.findings]
        say(self.found, "\n".join(lines), Tone.BAD)
        say(self.advice, "\n".join(_advised(report, advice)), Tone.MIDDLE)

    def _on_failed(self, error: KnownError) -> None:
        self._run(False)
        say(self.found, error.sentence, Tone.BAD)

    def _on_stopped(self) -> None:
        self._run(False)
        say(self.found, "La vérification est arrêtée ; rien n'a été modifié.", Tone.NEUTRAL)

    @Slot()
    def _on_mend(self) -> None:
        if self._report is None:
            return
        self._run(True)
        say(self.doing, "Réparation en cours…")
        self._aside.start_gesture(
            partial(_repair, self._report),
            done=self._on_mended,
            failed=self._on_failed,
            cancelled=self._on_mend_stopped,
        )

    def _on_mend_stopped(self) -> None:
        self._run(False)
        say(self.found, _MEND_STOPPED, Tone.NEUTRAL)

    def _on_mended(self, repaired: "Repaired") -> None:
        if repaired.done:
            self.said.emit(Said(sentence=" ".join(repaired.done)))
        self._on_checked(repaired.report)

    def _run(self, running: bool) -> None:
        focused = self.go.hasFocus() or self.stop_button.hasFocus() or self.mend.hasFocus()
        self.go.setEnabled(not running)
        self.mend.setEnabled(not running)
        for part in (self.progress, self.stop_button):
            part.setVisible(running)
        if running:
            self.progress.setValue(0)
            for said in (self.found, self.advice):
                say(said, "")
        else:
            say(self.doing, "")
        if focused:
            (self.stop_button if running else self.go).setFocus()


def _advised(report: "CheckReport", advice: "Advice") -> list[str]:
    lines = [_MENDABLE] if report.mendable else []
    if not advice.damaged:
        return lines
    lines += ["Ce qui ne se répare pas :", *(f"– {line}" for line in advice.damaged)]
    if advice.copy is None:
        return [*lines, _NO_COPY]
    made = french.when(advice.copy.info.at)
    return [
        *lines,
        f"La copie la plus récente qui est intacte a été faite {made}. La restaurer :",
        lost(advice.copy),
    ]
