"""Who received the wrong identity, when they were told, when they confirmed."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame

from ivaudit.domain.anomalies import Entry, EntryKind, Told
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.anomalies.fitted_table import FittedTable
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, Line, button, called, column_in, label, row, say
from ivaudit.ui.table import Column
from ivaudit.ui.theme import Space

_NONE = "Personne n'est noté comme ayant reçu l'identité erronée."
_HELP = "Entrée note l'étape suivante de la ligne : prévenu, puis confirmé."
_BAD_DAY = "La date s'écrit comme 21/11/2026."


class ToldCard(QFrame):
    """The table of one entry. `informed(recipient, day)`, `confirmed(recipient, day)`."""

    informed = Signal(str, str)
    confirmed = Signal(str, str)

    def __init__(self, terms: RegisterTerms) -> None:
        super().__init__()
        called(self, "told_card", "Destinataires à prévenir")
        self.setProperty("card", True)
        self._terms = terms
        columns = (
            Column(title="Destinataire", text=self._recipient, stretch=True),
            Column(title="Prévenu le", text=lambda told: _day(told.informed)),
            Column(title="Confirmé le", text=lambda told: _day(told.confirmed)),
            Column(title="Remarque", text=lambda told: told.remark, spare=True),
        )
        self.list = FittedTable("told_list", "Destinataires de l'identité erronée", columns)
        self.none = label(_NONE, "told_none", "muted")
        self.help = label(_HELP, "told_help", "muted")
        self.recipient = Combo("told_recipient", "Destinataire à ajouter")
        self.day = Line("told_day", "Jour")
        self.day.setPlaceholderText("jj/mm/aaaa, aujourd'hui si vide")
        self.inform = button("Prévenu", "told_inform", "", "Noter que ce destinataire est prévenu")
        self.confirm = button("Confirmé", "told_confirm", "", "Noter que le destinataire choisi a confirmé")
        self.problem = label("", "told_problem")
        self._lay_out()
        self.list.opened.connect(self._on_opened)
        self.list.current_value.connect(self._on_current)
        self.inform.clicked.connect(self._on_inform)
        self.confirm.clicked.connect(self._on_confirm)

    def _lay_out(self) -> None:
        column = column_in(self, Space.MEDIUM, Space.SMALL)
        column.addWidget(label("Destinataires à prévenir", "told_title", "heading"))
        for part in (self.none, self.list, self.help):
            column.addWidget(part)
        line = row(self.recipient, self.day)
        line.setStretch(0, 1)
        column.addLayout(line)
        column.addLayout(row(self.inform, self.confirm, None))
        column.addWidget(self.problem)
        say(self.problem, "")

    def show_entry(self, entry: Entry) -> None:
        """Show who is noted; nobody in a batch, which only counts."""
        self.setVisible(entry.kind is not EntryKind.BATCH)
        at = self.list.currentIndex().row()
        self.list.show_rows(entry.propagation, at)
        many = len(entry.propagation)
        self.help.setVisible(bool(many))
        self.none.setVisible(not many)
        self._fill()
        self._on_current(self.list.value())
        say(self.problem, "")

    def _fill(self) -> None:
        if not self.recipient.count():
            for each in self._terms.recipients:
                self.recipient.addItem(each.label, each.id)

    def _recipient(self, told: Told) -> str:
        return bound(self._terms.label("recipients", told.recipient))

    @Slot(object)
    def _on_current(self, told: Told | None) -> None:
        self.confirm.setEnabled(told is not None and bool(told.informed) and not told.confirmed)
        at = self.recipient.findData(told.recipient) if told is not None else -1
        if at >= 0:
            self.recipient.setCurrentIndex(at)

    @Slot(object)
    def _on_opened(self, told: Told) -> None:
        if not told.informed:
            self._tell(self.informed, told.recipient)
        elif not told.confirmed:
            self._tell(self.confirmed, told.recipient)

    @Slot()
    def _on_inform(self) -> None:
        self._tell(self.informed, str(self.recipient.currentData()))

    @Slot()
    def _on_confirm(self) -> None:
        told = self.list.value()
        if told is not None:
            self._tell(self.confirmed, told.recipient)

    def _tell(self, signal: object, recipient: str) -> None:
        typed = self.day.text().strip()
        day = french.typed_date(typed) if typed else french.today()
        if day is None:
            say(self.problem, _BAD_DAY, Tone.BAD)
            self.day.setFocus()
            return
        self.day.clear()
        signal.emit(recipient, day)  # type: ignore[attr-defined]


def _day(iso: str) -> str:
    return french.short_date(iso) if iso else "—"
