"""Audits of one structure beside each other: which to compare, and what came of them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from ivaudit.app import audits, child_files, jobs, placing, sheets
from ivaudit.app.session import Session
from ivaudit.domain.audit import Audit
from ivaudit.domain.comparison import FEWEST, MOST, SELF, Comparison, chart_of, comparisons
from ivaudit.domain.comparison_sheet import comparison_sheet
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.follow_up import FOLLOW_UP
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.plain import to_plain
from ivaudit.store import audits as stored

_WIDE = 1400


def compare(session: Session, keys: Sequence[str]) -> tuple[Comparison, ...]:
    """Return what changed from one audit to the next, checklist by checklist.

    Args:
        session: the open workspace.
        keys: ids of audits of one structure, in any order.

    Raises:
        NotFound: no such audit.
        InvalidValue: too few, too many, or audits of two structures.
    """
    chosen = tuple(dict.fromkeys(keys))
    if not FEWEST <= len(chosen) <= MOST:
        raise InvalidValue(f"Choisissez de {FEWEST} à {MOST} audits à comparer.")
    found = [audits.sheet(session, key) for key in chosen]
    if len({sheet.audit.facility for sheet in found}) > 1:
        raise InvalidValue("Seuls des audits d'une même structure se comparent : aucun classement ici.")
    return comparisons(found)


def candidates(session: Session, key: str) -> tuple[Audit, ...]:
    """Return the other audits of the structure that may be compared with this one, the latest first.

    Raises:
        NotFound: no such audit.
    """
    audit = session.audit(key)
    others = (each for each in stored.audits(session.workspace.db) if each.id != key)
    found = (each for each in others if each.facility == audit.facility and _shares(each, audit))
    return tuple(sorted(found, key=lambda each: (each.date, each.created), reverse=True))


def write(
    found: Sequence[Comparison],
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write a comparison, whole or not at all: a workbook, CSV or the chart alone, as the file name says.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
        InvalidValue: nothing is compared, or the name of the file asks for another format.
    """
    if not found:
        raise InvalidValue("Ces audits n'ont aucune grille en commun : il n'y a rien à écrire.")
    if path.suffix.lower() == ".png":
        return placing.put_bytes(chart_png(found[0], width=_WIDE), path)
    printed = to_plain([comparison_sheet(each) for each in found])
    request = {"sheets": printed, "format": sheets.format_of(path)}
    return child_files.written("comparaison", request, path, progress=progress, cancelled=cancelled)


def file_name(day: str, facility: str) -> str:
    """Return the name of the file («2026-11-21_EHPAD-Les-Tilleuls_comparaison.xlsx»), safe everywhere."""
    return sheets.file_name(day, facility, "comparaison")


def chart_png(found: Comparison, *, width: int, dark: bool = False) -> bytes:
    """Return the scores of a comparison as a PNG picture.

    Args:
        found: the comparison.
        width: of the picture, in pixels.
        dark: draw for a dark window.
    """
    from ivaudit.reports import drawing, palette  # noqa: PLC0415 - reportlab is loaded for the first chart

    inks = palette.DARK if dark else palette.LIGHT
    return drawing.png(drawing.draw(chart_of(found), 480, inks), width, inks)


def earlier(session: Session, key: str) -> tuple[Audit, ...]:
    """Return the other audits of the structure that share a checklist with this one, the latest first.

    Raises:
        NotFound: no such audit.
    """
    audit = session.audit(key)
    found = candidates(session, key)
    return tuple(each for each in found if (each.date, each.created) <= (audit.date, audit.created))


def beside(session: Session, key: str) -> tuple[Audit, ...]:
    """Return the audits worth showing beside each criterion: the last external one, the last self-assessment.

    Raises:
        NotFound: no such audit.
    """
    found = earlier(session, key)
    external = next((each for each in found if each.kind != SELF), None)
    own = next((each for each in found if each.kind == SELF), None)
    return tuple(each for each in (external, own) if each is not None)


def _shares(one: Audit, other: Audit) -> bool:
    """Tell whether two audits share a checklist, or one is a follow-up, made of points of others."""
    grids = [{key for key, _, _ in each.checklists} for each in (one, other)]
    return bool(grids[0] & grids[1]) or FOLLOW_UP in grids[0] | grids[1]
