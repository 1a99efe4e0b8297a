"""`evidence`: photographs, files, documents and their register."""

from argparse import ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ivaudit.app import backups, evidence, evidence_erasure, pictures, visit_papers
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import folder, session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.evidence import KIND_LABELS, DocumentStatus, Evidence, EvidenceKind

_BOX = 4
_OF_A_DOCUMENT = ("reference", "shown_by", "status")


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    photo = leaf(words, "add-photo", "ajouter une photographie, masquée avant d'être enregistrée", add_photo)
    _file(photo, "photographie JPEG, PNG, WebP, TIFF ou BMP")
    photo.add_argument(
        "--mask",
        action="append",
        default=[],
        type=_mask,
        metavar="X,Y,L,H",
        help="rectangle à masquer pour toujours, en points de l'image redressée ; à répéter",
    )
    photo.add_argument("--caption", default="", metavar="TEXTE", help="légende, sans identité")
    file = leaf(words, "add-file", "ajouter un PDF, gardé comme images de ses pages", add_file)
    _file(file, "fichier PDF ; un document bureautique s'exporte d'abord en PDF")
    file.add_argument(
        "--mask",
        action="append",
        default=[],
        type=_page_mask,
        metavar="PAGE:X,Y,L,H",
        help="rectangle à masquer sur une page, en points d'une page de 2000 de long ; à répéter",
    )
    file.add_argument("--title", required=True, metavar="TEXTE", help="nom du document")
    file.add_argument("--caption", default="", metavar="TEXTE", help="remarque")
    file.add_argument(
        "--original-without-identity",
        action="store_true",
        help="garder le fichier tel quel, en déclarant qu'il ne contient aucune donnée nominative",
    )
    document = leaf(words, "add-document", "inscrire un document au registre, sans fichier", add_document)
    document.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    document.add_argument("--title", required=True, metavar="TEXTE", help="titre du document")
    _document(document, default=DocumentStatus.SEEN.value)
    note = leaf(words, "add-observation", "noter ce qui a été vu, tel jour", add_observation)
    note.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    note.add_argument("--caption", required=True, metavar="TEXTE", help="ce qui a été vu, sans identité")
    for each in (photo, file, document, note):
        _about(each)
    _existing(words)
    for name, text, handler in (
        ("request", "écrire la demande documentaire (PDF)", write_request),
        ("plan", "écrire le plan de visite (PDF)", write_plan),
    ):
        paper = leaf(words, name, text, handler)
        paper.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
        paper.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier à écrire")
    ask = leaf(words, "ask", "inscrire au registre, comme demandés, les documents attendus", ask_all)
    ask.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")


def _existing(words: "_SubParsersAction[Parser]") -> None:
    listed = leaf(words, "list", "lister les preuves d'un audit", list_all)
    listed.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    listed.add_argument("--documents", action="store_true", help="le registre des documents seulement")
    listed.add_argument("--criterion", metavar="CRITÈRE", help="celles d'un critère")
    _one(leaf(words, "show", "afficher une preuve", show_one))
    edit = leaf(words, "edit", "modifier une preuve", edit_one)
    _one(edit)
    edit.add_argument("--title", metavar="TEXTE", help="titre")
    edit.add_argument("--caption", metavar="TEXTE", help="légende")
    edit.add_argument("--date", metavar="AAAA-MM-JJ", help="date")
    _document(edit, default=None)
    export = leaf(words, "export", "écrire l'image ou le fichier d'une preuve, en clair", export_one)
    _one(export)
    export.add_argument("file", type=Path, metavar="FICHIER", help="fichier à écrire")
    export.add_argument("--page", type=int, default=1, metavar="N", help="page d'un fichier (la première)")
    link = leaf(words, "link", "relier une preuve à un critère, ou l'en détacher", link_one)
    _one(link)
    link.add_argument("criterion", metavar="CRITÈRE", help="identifiant du critère")
    link.add_argument("--remove", action="store_true", help="détacher au lieu de relier")
    _one(leaf(words, "remove", "retirer une preuve ; « undo » la remet", remove))
    erase = leaf(words, "erase", "effacer pour de bon l'image ou le fichier d'une preuve", erase_one)
    _one(erase)
    erase.add_argument("--reason", required=True, metavar="TEXTE", help="motif, sans ce que l'image montrait")


