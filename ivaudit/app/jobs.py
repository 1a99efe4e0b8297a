"""Long works in a child process: no key, no passphrase, JSON lines on pipes, killed to cancel.

A worker thread would freeze the window while it computes; a child does not. This module is what the child
imports first: it stays light, and each job imports only what it needs.
"""

import errno
import importlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NoReturn

from ivaudit.domain import errors
from ivaudit.domain.errors import BugError, Cancelled, KnownError, TookTooLong
from ivaudit.domain.progress import Progress, silent

Request = Mapping[str, Any]
Work = Callable[[Request, Progress], dict[str, Any]]
Emit = Callable[[object], None]

JOBS: Mapping[str, tuple[str, str]] = {
    "image": ("ivaudit.app.picture_jobs", "prepare_picture"),
    "pages": ("ivaudit.app.picture_jobs", "prepare_pages"),
    "demande": ("ivaudit.app.visit_jobs", "write_request"),
    "plan": ("ivaudit.app.visit_jobs", "write_plan"),
    "rapport": ("ivaudit.app.report_jobs", "write_report"),
    "apercu": ("ivaudit.app.report_jobs", "draw_pages"),
    "vierge": ("ivaudit.app.library_jobs", "write_blank"),
    "classeur": ("ivaudit.app.library_jobs", "write_book"),
    "classeur-lecture": ("ivaudit.app.library_jobs", "write_published"),
    "lire-classeur": ("ivaudit.app.checklist_import", "read_job"),
    "examiner-grille": ("ivaudit.app.checklist_import", "examine_job"),
    "tableau": ("ivaudit.app.rules_jobs", "write_table"),
    "codes-tableau": ("ivaudit.app.rules_jobs", "read_table"),
    "codes-fichier": ("ivaudit.app.rules_jobs", "read_file"),
    "questionnaire": ("ivaudit.app.questionnaire_jobs", "write_questionnaire"),
    "lire-questionnaire": ("ivaudit.app.questionnaire_jobs", "read_questionnaire"),
    "lire-questionnaires": ("ivaudit.app.questionnaire_jobs", "read_questionnaires"),
    "relecture": ("ivaudit.app.review_jobs", "write_form"),
    "lire-relecture": ("ivaudit.app.review_jobs", "read_form"),
    "synthese-questionnaires": ("ivaudit.app.questionnaire_jobs", "write_summary"),
    "lignes": ("ivaudit.app.sheet_jobs", "write_lines"),
    "lire-lignes": ("ivaudit.app.sheet_jobs", "read_lines"),
    "comparaison": ("ivaudit.app.sheet_jobs", "write_comparison"),
    "dossier": ("ivaudit.app.trail_jobs", "write_dossier"),
    "journal-des-gestes": ("ivaudit.app.trail_jobs", "write_trail"),
    "lire-insi": ("ivaudit.app.insi_jobs", "read_usage"),
    "lire-perimetre-insi": ("ivaudit.app.insi_jobs", "read_expected"),
    "lire-taux-insi": ("ivaudit.app.insi_jobs", "read_rates"),
    "suivi-insi": ("ivaudit.app.insi_jobs", "write_book"),
    "journal": ("ivaudit.app.anomaly_log_jobs", "write_log"),
    "lire-journal": ("ivaudit.app.anomaly_log_jobs", "read_log"),
    "page": ("ivaudit.app.anomaly_log_jobs", "write_leaflet"),
    "declaration": ("ivaudit.app.anomaly_log_jobs", "write_declaration"),
    "annuaire": ("ivaudit.app.directory_jobs", "build"),
    "indicateurs": ("ivaudit.app.sheet_jobs", "write_indicators"),
}
"""The works a child can do, by name: module and function."""

STREAMS: Mapping[str, tuple[str, str]] = {
    "lire-echanges": ("ivaudit.app.bundle_jobs", "read_bundles"),
}
"""Works that give one row after the other, before their result."""

READING = 4.0
"""Seconds that reading one foreign file may take, so that its sentence comes within five."""

POLL = 0.05
_SECRETS = "IVAUDIT_PASSPHRASE"
_FULL = (
    "Il n'y a plus de place sur le disque du dossier de travail : le fichier n'a pas pu être préparé. "
    "Rien n'a été écrit et l'audit est intact. Libérez de la place et recommencez."
)


def never() -> bool:
    """Tell that nobody asked to stop."""
    return False


def run(
    name: str,
    request: Request,
    *,
    payload: bytes = b"",
    progress: Progress = silent,
    cancelled: Callable[[], bool] = never,
    timeout: float | None = None,
) -> dict[str, Any]:
    """Do a work in a child process and return its result.

    Args:
        name: key of `JOBS`.
        request: plain JSON; its `tempdir` is where the child puts its temporary files.
        payload: bytes that the work finds in its request under the same name, a foreign file for instance.
        progress: told how far the work has come; may raise `Cancelled`.
        cancelled: asked often whether to stop.
        timeout: seconds after which it is killed; as long as it takes unless told.

    Raises:
        Cancelled: somebody asked to stop; the child is killed.
        TookTooLong: it was still at work when its time was over.
        KnownError: what the child says the user can act on.
        BugError: the child failed otherwise.
    """
    child = subprocess.Popen(  # noqa: S603 - this program itself
        command(name),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(child.stdout, lines), name=f"job-{name}")
    reader.start()
    try:
        ask(child.stdin, request, payload)
        return _follow(lines, progress, _stopping(cancelled, timeout))
    finally:
        child.kill()
        child.wait()
        reader.join()
        close(child)


