"""Settings of a workspace: typed, journalled, unknown or wrong ones replaced by their default."""

from dataclasses import asdict, dataclass, fields

from ivaudit.app import names
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue
from ivaudit.store import audits as stored
from ivaudit.store.journal import Edit

THEMES = ("système", "clair", "sombre")
TEXT_SCALES = (100, 125, 150, 175, 200)

MAX_AUTHOR = 80
_MOST = {"lock_after": 24 * 60, "copy_reminder": 365}

_WANTED = {
    "author": f"Votre nom ou votre fonction s'écrit en 1 à {MAX_AUTHOR} caractères.",
    "advance_after_answer": "Passer au point suivant après une réponse vaut oui ou non.",
    "theme": "Le thème est système, clair ou sombre.",
    "text_scale": "La taille du texte est de 100, 125, 150, 175 ou 200 %.",
    "copy_reminder": "Le rappel de copie se donne en jours, de 0 (jamais) à 365.",
    "lock_after": "Le verrouillage se donne en minutes sans activité, de 0 (jamais) à 1440.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Choices of the person at this workstation.

    `text_scale` is a percentage; `lock_after` minutes without a key (0: never); `copy_reminder` days after
    which a copy on another drive is asked for (0: never).
    """

    author: str = "Auditeur"
    advance_after_answer: bool = False
    theme: str = "système"
    text_scale: int = 100
    lock_after: int = 30
    copy_reminder: int = 30


def get(session: Session) -> Settings:
    """Return the settings, with the default for whatever is absent or does not fit."""
    found = stored.settings(session.workspace.db)
    kept = {
        f.name: found[f.name] for f in fields(Settings) if f.name in found and _fits(f.name, found[f.name])
    }
    return Settings(**kept)  # type: ignore[arg-type]  # each value was checked by name just above


def change(session: Session, **values: str | bool | int) -> Changes:
    """Change some settings.

    Raises:
        InvalidValue: no such setting, or a value it cannot take.
    """
    check(**values)
    now = asdict(get(session))
    edits = [Edit(names.SETTINGS, name, value) for name, value in values.items() if now[name] != value]
    if not edits:
        return Changes()
    recorded = session.record(names.WORKSPACE, edits)
    session.author = get(session).author
    return Changes(workspace=True, done="Réglages modifiés", at=recorded.at)


def check(**values: str | bool | int) -> None:
    """Refuse what a setting cannot take.

    Raises:
        InvalidValue: no such setting, or a value it cannot take.
    """
    for name, value in values.items():
        if not _fits(name, value):
            raise InvalidValue(_WANTED.get(name, "Ce réglage n'existe pas."))


def _fits(name: str, value: object) -> bool:
    match name:
        case "author":
            return isinstance(value, str) and 0 < len(value.strip()) <= MAX_AUTHOR
        case "advance_after_answer":
            return isinstance(value, bool)
        case "theme":
            return value in THEMES
        case "text_scale":
            return value in TEXT_SCALES
        case "lock_after" | "copy_reminder":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST[name]
        case _:
            return False
