"""A scroll area whose content is as high as its width needs, and no higher."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QSizePolicy


class ScrolledArea(QScrollArea):
    """Qt gives a content the height its texts would need at their narrowest, and scrolls over a blank.

    A content whose height follows its width is asked for that height only; any other keeps its least one.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again at the content before Qt measures it."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        content = self.widget()
        if content is None:
            return
        layout = content.layout()
        follows = layout is not None and layout.hasHeightForWidth()
        usual, free = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
        policy = content.sizePolicy()
        if policy.verticalPolicy() == (usual if follows else free):
            policy.setVerticalPolicy(free if follows else usual)
            content.setSizePolicy(policy)
