"""Every command of the command line has its help, in French, and stands in the user guide."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivaudit.cli.main import parser
from ivaudit.cli.nouns import NOUNS

GUIDE = (Path(__file__).parents[2] / "docs/guide-utilisateur.md").read_text(encoding="utf-8")


def _words(of: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _leaves(
    of: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    inner = _words(of)
    for word, command in inner.items():
        yield from _leaves(command, (*words, word))
    if not inner:
        yield " ".join(words), of


LEAVES = dict(_leaves(parser()))


def test_there_are_commands() -> None:
    assert len(LEAVES) > len(NOUNS)


@pytest.mark.parametrize("command", LEAVES)
def test_a_command_has_help_for_each_of_its_arguments(command: str) -> None:
    found = LEAVES[command]
    assert found.description
    assert [action.dest for action in found._actions if not action.help] == []
    assert found.get_default("handler") is not None


@pytest.mark.parametrize("command", LEAVES)
def test_no_word_of_the_help_is_argparse_in_english(command: str) -> None:
    text = LEAVES[command].format_help()
    assert "usage : " in text
    assert [word for word in ("show this", "positional", "optional", "default:") if word in text] == []


@pytest.mark.parametrize("command", LEAVES)
def test_the_guide_names_the_command(command: str) -> None:
    assert f"`{command}" in GUIDE


def test_no_option_takes_a_secret_itself() -> None:
    options = {
        option for found in LEAVES.values() for action in found._actions for option in action.option_strings
    }
    assert {option for option in options if "passphrase" in option or "code" in option} == {
        "--passphrase-file",
        "--file-passphrase-file",
        "--new-passphrase-file",
        "--recovery-code-file",
    }
