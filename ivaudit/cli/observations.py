"""`observations`: campaigns, their lines, and what they say together."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from ivaudit.app import campaigns, observation_sheets, observations, sheets
from ivaudit.app.campaigns import CampaignSheet
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.sheets import document, taken, told
from ivaudit.cli.terminal import progress
from ivaudit.domain.campaign import Campaign, Draw, ItemResult
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.observation import ObservedValue
from ivaudit.domain.scoring import displayed


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    create = leaf(words, "create", "préparer une campagne d'observation", create_one)
    create.add_argument("facility", metavar="STRUCTURE", help="identifiant de la structure")
    create.add_argument("grid", metavar="GRILLE", help="identifiant de la grille d'observation")
    create.add_argument("--audit", default="", metavar="AUDIT", help="audit dont elle fait partie")
    create.add_argument("--title", default="", metavar="TEXTE", help="intitulé")
    for name in ("start", "end"):
        create.add_argument(f"--{name}", default="", metavar="AAAA-MM-JJ", help="période")
    create.add_argument("--unit", action="append", default=[], metavar="UNITÉ", help="unité, à répéter")
    create.add_argument("--observer", action="append", default=[], metavar="FONCTION", help="qui observe")
    create.add_argument(
        "--present", action="append", default=[], metavar="[UNITÉ=]N", help="nombre de présents"
    )
    create.add_argument("--draw", choices=list(Draw), default=Draw.CONVENIENCE, help="tirage")
    leaf(words, "list", "lister les campagnes", list_all)
    _one(leaf(words, "show", "lire une campagne, ses lignes et ses résultats", show_one))
    line = leaf(words, "add", "ajouter une ligne", add_row)
    _one(line)
    line.add_argument("values", metavar="FAIT=RÉPONSE", nargs="*", help="ce qui a été noté")
    for name, text in _ROW.items():
        line.add_argument(f"--{name}", metavar="TEXTE", help=text)
    _one(leaf(words, "proposed", "lister les réponses que la campagne propose", list_proposed))
    _one(leaf(words, "remove", "retirer une campagne", remove_one))
    out = leaf(words, "export", "écrire les lignes d'une campagne, à remplir (XLSX) ou à lire (CSV)", export)
    _one(out)
    out.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier .xlsx ou .csv")
    out.add_argument("--blank", type=int, metavar="N", help="nombre de lignes vides à remplir")
    back = leaf(words, "import", "reprendre les lignes d'un classeur rempli", import_rows)
    _one(back)
    back.add_argument("file", type=Path, metavar="FICHIER", help="classeur .xlsx")
    back.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien enregistrer")
    back.add_argument(
        "--take-theirs",
        action="store_true",
        help="reprendre aussi ce qui a changé des deux côtés (gardé sinon)",
    )


_ROW = {
    "unit": "unité",
    "date": "jour, AAAA-MM-JJ",
    "time": "heure, HH:MM",
    "professional": "repère du professionnel observé (P1), jamais un nom",
    "reason": "motif de non-observation",
}


def _one(command: Parser) -> None:
    command.add_argument("campaign", metavar="CAMPAGNE", help="identifiant de la campagne")


def create_one(args: Namespace) -> int:
    """Prepare a campaign."""
    with session(args) as opened:
        _, key = campaigns.create(
            opened,
            args.facility,
            args.grid,
            audit=args.audit,
            title=args.title,
            start=args.start,
            end=args.end,
            units=args.unit,
            observers=args.observer,
            present=dict(map(_present, args.present)),
            draw=Draw(args.draw),
        )
    show(args, {"campaign": key}, [f"Campagne créée : {key}"])
    return 0


def list_all(args: Namespace) -> int:
    """List the campaigns, the newest first."""
    with session(args) as opened:
        found = campaigns.all_of(opened)
    show(args, found, [_line(each) for each in found] or ["Aucune campagne d'observation."])
    return 0


def show_one(args: Namespace) -> int:
    """Print a campaign and what its lines say together."""
    with session(args) as opened:
        sheet = campaigns.sheet(opened, args.campaign)
    document = {"campaign": sheet.campaign, "rows": sheet.rows, "result": sheet.result}
    show(args, document, _described(sheet))
    return 0


def add_row(args: Namespace) -> int:
    """Add a line with what was noted on it."""
    noted = [_noted(each) for each in args.values]
    with session(args) as opened, opened.workspace.gesture():
        _, row = observations.add_row(opened, args.campaign)
        observations.set_row(
            opened,
            args.campaign,
            row,
            unit=args.unit,
            date=args.date,
            at=args.time,
            professional=args.professional,
            reason=args.reason,
        )
        for item, value in noted:
            observations.note(opened, args.campaign, row, item, value)
    show(args, {"row": row}, [f"Ligne ajoutée : {row}"])
    return 0


def export(args: Namespace) -> int:
    """Write the lines of a campaign, and empty ones to fill in."""
    with session(args) as opened:
        sheet = observation_sheets.prepare(opened, args.campaign, blank=args.blank)
        path = sheets.write(sheet, args.out, progress=progress())
    show(args, {"file": path, "lines": len(sheet.lines)}, [f"Feuille d'observations écrite : {path}"])
    return 0


def import_rows(args: Namespace) -> int:
    """Take in the lines of a workbook, or say what they would change."""
    with session(args) as opened:
        returned = observation_sheets.read(args.file, observation_sheets.titles(opened, args.campaign))
        found = observation_sheets.preview(opened, args.campaign, returned)
        wanted = taken(args, found)
        if wanted and not args.dry_run:
            observation_sheets.back_up(opened)
            observation_sheets.accept(opened, args.campaign, found, wanted)
    show(args, document(found, wanted, dry=args.dry_run), told(found, wanted, dry=args.dry_run))
    return 0


def list_proposed(args: Namespace) -> int:
    """List the answers that the campaign suggests; none is set."""
    with session(args) as opened:
        found = campaigns.proposed(opened, args.campaign)
    lines = [f"{each.criterion}  {each.value}  {each.because}" for each in found]
    show(args, found, lines or ["Aucune réponse proposée."])
    return 0


def remove_one(args: Namespace) -> int:
    """Take a campaign off the list."""
    with session(args) as opened:
        changes = campaigns.remove(opened, args.campaign)
    show(args, changes, [changes.done])
    return 0


def _present(text: str) -> tuple[str, int]:
    unit, _, count = text.rpartition("=")
    if not count.isdecimal():
        raise InvalidValue("Le nombre de présents s'écrit comme 42, ou Médecine=14.")
    return unit, int(count)


def _noted(text: str) -> tuple[str, ObservedValue]:
    item, _, value = text.partition("=")
    if value not in set(ObservedValue):
        raise InvalidValue(
            "Un fait se note comme bra-present=oui ; réponses : " + ", ".join(ObservedValue) + "."
        )
    return item, ObservedValue(value)


def _line(campaign: Campaign) -> str:
    return f"{campaign.id}  {campaign.start or '—'}  {campaign.title}  {campaign.draw}"


def _described(sheet: CampaignSheet) -> Iterator[str]:
    result = sheet.result
    yield _line(sheet.campaign)
    yield f"{result.observed} lignes observées sur {result.wanted} visées"
    for item in result.items:
        yield f"  {item.item.id:<16} {_rate(item)}  {item.item.question}"
    yield from result.remarks


def _rate(found: ItemResult) -> str:
    rate = found.counts.rate
    if rate is None:
        return "—"
    bounds = found.interval
    between = f" [{bounds.low * 100:.0f} – {bounds.high * 100:.0f} %]" if bounds else ""
    return f"{found.counts.yes}/{found.counts.rated} = {displayed(rate)} %{between}"
