"""What the import of a sheet of lines prints, whatever its lines are."""

from argparse import Namespace
from collections.abc import Iterator

from ivaudit.domain.sheet_comparison import Outcome, SheetComparison


def taken(args: Namespace, found: SheetComparison) -> frozenset[str]:
    """Return the changes to write, by id."""
    if args.take_theirs:
        return frozenset(each.id for each in found.changes)
    return found.proposed


def document(found: SheetComparison, wanted: frozenset[str], *, dry: bool) -> dict[str, object]:
    """Return what a program is told."""
    return {
        "written": 0 if dry else len(wanted),
        "changes": found.changes,
        "added": found.added,
        "same": found.same,
        "unknown": found.unknown,
        "problems": [str(each) for each in found.problems],
    }


def told(found: SheetComparison, wanted: frozenset[str], *, dry: bool) -> Iterator[str]:
    """Yield what people are told."""
    for each in found.changes:
        mark = "" if each.id in wanted else "  (gardé : modifié des deux côtés)"
        yield f"{each.place:<18} {each.line} · {each.title} : {each.mine or '—'} → {each.theirs}{mark}"
    yield from (f"ligne inconnue ici : {each}" for each in found.unknown)
    yield from map(str, found.problems)
    both = sum(each.outcome is Outcome.DIFFERENT for each in found.changes)
    yield (
        f"{len(found.changes)} valeurs changées, dont {both} des deux côtés ; {len(found.added)} lignes "
        f"nouvelles ; {found.same} lignes inchangées ; {len(found.unknown)} inconnues."
    )
    yield "Rien n'a été enregistré." if dry else f"{len(wanted)} valeurs enregistrées."