def command(name: str) -> list[str]:
    """Return how to start the child: this program, frozen or not."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "_job", name]
    return [sys.executable, "-m", "ivaudit", "_job", name]


def environment() -> dict[str, str]:
    """Return the environment of the child: ours without any passphrase, and where the program is."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_SECRETS)}
    place = str(Path(__file__).parents[2])
    kept["PYTHONPATH"] = os.pathsep.join(part for part in (place, kept.get("PYTHONPATH", "")) if part)
    return kept


def ask(stdin: IO[bytes] | None, request: Request, payload: bytes = b"") -> None:
    """Send the request, and leave the pipe open: its end tells the child that nobody waits any more."""
    if stdin is None:
        raise BugError("the child has no input")
    try:
        sized = {**request, "payload": len(payload)} if payload else request
        stdin.write(json.dumps(sized).encode() + b"\n")
        stdin.write(payload)
        stdin.flush()
    except BrokenPipeError:
        return  # the child died: what it said, or did not say, tells more


def _read(stdout: IO[bytes] | None, lines: "queue.SimpleQueue[bytes | None]") -> None:
    for line in stdout or ():
        lines.put(line)
    lines.put(None)


def _stopping(cancelled: Callable[[], bool], timeout: float | None) -> Callable[[], bool]:
    """Return what is asked often: whether somebody wants to stop, or the time is over."""
    if timeout is None:
        return cancelled
    end = time.monotonic() + timeout

    def stopping() -> bool:
        if time.monotonic() > end:
            raise TookTooLong(timeout)
        return cancelled()

    return stopping


def _follow(
    lines: "queue.SimpleQueue[bytes | None]", progress: Progress, cancelled: Callable[[], bool]
) -> dict[str, Any]:
    for line in _lines(lines, cancelled):
        said = json.loads(line)
        match said:
            case {"progress": [done, total, label]}:
                progress(done, total, label)
            case {"result": result}:
                return dict(result)
            case {"error": kind, "sentence": sentence}:
                raise known(kind)(sentence)
            case {"bug": where}:
                raise BugError(f"the child failed: {where}")
    raise BugError("the child died without a word")


def _lines(lines: "queue.SimpleQueue[bytes | None]", cancelled: Callable[[], bool]) -> Iterator[bytes]:
    while True:
        if cancelled():
            raise Cancelled
        try:
            line = lines.get(timeout=POLL)
        except queue.Empty:
            continue
        if line is None:
            return
        yield line


def known(kind: str) -> type[KnownError]:
    """Return the error of that name that takes a sentence."""
    found = getattr(errors, kind, KnownError)
    plain = (
        isinstance(found, type) and issubclass(found, KnownError) and found.__init__ is KnownError.__init__
    )
    return found if plain else KnownError


def close(child: "subprocess.Popen[bytes]") -> None:
    """Close the pipes of a child that ended."""
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            try:
                stream.close()
            except BrokenPipeError:
                continue  # what was not sent to a dead child is lost with it


def child_main(argv: list[str]) -> int:
    """Serve one work: the request, a line of standard input; then JSON lines on standard output.

    Args:
        argv: the name of the job.
    """
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    sys.stdout = sys.stderr  # a stray print must not look like an answer
    with out:
        return _serve(argv[-1] if argv else "", out)


def _serve(name: str, out: IO[str]) -> int:
    def say(**said: object) -> None:
        out.write(json.dumps(said) + "\n")
        out.flush()

    def progress(done: int, total: int, label: str) -> None:
        say(progress=[done, total, label])

    def emit(row: object) -> None:
        out.write('{"row":' + json.dumps(row, separators=(",", ":")) + "}\n")

    try:
        say(result=_done(name, progress, emit))
    except KnownError as error:
        say(error=type(error).__name__, sentence=error.sentence)
        return 3
    except BrokenPipeError:
        return 130
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            say(bug=_where(error))
            return 4
        say(error="CannotWriteExport", sentence=_FULL)
        return 3
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must know
        say(bug=_where(error))
        return 4
    return 0


def _done(name: str, progress: Progress, emit: Emit) -> dict[str, Any]:
    if name in STREAMS:
        work: Callable[[Request, Emit], dict[str, Any]] = _imported(STREAMS[name])
        return work(_request(), emit)
    if name not in JOBS:
        _unknown(name)
    plain: Work = _imported(JOBS[name])
    return plain(_request(), progress)


def _imported(place: tuple[str, str]) -> Any:  # noqa: ANN401 - the function of that name
    module, function = place
    return getattr(importlib.import_module(module), function)


def _unknown(name: str) -> NoReturn:
    raise BugError(f"no such job: {name[:40]}")


def _request() -> dict[str, Any]:
    with os.fdopen(os.dup(0), "rb") as stdin:
        request: dict[str, Any] = json.loads(stdin.readline())
        if "payload" in request:
            request["payload"] = stdin.read(int(request["payload"]))
    tempfile.tempdir = request["tempdir"]
    threading.Thread(target=_die_with_parent, daemon=True).start()
    return request


def _die_with_parent() -> None:
    """End this process as soon as its parent is gone, even killed: what it would still write is in clear."""
    while os.read(0, 1):
        pass
    os._exit(130)


def _where(error: BaseException) -> str:
    """Return the kind of an error and its places; never its message, which may quote a text."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places}"
