"""What is said of a seal: what it proves, what it does not, what became of it."""

from collections.abc import Iterator
from datetime import datetime

from ivaudit.domain.seal import SealReport, SealState

PROOF = (
    "Ce que cela prouve : rien de ce qui est scellé n'a changé depuis que cette empreinte a quitté ce poste, "
    "imprimée sur un rapport ou dans un fichier d'échange signé. Ce que cela ne prouve pas : que ce qui a "
    "été écrit était exact, ni qui était devant le poste. Une empreinte qui n'est jamais sortie de ce poste "
    "ne protège pas de qui en connaît la phrase de passe."
)

_STATES = {
    SealState.NONE: "Aucun scellé.",
    SealState.INTACT: "Intact : l'audit est exactement celui qui a été validé.",
    SealState.REOPENED: "Rouvert : cet audit a été validé, puis rouvert. Il n'est plus scellé.",
    SealState.CHANGED: "Modifié : l'audit n'est pas, ou plus, celui qui a été validé.",
}


def told(found: SealReport) -> Iterator[str]:
    """Return what is said of a seal, line by line."""
    yield _STATES[found.state]
    if found.seal is not None:
        yield f"Scellé : {found.seal.printed}"
        yield f"Posé {_moment(found.seal.at)} par {found.seal.by or 'sans nom'}."
    yield from found.changes
    yield from found.erasures
    yield from found.notes
    if found.seal is not None:
        yield PROOF


def _moment(at: str) -> str:
    if not at:
        return "à une date inconnue"
    return f"le {datetime.fromisoformat(at).astimezone():%d/%m/%Y à %H:%M}"
