"""Newer versions of the checklists of an audit: what they change, moving to them, confirming answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ivaudit.app import answers, audits, gestures, names
from ivaudit.app.session import Session
from ivaudit.content.compiled import digest, freeze
from ivaudit.domain.audit import Answer, Audit, Carried, Changes
from ivaudit.domain.carrying import Fate, Match, compare
from ivaudit.domain.checklist import Checklist, NaPolicy
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound
from ivaudit.domain.journal import CONFIRM, MOVE, Json
from ivaudit.domain.scale import ScaleValue, Standing
from ivaudit.store import audits as stored
from ivaudit.store.journal import Edit

_TEXTS = ("constat", "note")
_WITH_THE_VALUE = ("value", "na_reason", "awaiting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    """A checklist of an audit with the version of it that the library has now."""

    old: Checklist
    new: Checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Two versions of a checklist of an audit side by side.

    `moved` tells whether the audit is already on the new one; `waiting` are the criteria of the new one
    whose answer is still to be confirmed.
    """

    old: Checklist
    new: Checklist
    matches: tuple[Match, ...]
    moved: bool
    waiting: frozenset[str]

    def of(self, fate: Fate) -> tuple[Match, ...]:
        """Return the criteria that share a fate."""
        return tuple(match for match in self.matches if match.fate is fate)


def steps(session: Session, audit: str) -> tuple[Step, ...]:
    """Return what newer versions would change, and what the last ones moved to left to confirm.

    Raises:
        NotFound: no such audit.
    """
    known = session.audit(audit)
    given = stored.answers(session.workspace.db, audit)
    pending = {each.old.id: each for each in _newer(session, known)}
    found = []
    for now in session.frozen(known).checklists:
        if now.id in pending:
            found.append(_step(pending[now.id].old, pending[now.id].new, given, moved=False))
        elif (before := _before(session, known, now)) is not None:
            step = _step(before, now, given, moved=True)
            found += [step] if step.waiting else []
    return tuple(found)


def move(session: Session, audit: str, checklist: str) -> Changes:
    """Move an audit to the newer version of one of its checklists, in one gesture that can be undone.

    Answers to unchanged criteria stay as they are, those to reworded ones wait to be confirmed, those to
    withdrawn ones stay in the journal.

    Raises:
        NotFound: no such audit or checklist.
        NotAllowedNow: the audit already has the version of the library.
    """
    known = session.audit(audit)
    found = _wanted(session, known, checklist)
    given = stored.answers(session.workspace.db, audit)
    with session.workspace.gesture():
        row = audits.freeze(session, found.new)
        before = next(sha for key, _, sha in known.checklists if key == found.old.id)
        rows: list[Json] = [row if key == found.old.id else [key, v, sha] for key, v, sha in known.checklists]
        edits = [Edit(names.audit(audit), "checklists", rows)]
        for match in compare(found.old, found.new):
            if match.fate is Fate.REWORDED:
                edits += _reworded(audit, before, match, given)
        label = f"passage à la version {found.new.version}"
        return gestures.gesture(session, audit, edits, label, kind=MOVE)


def confirm(session: Session, audit: str, criteria: Sequence[str]) -> Changes:
    """Confirm answers that were taken over: they hold as they are, with the constat of then where none is.

    Of several, those that cannot be confirmed are left out; nothing happens when none waits.

    Raises:
        NotFound: no such audit or criterion.
        InvalidValue: the only one asked for has to be answered anew.
    """
    known = session.audit(audit)
    given = stored.answers(session.workspace.db, audit)
    edits: list[Edit] = []
    confirmed: list[str] = []
    for criterion in dict.fromkeys(criteria):
        answers.numbered(session, audit, criterion)
        waiting = {s: a for (s, key), a in given.items() if key == criterion and a.value and a.carried}
        try:
            for answer in waiting.values():
                _confirmable(session, audit, criterion, answer)
        except InvalidValue:
            if len(criteria) == 1:
                raise
            continue
        for subject, answer in waiting.items():
            edits += _confirmed(session, audit, subject, criterion, answer)
            confirmed.append(criterion)
    if not edits:
        return Changes()
    changes = gestures.gesture(session, audit, edits, _label(session, audit, confirmed), kind=CONFIRM)
    answers.started(session, known)
    return changes


def waiting(session: Session, audit: str) -> tuple[str, ...]:
    """Return the criteria whose answer is still to be confirmed, in the order of the checklists."""
    given = stored.answers(session.workspace.db, audit)
    keys = {key for (_, key), answer in given.items() if answer.value and answer.carried}
    return tuple(key for key in session.frozen(session.audit(audit)).index if key in keys)


def worth_carrying(checklist: Checklist, match: Match, answer: Answer) -> ScaleValue | None:
    """Return the value of an answer when it may hold for a criterion of a checklist.

    An answer that only says that a point was not seen is not worth asking to confirm.
    """
    if match.new is None or answer.value is None:
        return None
    value = checklist.scale_of(match.new.criterion).value(answer.value)
    return None if value is None or value.standing is Standing.STAYS else value


def carried_json(audit: str, sha: str, criterion: str, at: str) -> dict[str, Json]:
    """Return what the journal keeps of where an answer comes from."""
    return {"audit": audit, "sha": sha, "criterion": criterion, "at": at}