# -- arguments


def _file(command: Parser, text: str) -> None:
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    command.add_argument("file", type=Path, metavar="FICHIER", help=text)


def _about(command: Parser) -> None:
    command.add_argument("--date", default="", metavar="AAAA-MM-JJ", help="date de la preuve")
    command.add_argument(
        "--criterion", action="append", default=[], metavar="CRITÈRE", help="critère concerné ; à répéter"
    )
    command.add_argument("--subject", default=STRUCTURE, metavar="SUJET", help="unité ou fonction concernée")


def _document(command: Parser, default: str | None) -> None:
    empty = "" if default is not None else None
    command.add_argument("--reference", default=empty, metavar="TEXTE", help="référence du document")
    command.add_argument("--doc-version", default=empty, metavar="TEXTE", help="version du document")
    command.add_argument(
        "--shown-by", default=empty, metavar="FONCTION", help="fonction de qui l'a montré, jamais un nom"
    )
    command.add_argument(
        "--status", default=default, choices=[each.value for each in DocumentStatus], help="où il en est"
    )


def _one(command: Parser) -> None:
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    command.add_argument("evidence", metavar="PREUVE", help="identifiant de la preuve")


def _mask(text: str) -> pictures.Mask:
    try:
        box = tuple(int(part) for part in text.split(","))
    except ValueError:
        box = ()
    if len(box) != _BOX or box[2] <= 0 or box[3] <= 0:
        raise ArgumentTypeError("un rectangle s'écrit X,Y,LARGEUR,HAUTEUR, par exemple 120,80,300,60")
    return (box[0], box[1], box[2], box[3])


def _page_mask(text: str) -> tuple[int, pictures.Mask]:
    page, colon, box = text.partition(":")
    if not colon or not page.isdecimal() or not int(page):
        raise ArgumentTypeError("un rectangle s'écrit PAGE:X,Y,LARGEUR,HAUTEUR, par exemple 1:120,80,300,60")
    return int(page) - 1, _mask(box)


def _said(args: Namespace, *names: str) -> dict[str, Any]:
    """Return what is said of a new piece of evidence: its day, what it is about, and these fields."""
    about = {"date": args.date, "criteria": args.criterion, "subject": args.subject}
    return about | {name: getattr(args, name) for name in names}


# -- commands


def add_photo(args: Namespace) -> int:
    """Keep a photograph, masked."""
    data = pictures.read_file(args.file)
    with session(args) as opened:
        opened.audit(args.audit)
        photo = pictures.picture(data, args.file.name, args.mask, progress=progress())
        _, key = evidence.add_photo(opened, args.audit, photo, **_said(args, "caption"))
    _added(args, key, "Photographie ajoutée")
    return 0


def add_file(args: Namespace) -> int:
    """Keep the pages of a PDF as pictures, or a file as it is once declared without identity."""
    data = pictures.read_file(args.file)
    about = _said(args, "title", "caption")
    with session(args) as opened:
        opened.audit(args.audit)
        if args.original_without_identity:
            _, key = evidence.add_original(
                opened, args.audit, data, args.file.name, without_identity=True, **about
            )
        else:
            pictures.kind_of(data, args.file.name)
            masks: dict[int, list[pictures.Mask]] = {}
            for page, mask in args.mask:
                masks.setdefault(page, []).append(mask)
            pages = pictures.pages(data, args.file.name, masks, progress=progress())
            _, key = evidence.add_pages(opened, args.audit, pages, **about)
    _added(args, key, "Fichier ajouté")
    return 0


def add_document(args: Namespace) -> int:
    """Put a document in the register."""
    with session(args) as opened:
        about = _said(args, "title", *_OF_A_DOCUMENT)
        _, key = evidence.add_document(opened, args.audit, version=args.doc_version, **about)
    _added(args, key, "Document inscrit")
    return 0


def add_observation(args: Namespace) -> int:
    """Record what was seen, on a day."""
    with session(args) as opened:
        _, key = evidence.add_observation(opened, args.audit, **_said(args, "caption"))
    _added(args, key, "Observation ajoutée")
    return 0


