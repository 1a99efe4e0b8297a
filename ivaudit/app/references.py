"""The audits that stand beside the points of another: chosen, read, and with what is still under way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ivaudit.app import actions, comparisons
from ivaudit.app.session import Session
from ivaudit.domain.actions import Action, ActionState
from ivaudit.domain.audit import STRUCTURE, Answer, Audit
from ivaudit.domain.comparison import SELF
from ivaudit.domain.references import MOST, Reference, References, Said
from ivaudit.domain.scale import Scale, ScaleValue
from ivaudit.store import audits as stored
from ivaudit.store import findings as stored_findings
from ivaudit.store import subjects as stored_subjects

_NONE = "-"
_OVER = {ActionState.CHECKED, ActionState.DROPPED}


def of(session: Session, audit: str) -> References:
    """Return what stands beside the points of an audit.

    Raises:
        NotFound: no such audit.
    """
    known = session.audit(audit)
    choices = _choices(session, known)
    shown = _chosen(session, known, choices)
    said: dict[str, tuple[Said, ...]] = {}
    for each in shown:
        for criterion, found in _said(session, known, each):
            said[criterion] = (*said.get(criterion, ()), found)
    return References(
        choices=tuple(map(_reference, choices)),
        shown=tuple(map(_reference, shown)),
        said=said,
        actions=actions_on(session, known.facility, but=audit),
    )


def choose(session: Session, audit: str, keys: Sequence[str] | None) -> References:
    """Choose which audits stand beside; not part of the journal.

    Args:
        session: the open workspace.
        audit: its id.
        keys: ids of two at most, empty to hide them, nothing for the usual ones.

    Raises:
        NotFound: no such audit.
    """
    known = {each.id for each in _choices(session, session.audit(audit))}
    kept = [key for key in dict.fromkeys(keys or ()) if key in known][:MOST]
    session.workspace.remember(_key(audit), "" if keys is None else ",".join(kept) or _NONE)
    return of(session, audit)


def actions_on(session: Session, facility: str, *, but: str = "") -> Mapping[str, tuple[Action, ...]]:
    """Return the actions of a structure that are not over, by the criteria they serve.

    Args:
        session: the open workspace.
        facility: id of the structure.
        but: id of an audit whose own actions are left out.
    """
    found: dict[str, list[Action]] = {}
    kept: dict[str, dict[str, tuple[str, ...]]] = {}
    for action in actions.all_of(session):
        if action.facility != facility or action.state in _OVER or (but and action.audit == but):
            continue
        for criterion in dict.fromkeys((*action.criteria, *_of_finding(session, action, kept))):
            found.setdefault(criterion, []).append(action)
    return {criterion: tuple(each) for criterion, each in found.items()}


def criteria_of_open_actions(session: Session, facility: str) -> frozenset[str]:
    """Return the criteria of a structure on which an action is still open."""
    found = actions_on(session, facility)
    return frozenset(key for key, each in found.items() if any(action.state.open for action in each))


def _choices(session: Session, audit: Audit) -> tuple[Audit, ...]:
    """Return the earlier audits that asked one of the points, whatever their grid, and the source."""
    asked = session.frozen(audit).index.keys()
    known = stored.audits(session.workspace.db)
    others = (each for each in known if each.facility == audit.facility and each.id != audit.id)
    before = (each for each in others if (each.date, each.created) <= (audit.date, audit.created))
    found = [each for each in before if not asked.isdisjoint(session.frozen(each).index)]
    source = stored.audit(session.workspace.db, audit.source) if audit.source else None
    if source is not None and source.id not in {each.id for each in found}:
        found.append(source)
    return tuple(sorted(found, key=lambda each: (each.date, each.created), reverse=True))


def _chosen(session: Session, audit: Audit, choices: Sequence[Audit]) -> tuple[Audit, ...]:
    kept = session.workspace.recall(_key(audit.id))
    by_id = {each.id: each for each in choices}
    if kept:
        return tuple(by_id[key] for key in kept.split(",") if key in by_id)
    same = [each.id for each in comparisons.earlier(session, audit.id)]
    # An audit on the same grid before a later one that asked a few of its points.
    preferred = sorted(choices, key=lambda each: each.id not in same)
    external = next((each for each in preferred if each.kind != SELF), None)
    own = next((each for each in preferred if each.kind == SELF), None)
    usual = (by_id.get(audit.source), external, own)
    return tuple({each.id: each for each in usual if each is not None}.values())[:MOST]


def _key(audit: str) -> str:
    return f"beside:{audit}"


def _reference(audit: Audit) -> Reference:
    return Reference(
        audit=audit.id, date=audit.date, kind=audit.kind, title=audit.title, declared=audit.kind == SELF
    )


def _said(session: Session, audit: Audit, earlier: Audit) -> Iterator[tuple[str, Said]]:
    """Yield what an earlier audit said of each point of an audit, by criterion."""
    answers = stored.answers(session.workspace.db, earlier.id)
    given: dict[str, dict[str, Answer]] = {}
    for (subject, key), answer in answers.items():
        if not answer.empty and answer.carried is None:
            given.setdefault(key, {})[subject] = answer
    labels = {each.id: each.label for each in stored_subjects.subjects(session.workspace.db, earlier.id)}
    index = session.frozen(earlier).index
    reference = _reference(earlier)
    for key, (_, checklist, criterion) in session.frozen(audit).index.items():
        known = (each for each in (key, *criterion.replaces) if each in given and each in index)
        found = next(known, None)
        if found is not None:
            _, old, asked = index[found]
            said = _in_words(old.scale_of(asked), given[found], labels, reference)
            same = old.fingerprint_of(asked) == checklist.fingerprint_of(criterion)
            yield key, said if same else replace(said, reworded=True)


def _in_words(
    scale: Scale, answers: Mapping[str, Answer], labels: Mapping[str, str], reference: Reference
) -> Said:
    values = {subject: scale.value(answer.value or "") for subject, answer in answers.items()}
    own = values.get(STRUCTURE)
    given = {subject: value for subject, value in values.items() if value is not None}
    if own is not None or not given:
        words = own.label if own is not None else "Sans réponse"
    else:
        words = ", ".join(
            f"{labels.get(subject, subject)} : {value.label}" for subject, value in given.items()
        )
    constats = [answer.constat for answer in answers.values() if answer.constat]
    return Said(
        reference=reference,
        words=words,
        value=own if own is not None else _weakest(list(given.values())),
        constat="\n".join(constats),
    )


def _weakest(values: Sequence[ScaleValue]) -> ScaleValue | None:
    """Return the value that earns least, one to improve before any that is not."""
    return min(
        values,
        key=lambda each: (not each.to_improve, each.percent if each.percent is not None else 101),
        default=None,
    )


def _of_finding(
    session: Session, action: Action, kept: dict[str, dict[str, tuple[str, ...]]]
) -> tuple[str, ...]:
    """Return the criteria of the finding that an action answers; those of an audit are read once."""
    if not (action.audit and action.finding):
        return ()
    if action.audit not in kept:
        found = stored_findings.findings(session.workspace.db, action.audit)
        kept[action.audit] = {each.id: each.criteria for each in found}
    return kept[action.audit].get(action.finding, ())
