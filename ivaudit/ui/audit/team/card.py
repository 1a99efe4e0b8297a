"""*Préparation*: the passphrase of the team, its files on a stick, and what it has to settle together."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from ivaudit.app import bundle_export, bundle_opening, bundle_plans, merges, teams
from ivaudit.domain.audit import Changes
from ivaudit.domain.bundle import SUFFIX
from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import button, called, column_in, label, row, say
from ivaudit.ui.exchange import out_bar
from ivaudit.ui.french import count
from ivaudit.ui.job_bar import JobBar
from ivaudit.ui.start.passphrase_line import PassphraseLine
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from ivaudit.app.bundle_export import Plan
    from ivaudit.app.session import Session

_HELP = (
    "À plusieurs, convenez d'une phrase avant de partir : les fichiers de cet audit s'ouvriront seuls chez "
    "qui la connaît. Exportez sur une clé, l'autre importe ; ce que vous avez chacun changé est réuni."
)
_NO_PHRASE = "Aucune phrase d'équipe n'est convenue pour cet audit."
_SETTLE = "Voir désaccords et consensus…"
_PHRASE = "Une phrase d'équipe est convenue sur ce poste pour cet audit."


class TeamState(NamedTuple):
    """What the card says: whether a passphrase is kept, where files go, what is to be settled."""

    agreed: bool
    stick: Path | None
    disagreements: int
    device: str


def _read(audit: str, session: "Session") -> TeamState:
    return TeamState(
        teams.of_audit(session, audit) is not None,
        teams.stick(session),
        len(merges.disagreements(session, audit)),
        session.workspace.device[:6],
    )


def _agree(audit: str, phrase: str, session: "Session") -> None:
    teams.agree(session, audit, phrase)


def _plan(audit: str, folder: Path, session: "Session") -> "tuple[Plan, Path]":
    plan = bundle_plans.of_audits(session, [audit], bundle_export.lock(session, audit))
    teams.remember_stick(session, folder)
    target = folder / bundle_plans.file_name(plan)
    bundle_export.check_target(target)
    return plan, target


def _listed(folder: Path, mine: str, _session: "Session") -> tuple[Path, ...]:
    return bundle_opening.in_folder(folder, newest_first=True, but=mine)


def _remember(folder: Path, session: "Session") -> None:
    teams.remember_stick(session, folder)


class TeamCard(QFrame):
    """`read_wanted(list of Path)` to look at files, `merge_wanted()` for the disagreements.

    `part_wanted()` to choose what of the audit is sent.
    """

    read_wanted = Signal(object)
    merge_wanted = Signal()
    part_wanted = Signal()

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "team", "Travail en équipe")
        self.setProperty("card", True)
        self._audit = audit
        self._state = TeamState(False, None, 0, "")
        self._reading = False
        self.state = label("", "team_state", "strong")
        self.phrase = PassphraseLine("team_phrase", "Phrase d'équipe")
        self.propose = button("Proposer une phrase", "team_propose", "quiet")
        self.agree = button("Garder cette phrase", "team_agree")
        self.message = label("", "team_message")
        self.where = label("", "team_where", "muted")
        self.export = button("Exporter vers la clé", "team_export", "primary")
        self.take = button("Importer depuis la clé", "team_import")
        self.part = button("Envoyer une partie…", "team_part")
        self.part.setToolTip("Choisir des sections, des unités ou des interlocuteurs, et le destinataire")
        self.change = button("Changer de dossier…", "team_folder", "quiet")
        self.bar = JobBar("team_job")
        self.merge = button(_SETTLE, "team_merge")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = column_in(self, Space.MEDIUM, Space.SMALL)
        column.addWidget(label("Travail en équipe", "team_title", "heading"))
        column.addWidget(label(bound(_HELP), "team_help", "muted"))
        column.addWidget(self.state)
        caption = label("Phrase d'équipe (quatre mots au moins)", "team_phrase_label", "strong")
        caption.setBuddy(self.phrase.line)
        column.addWidget(caption)
        column.addWidget(self.phrase)
        column.addLayout(row(self.agree, self.propose, None))
        column.addWidget(self.message)
        say(self.message, "")
        column.addWidget(self.where)
        tools = called(Flow(), "team_tools", "Échanger cet audit")
        for tool in (self.export, self.take, self.part, self.merge, self.change):
            tools.add(tool)
        column.addWidget(tools)
        column.addWidget(self.bar)

    def _connect(self) -> None:
        self.agree.clicked.connect(self._on_agree)
        self.phrase.entered.connect(self._on_agree)
        self.propose.clicked.connect(self._on_propose)
        self.export.clicked.connect(self._on_export)
        self.take.clicked.connect(self._on_take)
        self.part.clicked.connect(self.part_wanted)
        self.change.clicked.connect(self._on_change)
        self.merge.clicked.connect(self.merge_wanted)
        self.bar.busy.connect(self.export.setDisabled)
        self.bar.unexpected.connect(self._audit.writer.failed)
        self._audit.writer.changed.connect(self._on_changed)

    def enter(self) -> None:
        """Read again what the card says."""
        work = partial(_read, self._audit.audit_id)
        self._audit.writer.submit(work, done=self._on_state, failed=self._on_known)

    def settle(self) -> None:
        """Show no passphrase any more."""
        self.phrase.put("")
        self.phrase.show_text(False)

    @Slot(object)
    def _on_state(self, state: TeamState) -> None:
        self._state = state
        say(self.state, _PHRASE if state.agreed else _NO_PHRASE, Tone.GOOD if state.agreed else Tone.MIDDLE)
        where = f"Dossier d'échange : {state.stick}" if state.stick else "Le dossier sera demandé une fois."
        self.where.setText(where)
        several = count(state.disagreements, "désaccord", "désaccords")
        self.merge.setText(f"Trancher {several}…" if state.disagreements else _SETTLE)
        self.merge.setAccessibleName(self.merge.text())

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.workspace:
            self.enter()

    # -- the passphrase

    @Slot()
    def _on_propose(self) -> None:
        from ivaudit.app.passphrases import proposed_passphrase  # noqa: PLC0415 - rarely needed

        self.phrase.put(proposed_passphrase())
        self.phrase.show_text(True)
        say(self.message, "Notez-la et dites-la à votre équipe, puis gardez-la ici.", Tone.NEUTRAL)

    @Slot()
    def _on_agree(self) -> None:
        text = self.phrase.text()
        if text.strip():
            work = partial(_agree, self._audit.audit_id, text)
            self._audit.writer.submit(work, done=self._on_agreed, failed=self._on_known)

    @Slot(object)
    def _on_agreed(self, _nothing: object) -> None:
        self.settle()
        say(self.message, "Phrase gardée, chiffrée, sur ce poste.", Tone.GOOD)
        self.enter()

    # -- the stick

    @Slot()
    def _on_export(self) -> None:
        self._reading = False
        self._with_folder()

    @Slot()
    def _on_take(self) -> None:
        self._reading = True
        self._with_folder()

    @Slot()
    def _on_change(self) -> None:
        self.bar.ask_folder("Dans quel dossier échanger ?", self._on_folder_changed)

    def _with_folder(self) -> None:
        if self._state.stick is not None and self._state.stick.is_dir():
            self.use(self._state.stick)
        else:
            self.bar.ask_folder("Sur quelle clé, dans quel dossier ?", self.use)

    def _on_folder_changed(self, folder: Path) -> None:
        self._audit.writer.submit(partial(_remember, folder), done=self._on_remembered)

    @Slot(object)
    def _on_remembered(self, _nothing: object) -> None:
        self.enter()

    def use(self, folder: Path) -> None:
        """Export to a folder, or import from it, as asked."""
        self._state = self._state._replace(stick=folder)
        if self._reading:
            self._on_folder_changed(folder)
            self._read(folder)
        else:
            work = partial(_plan, self._audit.audit_id, folder)
            self._audit.writer.submit(work, done=self._on_planned, failed=self._on_known)

    def _read(self, folder: Path) -> None:
        """Look at the files of the others, the newest first."""
        work = partial(_listed, folder, f"_{self._state.device}{SUFFIX}")
        self._audit.writer.submit(work, done=self._on_listed, failed=self._on_known)

    @Slot(object)
    def _on_listed(self, found: tuple[Path, ...]) -> None:
        if found:
            self.read_wanted.emit(list(found))
        else:
            self.bar.say(
                "Il n'y a pas de fichier d'un autre membre de l'équipe dans ce dossier.", Tone.MIDDLE
            )

    @Slot(object)
    def _on_planned(self, made: "tuple[Plan, Path]") -> None:
        self.bar.start(partial(out_bar.write, *made), self._on_written)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self.bar.say(f"Exporté : {path.name}, dans {path.parent}", Tone.GOOD)
        self.enter()

    def _on_known(self, error: KnownError) -> None:
        say(self.message, error.sentence, Tone.BAD)
