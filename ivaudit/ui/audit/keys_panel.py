"""The keys of the grid, on request, beside the work: it takes neither the focus nor the window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from ivaudit.ui import theme
from ivaudit.ui.controls import button, called, column_in, label, row, scrolling
from ivaudit.ui.theme import Space

_WIDE = 440

KEYS = (
    ("1 … 6", "répondre : rangée des chiffres (sans Maj) ou pavé numérique"),
    ("0", "retirer la réponse"),
    ("↑  ↓", "point précédent, point suivant"),
    ("Espace", "prochain point sans réponse"),
    ("N", "écrire le constat"),
    ("I", "écrire la note interne"),
    ("R", "à revoir"),
    ("P", "preuves du point : photo, PDF, document consulté"),
    ("H", "historique du point : qui a changé quoi, quand"),
    ("V", "reconfirmer une réponse reprise (avec Maj : toute la rubrique)"),
    ("D", "expliquer les mots soulignés du point"),
    ("L", "aller plus loin : fiches, observations, cas"),
    ("E", "entretien : qui parle, ses points, le carnet (Maj+E : fermer)"),
    ("A", "choisir ou cacher les audits précédents à côté du point"),
    ("S", "sans objet pour la section"),
    ("Ctrl+U  M", "choisir l'unité ou le sujet ; sujets côte à côte"),
    ("Échap", "revenir à la liste"),
    ("Ctrl+F", "rechercher"),
    ("Ctrl+Tab", "étape suivante : Synthèse, Rapport… (avec Maj : précédente)"),
    ("Ctrl+Z  Ctrl+Y", "annuler, rétablir"),
    ("F8", "mode entretien : l'écran peut être vu"),
    ("F9", "bilan à chaud en plein écran (Échap le quitte)"),
    ("F1", "montrer ou cacher ces touches"),
)


class KeysPanel(QFrame):
    """A card over the corner of what its keys act on, the grid unless told."""

    closed = Signal()

    def __init__(
        self,
        parent: QWidget,
        keys: Sequence[tuple[str, str]] = KEYS,
        about: str = "Touches de la grille",
        when: str = "Les lettres et les chiffres agissent quand la liste a le focus.",
    ) -> None:
        super().__init__(parent)
        called(self, "keys_panel", about)
        self.setProperty("card", True)
        self.setAutoFillBackground(True)
        column = column_in(self, Space.MEDIUM)
        close = button("Fermer (F1)", "keys_close", "quiet")
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.closed)
        column.addLayout(row(label("Touches", "keys_title", "heading", wrap=False), None, close))
        column.addWidget(label(when, "keys_when", "muted"))
        self._inside = QWidget()
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(Space.TINY)
        grid.setHorizontalSpacing(Space.MEDIUM)
        grid.setVerticalSpacing(Space.TINY)
        grid.setColumnStretch(1, 1)
        for at, (pressed, meaning) in enumerate(keys):
            cap = label(pressed, f"key_{at}", "strong", wrap=False)
            grid.addWidget(cap, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_meaning(meaning, at), at, 1)
        self._area = scrolling(self._inside, "keys_scroll", about)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column.addWidget(self._area, 1)
        self.hide()

    def settle_in(self) -> None:
        """Take the lower right corner, within the parent."""
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(max(self.sizeHint().width(), theme.current().px(460)), parent.width() - 2 * Space.SMALL)
        room = width - 2 * Space.MEDIUM - self._area.verticalScrollBar().sizeHint().width()
        above = self.heightForWidth(width) - self._area.sizeHint().height()
        whole = above + self._inside.heightForWidth(room) + Space.SMALL
        height = min(whole, parent.height() - 2 * Space.SMALL)
        self.setGeometry(
            parent.width() - width - Space.SMALL, parent.height() - height - Space.SMALL, width, height
        )


def _meaning(text: str, at: int) -> QLabel:
    made = label(text, f"key_meaning_{at}")
    policy = made.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)  # as high as its lines at this width, no more
    made.setSizePolicy(policy)
    return made