# -- parts -------------------------------------------------------------------------------------------------


def _newer(session: Session, audit: Audit) -> Iterator[Newer]:
    shas = {key: sha for key, _, sha in audit.checklists}
    for old in session.frozen(audit).checklists:
        new = audits.published(session, old)
        if new is not None and digest(freeze(new)) != shas[old.id] and _rank(new) >= _rank(old):
            yield Newer(old=old, new=new)


def _rank(checklist: Checklist) -> tuple[int, ...]:
    """Return a version as numbers, to tell which of two is the newer."""
    return tuple(int(part) if part.isdigit() else 0 for part in checklist.version.split("."))


def _wanted(session: Session, audit: Audit, checklist: str) -> Newer:
    if checklist not in {key for key, _, _ in audit.checklists}:
        raise NotFound(f"Cet audit n'a pas de grille « {checklist[:60]} ».")
    found = next((each for each in _newer(session, audit) if each.old.id == checklist), None)
    if found is None:
        raise NotAllowedNow("Cet audit utilise déjà la version de cette grille qui est dans la bibliothèque.")
    return found


def _step(old: Checklist, new: Checklist, given: "dict[tuple[str, str], Answer]", *, moved: bool) -> Step:
    left = {key for (_, key), answer in given.items() if answer.value and answer.carried}
    return Step(
        old=old,
        new=new,
        matches=compare(old, new),
        moved=moved,
        waiting=frozenset(point.criterion.id for point in new.points() if point.criterion.id in left),
    )


def _before(session: Session, audit: Audit, now: Checklist) -> Checklist | None:
    """Return the version an audit had of a checklist before the present one, if it ever had another."""
    sha = next(sha for key, _, sha in audit.checklists if key == now.id)
    history = session.workspace.journal.history(names.audit(audit.id), "checklists")
    for version in reversed(history):
        rows = version.value if isinstance(version.value, list) else []
        for row in rows:
            if isinstance(row, list) and row[0] == now.id and row[2] != sha:
                return session.definition(str(row[2]))
    return None


def _reworded(audit: str, sha: str, match: Match, given: "dict[tuple[str, str], Answer]") -> Iterator[Edit]:
    """Yield what marks the answers to a reworded criterion, and takes over those of the one it replaces."""
    if match.new is None:
        return
    key = match.new.criterion.id
    for subject in dict.fromkeys(subject for subject, _ in given):
        old, answer = _first(match, subject, given)
        if answer is None or (answer.carried is not None and old == key):
            continue
        entity = names.answer(audit, subject, key)
        if old != key:
            yield from _copied(entity, answer, given.get((subject, key)))
        if answer.value is not None:
            yield Edit(entity, "carried", carried_json(audit, sha, old, answer.at))


def _first(match: Match, subject: str, given: "dict[tuple[str, str], Answer]") -> tuple[str, Answer | None]:
    """Return the first old criterion that a subject answered, with its answer."""
    for point in match.olds:
        answer = given.get((subject, point.criterion.id))
        if answer is not None and not answer.empty:
            return point.criterion.id, answer
    return "", None


def _copied(entity: str, answer: Answer, present: Answer | None) -> Iterator[Edit]:
    """Yield the words of an answer for the criterion that replaces its own, which had none."""
    if present is not None and not present.empty:
        return
    for name in (*_WITH_THE_VALUE, *_TEXTS, "review"):
        if value := getattr(answer, name):
            yield Edit(entity, name, value)
    if answer.means:
        yield Edit(entity, "means", list(answer.means))


def _confirmable(session: Session, audit: str, criterion: str, answer: Answer) -> None:
    number, checklist, found = session.frozen(session.audit(audit)).index[criterion]
    value = checklist.scale_of(found).value(answer.value or "")
    if value is None:
        raise InvalidValue(
            f"{number} : la réponse reprise n'existe plus dans cette version. Répondez de nouveau."
        )
    if value.standing is Standing.LEAVES and found.na is NaPolicy.FORBIDDEN:
        raise InvalidValue(
            f"{number} : « sans objet » n'est plus possible pour ce point. Répondez de nouveau."
        )
    if value.standing is Standing.LEAVES and not answer.na_reason.strip():
        answers.checked(checklist, found, value.id, answer.na_reason)


def _confirmed(session: Session, audit: str, subject: str, criterion: str, answer: Answer) -> Iterator[Edit]:
    entity = names.answer(audit, subject, criterion)
    yield Edit(entity, "carried", None)
    source: Carried | None = answer.carried
    if source is None or source.audit == audit:
        return
    earlier = stored.answer(session.workspace.db, source.audit, subject, source.criterion)
    if earlier is None:
        return
    for name in _TEXTS:
        if getattr(earlier, name) and not getattr(answer, name):
            yield Edit(entity, name, getattr(earlier, name))


def _label(session: Session, audit: str, confirmed: Sequence[str]) -> str:
    if len(confirmed) > 1:
        return f"{len(confirmed)} réponses reconfirmées"
    number, _, _ = session.frozen(session.audit(audit)).index[confirmed[0]]
    return f"{number} reconfirmé"
