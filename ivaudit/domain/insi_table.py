"""The columns of the INSi follow-up and of the list to call back, and what each says of a structure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ivaudit.domain.insi_evolution import READING, UNIQUE, Evolution
from ivaudit.domain.insi_follow_up import DeclaredRate, FollowUp, Group, Line, Standing
from ivaudit.domain.months import said as month_said
from ivaudit.domain.report_figures import plural


class InsiField(StrEnum):
    """What a column may hold."""

    FINESS = "finess"
    NAME = "name"
    DEPARTMENT = "department"
    CATEGORY = "category"
    INSIDE = "inside"
    STANDING = "standing"
    CALLS = "calls"
    CALLS_CERTIFICATE = "calls_certificate"
    CALLS_CARD = "calls_card"
    RETRIEVALS = "retrievals"
    CHECKS = "checks"
    USERS_CERTIFICATE = "users_certificate"
    USERS_CARD = "users_card"
    LAST = "last"
    SILENT = "silent"
    VIA = "via"
    COVERS = "covers"
    RATE = "rate"
    RATE_MONTH = "rate_month"
    RATE_DATE = "rate_date"
    RATE_QUALIFIED = "rate_qualified"
    RATE_ACTIVE = "rate_active"
    RATE_DEFINITION = "rate_definition"
    PHONE = "phone"
    EMPTY = "empty"


class InsiList(StrEnum):
    """The lists that have columns."""

    FOLLOW_UP = "suivi"
    CALL_BACK = "rappels"


class CellKind(StrEnum):
    """What the cells of a column are."""

    TEXT = "texte"
    NUMBER = "nombre"
    RATE = "taux"
    DAY = "jour"


_KINDS: Mapping[InsiField, CellKind] = {
    **dict.fromkeys(
        (
            InsiField.CALLS,
            InsiField.CALLS_CERTIFICATE,
            InsiField.CALLS_CARD,
            InsiField.RETRIEVALS,
            InsiField.CHECKS,
            InsiField.USERS_CERTIFICATE,
            InsiField.USERS_CARD,
            InsiField.SILENT,
            InsiField.COVERS,
            InsiField.RATE_QUALIFIED,
            InsiField.RATE_ACTIVE,
        ),
        CellKind.NUMBER,
    ),
    InsiField.RATE: CellKind.RATE,
    InsiField.RATE_DATE: CellKind.DAY,
}


_OF_RATE = frozenset(each for each in InsiField if each.value.startswith("rate"))
_OF_FILE = frozenset(each for each in InsiField if each.value.endswith(("_certificate", "_card")))


@dataclass(frozen=True, slots=True, kw_only=True)
class InsiColumn:
    """A column; `width` is in characters; those that are not `printed` come last."""

    id: str
    title: str
    width: int
    field: InsiField
    printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class InsiTable:
    """A published set of columns of one of the lists; a local file may have those of a region."""

    id: str
    version: str
    title: str
    licence: str
    what: InsiList
    columns: tuple[InsiColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InsiTitle:
    """A column of a sheet; `width` is in characters."""

    title: str
    width: int
    kind: CellKind = CellKind.TEXT
    printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class InsiSheet:
    """A sheet: cells as plain texts, rates in thousandths, days in ISO 8601; `charted` is a column drawn."""

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[InsiTitle, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    charted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InsiBook:
    """A workbook; as CSV, only its first sheet goes out."""

    title: str
    foot: str
    sheets: tuple[InsiSheet, ...]


def value_of(wanted: InsiField, line: Line, phone: str) -> str:  # noqa: PLR0911 - one answer a field
    """Return what a column says of a structure, empty where nothing is known."""
    if wanted in _OF_RATE:
        return _of_rate(wanted, line.rate)
    if wanted in _OF_FILE:
        usage = line.by_card if wanted.value.endswith("card") else line.by_certificate
        return _number(getattr(usage, wanted.value.partition("_")[0], None))
    match wanted:
        case InsiField.EMPTY:
            return ""
        case InsiField.PHONE:
            return phone
        case InsiField.INSIDE:
            return "oui" if line.inside else "non"
        case InsiField.STANDING:
            return said(line)
        case InsiField.LAST:
            return month_said(line.last)
        case InsiField.SILENT | InsiField.COVERS:
            return str(getattr(line, wanted.value) or "")
        case _:
            return _number(getattr(line, wanted.value))


def _of_rate(wanted: InsiField, rate: DeclaredRate | None) -> str:
    if rate is None:
        return ""
    match wanted:
        case InsiField.RATE:
            return _number(rate.share)
        case InsiField.RATE_MONTH:
            return month_said(rate.month)
        case _:
            return _number(getattr(rate, wanted.value.partition("_")[2]))


def said(line: Line) -> str:
    """Return the standing of a structure in words."""
    match line.standing:
        case Standing.SILENT if line.silent > 1:
            return f"silencieuse depuis {line.silent} mois"
        case Standing.SILENT:
            return "silencieuse ce mois"
        case Standing.OPEN:
            return "un seul fichier reçu : on ne sait pas"
        case other:
            return other.value


def book(follow: FollowUp, evolution: Evolution, columns: InsiTable, phones: Mapping[str, str]) -> InsiBook:
    """Return the follow-up of a month as a workbook: structures, departments, categories, evolution."""
    month = month_said(follow.month)
    title = f"Suivi de l'usage d'INSi – {month}"
    notes = (headline(follow), UNIQUE, READING)
    return InsiBook(
        title=title,
        foot=f"{columns.title} · {columns.version}",
        sheets=(
            listed(InsiSheet(name="Structures", title=title, notes=notes), follow.lines, columns, phones),
            _grouped("Départements", f"Par département – {month}", "Département", follow.departments),
            _grouped("Catégories", f"Par catégorie – {month}", "Catégorie", follow.categories),
            _evolving(evolution),
        ),
    )


def call_back_book(follow: FollowUp, silent: int, columns: InsiTable, phones: Mapping[str, str]) -> InsiBook:
    """Return the structures to call back as a workbook."""
    title = f"Structures à rappeler – {month_said(follow.month)}"
    lines = follow.to_call_back(silent)
    notes = (
        (
            f"Sans appel depuis au moins {silent} mois complet{'s' if silent > 1 else ''}, ou jamais vues "
            "dans un fichier reçu. Les structures qui appellent sous un autre FINESS n'y sont pas."
        ),
        READING,
        "Le téléphone vient de la fiche de la structure dans ivaudit, à défaut de l'annuaire FINESS importé.",
    )
    sheet = listed(InsiSheet(name="À rappeler", title=title, notes=notes), lines, columns, phones)
    return InsiBook(title=title, foot=f"{columns.title} · {columns.version}", sheets=(sheet,))


def headline(follow: FollowUp) -> str:
    """Return the figures of a month in one sentence, never one alone."""
    if not follow.channels:
        return f"Aucun fichier n'est reçu pour {month_said(follow.month)} : un mois non reçu n'est pas zéro."
    if not follow.frozen:
        many = plural(len(follow.lines), "structure")
        return f"{many} dans les fichiers reçus. Aucun périmètre n'est défini."
    called, via, silent, never, unknown = (
        len(follow.of(*each))
        for each in (
            (Standing.CALLED,),
            (Standing.VIA,),
            (Standing.SILENT, Standing.ZERO),
            (Standing.NEVER,),
            (Standing.UNKNOWN,),
        )
    )
    parts = [f"{plural(called, 'structure')} sur {len(follow.inside())} avec au moins un appel"]
    parts += [f"{via} sous un autre FINESS"] if via else []
    if follow.whole:
        parts += [
            f"{silent} sans appel ce mois",
            f"{plural(never, 'absente')} de tous les fichiers reçus",
        ]
    else:
        parts += ["un seul des deux fichiers est reçu : on ne peut pas dire qui n'a pas appelé"]
    parts += [f"{unknown} au nombre non communiqué"] if unknown else []
    return f"Périmètre figé pour {month_said(follow.frozen)} : {', '.join(parts)}."


def listed(
    head: InsiSheet, lines: Sequence[Line], columns: InsiTable, phones: Mapping[str, str]
) -> InsiSheet:
    """Return structures as a sheet, under the head of an empty one."""
    return replace(
        head,
        columns=tuple(
            InsiTitle(
                title=each.title,
                width=each.width,
                kind=_KINDS.get(each.field, CellKind.TEXT),
                printed=each.printed,
            )
            for each in columns.columns
        ),
        rows=tuple(
            tuple(value_of(each.field, line, phones.get(line.finess, "")) for each in columns.columns)
            for line in lines
        ),
    )


_GROUP = (
    ("Structures attendues", "expected"),
    ("Au moins un appel", "called"),
    ("Sous un autre FINESS", "via"),
    ("Sans appel ce mois", "silent"),
    ("Jamais vues", "never"),
    ("On ne sait pas", "unsure"),
    ("Sollicitations", "calls"),
    ("dont récupération", "retrievals"),
    ("dont vérification", "checks"),
)


def _grouped(name: str, title: str, what: str, groups: Sequence[Group]) -> InsiSheet:
    return InsiSheet(
        name=name,
        title=title,
        notes=(
            "Structures du périmètre seulement ; les sollicitations des deux fichiers sont additionnées.",
        ),
        columns=(
            InsiTitle(title=what, width=34),
            *(InsiTitle(title=each, width=14, kind=CellKind.NUMBER) for each, _ in _GROUP),
        ),
        rows=tuple(
            (each.label or "non précisé", *(str(getattr(each, field)) for _, field in _GROUP))
            for each in groups
        ),
    )


def _evolving(evolution: Evolution) -> InsiSheet:
    titles = (
        "Attendues",
        "Ont appelé",
        "Sous un autre FINESS",
        "Part du périmètre (%)",
        "Récupération",
        "Vérification",
    )
    rows = []
    for rank, each in enumerate(evolution.months, 1):
        figures = (each.expected, each.called, each.via, each.percent, each.retrievals, each.checks)
        state = "complet" if each.whole else "un seul fichier" if each.received else "non reçu"
        rows.append(
            (
                str(rank),
                month_said(each.month),
                *(_number(x) if each.received else "" for x in figures),
                state,
            )
        )
    return InsiSheet(
        name="Évolution",
        title="Évolution mois par mois",
        notes=("Un mois non reçu reste vide : ce n'est pas zéro.", READING),
        columns=(
            InsiTitle(title="N°", width=6, kind=CellKind.NUMBER),
            InsiTitle(title="Mois", width=16),
            *(InsiTitle(title=each, width=14, kind=CellKind.NUMBER) for each in titles),
            InsiTitle(title="Réception", width=16),
        ),
        rows=tuple(rows),
        charted=6,
    )


def _number(value: int | str | None) -> str:
    return "" if value is None else str(value)
