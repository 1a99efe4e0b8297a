"""`passphrase key-…`: the key of a facility, made by it, added to a workspace, shown, taken away."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.app import facility_keys
from ivaudit.app.facility_keys import FacilityKey
from ivaudit.cli.commands import leaf
from ivaudit.cli.opening import session
from ivaudit.cli.output import show

if TYPE_CHECKING:
    from ivaudit.cli.french import Parser

_BEFORE = "Les sauvegardes déjà faites gardent ce qui les ouvrait."


def add_words(words: "argparse._SubParsersAction[Parser]") -> None:
    """Add the words of the key to those of the passphrase."""
    make = leaf(
        words, "key-create", "fabriquer une clé d'établissement (aucun dossier n'est ouvert)", make_pair
    )
    make.add_argument(
        "--private", type=Path, required=True, metavar="FICHIER", help="partie gardée au coffre, qui ouvre"
    )
    make.add_argument(
        "--public", type=Path, required=True, metavar="FICHIER", help="partie remise à qui fait les audits"
    )
    added = leaf(words, "key-add", "laisser l'établissement ouvrir ce dossier avec sa clé", add_key)
    added.add_argument("public", type=Path, metavar="FICHIER", help="partie publique de la clé")
    added.add_argument("--holder", default="", metavar="TEXTE", help="qui garde la partie privée")
    leaf(words, "key-show", "dire quelle clé d'établissement ouvre ce dossier", show_key)
    leaf(words, "key-remove", "ne plus laisser de clé d'établissement ouvrir ce dossier", remove_key)


def make_pair(args: Namespace) -> int:
    """Make a pair of keys."""
    fingerprint = facility_keys.make(args.private, args.public)
    lines = [
        f"Clé fabriquée, empreinte {fingerprint}.",
        f"Partie privée, à garder au coffre : {args.private}",
        f"Partie publique, à remettre : {args.public}",
    ]
    show(args, {"fingerprint": fingerprint, "private": args.private, "public": args.public}, lines)
    return 0


def add_key(args: Namespace) -> int:
    """Let the holder of a key open the workspace."""
    text = facility_keys.read(args.public)
    with session(args) as opened:
        added = facility_keys.add(opened, text, args.holder)
    show(args, added, [_line(added), _BEFORE])
    return 0


def show_key(args: Namespace) -> int:
    """Say which key opens the workspace."""
    with session(args) as opened:
        found = facility_keys.present(opened)
    show(args, found, [_line(found) if found else "Aucune clé d'établissement n'ouvre ce dossier."])
    return 0


def remove_key(args: Namespace) -> int:
    """Let no key of a facility open the workspace any more."""
    with session(args) as opened:
        facility_keys.remove(opened)
    show(args, {"removed": True}, ["Aucune clé d'établissement n'ouvre plus ce dossier.", _BEFORE])
    return 0


def _line(key: FacilityKey) -> str:
    holder = f", gardée par {key.holder}" if key.holder else ""
    return f"Clé d'empreinte {key.fingerprint}, ajoutée le {key.added}{holder}."
