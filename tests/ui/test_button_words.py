"""The same gesture has one name everywhere: the words of the guide («Ce que disent les boutons»)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ivaudit.ui

ROOT = Path(ivaudit.ui.__file__).parent
ALLOWED = {
    "Supprimer": {"trail/backups_card.py"},
    "Effacer": {"trail/details.py", "trail/erase_box.py", "evidence/panel.py"},
    "Annuler": {"audit/header.py", "library/adaptation_bar.py", "notification_bar.py"},
}
"""Where a word that cannot be undone, or that undoes, is the right one."""
NEVER = {"Abandonner", "Enlever", "Détruire", "Retour", "OK", "Oui", "Non"}
"""Words that another one says already, or that do not say what is done."""


def _buttons() -> Iterator[tuple[str, str]]:
    """Yield the file and the words of every button whose words are written where it is made."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if name in {"button", "_tool"} and isinstance(first, ast.Constant) and first.value:
                yield path.relative_to(ROOT).as_posix(), str(first.value)


def test_buttons_are_found() -> None:
    assert len(list(_buttons())) > 200


@pytest.mark.parametrize("word", sorted(ALLOWED))
def test_a_word_that_matters_is_used_for_one_gesture(word: str) -> None:
    where = {path for path, words in _buttons() if words.split()[0] == word}
    assert where == ALLOWED[word]


def test_no_button_uses_another_word_for_the_same() -> None:
    assert [each for each in _buttons() if each[1].split()[0] in NEVER] == []
