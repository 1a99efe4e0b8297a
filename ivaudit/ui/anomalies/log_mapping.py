"""A foreign log before it is compared: what each column is taken for, what is dropped, unknown words."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.log_fields import LogWords
from ivaudit.domain.log_intake import ColumnPlan, LogMapping, StrangeWord
from ivaudit.domain.log_read import LogRead
from ivaudit.domain.log_table import LogField
from ivaudit.domain.log_titles import plain_title
from ivaudit.domain.tone import Tone
from ivaudit.domain.wording import folded
from ivaudit.ui import import_preview
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, button, called, label, say
from ivaudit.ui.french import count
from ivaudit.ui.table import Column, Table

_LEAVE = "Laisser de côté"
_NEVER = "Cette colonne désigne quelqu'un : elle n'est jamais reprise."
_LEAST = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a column may be taken for, each with its name, and the words of the fields."""

    targets: tuple[tuple[str, str], ...]
    words: LogWords


class LogMappingView(QWidget):
    """`left()` goes back, `accepted(LogMapping, bool)` goes on, the flag telling whether anything changed."""

    left = Signal()
    accepted = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        called(self, "log_mapping", "Ce que dit chaque colonne")
        self._read: LogRead | None = None
        self._choices: Choices | None = None
        self._names: dict[str, str] = {}
        self._targets: dict[str, str] = {}
        self._words: dict[str, dict[str, str]] = {}
        self._before: LogMapping | None = None
        self.title = label("", "log_mapping_title", "heading")
        self.counts = label("", "log_mapping_counts", "muted")
        self.dropped = label("", "log_mapping_dropped")
        self.view = Combo("log_mapping_view", "Ce qui est montré")
        self.columns = Table("log_columns", "Colonnes du fichier", self._of_columns(), flat=True)
        self.strange = Table("log_words", "Mots inconnus", self._of_words(), flat=True)
        self.target = Combo("log_target", "Repris comme")
        self.said = label("", "log_mapping_said", "muted")
        self.go = button("Voir ce qui serait repris", "log_mapping_go", "primary")
        self.back = button("Renoncer", "log_mapping_back", "quiet")
        self.result = label("", "log_mapping_result")
        self.stack = import_preview.lay_out(
            self,
            "log_mapping",
            head=(self.title, self.back),
            above=(self.counts, self.dropped, self.view),
            tables=(self.columns, self.strange),
            least=_LEAST,
            below=((self.said, 0), (self.target, 0)),
            tools=(self.go,),
            result=self.result,
        )
        self.back.clicked.connect(self.left)
        self.go.clicked.connect(self._on_go)
        self.view.activated.connect(self._on_view)
        self.columns.current_value.connect(self._on_column)
        self.strange.current_value.connect(self._on_word)
        self.target.activated.connect(self._on_target)
        import_preview.leave_by_escape(self, self.left.emit)

    def _of_columns(self) -> tuple[Column, ...]:
        return (
            Column(title="Titre", text=lambda each: each.title[:40] or "(sans titre)"),
            Column(title="Repris comme", text=self._taken),
            Column(title="Exemples", text=lambda each: bound(" · ".join(each.samples)) or "—", stretch=True),
            Column(title="Remplies", text=lambda each: str(each.filled), spare=True),
        )

    def _of_words(self) -> tuple[Column, ...]:
        return (
            Column(title="Mot", text=lambda each: each.word, stretch=True),
            Column(title="Rubrique", text=self._field),
            Column(title="Veut dire", text=self._meaning),
            Column(title="Fois", text=lambda each: str(each.count), spare=True),
        )

    def show_read(self, read: LogRead, name: str, choices: Choices, mapping: LogMapping) -> None:
        """Show a log as it was understood.

        Args:
            read: the log.
            name: of the file.
            choices: what columns may be taken for.
            mapping: what is remembered of its titles and words.
        """
        self._read, self._choices, self._names = read, choices, dict(choices.targets)
        self._targets = {
            plain_title(each.title): each.target for each in read.look.columns if not each.nominative
        }
        self._words = {field: dict(words) for field, words in mapping.words.items()}
        self._before = self._mapping()
        self.title.setText(f"Journal « {name} »")
        self.title.setAccessibleName(self.title.text())
        self.columns.values.show_values(read.look.columns)
        self.strange.values.show_values(read.strange)
        self.view.clear()
        self.view.addItem(f"Colonnes ({len(read.look.columns)})")
        self.view.addItem(f"Mots inconnus ({len(read.strange)})")
        self.view.setVisible(bool(read.strange))
        say(self.counts, self._counted(read))
        say(self.dropped, _dropped(read), Tone.MIDDLE)
        say(self.result, "")
        self._on_view(0)
        self.columns.choose(0)
        self.columns.setFocus(Qt.FocusReason.OtherFocusReason)

    def _counted(self, read: LogRead) -> str:
        parts = [count(len(read.rows), "ligne lue", "lignes lues"), f"titres en ligne {read.look.head}"]
        parts += [count(read.skipped, "ligne sans contenu", "lignes sans contenu")] if read.skipped else []
        parts += [count(len(read.strange), "mot inconnu", "mots inconnus")] if read.strange else []
        masked = count(
            read.masked, "texte repris avec un passage masqué", "textes repris avec un passage masqué"
        )
        return " · ".join([*parts, masked] if read.masked else parts)

    def _mapping(self) -> LogMapping:
        name = self._read.name if self._read is not None else ""
        words = {field: dict(found) for field, found in self._words.items() if found}
        return LogMapping(name=name, targets=dict(self._targets), words=words)

    # -- what is said of a row

    def _taken(self, each: ColumnPlan) -> str:
        if each.nominative:
            return f"Jamais reprise : {each.nominative}"
        target = self._targets.get(plain_title(each.title), each.target)
        return self._names.get(target, target) or _LEAVE

    def _field(self, each: StrangeWord) -> str:
        known = self._choices.words.by_field.get(LogField(each.field)) if self._choices else None
        return known.title if known else each.field

    def _meaning(self, each: StrangeWord) -> str:
        value = self._words.get(each.field, {}).get(folded(each.word), "")
        return self._value(each, value) if value else "—"

    def _value(self, each: StrangeWord, value: str) -> str:
        known = self._choices.words.by_field.get(LogField(each.field)) if self._choices else None
        return known.labels.get(value, value) if known else value

    # -- gestures

    @Slot(int)
    def _on_view(self, at: int) -> None:
        self.stack.setCurrentWidget(self.strange if at else self.columns)
        if at:
            self.strange.choose(0)
            self._on_word(self.strange.value())
        else:
            self._on_column(self.columns.value())

    @Slot(object)
    def _on_column(self, each: ColumnPlan | None) -> None:
        self.target.clear()
        closed = each is None or bool(each.nominative)
        self.target.setEnabled(not closed)
        if each is None or self._choices is None:
            return
        say(self.said, _NEVER if closed else bound(f"« {each.title} » est repris comme :"))
        if closed:
            return
        self.target.addItem(_LEAVE, "")
        for target, name in self._choices.targets:
            self.target.addItem(name, target)
        now = self._targets.get(plain_title(each.title), each.target)
        self.target.setCurrentIndex(max(0, self.target.findData(now)))

    @Slot(object)
    def _on_word(self, each: StrangeWord | None) -> None:
        self.target.clear()
        self.target.setEnabled(each is not None)
        if each is None or self._choices is None:
            return
        near = f" (proche : {self._value(each, each.proposal)})" if each.proposal else ""
        say(self.said, bound(f"« {each.word} » veut dire{near} :"))
        self.target.addItem("Rien de connu : laisser vide", "")
        known = self._choices.words.by_field[LogField(each.field)]
        for choice in known.choices:
            self.target.addItem(choice.label, choice.value)
        now = self._words.get(each.field, {}).get(folded(each.word), "")
        self.target.setCurrentIndex(max(0, self.target.findData(now)))

    @Slot(int)
    def _on_target(self, _at: int) -> None:
        value = str(self.target.currentData() or "")
        if self.stack.currentWidget() is self.strange:
            word = self.strange.value()
            if word is not None:
                kept = self._words.setdefault(word.field, {})
                kept.pop(folded(word.word), None)
                kept.update({folded(word.word): value} if value else {})
            import_preview.repaint_rows(self.strange)
            return
        column = self.columns.value()
        if column is not None:
            self._targets[plain_title(column.title)] = value
        import_preview.repaint_rows(self.columns)

    @Slot()
    def _on_go(self) -> None:
        mapping = self._mapping()
        self.accepted.emit(mapping, mapping != self._before)


def _dropped(read: LogRead) -> str:
    look = read.look
    if not look.dropped:
        return ""
    titles = ", ".join(f"« {each.title} »" for each in look.dropped)
    cells = count(look.dropped_cells, "case remplie", "cases remplies")
    return bound(
        f"{count(len(look.dropped), 'colonne nominative laissée', 'colonnes nominatives laissées')} hors "
        f"d'ivaudit : {titles} ({cells})."
    )
