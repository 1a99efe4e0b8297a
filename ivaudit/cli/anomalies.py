"""`anomalies`: the register, entry by entry."""

import argparse
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from ivaudit.app import anomalies, anomaly_life, anomaly_links, anomaly_reports, anomaly_words, register
from ivaudit.app.anomalies import Among
from ivaudit.app.session import Session
from ivaudit.cli import anomaly_logs, field_values
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.domain.anomalies import FORMS, Awaited, Entry, EntryKind, EntryLine, Nature, Role, State
from ivaudit.domain.circuits import Certainty, ReportDue
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.domain.register_views import View
from ivaudit.domain.report_figures import plural
from ivaudit.domain.wording import folded

Words: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - argparse names it nowhere else

_COUNTS = {"detected": "détectées", "confirmed": "confirmées", "corrected": "corrigées"}
_TEXTS = {
    "unit": "unité ou service",
    "application": "logiciel concerné",
    "found": "jour de découverte, AAAA-MM-JJ",
    "description": "les faits, sans nom",
}


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    one = leaf(words, "add", "déclarer une anomalie, ou un événement", add_one)
    _declaring(one)
    one.add_argument("--event", action="store_true", help="un événement, pas une anomalie de base")
    one.add_argument("--born-of", default="", metavar="NUMÉRO", help="anomalie dont celle-ci naît")
    one.add_argument(
        "--reference",
        action="append",
        default=[],
        metavar="[RÔLE=][NATURE:]NUMÉRO",
        help="référence locale, par exemple « maître=IPP:123456 »",
    )
    batch = leaf(words, "batch", "déclarer un lot de corrections, en nombres", add_batch)
    _declaring(batch)
    for name, text in _COUNTS.items():
        batch.add_argument(f"--{name}", type=int, metavar="N", help=f"combien ont été {text}")
    every = leaf(words, "list", "lister le registre, ou une de ses vues", list_all)
    _filters(every)
    leaf(words, "types", "lister les types d'anomalies et leur code", list_types)
    _one(leaf(words, "show", "afficher une anomalie entière", show_one))
    edit = leaf(words, "edit", "compléter ou corriger une anomalie", edit_one)
    _one(edit)
    edit.add_argument("fields", nargs="+", metavar="CHAMP=VALEUR", help="champs ; rien pour vider")
    _one(leaf(words, "remove", "retirer une anomalie du registre", remove_one))
    _state(words)
    _one(leaf(words, "similar", "lister celles qui lui ressemblent, et pourquoi", list_similar))
    stats = leaf(words, "stats", "compter le registre par type, étape, gravité, mois, délai, logiciel", count)
    _filters(stats)
    _circuits(words)
    anomaly_logs.add(words)


def _state(words: Words) -> None:
    state = leaf(words, "state", "faire passer une anomalie à un autre état", move_one)
    _one(state)
    state.add_argument("state", choices=list(State), help="état")
    state.add_argument("--by", default="", metavar="FONCTION", help="fonction de qui le fait")
    state.add_argument("--at", default="", metavar="AAAA-MM-JJTHH:MM", help="quand (sinon maintenant)")
    state.add_argument("--reason", default="", metavar="TEXTE", help="motif")
    state.add_argument("--awaited", choices=list(Awaited), help="de qui l'on attend")


def _circuits(words: Words) -> None:
    circuits = leaf(words, "circuits", "à qui signaler, avant quand", list_circuits)
    circuits.add_argument(
        "number", nargs="?", default="", metavar="NUMÉRO", help="une anomalie (sinon ce qui est dû)"
    )
    circuits.add_argument("--done", metavar="CIRCUIT/ÉTAPE", help="noter qu'une étape est faite")
    circuits.add_argument("--on", default="", metavar="AAAA-MM-JJ", help="jour où elle l'a été")
    circuits.add_argument("--reference", default="", metavar="TEXTE", help="numéro reçu")
    circuits.add_argument(
        "--region", action="append", metavar="CIRCUIT", help="circuit régional à appliquer ; « aucun » sinon"
    )


def _declaring(command: Parser) -> None:
    command.add_argument("type", metavar="TYPE", help="code ou nom du type (« anomalies types » les liste)")
    command.add_argument("--facility", default="", metavar="STRUCTURE", help="identifiant de la structure")
    for name, text in _TEXTS.items():
        command.add_argument(f"--{name}", metavar="TEXTE", help=text)
    command.add_argument(
        "--set", action="append", default=[], metavar="CHAMP=VALEUR", help="autre champ de la fiche"
    )


def _one(command: Parser) -> None:
    command.add_argument("number", metavar="NUMÉRO", help="numéro de l'anomalie, ou son identifiant")


