"""What is said of a bundle: what it holds, who signed it, what taking it in changes."""

from collections.abc import Iterator
from datetime import datetime

from ivaudit.app.bundle_taking import BundlePreview
from ivaudit.app.own_keys import Signer
from ivaudit.app.teams import PhraseUse
from ivaudit.domain.bundle import BundleHead

PROOF = (
    "La signature prouve que ce fichier vient du poste qui a cette empreinte et n'a pas changé depuis. Elle "
    "ne dit pas qui était devant ce poste : comparez l'empreinte avec son auteur la première fois."
)


def told(found: BundlePreview) -> Iterator[str]:
    """Return what is said of a bundle, line by line."""
    yield from head_told(found.head)
    yield signed(found.signer)
    yield from left_out(found.head)
    yield from doubts(found)
    yield changed(found)
    for each in found.scopes:
        if each.new or each.replaced or each.conflicts:
            yield f"{each.title} : {_counts(each.new, each.replaced, each.conflicts)}"
    yield from found.files


def head_told(head: BundleHead) -> Iterator[str]:
    """Return what a bundle is, who made it and when."""
    yield f"{head.title}, fait le {_moment(head.at)} par {head.author or 'auteur non indiqué'}"


def signed(signer: Signer) -> str:
    """Return who signed."""
    if signer.own:
        return "Signé par ce poste."
    said = f"Signé avec l'empreinte {signer.fingerprint}"
    if signer.other_key:
        return (
            f"{said}. Attention : « {signer.name} » avait jusqu'ici une autre empreinte. Vérifiez auprès de "
            "cette personne avant d'importer."
        )
    if signer.since:
        return f"{said}, connue ici depuis le {_day(signer.since)} sous le nom « {signer.known_as} »."
    return f"{said}, jamais vue ici : comparez-la avec son auteur avant d'importer."


def left_out(head: BundleHead) -> Iterator[str]:
    """Return what was left out of a bundle."""
    for each in head.left_out:
        yield f"Laissé de côté par son auteur : {each}."


def doubts(found: BundlePreview) -> Iterator[str]:
    """Return what is said of texts that look like an identity, which their author's copy let through."""
    if found.identities:
        several = _amount(found.identities, "texte ressemble", "textes ressemblent")
        yield (
            f"Attention : {several} à l'identité d'une personne (nom, date de naissance ou matricule). Avant "
            "d'importer, demandez à l'auteur du fichier de vérifier ; après, un texte s'efface depuis la "
            "page « Journal »."
        )


def phrase(use: PhraseUse) -> str:
    """Return what is said of the passphrase that opened the file of an audit, empty when nothing is."""
    match use:
        case PhraseUse.NEW:
            return (
                "La phrase qui ouvre ce fichier n'est pas convenue ici. Gardée, elle ouvrira les prochains "
                "fichiers de cet audit et protégera ceux que vous enverrez : ne la gardez que si c'est celle "
                "de l'équipe."
            )
        case PhraseUse.OTHER:
            return (
                "La phrase qui ouvre ce fichier n'est pas celle convenue ici pour cet audit : la vôtre "
                "n'est pas remplacée."
            )
        case PhraseUse.WEAK:
            return "La phrase qui ouvre ce fichier est trop faible pour être gardée comme phrase d'équipe."
        case _:
            return ""


def changed(found: BundlePreview) -> str:
    """Return what changes, in one sentence."""
    if found.nothing:
        return "Tout ce qu'il contient est déjà ici : il n'y a rien à importer."
    new = sum(each.new for each in found.scopes)
    replaced = sum(each.replaced for each in found.scopes)
    parts = [
        _amount(found.added, "geste nouveau", "gestes nouveaux"),
        _counts(new, replaced, found.several),
        _amount(found.pictures, "preuve", "preuves"),
        _amount(found.filled, "valeur qui manquait", "valeurs qui manquaient"),
        _amount(found.erased, "valeur effacée par son auteur", "valeurs effacées par leur auteur"),
        _amount(found.withheld, "valeur non transmise", "valeurs non transmises"),
    ]
    return f"{', '.join(filter(None, parts))}."


def in_a_line(name: str, added: int, several: int, identities: int) -> str:
    """Return what became of one file among several."""
    parts = (
        _amount(added, "geste nouveau", "gestes nouveaux") or "déjà connu",
        _amount(several, "désaccord à trancher", "désaccords à trancher"),
        _amount(
            identities,
            "texte ressemble à l'identité d'une personne",
            "textes ressemblent à l'identité d'une personne",
        ),
    )
    return f"{name} : {', '.join(filter(None, parts))}"


def _counts(new: int, replaced: int, both: int) -> str:
    parts = (
        _amount(new, "champ nouveau", "champs nouveaux"),
        _amount(replaced, "champ mis à jour", "champs mis à jour"),
        _amount(both, "désaccord à trancher", "désaccords à trancher"),
    )
    return ", ".join(filter(None, parts))


def _amount(count: int, one: str, many: str) -> str:
    return f"{count} {one if count < 2 else many}" if count else ""  # noqa: PLR2004 - French plural


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%d/%m/%Y à %H:%M}"


def _day(day: str) -> str:
    return f"{datetime.fromisoformat(day):%d/%m/%Y}"
