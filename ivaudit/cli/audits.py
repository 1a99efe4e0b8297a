"""`audits`: create, list, read, change."""

from argparse import Namespace
from collections.abc import Iterator

from ivaudit.app import adaptations, audits, facilities
from ivaudit.app.audits import AuditSummary
from ivaudit.app.session import Session
from ivaudit.cli import versions
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.domain import clock
from ivaudit.domain.audit import AuditSheet, AuditState
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.report_figures import carried_sentence
from ivaudit.domain.scoring import Figure, Result, result
from ivaudit.domain.standing import PointStanding, standings


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    create = leaf(words, "create", "créer un audit", create_one)
    create.add_argument("facility", metavar="STRUCTURE", help="identifiant de la structure")
    start = create.add_mutually_exclusive_group(required=True)
    start.add_argument(
        "--checklist",
        action="append",
        metavar="GRILLE",
        help="identifiant d'une grille ; à répéter pour plusieurs",
    )
    versions.add_start(create, start)
    create.add_argument(
        "--kind",
        metavar="SORTE",
        help="sorte d'audit (clé du vocabulaire) ; « externe » par défaut, ou celle de l'audit repris",
    )
    create.add_argument("--date", metavar="AAAA-MM-JJ", help="jour de la visite (aujourd'hui par défaut)")
    create.add_argument("--title", default="", metavar="TEXTE", help="nom donné à l'audit")
    adapted = create.add_mutually_exclusive_group()
    adapted.add_argument(
        "--adaptation",
        action="append",
        metavar="ADAPTATION",
        help="identifiant d'une adaptation locale ; à répéter ; toutes celles des grilles choisies sinon",
    )
    adapted.add_argument(
        "--no-adaptation", action="store_true", help="les grilles telles qu'elles sont publiées"
    )
    leaf(words, "list", "lister les audits", list_all)
    one = leaf(words, "show", "afficher un audit, ses réponses et ses résultats", show_one)
    _audit(one)
    one.add_argument("--with-notes", action="store_true", help="avec les notes internes")
    edit = leaf(words, "edit", "modifier le titre, la date, la sorte ou l'état d'un audit", edit_one)
    _audit(edit)
    for name, text in (("title", "nom de l'audit"), ("date", "AAAA-MM-JJ"), ("kind", "sorte d'audit")):
        edit.add_argument(f"--{name}", metavar="TEXTE", help=text)
    edit.add_argument("--state", choices=[state.value for state in AuditState], help="état de l'audit")
    edit.add_argument("--reason", default="", metavar="TEXTE", help="pourquoi rouvrir un audit validé")
    _audit(leaf(words, "remove", "retirer un audit de la liste", remove))
    _audit(leaf(words, "restore", "remettre un audit retiré", restore))
    versions.add(words)


def _audit(command: Parser) -> None:
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")


def create_one(args: Namespace) -> int:
    """Create an audit."""
    date = args.date or clock.today().isoformat()
    with session(args) as opened:
        if args.source:
            key = versions.create_from(opened, args, date)
            show(args, {"audit": key}, [f"Audit créé : {key}"])
            return 0
        chosen = _adaptations(opened, args)
        _, key = audits.create(
            opened,
            args.facility,
            args.kind or "externe",
            args.checklist,
            date,
            title=args.title,
            adaptations=chosen,
        )
    made = [f"Audit créé : {key}", *(f"Adaptation appliquée : {each}" for each in chosen)]
    show(args, {"audit": key, "adaptations": chosen}, made)
    return 0


def _adaptations(opened: Session, args: Namespace) -> list[str]:
    """Return the adaptations named, or those meant for the structure where none is."""
    if args.no_adaptation:
        return []
    if args.adaptation is not None:
        return list(args.adaptation)
    facility = facilities.get(opened, args.facility)
    found = adaptations.offered(opened.library, args.checklist)
    return [each.id for each in found if adaptations.meant_for(each, facility)]


def list_all(args: Namespace) -> int:
    """List the audits, the last touched first."""
    with session(args) as opened:
        found = audits.all_of(opened)
    show(args, found, [_line(each) for each in found] or ["Aucun audit."])
    return 0


def show_one(args: Namespace) -> int:
    """Print an audit: its state, its figures, and its answers when read by a program."""
    with session(args) as opened:
        sheet = audits.sheet(opened, args.audit)
    results = [(each, result(each, standings(sheet, each))) for each in sheet.checklists]
    show(args, _document(sheet, results, args.with_notes), _described(sheet, results, args.with_notes))
    return 0


