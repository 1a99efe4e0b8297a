"""Content written back: the same bytes for what is shipped, the same meaning for anything."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.content.formatting import formatted
from ivaudit.content.parsing import Parsed, parse
from ivaudit.content.shapes import ChecklistFile, Family
from ivaudit.content.sources import Source, shipped_sources
from ivaudit.content.writing import to_yaml
from ivaudit.domain.checklist import Condition, Reference
from ivaudit.domain.errors import ContentProblems, InvalidValue

SHIPPED = [source for source in shipped_sources() if source.folder != "checklists"]
CHECKLISTS = [source for source in shipped_sources() if source.folder == "checklists"]


def label(source: Source) -> str:
    return source.id


def reread(text: str, folder: Path, like: Source | None = None) -> Parsed:
    """Read a text as if it were that file."""
    path = folder / f"{like.id if like else 'essai'}.yaml"
    path.write_text(text, encoding="utf-8")
    return parse(Source(path.name, path, like.folder if like else "checklists", shipped=False))


@pytest.mark.parametrize("source", CHECKLISTS, ids=label)
def test_a_shipped_checklist_is_written_back_byte_for_byte(source: Source) -> None:
    value = parse(source).value
    assert isinstance(value, ChecklistFile)
    assert to_yaml(value).encode() == source.path.read_bytes()


@pytest.mark.parametrize("source", SHIPPED, ids=label)
def test_any_shipped_content_is_written_back_with_the_same_meaning(source: Source, tmp_path: Path) -> None:
    parsed = parse(source)
    assert parsed.family is not None
    again = reread(to_yaml(parsed.value, parsed.family), tmp_path, source)
    assert again.problems == ()
    assert again.value == parsed.value


TRICKY = (
    *(
        "oui",
        "true",
        "null",
        "~",
        "12",
        "1.0",
        "0x1f",
        ".inf",
        "a: b",
        "a #b",
        "- a",
        "[a]",
        "{a}",
        "a, b",
        "'a'",
    ),
    *(
        'dit "a"',
        "a\nb",
        "a\tb",
        "«\u00a0a\u00a0»",
        "é",
        "😀",
        "\\",
        "a:",
        "?",
        "? a",
        "%a",
        "@a",
        "`a`",
        "&a",
        "*a",
    ),
    *("!a", "|", ">", " a", "a ", "", "---", "...", "=", "a\\nb", "\u2028", "\ufeffa", "\x85"),
)
texts = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30),
)
names = st.none() | texts
references = st.builds(
    Reference,
    document=texts,
    edition=names,
    code=names,
    section=names,
    source=names,
    confidence=st.sampled_from(["lu", "cité", "résumé", "à vérifier"]),
)
keys = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
simple = st.one_of(
    st.builds(Condition, profile=st.lists(keys, min_size=1, max_size=3).map(tuple)),
    st.builds(Condition, criterion=keys, values=st.lists(keys, min_size=1, max_size=3).map(tuple)),
)
conditions = st.recursive(
    simple,
    lambda inside: st.one_of(
        st.builds(Condition, every=st.lists(inside, min_size=1, max_size=3).map(tuple)),
        st.builds(Condition, some=st.lists(inside, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@given(data=st.data())
def test_any_text_is_written_back_with_the_same_meaning(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    file = replace(parse(next(each for each in CHECKLISTS if each.id == "flash")).value, id="essai")
    section = file.domains[0].sections[0]
    criterion = replace(
        section.criteria[0],
        question=data.draw(texts),
        guidance={"default": data.draw(texts), "ehpad": data.draw(texts)},
        evidence=tuple(data.draw(st.lists(texts, max_size=3))),
        methods=tuple(data.draw(st.lists(texts, max_size=3))),
        weight_reason=data.draw(names),
        applicability=data.draw(st.none() | conditions),
        references=tuple(data.draw(st.lists(references, max_size=3))),
    )
    domains = (replace(file.domains[0], sections=(replace(section, criteria=(criterion,)),)),)
    changed = replace(
        file,
        domains=domains,
        title=data.draw(texts),
        minutes_budget=data.draw(st.none() | st.integers(-9999, 9999)),
    )
    again = reread(to_yaml(changed), folder)
    assert again.problems == ()
    assert again.value == changed
    assert to_yaml(again.value) == to_yaml(changed)


def test_a_file_is_put_in_its_layout_and_what_is_not_kept_is_counted(grid: str, tmp_path: Path) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text(
        grid.replace("kind: exigences", "kind: exigences # une sorte\n# un mot"), encoding="utf-8"
    )
    found = formatted(path)
    assert (found.changed, found.comments) == (True, 2)
    path.write_bytes(found.after)
    again = formatted(path)
    assert (again.changed, again.comments) == (False, 0)
    assert b"rating:\n" in found.after


def test_what_has_a_problem_or_no_fixed_layout_is_not_formatted(tmp_path: Path) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text("id: essai\nid: encore\n", encoding="utf-8")
    with pytest.raises(ContentProblems) as caught:
        formatted(path)
    assert caught.value.problems
    glossary = next(each for each in SHIPPED if each.id == "glossaire")
    with pytest.raises(InvalidValue):
        formatted(glossary.path)


def test_a_scale_is_written_with_its_kind() -> None:
    source = next(each for each in SHIPPED if each.id == "conformite")
    assert to_yaml(parse(source).value, Family.SCALE).encode() == source.path.read_bytes()
