"""A proposal is strong enough to stand alone, and typed on any keyboard."""

import math
import re

from ivaudit.app import passphrases, workspaces


def test_seven_words_drawn_carry_eighty_bits() -> None:
    words = passphrases.words()
    assert len(set(words)) == len(words)
    assert passphrases.COUNT * math.log2(len(words)) >= 80
    assert [word for word in words if not re.fullmatch("[a-z]{3,10}", word)] == []


def test_no_word_is_another_with_a_plural_ending() -> None:
    words = set(passphrases.words())
    assert [word for word in words if word[-1] in "sx" and word[:-1] in words] == []


def test_proposals_are_accepted_and_all_different() -> None:
    drawn = {passphrases.proposed_passphrase() for _ in range(50)}
    assert len(drawn) == 50
    assert all(workspaces.passphrase_problem(each) is None for each in drawn)