def edit_one(args: Namespace) -> int:
    """Change what an audit says of itself."""
    with session(args) as opened:
        changes = audits.edit(
            opened,
            args.audit,
            title=args.title,
            date=args.date,
            kind=args.kind,
            state=args.state,
            reason=args.reason,
        )
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def remove(args: Namespace) -> int:
    """Take an audit off the list."""
    with session(args) as opened:
        changes = audits.remove(opened, args.audit)
    show(args, changes, [changes.done])
    return 0


def restore(args: Namespace) -> int:
    """Put an audit back on the list."""
    with session(args) as opened:
        changes = audits.restore(opened, args.audit)
    show(args, changes, [changes.done])
    return 0


def _line(found: AuditSummary) -> str:
    audit = found.audit
    return (
        f"{audit.id}  {audit.date}  {audit.facility_name}  {audit.title or audit.kind}  "
        f"{audit.state}  {found.treated}/{found.points}"
    )


def _document(
    sheet: AuditSheet, results: list[tuple[Checklist, Result]], with_notes: bool
) -> dict[str, object]:
    """Return what a program reads; the internal notes only when asked for."""
    hidden = frozenset() if with_notes else frozenset({"note"})
    return {
        "audit": sheet.audit,
        "facility": {"id": sheet.facility.id, "name": sheet.facility.name},
        "synthesis": sheet.synthesis,
        "forms": sheet.forms,
        "results": [{"checklist": checklist.id, **_figures(found)} for checklist, found in results],
        "answers": [
            {
                "criterion": criterion,
                "subject": subject,
                **{name: getattr(answer, name) for name in answer._fields if name not in hidden},
            }
            for (subject, criterion), answer in sorted(sheet.answers.items())
        ],
    }


def _figures(found: Result) -> dict[str, object]:
    bounds = found.bounds
    return {
        "progress": _share(found.progress),
        "coverage": found.coverage.shown,
        "not_applicable": _share(found.not_applicable),
        "score": found.score,
        "bounds": [bounds.low, bounds.high] if bounds else None,
        "level": found.level.id if found.level else None,
        "capped_level": found.capped_level.id if found.capped_level else None,
        "critical_not_kept": found.broken,
        "critical_not_rated": found.waiting,
        "to_confirm": found.carried,
        "minutes_left": found.minutes_left,
    }


def _share(figure: Figure) -> list[int]:
    return [int(figure.numerator), int(figure.denominator)]


def _described(sheet: AuditSheet, results: list[tuple[Checklist, Result]], with_notes: bool) -> Iterator[str]:
    audit = sheet.audit
    yield f"{audit.id}  {sheet.facility.name}  {audit.title or audit.kind}  {audit.date}  {audit.state}"
    for checklist, found in results:
        yield f"\n{checklist.title}"
        yield from _summary(found)
        for standing in standings(sheet, checklist):
            yield from _answer(sheet, checklist, standing, with_notes)


def _summary(found: Result) -> Iterator[str]:
    treated, points = _share(found.progress)
    yield f"Avancement {treated}/{points}, reste {found.minutes_left} min"
    if found.score is not None:
        level = found.capped_level or found.level
        waiting = f"niveau en attente de {found.waiting} points critiques" if found.leveled else "sans niveau"
        yield f"Score {found.score}/100, {level.label if level else waiting}"
    elif found.bounds:
        yield f"Pas encore de score : entre {found.bounds.low} et {found.bounds.high}/100"
    if found.carried:
        yield carried_sentence(found.carried)
    if found.broken:
        yield f"Points critiques non tenus : {found.broken}"


def _answer(
    sheet: AuditSheet, checklist: Checklist, standing: PointStanding, with_notes: bool
) -> Iterator[str]:
    answer = sheet.answer(standing.criterion.id)
    value = checklist.scale_of(standing.criterion).value(answer.value) if answer.value else None
    label = value.label if value else ("à revoir" if answer.review else "—")
    label += " (à reconfirmer)" if value and answer.carried else ""
    yield f"{standing.point.number:>5}  {standing.criterion.id:<14} {label}"
    if answer.constat:
        yield f"       constat : {answer.constat}"
    if answer.note and with_notes:
        yield f"       note interne : {answer.note}"
