"""A disk that refuses at the last moment, when a whole gesture is committed."""

import resource

import pytest
from support.bench import Bench

from ivaudit.app import answers
from ivaudit.domain.errors import KnownError

POINT = "rec-ant-02"


def test_a_text_that_the_disk_refused_is_told_and_cannot_be_undone(bench: Bench) -> None:
    answers.write(bench.session, bench.audit, POINT, "constat", "intact")
    log = bench.session.workspace.folder / "ivaudit.db-wal"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, limits[1]))
    try:
        with pytest.raises(KnownError, match="disque"):
            answers.write(bench.session, bench.audit, POINT, "constat", "refusé")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert answers.current(bench.session, bench.audit, POINT).constat == "intact"
    answers.undo(bench.session, bench.audit)
    assert answers.current(bench.session, bench.audit, POINT).constat == ""
