"""What a field may hold: one line is one line."""

import pytest

from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.form_values import MAX_LINE, MAX_TEXT, checked
from ivaudit.domain.forms import FieldKind, FormField


def field(kind: FieldKind) -> FormField:
    column = FormField(id="unit", label="Unité", kind=FieldKind.TEXT)
    return FormField(id="f", label="Commune", kind=kind, columns=(column,))


@pytest.mark.parametrize("kind", [FieldKind.TEXT, FieldKind.FINESS])
def test_a_line_is_bounded_and_says_so(kind: FieldKind) -> None:
    assert checked(field(kind), "é" * MAX_LINE) == "é" * MAX_LINE
    with pytest.raises(InvalidValue) as refused:
        checked(field(kind), "é" * (MAX_LINE + 1))
    assert refused.value.sentence == (
        "Le champ « Commune » attend une ligne de 300 caractères au plus (301 reçus)."
    )


def test_a_long_text_is_longer() -> None:
    assert checked(field(FieldKind.LONG), "x" * MAX_TEXT) == "x" * MAX_TEXT
    with pytest.raises(InvalidValue):
        checked(field(FieldKind.LONG), "x" * (MAX_TEXT + 1))


def test_a_cell_is_a_line() -> None:
    with pytest.raises(InvalidValue) as refused:
        checked(field(FieldKind.ROWS), [{"unit": "x" * (MAX_LINE + 1)}])
    assert "« Unité »" in refused.value.sentence
