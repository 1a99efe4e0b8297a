"""What people are told of a directory, the same in the window and in a terminal."""

from collections.abc import Iterator

from ivaudit.domain.directory import DirectoryPreview, DirectoryState, Entry
from ivaudit.domain.report_form import long_date

_NUMBER_ONLY = "Ce format ne donne que le numéro des entités juridiques (EJ), sans leur nom."


def number(amount: int) -> str:
    """Return «102 345», with a narrow no-break space."""
    return f"{amount:,}".replace(",", "\u202f")


def amount(count: int, one: str, many: str) -> str:
    """Return «1 ligne» or «12 lignes»."""
    return f"{number(count)} {one if count in {0, 1} else many}"


def dated(state: DirectoryState | None) -> str:
    """Return «Annuaire FINESS du 4 mai 2026, 102 345 établissements», or that there is none."""
    if state is None:
        return "Aucun annuaire FINESS n'est importé"
    when = f"du {long_date(state.date)}" if state.date else "sans date"
    parts = [f"Annuaire FINESS {when}", amount(state.tally.sites, "établissement", "établissements")]
    if state.tally.entities:
        parts.append(amount(state.tally.entities, "entité juridique", "entités juridiques"))
    return ", ".join(parts)


def held(preview: DirectoryPreview) -> str:
    """Return what a file holds: its format, ET, EJ, closed ones."""
    state = preview.state
    tally = state.tally
    parts = [
        amount(tally.sites, "établissement (ET)", "établissements (ET)"),
        amount(tally.entities, "entité juridique (EJ)", "entités juridiques (EJ)") if tally.entities else "",
        f"dont {amount(tally.closed, 'fermé', 'fermés')}" if tally.closed else "",
    ]
    date = f"daté du {long_date(state.date)}" if state.date else "qui ne dit pas sa date"
    only = "" if tally.entities else f" {_NUMBER_ONLY}"
    return f"Annuaire {state.format.value} {date} : {', '.join(filter(None, parts))}.{only}"


def changed(preview: DirectoryPreview) -> str:
    """Return what a file changes against the directory in use."""
    found, former = preview.changes, preview.former
    if former is None:
        return "Aucun annuaire n'est en place : tout est nouveau."
    if preview.same_file:
        return "C'est le fichier de l'annuaire déjà en place : l'importer ne changerait rien."
    place = f"Par rapport à l'annuaire en place ({_date(former)})"
    if found.none:
        return f"{place}, aucune ligne ne change."
    parts = (
        amount(found.added, "ligne ajoutée", "lignes ajoutées"),
        amount(found.removed, "retirée", "retirées"),
        amount(found.changed, "modifiée", "modifiées"),
    )
    closed = f", dont {amount(found.closed, 'fermée', 'fermées')} depuis" if found.closed else ""
    return f"{place} : {', '.join(parts)}{closed}."


def cautions(preview: DirectoryPreview) -> Iterator[str]:
    """Yield what is to be known before a directory is imported."""
    if preview.older and preview.former is not None:
        yield f"Ce fichier est plus ancien que l'annuaire en place ({_date(preview.former)})."
    if preview.rejected:
        yield (
            f"{amount(preview.rejected, 'ligne illisible est laissée', 'lignes illisibles sont laissées')} "
            "de côté."
        )
    if preview.repeated:
        again = amount(preview.repeated, "numéro revient", "numéros reviennent")
        yield f"{again} : la dernière ligne compte."
    if preview.doubtful:
        yield (
            f"La clé de {amount(preview.doubtful, 'numéro', 'numéros')} ne correspond pas ; ces lignes sont "
            "gardées."
        )


def described(entry: Entry) -> str:
    """Return an entry on one line: which kind of number, whose, where, and whether it is closed."""
    place = " ".join(filter(None, (entry.postcode, entry.city)))
    category = " ".join(filter(None, (entry.category, entry.category_label)))
    parts = (entry.title, place, category, standing(entry) if entry.closed else "")
    owner = f"  (EJ {entry.ej})" if entry.ej and entry.ej != entry.finess else ""
    return f"{entry.kind.value} {entry.finess}{owner}  {' · '.join(filter(None, parts))}"


def standing(entry: Entry) -> str:
    """Return whether an entry is open, and since when it is not."""
    if not entry.closed:
        return "Ouvert"
    return f"Fermé le {long_date(entry.closed_on)}" if entry.closed_on else "Fermé"


def _date(state: DirectoryState) -> str:
    return long_date(state.date) if state.date else "sans date"
