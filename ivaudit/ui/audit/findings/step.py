"""*Constats et actions*: what is concluded from the answers, and what is agreed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ivaudit.app import actions, findings
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.actions import Action
from ivaudit.domain.audit import Changes
from ivaudit.domain.findings import Finding, Grade, ProposedFinding, Urgency
from ivaudit.ui import french, theme
from ivaudit.ui.actions.editor import ActionEditor
from ivaudit.ui.actions.plan_bar import PlanBar
from ivaudit.ui.audit.findings.editor import FindingEditor
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.controls import button, column_in, label, row, say, scrolling
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

_EMPTY = "Aucun constat. Les réponses en proposent : choisissez ceux à reprendre, ou écrivez le vôtre."
_TO_WRITE = "À décrire."
_LINE = 44
"""The height of one line of a list, in logical pixels."""
_BESIDE = 800
"""The least width, in logical pixels, at which what is written stands beside the lists."""
Read = tuple[tuple[Finding, ...], tuple[ProposedFinding, ...], tuple[Action, ...]]


class Findings(QWidget):
    """The findings and the actions of the audit. `criterion_wanted(id)` goes to a point of the grid."""

    criterion_wanted = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findings")
        self.setAccessibleName("Constats et actions")
        self._audit = audit
        self._wanted = self._fresh = ""
        self.new = button("Nouveau constat", "finding_new")
        self.strength = button("Nouveau point fort", "finding_strength", "quiet")
        self.take = button("Reprendre", "finding_take", "primary", "Reprendre le constat proposé")
        self.take_all = button(
            "Tout reprendre", "finding_take_all", "quiet", "Reprendre tous les constats proposés"
        )
        self.count = label("", "finding_count", "strong")
        self.proposed_title = label("", "finding_proposed_title", "strong")
        self.list = Table("finding_list", "Constats de l'audit", _FINDINGS)
        self.proposed = Table(
            "finding_proposed", "Constats proposés par les réponses", self._proposed_columns()
        )
        self.agreed = Table("finding_actions", "Actions de l'audit", _ACTIONS)
        self.editor = FindingEditor()
        self.action_editor = ActionEditor()
        self.actions_title = label("", "finding_actions_title", "strong")
        self.plan = PlanBar("finding", audit.writer, lambda: self.agreed.values.rows)
        self.plan.take.hide()
        self.stack = QStackedWidget()
        self.stack.setObjectName("finding_stack")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = QWidget()
        lists = column_in(left, spacing=Space.SMALL)
        lists.addLayout(row(self.new, self.strength, None))
        lists.addWidget(self.count)
        lists.addWidget(self.list, 3)
        lists.addWidget(self.proposed_title)
        lists.addLayout(row(self.take, self.take_all, None))
        lists.addWidget(self.proposed, 2)
        lists.addWidget(self.actions_title)
        lists.addWidget(self.agreed, 2)
        lists.addWidget(self.plan)
        self.stack.addWidget(scrolling(self.editor, "finding_scroll", "Constat"))
        self.stack.addWidget(scrolling(self.action_editor, "action_scroll", "Action"))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("finding_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(Space.SMALL)
        self.split.addWidget(scrolling(left, "finding_lists", "Constats, propositions et actions"))
        self.split.addWidget(self.stack)
        self.split.setSizes([640, 480])
        column_in(self).addWidget(self.split)
        self._fit()
        theme.notice().changed.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        """Show some lines of each list, whatever the height of the window: the lists scroll together."""
        for table, lines in ((self.list, 5), (self.proposed, 3), (self.agreed, 3)):
            table.setMinimumHeight(theme.current().px(lines * _LINE))
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.current().px(_BESIDE)
        side = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if side != self.split.orientation():
            self.split.setOrientation(side)
            self.split.setSizes([480, 520] if narrow else [640, 480])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what is written under the lists where there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def _connect(self) -> None:
        self.new.clicked.connect(self._on_new)
        self.strength.clicked.connect(self._on_strength)
        self.take.clicked.connect(self._on_take)
        self.take_all.clicked.connect(self._on_take_all)
        self.proposed.opened.connect(self._on_proposed_opened)
        self.list.current_value.connect(self._on_current)
        self.list.opened.connect(self._on_opened)
        self.agreed.current_value.connect(self._on_current_action)
        self.agreed.opened.connect(self._on_action_opened)
        self.editor.edited.connect(self._on_edited)
        self.editor.urgency_changed.connect(self._on_urgency)
        self.editor.drafted.connect(self._on_drafted)
        self.editor.written.connect(self._on_written)
        self.editor.cleared.connect(self._audit.clear)
        self.editor.removed.connect(self._on_removed)
        self.editor.action_wanted.connect(self._on_action_wanted)
        self.editor.point_wanted.connect(self.criterion_wanted)
        self.action_editor.changed.connect(self._on_action_changed)
        self.action_editor.removed.connect(self._on_action_removed)
        self._audit.entities_changed.connect(self._on_entities)

    def _proposed_columns(self) -> tuple[Column, ...]:
        return (
            Column(title="Gravité", text=lambda each: each.grade.value.capitalize()),
            Column(title="Point", text=lambda each: self._number_of(each.criterion)),
            Column(title="Constat proposé", text=lambda each: each.text, stretch=True),
        )

    def enter(self) -> None:
        """Be shown."""
        self._offer()
        self.plan.read_tables()
        self._read()

    def _offer(self) -> None:
        """Give the editor the points and the subjects of the audit."""
        audit, rows = self._audit, self._audit.rows
        points = {each.key: f"{each.point.number}  {each.criterion.question}" for each in rows}
        subjects = [(each.id, each.label) for each in audit.subjects]
        self.editor.day = audit.loaded.sheet.audit.date
        self.editor.points.offer(points, subjects, current=audit.loaded.position)

    def reveal(self, finding: str) -> None:
        """Go to a finding, once read."""
        self._wanted = finding
        self._read()
        self.stack.setCurrentIndex(0)

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.editor.settle()
        self.action_editor.settle()

    # -- reading

    def _read(self) -> None:
        audit = self._audit.audit_id
        self._audit.writer.submit(lambda session: _read(session, audit), done=self._on_read)

    @Slot(object)
    def _on_read(self, read: Read) -> None:
        found, proposed, agreed = read
        now, action = self._wanted or _id(self.list.value()), _id(self.agreed.value())
        self.list.values.show_values(found)
        self.proposed.values.show_values(proposed)
        self.agreed.values.show_values(agreed)
        self._choose(self.list, now)
        if action:
            self._choose(self.agreed, self._wanted or action)
        self._wanted = ""
        for widget in (self.proposed, self.take, self.take_all):
            widget.setVisible(bool(proposed))
        self.list.setVisible(bool(found))
        self.agreed.setVisible(bool(agreed))
        self.plan.setVisible(bool(agreed))
        self.plan.show_amount(len(agreed))
        say(self.count, french.count(len(found), "constat", "constats") if found else _EMPTY)
        waiting = french.count(len(proposed), "constat proposé", "constats proposés")
        say(self.proposed_title, f"{waiting} par les réponses" if proposed else "")
        say(self.actions_title, french.count(len(agreed), "action", "actions") if agreed else "")
        self._on_current(self.list.value())
        if self.stack.currentIndex() == 1:
            self._on_current_action(self.agreed.value())
        if self._fresh and self._fresh == _id(self.list.value()):
            self._fresh = ""
            self.editor.text.editor.setFocus()
            self.editor.text.editor.selectAll()

    @staticmethod
    def _choose(table: Table, key: str) -> None:
        ids = [each.id for each in table.values.rows]
        table.choose(ids.index(key) if key in ids else 0)

    def _number_of(self, criterion: str) -> str:
        found = self._audit.row(criterion)
        return found.point.number if found is not None else ""

    @Slot(object)
    def _on_entities(self, entities: frozenset[str]) -> None:
        if self.isVisible() and any(name.startswith(("finding:", "action:")) for name in entities):
            self._read()

    @Slot(object)
    def _on_current(self, finding: Finding | None) -> None:
        self.editor.show_finding(finding)
        if self.list.hasFocus():
            self.stack.setCurrentIndex(0)

    @Slot(object)
    def _on_current_action(self, action: Action | None) -> None:
        self.action_editor.show_action(action)
        if self.agreed.hasFocus():
            self.stack.setCurrentIndex(1)

    @Slot(object)
    def _on_opened(self, _finding: Finding) -> None:
        self.stack.setCurrentIndex(0)
        self.editor.text.editor.setFocus()

    @Slot(object)
    def _on_action_opened(self, _action: Action) -> None:
        self.stack.setCurrentIndex(1)
        self.action_editor.texts["what"].setFocus()

    # -- gestures on findings

    @Slot()
    def _on_new(self) -> None:
        self._create(_TO_WRITE, Grade.GAP)

    @Slot()
    def _on_strength(self) -> None:
        self._create("Point fort à décrire.", Grade.STRENGTH)

    def _create(self, text: str, grade: Grade) -> None:
        audit = self._audit.audit_id
        self._audit.do(lambda session: findings.create(session, audit, text, grade), self._on_created)

    @Slot(object)
    def _on_created(self, result: tuple[Changes, str]) -> None:
        self._wanted = self._fresh = result[1]
        self.stack.setCurrentIndex(0)
        self._read()

    @Slot()
    def _on_take(self) -> None:
        each = self.proposed.value() or next(iter(self.proposed.values.rows), None)
        if each is not None:
            self._on_proposed_opened(each)

    @Slot()
    def _on_take_all(self) -> None:
        audit, taken = self._audit.audit_id, tuple(self.proposed.values.rows)
        self._audit.do(lambda session: findings.take(session, audit, taken))

    @Slot(object)
    def _on_proposed_opened(self, each: ProposedFinding) -> None:
        audit = self._audit.audit_id
        self._audit.do(lambda session: findings.take(session, audit, (each,)))

    @Slot(object)
    def _on_edited(self, fields: dict[str, object]) -> None:
        audit, key = self._audit.audit_id, _id(self.editor.finding)
        self._audit.do(lambda session: findings.edit(session, audit, key, **fields))  # type: ignore[arg-type]

    @Slot(object)
    def _on_urgency(self, urgency: Urgency | None) -> None:
        audit, key = self._audit.audit_id, _id(self.editor.finding)
        self._audit.do(lambda session: findings.urgent(session, audit, key, urgency))

    @Slot(str, str)
    def _on_drafted(self, field: str, text: str) -> None:
        audit, key = self._audit.audit_id, _id(self.editor.finding)
        self._audit.writer.submit(lambda session: findings.draft(session, audit, key, field, text))

    @Slot(str, str)
    def _on_written(self, field: str, text: str) -> None:
        audit, key = self._audit.audit_id, _id(self.editor.finding)
        self._audit.do(lambda session: findings.write(session, audit, key, field, text))

    @Slot()
    def _on_removed(self) -> None:
        audit, key = self._audit.audit_id, _id(self.editor.finding)
        self._audit.do(lambda session: findings.remove(session, audit, key))

    # -- gestures on actions

    @Slot()
    def _on_action_wanted(self) -> None:
        finding = self.editor.finding
        if finding is None:
            return
        sheet = self._audit.loaded.sheet
        audit, facility = sheet.audit.id, sheet.facility.id
        what = finding.recommendation or _TO_WRITE
        key, criteria = finding.id, finding.criteria
        self._audit.do(
            lambda session: actions.create(
                session, facility, what, audit=audit, finding=key, criteria=criteria
            ),
            self._on_action_created,
        )

    @Slot(object)
    def _on_action_created(self, result: tuple[Changes, str]) -> None:
        self.stack.setCurrentIndex(1)
        self._wanted = ""
        audit = self._audit.audit_id
        self._audit.writer.submit(lambda session: _read(session, audit), done=self._on_read)
        key = result[1]
        self._audit.writer.submit(lambda session: actions.get(session, key), done=self._on_action_read)

    @Slot(object)
    def _on_action_read(self, action: Action) -> None:
        self._choose(self.agreed, action.id)
        self.action_editor.show_action(action)
        self.stack.setCurrentIndex(1)
        if action.what == _TO_WRITE:
            self.action_editor.texts["what"].setFocus()
            self.action_editor.texts["what"].selectAll()
        else:
            self.action_editor.lines["due"].setFocus()

    @Slot(str, str)
    def _on_action_changed(self, field: str, text: str) -> None:
        if self.action_editor.action is not None:
            key = self.action_editor.action.id
            self._audit.do(lambda session: actions.edit(session, key, **{field: text}))

    @Slot()
    def _on_action_removed(self) -> None:
        if self.action_editor.action is not None:
            key = self.action_editor.action.id
            self._audit.do(lambda session: actions.remove(session, key))
            self.stack.setCurrentIndex(0)


def _read(session: Session, audit: str) -> Read:
    return (
        findings.of_audit(session, audit),
        findings.proposed(session, audit),
        actions.of_audit(session, audit),
    )


def _id(value: Finding | Action | None) -> str:
    return value.id if value is not None else ""


def _standing(action: Action) -> str:
    standing = action.standing(clock.today())
    day = french.short_date(action.due) if action.due else "sans échéance"
    return f"{day} — en retard" if standing == "en retard" else day


_FINDINGS = (
    Column(
        title="Gravité",
        text=lambda f: f"{f.grade.value.capitalize()}{' — sans attendre' if f.urgency else ''}",
    ),
    Column(title="Constat", text=lambda f: f.text, stretch=True),
    Column(title="Cause", text=lambda f: (f.cause or "—").capitalize(), spare=True),
)
_ACTIONS = (
    Column(title="Action", text=lambda a: a.what, stretch=True),
    Column(title="Portée par", text=lambda a: a.owner or a.owner_kind.value, spare=True),
    Column(title="Échéance", text=_standing, key=lambda a: a.due or "9999"),
    Column(title="État", text=lambda a: a.state.value.capitalize()),
)
