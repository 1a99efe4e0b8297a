"""The one page of the end of a visit: large words, in the parts and the order of its outline."""

from collections.abc import Iterator

from ivaudit.domain.debrief import DebriefLine, debrief
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.reports.document import Bullets, Element, Group, Look, Rule, Text, Title
from ivaudit.reports.document_source import Source


def heading(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield what it is, of which structure, and what it is not."""
    model = source.model
    said: list[Element] = [
        Title(text=block.title, level=1),
        Text(text=model.facility.name or "Structure sans nom", look=Look.SUBTITLE),
        Text(text=source.what()),
        Rule(),
    ]
    if block.intro:
        said.append(Text(text=block.intro, look=Look.QUIET))
    yield Group(body=tuple(said))


def part(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield a part of the debrief, where it has something to say."""
    said = debrief(source.model, source.outline, source.beside.most)
    for each in said.parts:
        if each.kind is block.kind:
            body: list[Element] = []
            if each.lines:
                body.append(Bullets(texts=tuple(map(_line, each.lines)), large=True))
            if each.rest:
                body.append(Text(text=each.rest, look=Look.QUIET))
            body += [Text(text=text, look=Look.LARGE) for text in each.paragraphs]
            yield Group(heads=(Title(text=each.title, level=2),), body=tuple(body))


def _line(line: DebriefLine) -> str:
    if not line.under:
        return line.text
    return f"{line.text.removesuffix('.')} – {line.under.removesuffix('.')}."
