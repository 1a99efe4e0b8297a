"""Local adaptations as plain lines, to be read in a terminal."""

from collections.abc import Iterator

from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.adapted import ChangeKind, lightened_sentences, version_words
from ivaudit.domain.checklist import Checklist


def adaptation_lines(value: Adaptation) -> Iterator[str]:
    """Yield what an adaptation file says."""
    yield f"{value.author} ({value.scope}), {value.date}"
    yield f"Grille adaptée : {value.checklist} {value.checklist_version}"
    yield f"Motif : {value.reason}"
    yield ""
    yield from (f"ajouté      {each.id:<14} {each.question}" for each in value.added)
    yield from (f"modifié     {each.criterion:<14} {each.reason or ''}".rstrip() for each in value.change)
    yield from (f"critique    {each.criterion:<14} {each.reason}" for each in value.critical)
    yield from (f"désactivé   {each.criterion:<14} {each.reason}" for each in value.deactivate)


def applied_lines(checklist: Checklist) -> Iterator[str]:
    """Yield which adaptations made a checklist, what they ask less of, and what was not applied."""
    for each in checklist.adaptations:
        yield f"\nAdaptée par {each.author} : {each.title} ({each.id} {each.version})"
        if note := version_words(each, checklist.version):
            yield note
        yield from (
            f"Désactivé : {change.number} {change.criterion} « {change.question} » — {change.reason}"
            for change in each.changes
            if change.kind is ChangeKind.OFF
        )
        yield from (f"Non appliqué : {aside.criterion}. {aside.why}" for aside in each.set_aside)
    yield from lightened_sentences(checklist.adaptations)
