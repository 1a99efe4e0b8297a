"""Pictures without a screen: the pages of a made-up workspace, light and dark."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ivaudit.ui import pictures
from ivaudit.ui.audit.header import TABS
from ivaudit.ui.desk import PAGES
from ivaudit.ui.library.tools import TOOLS


@pytest.mark.usefixtures("qapp")
def test_every_page_asked_for_is_taken_light_and_dark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_PAGES", {"home": "accueil"})
    monkeypatch.setattr(pictures, "_TABS", ())
    monkeypatch.setattr(pictures, "_TOOLS", {})
    written = pictures.write(tmp_path / "images")
    assert {path.name for path in written} == {
        f"{page}-{scheme}.png"
        for page in ("premier-demarrage", "deverrouillage", "accueil")
        for scheme in ("clair", "sombre")
    }
    light, dark = (QImage(str(tmp_path / "images" / f"accueil-{s}.png")) for s in ("clair", "sombre"))
    assert (light.width(), light.height()) == pictures.SIZE
    assert light.pixelColor(700, 600).lightness() > 200
    assert dark.pixelColor(700, 600).lightness() < 60


def test_every_page_step_and_tool_is_asked_for() -> None:
    assert set(pictures._PAGES) == set(PAGES)
    assert len(pictures._TABS) == len(TABS)
    assert set(pictures._TOOLS) == {tool.id for tool in TOOLS}