def ask_all(args: Namespace) -> int:
    """Put the documents that the grids expect in the register."""
    with session(args) as opened:
        changes = visit_papers.ask(opened, args.audit)
    count = len(changes.entities)
    said = f"{count} document{'s' if count > 1 else ''} inscrit{'s' if count > 1 else ''} au registre."
    show(args, {"asked": count}, [said if count else "Rien à ajouter au registre."])
    return 0


def list_all(args: Namespace) -> int:
    """List the evidence of an audit."""
    with session(args) as opened:
        found = (evidence.documents if args.documents else evidence.all_of)(opened, args.audit)
    if args.criterion:
        found = tuple(each for each in found if args.criterion in each.criteria)
    show(args, found, [_line(each) for each in found] or ["Aucune preuve."])
    return 0


def show_one(args: Namespace) -> int:
    """Print what is known of a piece of evidence."""
    with session(args) as opened:
        found = evidence.get(opened, args.audit, args.evidence)
    show(args, found, _lines(found))
    return 0


def edit_one(args: Namespace) -> int:
    """Change texts, date or status."""
    given = {name: getattr(args, name) for name in ("title", "caption", "date", *_OF_A_DOCUMENT)}
    given["version"] = args.doc_version
    with session(args) as opened:
        values = {name: value for name, value in given.items() if value is not None}
        changes = evidence.edit(opened, args.audit, args.evidence, **values)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def export_one(args: Namespace) -> int:
    """Write what is kept in a file; it leaves the encrypted workspace."""
    with session(args) as opened:
        path = evidence.export(opened, args.audit, args.evidence, args.file, page=args.page)
    show(args, {"file": path}, [f"Écrit, en clair : {path}"])
    return 0


def link_one(args: Namespace) -> int:
    """Link to a criterion, or take the link off."""
    with session(args) as opened:
        change = evidence.unlink if args.remove else evidence.link
        changes = change(opened, args.audit, args.evidence, args.criterion)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def remove(args: Namespace) -> int:
    """Take a piece of evidence off the audit."""
    with session(args) as opened:
        changes = evidence.remove(opened, args.audit, args.evidence)
    show(args, changes, [changes.done])
    return 0


def erase_one(args: Namespace) -> int:
    """Erase what is kept for good."""
    with session(args) as opened:
        changes = evidence_erasure.erase(opened, args.audit, args.evidence, args.reason)
    before = len(backups.backups(folder(args)))
    warning = f"Attention : {before} sauvegarde(s) d'avant cet effacement peuvent encore contenir l'image."
    document = {"erased": True, "at": changes.at, "backups_before": before}
    show(args, document, [f"{changes.done}.", *([warning] if before else [])])
    return 0


def write_request(args: Namespace) -> int:
    """Write the «demande documentaire»."""
    return _written(args, "demande")


def write_plan(args: Namespace) -> int:
    """Write the «plan de visite»."""
    return _written(args, "plan")


def _written(args: Namespace, what: visit_papers.What) -> int:
    with session(args) as opened:
        prepared = visit_papers.prepare(opened, args.audit, what)
        path = visit_papers.make(prepared, args.out, progress=progress())
    show(args, {"file": path}, [f"Écrit, en clair : {path}"])
    return 0


def _added(args: Namespace, key: str, said: str) -> None:
    show(args, {"evidence": key}, [f"{said} : {key}"])


def _line(found: Evidence) -> str:
    state = found.status.value if found.status else "effacée" if found.erased else ""
    return "  ".join(
        filter(
            None, (found.id, KIND_LABELS[found.kind], found.date, state, found.name, " ".join(found.criteria))
        )
    )


def _lines(found: Evidence) -> Iterator[str]:
    yield _line(found)
    for label, value in (
        ("Référence", found.reference),
        ("Version", found.version),
        ("Montré par", found.shown_by),
        ("Légende", found.caption if found.title else ""),
        ("Pages", str(len(found.pages)) if found.pages else ""),
        ("Octets", str(found.size) if found.size else ""),
        ("Empreinte", found.digest),
    ):
        if value:
            yield f"{label} : {value}"
    if found.declared is not None:
        yield f"Déclaré sans donnée nominative par {found.declared.by}, le {found.declared.at[:10]}"
    if found.kind is EvidenceKind.PHOTO and found.erased:
        yield "L'image a été effacée pour de bon."
