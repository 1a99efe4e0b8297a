"""What every text of a content file must respect for the file to be used: filled in, and cleanly."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem
from ivaudit.content.shapes import PUBLISHED, Family

MAX_QUESTION = 220
_SAID_ELSEWHERE = {"authors"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a file: what holds it, under which key, where in that key, and whether it must be there."""

    owner: Any
    key: str
    item: int | str | None
    text: str
    required: bool

    @property
    def name(self) -> str:
        """Return the key as a writer knows it."""
        return f"{self.key}.{self.item}" if isinstance(self.item, str) else self.key

    def problem(self, parsed: Parsed, message: str) -> Problem:
        """Return a problem at the place of this text."""
        return parsed.problem(self.owner, self.key, f"{self.name}: {message}", self.item)


def texts_of(value: Any) -> Iterator[Text]:  # noqa: ANN401 - any dataclass of content
    """Yield every text of a dataclass and of what it holds."""
    for field in dataclasses.fields(value) if dataclasses.is_dataclass(value) else ():
        part = getattr(value, field.name)
        match part:
            case str():
                yield Text(value, field.name, None, part, _required(field))
            case tuple():
                for rank, item in enumerate(part):
                    if isinstance(item, str):
                        yield Text(value, field.name, rank, item, required=True)
                    else:
                        yield from texts_of(item)
            case Mapping():
                for name, text in part.items():
                    yield Text(value, field.name, name, text, required=True)
            case _:
                yield from texts_of(part)


def problems(parsed: Parsed) -> Iterator[Problem]:
    """Yield the texts that are missing or badly trimmed; in the newer families, the lists left empty too."""
    for each in texts_of(parsed.value):
        if "  " in each.text:
            yield each.problem(parsed, "deux espaces de suite")
        if each.text != each.text.strip():
            yield each.problem(parsed, "espace au début ou à la fin du texte")
        if not each.text and each.required:
            yield each.problem(parsed, "texte vide")
    if parsed.family in PUBLISHED - {Family.CHECKLIST}:
        yield from _empty_lists(parsed, parsed.value)


def problems_of_question(parsed: Parsed, owner: Any) -> Iterator[Problem]:  # noqa: ANN401 - has a question
    """Yield that a question does not end as questions do, or is too long to be read at a glance."""
    length = len(owner.question)
    if owner.question and not owner.question.endswith("?"):
        yield parsed.problem(owner, "question", "question: se termine par une espace et « ? »")
    if length > MAX_QUESTION:
        long = f"question: {MAX_QUESTION} caractères au plus, {length} trouvés"
        yield parsed.problem(owner, "question", long)


def _required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _empty_lists(parsed: Parsed, value: Any) -> Iterator[Problem]:  # noqa: ANN401
    for field in dataclasses.fields(value) if dataclasses.is_dataclass(value) else ():
        part = getattr(value, field.name)
        if not isinstance(part, tuple):
            continue
        if not part and _required(field) and field.name not in _SAID_ELSEWHERE:
            yield parsed.problem(value, field.name, f"{field.name}: au moins un élément attendu")
        for item in part:
            yield from _empty_lists(parsed, item)
