"""One structure of the follow-up: what the files say, the number it calls under, its qualified identities."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.insi import CHANNEL_WORDS, Channel, Usage
from ivaudit.domain.insi_follow_up import DeclaredRate
from ivaudit.domain.insi_follow_up import Line as FollowedLine
from ivaudit.domain.insi_table import said
from ivaudit.domain.months import said as month_said
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, Line, button, card, column_in, label, row, say
from ivaudit.ui.insi.being_typed import Place, Texts, Typing
from ivaudit.ui.insi.words import figure, percent
from ivaudit.ui.theme import Space

_WHY_LINK = (
    "Quand les appels partent sous le numéro du siège, de l'entité juridique ou du GHT : la structure n'est "
    "alors pas à rappeler."
)
_OWN = "Autre définition…"
_TYPED = "Saisi, pas encore enregistré : Entrée l'enregistre."
LINK, RATE = frozenset({"target"}), frozenset({"qualified", "active", "rate", "day", "definition"})
"""Fields that are recorded together."""


class StructureCard(QWidget):
    """Fields are handed over when they are left; until they are recorded, `typing` has them as a draft.

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
        self._recorded: Texts = {}
        self.typing = Typing(self)
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
        for field in (self.target, self.qualified, self.active, self.rate, self.day, self.own):
            field.textEdited.connect(self._on_edited)
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
        self.typing.flush()

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
        here = line.rate if line.rate is not None and line.rate.month == month else None
        self._recorded = {"target": line.via, **_declared(here)}
        self._show_texts({**self._recorded, **self.typing.at(self._place)})
        self._show_link(line)
        self._show_rate(line.rate, here)

    def show_contact(self, phone: str, *, known: bool) -> None:
        """Show how to reach the structure, where its form says it."""
        nothing = "" if not known else "Pas de téléphone dans sa fiche."
        say(self.contact, f"Contact : {phone}" if phone else nothing)
        self.open.setVisible(known)

    def _show_link(self, line: FollowedLine) -> None:
        many = french.count(
            line.covers, "structure du périmètre appelle", "structures du périmètre appellent"
        )
        covers = f"{many} sous ce FINESS." if line.covers else ""
        waits = _TYPED if self._waiting(LINK) else ""
        say(self.link_note, bound(f"{waits} {covers}".strip()), Tone.WAITING if waits else Tone.NEUTRAL)

    def _show_rate(self, rate: DeclaredRate | None, here: DeclaredRate | None) -> None:
        say(self.rate_title, f"Identités qualifiées déclarées pour {month_said(self._month)}")
        self.drop.setVisible(here is not None)
        if self._waiting(RATE):
            read = self._read()
            say(self.rate_note, bound(read if isinstance(read, str) else _TYPED), Tone.WAITING)
        else:
            say(self.rate_note, bound(_latest(rate, here)), Tone.NEUTRAL)

    # -- texts

    @property
    def _place(self) -> Place:
        return (self._line.finess if self._line is not None else "", self._month)

    @property
    def _lines(self) -> dict[str, Line]:
        return {
            "target": self.target,
            "qualified": self.qualified,
            "active": self.active,
            "rate": self.rate,
            "day": self.day,
        }

    def _texts(self) -> Texts:
        """Return what the fields hold, by field."""
        chosen = self.definition.currentData()
        definition = self.own.text() if chosen is None else str(chosen)
        return {**{key: field.text() for key, field in self._lines.items()}, "definition": definition}

    def _show_texts(self, texts: Texts) -> None:
        """Show texts; a field that holds its own already is left alone, with its cursor."""
        for key, field in self._lines.items():
            if field.text() != texts[key]:
                field.setText(texts[key])
        definition = texts["definition"]
        if definition == self._texts()["definition"]:
            self.own.setVisible(self.definition.currentData() is None)
            return
        at = self.definition.findData(definition)
        self.definition.setCurrentIndex(at if at >= 0 else self.definition.count() - 1)
        self.own.setText("" if at >= 0 else definition)
        self.own.setVisible(at < 0)

    def _waiting(self, fields: frozenset[str]) -> bool:
        return not fields.isdisjoint(self.typing.at(self._place))

    @Slot()
    def _on_edited(self) -> None:
        differing = {key: text for key, text in self._texts().items() if text != self._recorded[key]}
        self.typing.put(self._place, differing)

    # -- gestures

    @Slot()
    def _on_target_left(self) -> None:
        line, target = self._line, self.target.text().strip()
        self.target.setModified(False)
        if line is not None and target != line.via:
            self.link_wanted.emit(line.finess, target)

    @Slot(int)
    def _on_definition(self, _at: int) -> None:
        self._on_edited()
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
    last = f"Dernier mois avec appel : {month_said(line.last)}." if line.last else ""
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
    when = "" if here is not None else f" (déclaré pour {month_said(rate.month)})"
    return f"Taux : {percent(rate.share)}{when}"


def _declared(rate: DeclaredRate | None) -> Texts:
    """Return a rate as its fields hold it."""
    by_hand = rate is not None and rate.qualified is None
    return {
        "qualified": _plain(rate.qualified if rate else None),
        "active": _plain(rate.active if rate else None),
        "rate": percent(rate.share).removesuffix("%").strip() if rate and by_hand else "",
        "day": french.short_date(rate.date) if rate and rate.date else "",
        "definition": rate.definition if rate else "",
    }


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
