"""The three ways in: the window, the command line, and the child process of a long work.

Nothing heavy is imported here: the window starts from this module.
"""

import gc
import sys


def main() -> int:
    """Open the window (`ivaudit`), or serve as the child of a long work."""
    argv = sys.argv[1:]
    if argv[:1] == ["_job"]:
        return _job(argv[1:])
    gc.disable()  # until the first paint: what is imported stays, and looking through it takes 8 ms
    from ivaudit.ui.app import run  # noqa: PLC0415 - Qt is loaded for the window only

    return run(argv)


def console() -> int:
    """Serve the command line (`ivaudit-cli`), or serve as the child of a long work."""
    argv = sys.argv[1:]
    if argv[:1] == ["_job"]:
        return _job(argv[1:])
    from ivaudit.cli.main import run  # noqa: PLC0415 - the window does not need it

    return run(argv)


def either() -> int:
    """Serve `python -m ivaudit`: words of the command line go to it, anything else opens the window."""
    from ivaudit.cli.nouns import noun_of  # noqa: PLC0415 - a table of names, nothing else

    return console() if noun_of(sys.argv[1:]) else main()


def _job(argv: list[str]) -> int:
    """Run one long work for the parent process, before anything else is imported."""
    from ivaudit.app.jobs import child_main  # noqa: PLC0415 - each job imports only what it needs

    return child_main(argv)


if __name__ == "__main__":
    sys.exit(either())
