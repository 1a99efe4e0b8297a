"""The key of a facility: its public half given to whoever audits, its private half kept in a safe."""

from dataclasses import dataclass
from pathlib import Path

from ivaudit.app import placing
from ivaudit.app.session import Session
from ivaudit.domain.errors import InvalidValue
from ivaudit.store import recipient

MEMO = "cle_etablissement"
_MOST = 64 * 1024
"""What is read of a file of a key, in bytes: it is some lines."""
_MOST_LABEL = 80

_PRIVATE = """ivaudit – clé de recours de l'établissement, PARTIE PRIVÉE

Cette clé ouvre les dossiers de travail ivaudit auxquels la partie publique de même empreinte a été ajoutée,
leurs sauvegardes comprises. Elle n'est gardée nulle part ailleurs.

- Imprimez cette page ou gardez ce fichier sur un support rangé sous clé, hors des postes d'audit (coffre de
  la direction, de la DSI ou du délégué à la protection des données). Ne l'envoyez pas par messagerie.
- Pour s'en servir : à l'ouverture, « J'ai oublié ma phrase de passe », puis ce fichier ou le code.

Empreinte : {fingerprint}
Code : {code}
"""
_PUBLIC = """ivaudit – clé de recours de l'établissement, partie publique

Ce fichier n'ouvre rien : il permet à l'établissement d'ouvrir, avec la partie privée qu'il garde, les
dossiers de travail auxquels on l'ajoute (Réglages, « Clés et secours »). Il peut être transmis à qui fait
les audits.

Empreinte : {fingerprint}
Code : {code}
"""
_NOT_PUBLIC = (
    "Ce texte n'est pas la partie publique d'une clé d'établissement. Rien n'a été modifié. Choisissez le "
    "fichier que l'établissement a remis, ou recopiez ses quatorze groupes de quatre signes."
)
_IS_PRIVATE = (
    "C'est la partie privée de la clé : elle ne doit pas quitter le coffre de l'établissement. Rien n'a été "
    "modifié. Choisissez le fichier de la partie publique."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityKey:
    """A key that opens the workspace: what tells it apart, the day it was added, and who holds it."""

    fingerprint: str
    added: str
    holder: str


def make(private: Path, public: Path) -> str:
    """Make a pair of keys, a file each, and return their fingerprint; no workspace is needed.

    Args:
        private: the file that the facility keeps.
        public: the file that is given to whoever audits.

    Raises:
        InvalidValue: both are the same file.
        CannotWriteExport: a place refuses the file.
    """
    if private == public:
        raise InvalidValue("Les deux parties de la clé vont dans deux fichiers différents.")
    secret, shown = recipient.new_pair()
    print_ = recipient.fingerprint(shown)
    placing.put_bytes(_filled(_PRIVATE, print_, recipient.private_code(secret)), private)
    private.chmod(0o600)
    placing.put_bytes(_filled(_PUBLIC, print_, recipient.public_code(shown)), public)
    return print_


def read(file: Path) -> str:
    """Return the text of a file of a key.

    Raises:
        InvalidValue: it cannot be read, or is far too long to be one.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(_MOST + 1)
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InvalidValue("Ce fichier ne se lit pas comme une clé. Rien n'a été modifié.") from None
    if len(raw) > _MOST:
        raise InvalidValue("Ce fichier est trop long pour être une clé. Rien n'a été modifié.")
    return text


def add(session: Session, text: str, holder: str = "") -> FacilityKey:
    """Let the holder of a key open the workspace, instead of the one before if there was one.

    Args:
        session: the open workspace.
        text: the file of the public half, or its code.
        holder: who keeps the private half, a function or a service.

    Raises:
        InvalidValue: it is no public key; nothing changed.
        KnownError: the disk refuses; idem.
    """
    public = recipient.public_of(text)
    if public is None:
        raise InvalidValue(_IS_PRIVATE if recipient.private_of(text) else _NOT_PUBLIC)
    kept = " ".join(holder.split())[:_MOST_LABEL]
    slot = session.workspace.add_facility(public)
    session.workspace.remember(MEMO, f"{slot.fingerprint} {kept}")
    return FacilityKey(fingerprint=slot.fingerprint, added=slot.added, holder=kept)


def remove(session: Session) -> None:
    """Let no key of a facility open the workspace any more; backups made before keep theirs.

    Raises:
        KnownError: the disk refuses; the key still opens.
    """
    session.workspace.remove_facility()


def present(session: Session) -> FacilityKey | None:
    """Return the key that opens the workspace, nothing when there is none."""
    slot = session.workspace.openers().facility
    if slot is None:
        return None
    print_, _, holder = (session.workspace.recall(MEMO) or "").partition(" ")
    known = holder if print_ == slot.fingerprint else ""
    return FacilityKey(fingerprint=slot.fingerprint, added=slot.added, holder=known)


def _filled(text: str, fingerprint: str, code: str) -> bytes:
    return text.format(fingerprint=fingerprint, code=code).replace("\n", "\r\n").encode("utf-8-sig")
