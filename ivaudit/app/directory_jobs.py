"""The work on a foreign directory that a child process does: read, checked, built into a file of its own."""

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from ivaudit.domain.directory import DirectoryPreview, DirectoryState
from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.finess import finess_warning
from ivaudit.domain.progress import Progress
from ivaudit.exchange import directory as published
from ivaudit.exchange.directory import MOST_ENTRIES, DirectorySource
from ivaudit.reports.plain import to_plain
from ivaudit.store.directory_build import PIECE, Builder, Built

_HUNDRED, _READ = 100, 60
"""Of a hundred steps, those that reading and indexing take; putting in order takes the others."""


def build(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Build the directory `target` out of the file `path`, and return its preview.

    `key` is that of directories, in hexadecimal; `former` is the one in use; `known` are the words that the
    program has for categories, by code.
    """
    path, target = Path(request["path"]), Path(request["target"])
    source = published.open_source(path)
    key, former = bytes.fromhex(request["key"]), Path(request["former"])
    with closing(Builder(target, key, former, request["known"])) as builder:
        doubtful = _read(source, builder, progress)
        whole = max(builder.count, 1)

        def tick(done: int) -> None:
            progress(_READ + done * (_HUNDRED - _READ) // whole, _HUNDRED, "mise en ordre de l'annuaire")

        builder.arrange(tick)
        built = builder.summary()
        state = DirectoryState(
            format=source.format,
            date=source.date,
            source=path.name,
            digest=published.digest(path),
            imported=datetime.now(UTC).isoformat(timespec="seconds"),
            tally=built.tally,
        )
        builder.finish(state)
    return {"preview": to_plain(_preview(source, built, state, doubtful))}


def _read(source: DirectorySource, builder: Builder, progress: Progress) -> int:
    """Take every entry in; return how many numbers have a wrong key."""
    doubtful = 0
    entries = source.entries()
    while piece := tuple(islice(entries, PIECE)):
        builder.add(piece)
        if builder.count > MOST_ENTRIES:
            raise UnreadableFile(
                "Ce fichier compte plus d'un million d'établissements : il n'est pas lu. Rien n'a été "
                "modifié. Vérifiez qu'il s'agit bien de l'annuaire FINESS."
            )
        doubtful += sum(finess_warning(entry.finess) is not None for entry in piece)
        progress(source.done * _READ // max(source.size, 1), _HUNDRED, "lecture de l'annuaire")
    if not builder.count:
        raise UnreadableFile(
            "Aucun établissement de ce fichier ne se lit. Rien n'a été modifié. Importez le fichier tel "
            "qu'il est publié, sans l'avoir ouvert dans un tableur."
        )
    return doubtful


def _preview(source: DirectorySource, built: Built, state: DirectoryState, doubtful: int) -> DirectoryPreview:
    return DirectoryPreview(
        state=state,
        departments=built.departments,
        changes=built.changes,
        doubtful=doubtful,
        repeated=built.repeated,
        rejected=source.rejected,
        problems=tuple(source.problems),
        former=built.former,
    )
