"""Which files of this person are set aside, in a line; each problem in the tool tip."""

from PySide6.QtWidgets import QLabel

from ivaudit.domain.tone import Tone
from ivaudit.ui import french, tool_tips
from ivaudit.ui.controls import say

_MOST = 20


def tell_refused(target: QLabel, problems: tuple[str, ...]) -> None:
    """Say how many errors there are, and the first of them; nothing when there is none."""
    amount = french.count(len(problems), "erreur", "erreurs")
    say(target, f"{amount} dans vos fichiers : ils sont mis de côté." if problems else "", Tone.MIDDLE)
    more = len(problems) - _MOST
    listed = "\n".join((*problems[:_MOST], *([f"… et {more} autres"] if more > 0 else [])))
    target.setToolTip(tool_tips.plain(listed))
    target.setAccessibleDescription(listed)
