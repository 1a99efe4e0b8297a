"""One structure of the follow-up: what the files say, the number it calls under, its qualified identities."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.insi import CHANNEL_WORDS, Channel, Usage
from ivaudit.domain.insi_follow_up import DeclaredRate
from ivaudit.domain.insi_follow_up import Line as FollowedLine
from ivaudit.domain.insi_table import french_month, said
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, Line, button, card, column_in, label, row, say
from ivaudit.ui.insi.words import figure, percent
from ivaudit.ui.theme import Space

_WHY_LINK = (
    "Quand les appels partent sous le numéro du siège, de l'entité juridique ou du GHT : la structure n'est "
    "alors pas à rappeler."
)
_OWN = "Autre définition…"


class StructureCard(QWidget):
    """Fields are handed over when they are left.

    `link_wanted(finess, target)`, an empty target takes the link away; `rate_wanted(DeclaredRate)`,
    `rate_unwanted(finess, month)`, `facility_wanted(finess)`.
    """

    link_wanted = Signal(str, str)
    rate_wanted = Signal(object)
    rate_unwanted = Signal(str, str)
    facility_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insi_card")
        self._line: FollowedLine | None = None
        self._month = ""
        self._definitions: tuple[str, ...] = ()
        self.name = label("", "insi_card_name", "heading")
        self.what = label("", "insi_card_what")
        self.users = label("", "insi_card_users", "muted")
        self.contact = label("", "insi_card_contact", "muted")
        self.open = button("Ouvrir la fiche de la structure", "insi_card_open", "quiet")
        self.target = Line("insi_card_target", "Appelle sous le FINESS")
        self.target.setPlaceholderText("9 caractères ; vide : sous le sien")
        self.link_note = label("", "insi_card_link_note", "small")
        self.qualified = Line("insi_card_qualified", "Identités qualifiées")
        self.active = Line("insi_card_active", "File active")
        self.rate = Line("insi_card_rate", "Taux, à défaut de nombres")
        self.day = Line("insi_card_day", "Jour du relevé")
        self.day.setPlaceholderText("JJ/MM/AAAA")
        self.definition = Combo("insi_card_definition", "Définition de la file active")
        self.definition.setMinimumContentsLength(16)
        self.own = Line("insi_card_own", "Définition de la file active, en clair")
        self.rate_note = label("", "insi_card_rate_note", "small")
        self.drop = button("Retirer ce taux", "insi_card_drop", "quiet")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = column_in(self, spacing=Space.SMALL)
        for part in (self.name, self.what, self.users, self.contact):
            column.addWidget(part)
        column.addLayout(row(self.open, None))
        self._link, inner = card("insi_card_link")
        inner.addWidget(label("Appelle sous un autre FINESS", "insi_card_link_title", "heading"))
        inner.addWidget(label(bound(_WHY_LINK), "insi_card_link_why", "small"))
        inner.addWidget(self.target)
        inner.addWidget(self.link_note)
        column.addWidget(self._link)
        self._rate, inner = card("insi_card_declared")
        self.rate_title = label("", "insi_card_rate_title", "heading")
        inner.addWidget(self.rate_title)
        for field in (self.qualified, self.active, self.rate, self.day):
            inner.addWidget(label(field.accessibleName(), f"{field.objectName()}_label", "small"))
            inner.addWidget(field)
        inner.addWidget(label("La file active compte :", "insi_card_definition_label", "small"))
        inner.addWidget(self.definition)
        inner.addWidget(self.own)
        inner.addWidget(self.rate_note)
        inner.addLayout(row(self.drop, None))
        column.addWidget(self._rate)
        column.addStretch(1)

    def _connect(self) -> None:
        self.target.editingFinished.connect(self._on_target_left)
        for field in (self.qualified, self.active, self.rate, self.day, self.own):
            field.editingFinished.connect(self._on_rate_left)
        self.definition.activated.connect(self._on_definition)
        self.drop.clicked.connect(self._on_drop)
        self.open.clicked.connect(self._on_open)

    def first_focus(self) -> QWidget:
        """Return the first field."""
        return self.target

    def set_definitions(self, proposed: tuple[str, ...]) -> None:
        """Know the ways to define the *file active* that are proposed."""
        if self._definitions == proposed:
            return
        self._definitions = proposed
        self.definition.clear()
        self.definition.addItem("Non précisée", "")
        for each in proposed:
            self.definition.addItem(each, each)
        self.definition.addItem(_OWN, None)

    def settle(self) -> None:
        """Hand over what is typed and not left yet."""
        for field, leave in ((self.target, self._on_target_left), (self.own, self._on_rate_left)):
            if field.isModified():
                leave()
        if any(each.isModified() for each in (self.qualified, self.active, self.rate, self.day)):
            self._on_rate_left()

    def show_line(self, line: FollowedLine | None, month: str) -> None:
        """Show a structure; what is being typed about another is handed over first."""
        if self._line is not None and (line is None or line.finess != self._line.finess):
            self.settle()
        self._line, self._month = line, month
        self.setVisible(line is not None)
        if line is None:
            return
        say(self.name, line.name or f"FINESS {line.finess}")
        say(self.what, bound(_described(line)))
        say(self.users, bound(_users(line)))
        self._show_link(line)
        self._show_rate(line.rate)

    def show_contact(self, phone: str, *, known: bool) -> None:
        """Show how to reach the structure, where its form says it."""
        nothing = "" if not known else "Pas de téléphone dans sa fiche."
        say(self.contact, f"Contact : {phone}" if phone else nothing)
        self.open.setVisible(known)

    def _show_link(self, line: FollowedLine) -> None:
        self.target.setText(line.via)
        many = french.count(
            line.covers, "structure du périmètre appelle", "structures du périmètre appellent"
        )
        covers = f"{many} sous ce FINESS." if line.covers else ""
        say(self.link_note, covers, Tone.NEUTRAL)

    def _show_rate(self, rate: DeclaredRate | None) -> None:
        say(self.rate_title, f"Identités qualifiées déclarées pour {french_month(self._month)}")
        here = rate if rate is not None and rate.month == self._month else None
        self.qualified.setText(_plain(here.qualified if here else None))
        self.active.setText(_plain(here.active if here else None))
        by_hand = here is not None and here.qualified is None
        self.rate.setText(percent(here.share).removesuffix("%").strip() if here and by_hand else "")
        self.day.setText(french.short_date(here.date) if here and here.date else "")
        definition = here.definition if here is not None else ""
        at = self.definition.findData(definition)
        self.definition.setCurrentIndex(at if at >= 0 else self.definition.count() - 1)
        self.own.setText("" if at >= 0 else definition)
        self.own.setVisible(at < 0)
        self.drop.setVisible(here is not None)
        say(self.rate_note, bound(_latest(rate, here)), Tone.NEUTRAL)

    # -- gestures

    @Slot()
    def _on_target_left(self) -> None:
        line, target = self._line, self.target.text().strip()
        self.target.setModified(False)
        if line is not None and target != line.via:
            self.link_wanted.emit(line.finess, target)

    @Slot(int)
    def _on_definition(self, _at: int) -> None:
        own = self.definition.currentData() is None
        self.own.setVisible(own)
        if own:
            self.own.setFocus()
        else:
            self._on_rate_left()

    @Slot()
    def _on_rate_left(self) -> None:
        """Hand the rate over once it is whole; say what is missing otherwise."""
        for field in (self.qualified, self.active, self.rate, self.day, self.own):
            field.setModified(False)
        read = self._read()
        if isinstance(read, str):
            say(self.rate_note, bound(read), Tone.WAITING)
            return
        now = self._line.rate if self._line is not None else None
        if read is not None and read != now:
            self.rate_wanted.emit(read)

    def _read(self) -> DeclaredRate | str | None:
        """Return the rate that is typed, a sentence where it is not whole, nothing where nothing is typed."""
        line = self._line
        numbers = [_whole(field.text()) for field in (self.qualified, self.active)]
        share = _permille(self.rate.text())
        day = french.typed_date(self.day.text()) if self.day.text().strip() else ""
        if line is None or not any(
            field.text().strip() for field in (self.qualified, self.active, self.rate)
        ):
            return None
        if -1 in numbers or share == -1:
            return "Des nombres entiers, ou un taux comme 87,5, sont attendus : pas encore enregistré."
        if day is None:
            return "Le jour du relevé s'écrit JJ/MM/AAAA : pas encore enregistré."
        if share is None and None in numbers:
            return "Il faut les identités qualifiées et la file active, ou le taux : pas encore enregistré."
        whole = None not in numbers
        return DeclaredRate(
            finess=line.finess,
            month=self._month,
            qualified=numbers[0] if whole else None,
            active=numbers[1] if whole else None,
            permille=None if whole else share,
            date=day,
            definition=str(self.definition.currentData() or self.own.text().strip()),
        )

    @Slot()
    def _on_drop(self) -> None:
        if self._line is not None:
            self.rate_unwanted.emit(self._line.finess, self._month)

    @Slot()
    def _on_open(self) -> None:
        if self._line is not None:
            self.facility_wanted.emit(self._line.finess)


def _described(line: FollowedLine) -> str:
    where = " · ".join(part for part in (line.finess, line.department, line.category) if part)
    inside = "" if line.inside else " (hors du périmètre)"
    calls = f"{figure(line.calls)} sollicitations : {figure(line.retrievals)} récupérations, "
    calls += f"{figure(line.checks)} vérifications." if line.usages else ""
    last = f"Dernier mois avec appel : {french_month(line.last)}." if line.last else ""
    parts = (where + inside, f"{said(line).capitalize()}.", calls if line.usages else "", last)
    return "\n".join(part for part in parts if part)


def _users(line: FollowedLine) -> str:
    by: tuple[tuple[Channel, Usage | None], ...] = (
        (Channel.CERTIFICATE, line.by_certificate),
        (Channel.CARD, line.by_card),
    )
    told = [f"{figure(usage.users)} {CHANNEL_WORDS[channel]}" for channel, usage in by if usage is not None]
    return f"Utilisateurs uniques (jamais additionnés) : {', '.join(told)}" if told else ""


def _latest(rate: DeclaredRate | None, here: DeclaredRate | None) -> str:
    if rate is None:
        return "Aucun taux déclaré jusqu'à ce mois."
    when = "" if here is not None else f" (déclaré pour {french_month(rate.month)})"
    return f"Taux : {percent(rate.share)}{when}"


def _plain(value: int | None) -> str:
    return "" if value is None else str(value)


def _whole(text: str) -> int | None:
    """Return a whole number, nothing where it is empty, -1 where it is none."""
    plain = "".join(text.split())
    if not plain:
        return None
    return int(plain) if plain.isdecimal() else -1


def _permille(text: str) -> int | None:
    """Return a rate in thousandths, nothing where it is empty, -1 where it is none."""
    plain = "".join(text.split()).removesuffix("%").replace(",", ".")
    if not plain:
        return None
    try:
        value = round(float(plain) * 10)
    except (ValueError, OverflowError):
        return -1
    return value if 0 <= value <= 1000 else -1  # noqa: PLR2004 - thousandths
