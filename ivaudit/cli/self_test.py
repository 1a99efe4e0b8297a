"""`self-test`: the installed program tries itself, from an empty folder to its exports."""

from argparse import Namespace

import ivaudit
from ivaudit.app import selftest
from ivaudit.cli.commands import served
from ivaudit.cli.french import Parser
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress


def add(_noun: str, command: Parser) -> None:
    """Say that the noun takes nothing more."""
    served(command, run)


def run(args: Namespace) -> int:
    """Try every room once; nothing is left on the disk."""
    steps = selftest.run(progress())
    failed = any(step.problem for step in steps)
    lines = [f"{'ÉCHEC' if step.problem else 'ok':<6}{step.title}  {step.problem}".rstrip() for step in steps]
    verdict = "Des essais ont échoué." if failed else "Tout fonctionne."
    document = {"version": ivaudit.__version__, "ok": not failed, "steps": steps}
    show(args, document, [*lines, f"ivaudit {ivaudit.__version__} : {verdict}"])
    return 1 if failed else 0