def _filters(command: Parser) -> None:
    command.add_argument("--view", choices=list(View), help="une vue")
    command.add_argument("--kind", choices=list(EntryKind), default="", help="anomalies, événements ou lots")
    command.add_argument("--facility", default="", metavar="STRUCTURE", help="celles d'une structure")
    command.add_argument("--type", action="append", default=[], metavar="TYPE", help="code d'un type")
    command.add_argument("--from", dest="found_from", default="", metavar="AAAA-MM-JJ", help="découverte dès")
    command.add_argument("--to", dest="found_to", default="", metavar="AAAA-MM-JJ", help="jusqu'à")
    command.add_argument("--search", default="", metavar="MOTS", help="mots ou numéro à chercher")


def add_one(args: Namespace) -> int:
    """Declare an anomaly or an event, and say what looks like it."""
    kind = EntryKind.EVENT if args.event else EntryKind.ANOMALY
    values = _given(args, kind)
    if args.reference:
        values["references"] = [_reference(each) for each in args.reference]
    return _declare(args, kind, values)


def add_batch(args: Namespace) -> int:
    """Declare a batch of corrections."""
    counts = {name: getattr(args, name) for name in _COUNTS if getattr(args, name) is not None}
    return _declare(args, EntryKind.BATCH, {**_given(args, EntryKind.BATCH), **counts})


def _declare(args: Namespace, kind: EntryKind, values: dict[str, object]) -> int:
    with session(args) as opened:
        values["type"] = _type(str(values["type"]), anomalies.terms(opened))
        parent = anomalies.find(opened, args.born_of).id if getattr(args, "born_of", "") else ""
        _, key = anomalies.declare(opened, kind, values, facility=args.facility, born_of=parent)
        entry = anomalies.get(opened, key)
        alike = () if kind is EntryKind.BATCH else register.similar(opened, key)
    lines = [f"Déclarée sous le numéro {entry.number}"]
    lines += [f"Ressemble à {line.number} ({', '.join(why.reasons)})" for line, why in alike]
    document = {"anomaly": key, "number": entry.number, "similar": [line.number for line, _ in alike]}
    show(args, document, lines)
    return 0


def list_all(args: Namespace) -> int:
    """List the lines of the register."""
    with session(args) as opened:
        terms = anomalies.terms(opened)
        found = _lines_of(args, opened)
    show(args, [line._asdict() for line in found], _listed(found, terms))
    return 0


def show_one(args: Namespace) -> int:
    """Print an entry whole, with its links and its criticality."""
    with session(args) as opened:
        entry = anomalies.find(opened, args.number)
        links = anomaly_links.linked(opened, entry.id)
        critical = register.critical(opened, entry.id)
        terms, said = anomalies.terms(opened), anomaly_words.said(opened, entry)
    document = {
        "anomaly": entry,
        "state": entry.state,
        "criticality": critical,
        "parent": links.parent.number if links.parent else None,
        "children": [each.number for each in links.children],
        "related": [each.number for each in links.related],
    }
    show(args, document, _described(entry, terms, said))
    return 0


def edit_one(args: Namespace) -> int:
    """Change fields of an entry."""
    with session(args) as opened:
        entry = anomalies.find(opened, args.number)
        values = dict(field_values.pair(FORMS[entry.kind], each) for each in args.fields)
        changes = anomalies.edit(opened, entry.id, values)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def remove_one(args: Namespace) -> int:
    """Take an entry off the register."""
    with session(args) as opened:
        changes = anomalies.remove(opened, anomalies.find(opened, args.number).id)
    show(args, changes, [changes.done])
    return 0


def move_one(args: Namespace) -> int:
    """Bring an entry to another state."""
    with session(args) as opened:
        changes = anomaly_life.move(
            opened,
            anomalies.find(opened, args.number).id,
            State(args.state),
            by=args.by,
            at=args.at,
            reason=args.reason,
            awaited=Awaited(args.awaited) if args.awaited else None,
        )
    show(args, changes, [changes.done])
    return 0


def list_types(args: Namespace) -> int:
    """List the types that an entry may have."""
    with session(args) as opened:
        found = anomalies.terms(opened).types
    show(args, found, [f"{each.id}  {each.label}" for each in found])
    return 0


def list_similar(args: Namespace) -> int:
    """List the entries that look like one."""
    with session(args) as opened:
        found = register.similar(opened, anomalies.find(opened, args.number).id)
    document = [{"number": line.number, "reasons": list(why.reasons)} for line, why in found]
    lines = [f"{line.number}  {', '.join(why.reasons)}" for line, why in found]
    show(args, document, lines or ["Aucune autre ne lui ressemble."])
    return 0


