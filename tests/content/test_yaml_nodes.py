"""YAML without its surprises."""

import pytest

from ivaudit.content.yaml_nodes import MAX_BYTES, MAX_DEPTH, Mapping, Scalar, Sequence, compose


def _values(text: str) -> dict[str, object]:
    root = compose(text.encode()).root
    assert isinstance(root, Mapping)
    return {key: node.value if isinstance(node, Scalar) else node for key, node in root.values.items()}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.10", 1.1),
        ('"1.10"', "1.10"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("2026-11-21", "2026-11-21"),
        ("0123", 123),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("9" * 6000, float("inf")),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('""', ""),
        ("+12", 12),
        ("1e3", 1000.0),
        ("=", "="),
        ("<<", "<<"),
        ("2.1.0", "2.1.0"),
        ("-x", "-x"),
    ],
)
def test_scalars_follow_the_core_schema(written: str, meant: object) -> None:
    value = _values(f"key: {written}\n")["key"]
    assert value == meant
    assert type(value) is type(meant)


@pytest.mark.parametrize(
    ("raw", "place", "message"),
    [
        (b"a: 1\nb: 2\na: 3\n", (3, 1), "a: clé en double (déjà ligne 1)"),
        (b"a: &x 1\n", (1, 4), "ancre « &x » interdite"),
        (b"a: *x\n", (1, 4), "renvoi « *x » interdit : répéter le texte"),
        (b"a: !!str 1\n", (1, 4), "étiquette de type « tag:yaml.org,2002:str » interdite"),
        (b"a: !!python/object/apply:os.system [ls]\n", (1, 4), None),
        (b"a: 1\n---\nb: 2\n", (2, 1), "un seul document par fichier : retirer « --- »"),
        (b"a:\n\tb: 1\n", (2, 1), "tabulation interdite : indenter avec des espaces"),
        (b"a: 1\nb: \x00\n", (2, 4), "caractère de contrôle interdit (U+0000)"),
        (b"a: \x1b[31m\n", (1, 4), "caractère de contrôle interdit (U+001B)"),
        ("a: é\nb: \ufffe\n".encode(), (2, 4), "caractère de contrôle interdit (U+FFFE)"),
        (b"a: \xe9t\xe9\n", (1, 4), "ce fichier n'est pas en UTF-8 : l'enregistrer dans cet encodage"),
        (
            "a: 1\n".encode("utf-16"),
            (1, 1),
            "ce fichier n'est pas en UTF-8 : l'enregistrer dans cet encodage",
        ),
        (b"a: b: c\n", (1, 5), "« : » inattendu : texte à mettre entre guillemets, ou indentation"),
        (b"a: [1, 2\n", (2, 1), "« , » ou crochet fermant attendu"),
        (b'a: "x\n', (2, 1), "texte entre guillemets jamais refermé"),
        (b"a: @x\n", (1, 4), "un texte ne commence pas ainsi : le mettre entre guillemets"),
        (b"a: 'l'eau'\n", (1, 7), "clé attendue : revoir l'indentation, ou un guillemet oublié"),
        (b"? [a]\n: 1\n", (1, 3), "une clé est un texte simple"),
        (b"[" * 1000, (1, MAX_DEPTH + 1), f"trop de niveaux imbriqués ({MAX_DEPTH} au plus)"),
        (b"[" * 1_000_000, (1, MAX_DEPTH + 1), f"trop de niveaux imbriqués ({MAX_DEPTH} au plus)"),
        (b"a: " + b"x" * 10_000_000, (1, 1), "fichier trop gros : 5 Mo au plus"),
        (b"[" + b"1," * 400_000 + b"]", (1, 600_000), "fichier trop grand : trop d'éléments"),
    ],
    ids=lambda each: each[:24] if isinstance(each, bytes) else None,
)
def test_what_is_refused_says_where(raw: bytes, place: tuple[int, int], message: str | None) -> None:
    problems = compose(raw).problems
    assert problems[0][0] == place
    assert message is None or problems[0][1] == message
    assert len(problems) == 1


def test_a_billion_laughs_stop_at_the_first_anchor() -> None:
    lines = ["a: &a [ha, ha, ha]"]
    lines += [f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]" for i in range(20)]
    assert compose("\n".join(lines).encode()).problems == [((1, 4), "ancre « &a » interdite")]


def test_a_byte_order_mark_and_windows_line_ends_change_no_place() -> None:
    root = compose(b"\xef\xbb\xbfid: essai\r\nversion: 1\r\n").root
    assert root == Mapping(
        1,
        1,
        {"id": Scalar(1, 5, "essai", "essai"), "version": Scalar(2, 10, "1", 1)},
        {"id": (1, 1), "version": (2, 1)},
    )


def test_nodes_say_where_they_are() -> None:
    root = compose(b"a:\n  - x\n  - {b: y}\n").root
    assert root == Mapping(
        1,
        1,
        {
            "a": Sequence(
                2, 3, [Scalar(2, 5, "x", "x"), Mapping(3, 5, {"b": Scalar(3, 9, "y", "y")}, {"b": (3, 6)})]
            )
        },
        {"a": (1, 1)},
    )


def test_an_empty_file_has_no_root() -> None:
    assert compose(b"# rien\n").root is None
    assert compose(b"").problems == []


def test_the_largest_file_allowed_is_read() -> None:
    assert not compose(b"a: " + b"x" * (MAX_BYTES - 3)).problems
