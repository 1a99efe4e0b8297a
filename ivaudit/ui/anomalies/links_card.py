"""What an entry is linked to: what it was born of, what it gave birth to, look-alikes, audit, action."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton

from ivaudit.domain.anomalies import Entry, EntryKind, EntryLine
from ivaudit.ui.anomalies.columns import Words
from ivaudit.ui.anomalies.fitted_table import FittedTable
from ivaudit.ui.anomalies.reading import Seen
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import button, called, column_in, label, say
from ivaudit.ui.table import Column
from ivaudit.ui.theme import Space

_BIRTHS = {
    EntryKind.ANOMALY: (EntryKind.EVENT,),
    EntryKind.EVENT: (EntryKind.ANOMALY,),
    EntryKind.BATCH: (EntryKind.ANOMALY, EntryKind.EVENT),
}
"""What an entry may give birth to: a batch gives a sheet to what deserves one."""
_BORN = {EntryKind.ANOMALY: "En faire naître une anomalie", EntryKind.EVENT: "En faire naître un événement"}
_NONE = "Aucune autre saisie n'est liée à celle-ci, et aucune ne lui ressemble."


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another entry, and why it is here; `tied` when the link was made by hand, and may be undone."""

    line: EntryLine
    why: str
    tied: bool = False
    alike: bool = False


class LinksCard(QFrame):
    """Links of one entry.

    `opened(id)`, `tied(id)`, `untied(id)` of another entry; `birth_wanted(EntryKind)`; `audit_wanted(id)`,
    `action_wanted(id)`, `action_asked()` for a new one.
    """

    opened = Signal(str)
    tied = Signal(str)
    untied = Signal(str)
    birth_wanted = Signal(object)
    audit_wanted = Signal(str)
    action_wanted = Signal(str)
    action_asked = Signal()

    def __init__(self, words: Words, audits: Mapping[str, str]) -> None:
        super().__init__()
        called(self, "links_card", "Liens")
        self.setProperty("card", True)
        self._audits = audits
        self._entry: Entry | None = None
        columns = (
            Column(title="Lien", text=lambda link: bound(link.why)),
            Column(title="N°", text=lambda link: link.line.number),
            Column(title="Type", text=lambda link: bound(words.type(link.line)), stretch=True),
            Column(title="État", text=lambda link: bound(words.state(link.line)), spare=True),
        )
        self.list = FittedTable("links_list", "Saisies liées ou semblables : Entrée ouvre", columns)
        self.none = label(_NONE, "links_none", "muted")
        self.tie = button("Lier", "links_tie", "", "Lier la saisie semblable choisie")
        self.untie = button("Délier", "links_untie", "quiet", "Délier la saisie choisie")
        self.births = {kind: button(_BORN[kind], f"links_birth_{kind.name.lower()}") for kind in _BORN}
        self.audit = button("Ouvrir l'audit", "links_audit", "quiet")
        self.action = button("Ouvrir l'action", "links_action", "quiet")
        self.new_action = button("Créer une action", "links_new_action")
        self.audit_words = label("", "links_audit_words", "muted")
        self.action_words = label("", "links_action_words", "muted")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.tie.setToolTip("Dire que les deux saisies parlent de la même chose ; le lien se lit des deux")
        self.untie.setToolTip("Ne plus lier ces deux saisies")
        column = column_in(self, Space.MEDIUM, Space.SMALL)
        column.addWidget(label("Liens", "links_title", "heading"))
        column.addWidget(self.none)
        column.addWidget(self.list)
        tools = called(Flow(spacing=Space.TINY), "links_tools", "Liens")
        for part in (self.tie, self.untie, *self.births.values()):
            tools.add(part)
        column.addWidget(tools)
        column.addWidget(self.audit_words)
        column.addWidget(self.action_words)
        more = called(Flow(spacing=Space.TINY), "links_more", "Audit et action")
        for part in (self.audit, self.action, self.new_action):
            more.add(part)
        column.addWidget(more)

    def _connect(self) -> None:
        self.list.opened.connect(self._on_opened)
        self.list.current_value.connect(self._on_current)
        self.tie.clicked.connect(self._on_tie)
        self.untie.clicked.connect(self._on_untie)
        for made in self.births.values():
            made.clicked.connect(self._on_birth)
        self.audit.clicked.connect(self._on_audit)
        self.action.clicked.connect(self._on_action)
        self.new_action.clicked.connect(self.action_asked)

    def show_seen(self, seen: Seen) -> None:
        """Show the links of an entry."""
        entry = self._entry = seen.entry
        links = _links(seen)
        at = self.list.currentIndex().row()
        self.list.show_rows(links, at)
        self.none.setVisible(not links)
        for kind, made in self.births.items():
            made.setVisible(kind in _BIRTHS[entry.kind])
        self._on_current(self.list.value())
        self.audit.setVisible(bool(entry.audit))
        self.action.setVisible(bool(seen.action))
        self.new_action.setVisible(bool(entry.facility) and not seen.action)
        audit = self._audits.get(entry.audit, "")
        say(self.audit_words, bound(f"Relevée lors de : {audit}") if audit else "")
        say(self.action_words, bound(f"A mené à l'action : {seen.action}") if seen.action else "")

    @Slot(object)
    def _on_current(self, link: Link | None) -> None:
        self.tie.setVisible(link is not None and link.alike)
        self.untie.setVisible(link is not None and link.tied)

    @Slot(object)
    def _on_opened(self, link: Link) -> None:
        self.opened.emit(link.line.id)

    @Slot()
    def _on_tie(self) -> None:
        link = self.list.value()
        if link is not None:
            self.tied.emit(link.line.id)

    @Slot()
    def _on_untie(self) -> None:
        link = self.list.value()
        if link is not None:
            self.untied.emit(link.line.id)

    @Slot()
    def _on_birth(self) -> None:
        made = self.sender()
        kind = next((kind for kind, each in self.births.items() if each is made), None)
        if kind is not None and isinstance(made, QPushButton):
            self.birth_wanted.emit(kind)

    @Slot()
    def _on_audit(self) -> None:
        if self._entry is not None:
            self.audit_wanted.emit(self._entry.audit)

    @Slot()
    def _on_action(self) -> None:
        if self._entry is not None:
            self.action_wanted.emit(self._entry.action)


def _links(seen: Seen) -> list[Link]:
    """Return what is linked, then what only looks alike."""
    linked = seen.linked
    found = [Link(line=linked.parent, why="née de")] if linked.parent is not None else []
    found += [Link(line=each, why="a fait naître") for each in linked.children]
    found += [Link(line=each, why="liée", tied=True) for each in linked.related]
    known = {each.line.id for each in found}
    for line, resemblance in seen.similar:
        if line.id not in known:
            why = ", ".join(each.value for each in resemblance.reasons)
            found.append(Link(line=line, why=f"ressemble : {why}", alike=True))
    return found
