"""The auditor's own words: appreciation, strengths, priorities; and what might be proposed for them."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ivaudit.app import gestures, names, texts
from ivaudit.app.session import Session
from ivaudit.domain.audit import MAX_PRIORITIES, MAX_STRENGTHS, Changes, Highlight, Synthesis
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.standing import PointStanding, State
from ivaudit.store import audits as stored
from ivaudit.store.journal import Edit

_LABELS = {"strengths": "Points forts", "priorities": "Priorités"}
_LIMITS = {"strengths": MAX_STRENGTHS, "priorities": MAX_PRIORITIES}
_APPRECIATION = "appreciation"
MAX_HIGHLIGHT = 2_000


def get(session: Session, audit: str) -> Synthesis:
    """Return what was written."""
    return stored.synthesis(session.workspace.db, audit)


def write(
    session: Session,
    audit: str,
    *,
    appreciation: str | None = None,
    strengths: Sequence[Highlight] | None = None,
    priorities: Sequence[Highlight] | None = None,
) -> Changes:
    """Record what is given; the rest stays.

    Raises:
        NotFound: no such audit.
        InvalidValue: too many strengths or priorities, or a criterion the audit does not have.
    """
    changes = Changes()
    if appreciation is not None:
        changes = texts.write(session, _place(session, audit), appreciation)
    for field, highlights in (("strengths", strengths), ("priorities", priorities)):
        if highlights is not None:
            listed = _list(session, audit, field, highlights)
            changes = listed if listed.at else changes
    return changes


def draft(session: Session, audit: str, text: str) -> None:
    """Keep the appreciation being typed."""
    texts.draft(session, _place(session, audit), text)


def proposed_strengths(found: Iterable[PointStanding]) -> tuple[PointStanding, ...]:
    """Return fully kept points worth citing: critical ones first, then the heaviest.

    Args:
        found: where the points of all the checklists of the audit stand.
    """
    return _ranked(each for each in found if each.state is State.RATED and each.earned == 1)


def proposed_priorities(found: Iterable[PointStanding]) -> tuple[PointStanding, ...]:
    """Return points not fully kept: critical ones first, then the heaviest, the least kept first.

    Args:
        found: where the points of all the checklists of the audit stand.
    """
    return _ranked(each for each in found if each.state is State.RATED and each.earned != 1)


def _ranked(wanted: Iterable[PointStanding]) -> tuple[PointStanding, ...]:
    found: dict[str, PointStanding] = {}
    for standing in wanted:
        found.setdefault(standing.criterion.id, standing)
    return tuple(sorted(found.values(), key=_rank))


def _rank(point: PointStanding) -> tuple[bool, int, Fraction]:
    return not point.criterion.critical, -point.criterion.weight, point.earned or Fraction(0)


def _place(session: Session, audit: str) -> texts.Place:
    session.audit(audit)
    return texts.Place(
        audit=audit, entity=names.audit(audit), field=_APPRECIATION, label="Appréciation générale"
    )


def _list(session: Session, audit: str, field: str, highlights: Sequence[Highlight]) -> Changes:
    limit = _LIMITS[field]
    if len(highlights) > limit:
        raise InvalidValue(f"{_LABELS[field]} : {limit} au plus, pour une première page lisible.")
    index = session.frozen(session.audit(audit)).index
    if any(criterion not in index for each in highlights for criterion in each.criteria):
        raise InvalidValue("Un des critères cités n'est dans aucune grille de cet audit.")
    if tuple(highlights) == getattr(get(session, audit), field):
        return Changes()
    rows = [
        {"text": texts.bounded(each.text.strip(), MAX_HIGHLIGHT), "criteria": list(each.criteria)}
        for each in highlights
    ]
    return gestures.gesture(session, audit, [Edit(names.audit(audit), field, rows)], _LABELS[field])
