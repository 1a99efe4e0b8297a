"""What the categories of the directory must respect beyond their shape."""

from collections.abc import Iterator

from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import near
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.directory import Categories, Category


def problems(parsed: Parsed, file: Categories, terms: Vocabulary | None) -> Iterator[Problem]:
    """Yield the rules that a file of categories breaks."""
    twice = repeated(each.code for each in file.categories)
    for each in file.categories:
        if each.code in twice:
            yield parsed.problem(each, "code", f"code: « {each.code} » est en double")
        if not (each.code.isascii() and each.code.isdigit()):
            yield parsed.problem(each, "code", "code: des chiffres seulement, entre guillemets")
        if terms is not None:
            yield from _unknown(parsed, each, terms)


def _unknown(parsed: Parsed, each: Category, terms: Vocabulary) -> Iterator[Problem]:
    settings = [term.id for term in terms.settings]
    if each.setting is not None and each.setting not in settings:
        yield parsed.problem(
            each, "setting", f"setting: « {each.setting} » inconnu{near(each.setting, settings)}"
        )
    activities = [term.id for term in terms.profile]
    for rank, key in enumerate(each.profile):
        if key not in activities:
            yield parsed.problem(each, "profile", f"profile: « {key} » inconnu{near(key, activities)}", rank)
