"""What an import of codes would do, before anything is done: new, changed, refused, each row."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.app.rules import CodesPreview
from ivaudit.domain.found_codes import FoundCode
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import button, column_in, label, row, say
from ivaudit.ui.table import Column, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of the preview."""

    what: str
    rule: str
    code: str
    said: str


_COLUMNS = (
    Column(title="Action", text=lambda line: line.what),
    Column(title="Où", text=lambda line: line.rule),
    Column(title="Code", text=lambda line: line.code),
    Column(title="Détail", text=lambda line: bound(line.said), stretch=True),
)


class CodesPreviewView(QWidget):
    """Shows a preview; `accepted(preview)` to keep the codes, `given_up()` to keep nothing."""

    accepted = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("codes_preview")
        self._preview = CodesPreview()
        self.title = label("Aperçu de l'import", "codes_preview_title", "heading")
        self.note = label("", "codes_preview_note")
        self.lines = Table("codes_preview_lines", "Ce que l'import changerait", _COLUMNS)
        self.accept = button("Enregistrer les codes", "codes_accept", "primary")
        self.give_up = button("Ne rien enregistrer", "codes_give_up", "quiet")
        column = column_in(self)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(self.lines, 1)
        column.addLayout(row(self.accept, self.give_up, None))
        self.accept.clicked.connect(self._on_accept)
        self.give_up.clicked.connect(self.given_up)

    def show_preview(self, preview: CodesPreview, name: str) -> None:
        """Show what a file would change; nothing is done yet."""
        self._preview = preview
        self.lines.values.show_values([*_lines(preview)])
        amount = len(preview.changes)
        tone = Tone.MIDDLE if preview.problems else Tone.NEUTRAL
        say(self.note, f"{name} : {_counts(preview)} Rien n'est encore enregistré.", tone)
        self.accept.setVisible(bool(amount))
        words = french.count(amount, "code", "codes")
        self.accept.setText(f"Enregistrer {words}")
        self.accept.setAccessibleName(self.accept.text())
        self.give_up.setText("Ne rien enregistrer" if amount else "Fermer l'aperçu")
        self.give_up.setAccessibleName(self.give_up.text())
        self.lines.choose()

    def take_focus(self) -> None:
        """Give the keys to what is to be decided."""
        (self.give_up if self.accept.isHidden() else self.accept).setFocus()

    @Slot()
    def _on_accept(self) -> None:
        self.accepted.emit(self._preview)


def _counts(preview: CodesPreview) -> str:
    parts = (
        french.count(len(preview.new), "code nouveau", "codes nouveaux"),
        french.count(len(preview.changed), "changé", "changés"),
        french.count(len(preview.problems), "problème", "problèmes") if preview.problems else "",
        french.count(len(preview.older), "plus ancien, laissé de côté", "plus anciens, laissés de côté")
        if preview.older
        else "",
        f"{french.number(preview.same)} déjà connus" if preview.same else "",
    )
    return f"{', '.join(filter(None, parts))}."


def _lines(preview: CodesPreview) -> Iterator[_Line]:
    for problem in preview.problems:
        yield _Line(what="Refusé", rule=problem.place, code="", said=problem.message)
    for change in preview.changes:
        code, former = change.code, change.former
        what = "Nouveau" if former is None else "Changé"
        instead = f" Remplace {former.code}, {_who(former)}." if former is not None else ""
        yield _Line(what=what, rule=code.rule, code=_code(code), said=f"Relevé par {_who(code)}.{instead}")
    for code in preview.older:
        said = f"Relevé par {_who(code)} : un code plus récent est connu."
        yield _Line(what="Laissé de côté", rule=code.rule, code=_code(code), said=said)


def _code(code: FoundCode) -> str:
    return f"{code.code}, v{code.edition}"


def _who(code: FoundCode) -> str:
    return f"{code.verified_by} le {french.long_date(code.date)}"
