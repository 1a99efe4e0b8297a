"""What the window must know before the workspace is open: its size, its text size, its scheme."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings

_THEMES: dict[str, bool | None] = {"système": None, "clair": False, "sombre": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """`text_scale` is a percentage; `theme` one of «système», «clair», «sombre»."""

    theme: str = "système"
    text_scale: int = 100
    geometry: bytes = b""

    @property
    def dark(self) -> bool | None:
        """Return the scheme chosen, or nothing to follow the system."""
        return _THEMES[self.theme]


def read() -> Preferences:
    """Return what was kept, or the defaults for what is absent or wrong."""
    kept = _kept()
    theme = str(kept.value("theme", "système"))
    scale = str(kept.value("text_scale", "100"))
    geometry = kept.value("geometry", QByteArray())
    return Preferences(
        theme=theme if theme in _THEMES else "système",
        text_scale=min(max(int(scale), 100), 200) if scale.isdecimal() else 100,
        geometry=bytes(geometry.data()) if isinstance(geometry, QByteArray) else b"",
    )


def keep(*, theme: str | None = None, text_scale: int | None = None, geometry: bytes | None = None) -> None:
    """Keep some of them for the next start."""
    kept = _kept()
    if theme is not None:
        kept.setValue("theme", theme)
    if text_scale is not None:
        kept.setValue("text_scale", text_scale)
    if geometry is not None:
        kept.setValue("geometry", QByteArray(geometry))


def _kept() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "ivaudit", "fenetre")