def count(args: Namespace) -> int:
    """Count the lines of the register."""
    with session(args) as opened:
        found = register.figures(opened, _lines_of(args, opened))
    many = f"{plural(found.cases, 'anomalie')} en {plural(found.entries, 'ligne')}"
    lines = [f"{many} ; non confirmées : {found.unconfirmed}"]
    for tally in (each for each in found.tallies if each.total or each.note):
        lines += ["", tally.title, *(f"  {row.cases:>7}  {row.label}" for row in tally.rows if row.cases)]
        lines += [f"  {tally.note}"] if tally.note else []
    show(args, found, lines)
    return 0


def list_circuits(args: Namespace) -> int:
    """Say to whom an entry is reported and by when, or what is due; note a step that was done."""
    with session(args) as opened:
        if args.region is not None:
            anomaly_reports.choose_regions(opened, [each for each in args.region if each != "aucun"])
        key = anomalies.find(opened, args.number).id if args.number else ""
        if args.done:
            circuit, _, step = args.done.partition("/")
            if not key:
                raise InvalidValue("Dites de quelle anomalie cette étape est faite.")
            anomaly_reports.report(opened, key, circuit, step, done=args.on, number=args.reference)
        found = (
            [(args.number, each) for each in anomaly_reports.to_do(opened, key)]
            if key
            else [(line.number, each) for line, each in anomaly_reports.due(opened)]
        )
    document = [{"number": number, **_step(each)} for number, each in found]
    show(args, document, [_due(number, each) for number, each in found] or ["Rien à signaler."])
    return 0


# -- values and lines --------------------------------------------------------------------------------------


def _lines_of(args: Namespace, opened: Session) -> tuple[EntryLine, ...]:
    terms = anomalies.terms(opened)
    among = Among(
        kind=args.kind,
        facility=args.facility,
        types=tuple(_type(each, terms) for each in args.type),
        found_from=args.found_from,
        found_to=args.found_to,
        words=tuple(folded(args.search).split()),
    )
    if args.view:
        return register.view(opened, View(args.view), among)
    return anomalies.lines(opened, among)


def _given(args: Namespace, kind: EntryKind) -> dict[str, object]:
    texts = {name: getattr(args, name) for name in _TEXTS if getattr(args, name) is not None}
    others = dict(field_values.pair(FORMS[kind], each) for each in args.set)
    return {"type": args.type, **texts, **others}


def _type(text: str, terms: RegisterTerms) -> str:
    """Return the code of a type, from its code or its label."""
    wanted = folded(text)
    for each in terms.types:
        if wanted in {folded(each.id), folded(each.label)}:
            return each.id
    raise InvalidValue(f"Type « {text} » inconnu. « ivaudit-cli anomalies types » les liste, avec leur code.")


def _reference(text: str) -> dict[str, str]:
    role, equals, rest = text.partition("=")
    role, rest = (role.strip(), rest) if equals else (Role.CONCERNED.value, text)
    nature, colon, value = rest.partition(":")
    nature, value = (nature.strip(), value) if colon else (Nature.RECORD.value, rest)
    return {"role": role, "nature": nature, "value": value.strip()}


def _listed(found: Iterable[EntryLine], terms: RegisterTerms) -> list[str]:
    lines = [
        f"{line.number}  {line.found or '—'}  {line.state}  {terms.type_label(line.type)}"
        f"{f'  × {line.cases}' if line.kind == EntryKind.BATCH else ''}  {line.unit}".rstrip()
        for line in found
    ]
    return lines or ["Aucune anomalie."]


def _described(entry: Entry, terms: RegisterTerms, said: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    yield f"{entry.number}  {entry.kind}  {terms.type_label(entry.type)}"
    for turn in entry.trail:
        waiting = f" de : {turn.awaited}" if turn.awaited else ""
        reason = f" ({turn.reason})" if turn.reason else ""
        yield f"  {turn.at}  {turn.state}{waiting}  {turn.by}{reason}"
    for name, (title, text) in said.items():
        yield f"  {title} ({name}) : {text}"


def _step(due: ReportDue) -> dict[str, object]:
    circuit = due.proposed.circuit
    return {
        "circuit": circuit.id,
        "step": due.step.id,
        "certainty": due.proposed.certainty,
        "region": due.proposed.region,
        "addressee": circuit.addressee,
        "delay": due.step.delay,
        "at": due.at.isoformat() if due.at else None,
        "why": due.why,
    }


def _due(number: str, due: ReportDue) -> str:
    circuit = due.proposed.circuit
    maybe = " (à vérifier)" if due.proposed.certainty is Certainty.MAYBE else ""
    until = f"avant le {due.at.astimezone():%d/%m/%Y à %H:%M}" if due.at else due.why
    return f"{number}  {circuit.title}{maybe} – {due.step.title} : {until}  [{due.key}]"
