"""Looking at a picture before it is kept: what must not be seen is masked here, for good."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Line, button, called, card, column_in, label, row, say, scrolling
from ivaudit.ui.evidence.incoming import Incoming
from ivaudit.ui.evidence.mask_view import MaskView
from ivaudit.ui.french import count, short_date, today, typed_date
from ivaudit.ui.theme import Space

_HELP = (
    "Masquez tout nom, visage, étiquette ou écran lisible avant d'enregistrer : ce qui est noir ici "
    "n'existera plus. Souris : tracez un rectangle. Clavier : flèches (Maj : plus fin), Espace pose un coin "
    "puis l'autre, Retour arrière retire le dernier."
)
_BAD_DATE = "La date s'écrit comme 21/11/2026."
_NO_TITLE = "Donnez un titre à ce document."
_DECLARE = (
    "Sinon, seules les images des pages sont gardées. En cochant, vous déclarez que ce fichier ne contient "
    "aucune donnée nominative : votre nom et la date y restent attachés."
)


class Review(QWidget):
    """One foreign file, to keep or not (`kept(Incoming, values)`, `given_up()`); or what is kept already."""

    kept = Signal(object, object)
    given_up = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "photo_review", "Relire et masquer")
        self._incoming: Incoming | None = None
        self.busy = False
        self._pages: tuple[QImage, ...] = ()
        self._page = 0
        self.title = label("", "review_title", "heading")
        self.help = label(_HELP, "review_help", "muted")
        self.view = MaskView("review_picture", "Image à masquer")
        self.before = button("Page précédente", "review_before", "quiet")
        self.after = button("Page suivante", "review_after", "quiet")
        self.page = label("", "review_page", "muted", wrap=False)
        self.undo = button("Retirer le dernier rectangle", "review_undo")
        self.masks = label("", "review_masks", "muted", wrap=False)
        self.name = Line("review_name", "Titre du document")
        self.name.setPlaceholderText("Titre du document")
        self.caption = Line("review_caption", "Légende")
        self.caption.setPlaceholderText("Légende : ce que l'image montre, sans identité")
        self.date = Line("review_date", "Date")
        self.original = called(QCheckBox("Garder le fichier d'origine"), "review_original", _DECLARE)
        self.declare = label(_DECLARE, "review_declare", "small")
        self.problem = label("", "review_problem")
        self.keep = button("Enregistrer", "review_keep", "primary")
        self.cancel = button("Ne pas garder", "review_cancel")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        frame, outer = card("review_card")
        outer.setContentsMargins(1, 1, 1, 1)
        inside = QWidget()
        column = column_in(inside, Space.SMALL)
        column.addWidget(self.title)
        column.addWidget(self.help)
        column.addWidget(self.view, 1)
        bar = Flow()
        for part in (self.before, self.page, self.after, self.undo, self.masks):
            bar.add(part)
        column.addWidget(bar)
        fields = row(self.name, self.caption, self.date)
        for at, share in enumerate((3, 5, 2)):
            fields.setStretch(at, share)
        column.addLayout(fields)
        column.addWidget(self.original)
        column.addWidget(self.declare)
        column.addWidget(self.problem)
        buttons = Flow()
        for part in (self.keep, self.cancel):
            buttons.add(part)
        column.addWidget(buttons)
        # On a low window it scrolls: the window itself must never grow.
        outer.addWidget(scrolling(inside, "review_scroll", "Relire et masquer"))
        column_in(self).addWidget(frame)

    def _connect(self) -> None:
        self.view.changed.connect(self._on_masks)
        self.undo.clicked.connect(self.view.take_off_last)
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.keep.clicked.connect(self._on_keep)
        self.cancel.clicked.connect(self._on_cancel)
        for line in (self.name, self.caption, self.date):
            line.returnPressed.connect(self._on_keep)

    @property
    def waiting(self) -> bool:
        """Tell whether a file waits to be kept or not."""
        return self._incoming is not None

    # -- showing

    def show_incoming(self, incoming: Incoming, rank: str = "") -> None:
        """Show a file that came in."""
        self._incoming = incoming
        what = "Fichier" if incoming.pdf else "Photographie"
        say(self.title, f"{what} à enregistrer{rank}")
        for part in (self.help, self.undo, self.masks, self.caption, self.date, self.keep):
            part.show()
        self.name.setVisible(incoming.pdf)
        self.original.setVisible(incoming.pdf)
        self.declare.setVisible(incoming.pdf)
        self.original.setChecked(False)
        self.name.clear()
        self.caption.clear()
        self.date.setText(short_date(today()))
        self.cancel.setText("Ne pas garder")
        say(self.problem, "")
        self.set_busy("")
        self._show_pages(incoming.shown)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_kept(self, title: str, pages: tuple[QImage, ...]) -> None:
        """Show what is kept, to be looked at only."""
        self._incoming = None
        say(self.title, title)
        for part in (self.help, self.undo, self.masks, self.caption, self.date, self.keep, self.name):
            part.hide()
        self.original.hide()
        self.declare.hide()
        say(self.problem, "")
        self.cancel.setText("Fermer")
        self.cancel.setEnabled(True)
        self._show_pages(pages)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pages(self, pages: tuple[QImage, ...]) -> None:
        self._pages, self._page = pages, 0
        several = len(pages) > 1
        for part in (self.before, self.after, self.page):
            part.setVisible(several)
        self._show_page()

    def _show_page(self) -> None:
        picture = self._pages[self._page]
        incoming = self._incoming
        given = picture.size()
        masks = None
        if incoming is not None:
            given = QSize(*incoming.pages[self._page].given)
            masks = incoming.masks.get(self._page)
        self.view.show_picture(picture, given, masks, editable=incoming is not None)
        say(self.page, f"Page {self._page + 1} sur {len(self._pages)}")
        self.page.setVisible(len(self._pages) > 1)
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page < len(self._pages) - 1)
        self._show_masks()

    def _show_masks(self) -> None:
        if self._incoming is None:
            return
        many = sum(len(each) for each in self._incoming.masks.values())
        say(self.masks, count(many, "rectangle", "rectangles"))
        self.undo.setEnabled(bool(self.view.masks) or self.view.under_way)
        declared = self._incoming.pdf and not many
        self.original.setEnabled(declared)
        if not declared:
            self.original.setChecked(False)

    def set_busy(self, said: str) -> None:
        """Say what is being done, and wait for it."""
        self.busy = bool(said)
        self.keep.setEnabled(not said)
        self.cancel.setEnabled(not said)
        self.view.setEnabled(not said)
        if said:
            say(self.problem, said, Tone.WAITING)

    def say_problem(self, sentence: str) -> None:
        """Say why it was not kept."""
        self.set_busy("")
        say(self.problem, sentence, Tone.BAD)

    # -- gestures

    @Slot()
    def _on_masks(self) -> None:
        if self._incoming is not None:
            self._incoming.masks[self._page] = self.view.masks
            self._show_masks()

    @Slot()
    def _on_before(self) -> None:
        self._page = max(0, self._page - 1)
        self._show_page()

    @Slot()
    def _on_after(self) -> None:
        self._page = min(len(self._pages) - 1, self._page + 1)
        self._show_page()

    @Slot()
    def _on_keep(self) -> None:
        if self._incoming is None or not self.keep.isEnabled():
            return
        day = typed_date(self.date.text())
        title = self.name.text().strip()
        if day is None:
            say(self.problem, _BAD_DATE, Tone.MIDDLE)
            self.date.setFocus()
            return
        if self._incoming.pdf and not title:
            say(self.problem, _NO_TITLE, Tone.MIDDLE)
            self.name.setFocus()
            return
        values = {
            "title": title,
            "caption": self.caption.text().strip(),
            "date": day,
            "original": "oui" if self.original.isChecked() else "",
        }
        self.kept.emit(self._incoming, values)

    def forget(self) -> None:
        """Let go of the file, once it is kept."""
        self._incoming = None
        self.set_busy("")

    @Slot()
    def _on_cancel(self) -> None:
        if self._incoming is None:
            self.closed.emit()
        else:
            self._incoming = None
            self.given_up.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Échap, unless rectangles were drawn: only the button throws those away."""
        drawn = self._incoming is not None and self._incoming.masked
        if event.key() == Qt.Key.Key_Escape and not drawn and self.cancel.isEnabled():
            self._on_cancel()
        else:
            super().keyPressEvent(event)
