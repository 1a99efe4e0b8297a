"""What proposals of durations must respect beyond their shape."""

from collections.abc import Iterator

from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.domain.retention import Held, RetentionProposals

_LONGEST = 240


def problems(parsed: Parsed, file: RetentionProposals) -> Iterator[Problem]:
    """Yield the rules that proposals break."""
    twice = repeated(kind.id for kind in file.kinds)
    for kind in file.kinds:
        if kind.id in twice:
            yield parsed.problem(kind, "id", f"id: « {kind.id} » est employé plusieurs fois")
        if not 1 <= kind.proposed <= _LONGEST:
            yield parsed.problem(kind, "proposed", f"proposed: un nombre de mois de 1 à {_LONGEST} attendu")
    for missing in set(Held) - {kind.id for kind in file.kinds}:
        yield parsed.problem(file, "kinds", f"kinds: il manque « {missing} »")
