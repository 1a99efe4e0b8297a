"""A document of the register: what it is, of when, who showed it, where it stands. No file is kept."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.evidence import DocumentStatus, Evidence
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, Line, button, called, column_in, label, say
from ivaudit.ui.french import short_date, today, typed_date
from ivaudit.ui.theme import Space

_BAD_DATE = "La date s'écrit comme 21/11/2026."
_NO_TITLE = "Un document a besoin d'un titre."
_NO_TEXT = "Écrivez ce qui a été vu."


class DocumentForm(QFrame):
    """Fields and two buttons; `given(id, values)` — the id is empty for a new one — and `left()`."""

    given = Signal(str, object)
    left = Signal()

    def __init__(self, prefix: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, f"{prefix}_form", "Document")
        self._id = ""
        self._seen = False
        self.heading = label("", f"{prefix}_heading", "strong")
        self.title = Line(f"{prefix}_title", "Titre du document")
        self.title.setPlaceholderText("Charte, procédure, lettre de désignation, bilan…")
        self.reference = Line(f"{prefix}_reference", "Référence")
        self.version = Line(f"{prefix}_version", "Version")
        self.date = Line(f"{prefix}_date", "Date")
        self.date.setPlaceholderText("21/11/2026")
        self.shown_by = Line(f"{prefix}_shown_by", "Montré par (fonction)")
        self.shown_by.setPlaceholderText("Une fonction, jamais un nom")
        self.status = Combo(f"{prefix}_status", "État du document")
        for status in DocumentStatus:
            self.status.addItem(status.value.capitalize(), status.value)
        self.problem = label("", f"{prefix}_problem")
        self.keep = button("Inscrire", f"{prefix}_keep", "primary")
        self.cancel = button("Renoncer", f"{prefix}_cancel")
        self._lay_out(prefix)
        self.keep.clicked.connect(self._on_keep)
        self.cancel.clicked.connect(self.left)
        for line in (self.title, self.reference, self.version, self.date, self.shown_by):
            line.returnPressed.connect(self._on_keep)
        self.hide()

    def _lay_out(self, prefix: str) -> None:
        column = column_in(self, 0, Space.SMALL)
        column.addWidget(self.heading)
        self.fields = QFormLayout()
        self.fields.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.fields.setSpacing(Space.SMALL)
        for text, field in (
            ("Titre", self.title),
            ("Référence", self.reference),
            ("Version", self.version),
            ("Date", self.date),
            ("Montré par", self.shown_by),
            ("État", self.status),
        ):
            caption = label(text, f"{field.objectName()}_label", wrap=False)
            caption.setBuddy(field)
            self.fields.addRow(caption, field)
        column.addLayout(self.fields)
        column.addWidget(self.problem)
        buttons = Flow()
        buttons.add(self.keep)
        buttons.add(self.cancel)
        buttons.setObjectName(f"{prefix}_buttons")
        column.addWidget(buttons)

    def show_document(self, found: Evidence | None, status: DocumentStatus = DocumentStatus.SEEN) -> None:
        """Show a document to change, or the fields of a new one."""
        self._start(seen=False)
        self._id = found.id if found is not None else ""
        say(self.heading, "Modifier le document" if found is not None else "Document du registre")
        self.title.setText(found.title if found is not None else "")
        self.reference.setText(found.reference if found is not None else "")
        self.version.setText(found.version if found is not None else "")
        self.date.setText(short_date(found.date) if found is not None and found.date else "")
        self.shown_by.setText(found.shown_by if found is not None else "")
        self.status.setCurrentIndex(
            self.status.findData((found.status if found and found.status else status).value)
        )
        self.title.setFocus()

    def show_observation(self) -> None:
        """Ask for what was seen, and when."""
        self._start(seen=True)
        self._id = ""
        say(self.heading, "Observation datée")
        self.title.clear()
        self.date.setText(short_date(today()))
        self.title.setFocus()

    def _start(self, *, seen: bool) -> None:
        self._seen = seen
        for field in (self.reference, self.version, self.shown_by, self.status):
            self.fields.setRowVisible(field, not seen)
        self.title.setPlaceholderText(
            "Ce qui a été vu, sans identité" if seen else "Charte, procédure, lettre de désignation, bilan…"
        )
        say(self.problem, "")
        self.show()

    def come_back(self, error: KnownError) -> None:
        """Show again what could not be recorded, with why."""
        say(self.problem, error.sentence, Tone.BAD)
        self.show()
        self.title.setFocus()

    @Slot()
    def _on_keep(self) -> None:
        text, day = self.title.text().strip(), self.date.text().strip()
        typed = typed_date(day) if day else ""
        if not text:
            say(self.problem, _NO_TEXT if self._seen else _NO_TITLE, Tone.MIDDLE)
            self.title.setFocus()
            return
        if typed is None:
            say(self.problem, _BAD_DATE, Tone.MIDDLE)
            self.date.setFocus()
            return
        if self._seen:
            self.given.emit("", {"caption": text, "date": typed})
            return
        values = {
            "title": text,
            "reference": self.reference.text().strip(),
            "version": self.version.text().strip(),
            "date": typed,
            "shown_by": self.shown_by.text().strip(),
            "status": str(self.status.currentData()),
        }
        self.given.emit(self._id, values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
