"""The month by department and by category: what the perimeter amounts to, no structure named."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.insi_follow_up import FollowUp, Group
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, column_in, label, say
from ivaudit.ui.insi.words import figure
from ivaudit.ui.table import Column, Table

_NO_PERIMETER = (
    "Sans périmètre, il n'y a rien à compter ici : définissez les structures attendues dans « Périmètre »."
)


class GroupsView(QWidget):
    """A table of departments, or of categories."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insi_groups")
        self._follow: FollowUp | None = None
        self.by = Combo("insi_groups_by", "Regrouper")
        self.by.addItems(["Par département", "Par catégorie"])
        self.table = Table("insi_groups_table", "Départements ou catégories", _COLUMNS)
        self.empty = label(bound(_NO_PERIMETER), "insi_groups_empty", "muted")
        column = column_in(self)
        for part in (self.by, self.empty):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.by.activated.connect(self._show)

    def show_follow_up(self, follow: FollowUp | None) -> None:
        """Show the groups of a month."""
        self._follow = follow
        self._show()

    @Slot()
    def _show(self) -> None:
        follow = self._follow
        groups = (
            () if follow is None else (follow.categories if self.by.currentIndex() else follow.departments)
        )
        self.table.values.show_values(groups)
        for part in (self.by, self.table):
            part.setVisible(bool(groups))
        say(self.empty, "" if groups else bound(_NO_PERIMETER))


def _share(group: Group) -> float:
    return (group.called + group.via) / group.expected if group.expected else 0.0


def _called(group: Group) -> str:
    via = f" + {group.via} sous un autre FINESS" if group.via else ""
    return f"{group.called}{via} sur {group.expected}"


def _count(field: str) -> Column:
    titles = {
        "silent": "Sans appel",
        "never": "Jamais vues",
        "unsure": "On ne sait pas",
        "retrievals": "Récupération",
        "checks": "Vérification",
    }
    return Column(
        title=titles[field],
        text=lambda group: figure(getattr(group, field)),
        key=lambda group: getattr(group, field),
        right=True,
        spare=True,
    )


_COLUMNS = (
    Column(title="Groupe", text=lambda group: group.label or "non précisé", stretch=True),
    Column(title="Ont appelé", text=_called, key=_share, share=_share),
    *map(_count, ("silent", "never", "unsure", "retrievals", "checks")),
)
