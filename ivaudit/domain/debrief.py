"""The «bilan à chaud»: what is said before leaving, few words, large; no score unless it was asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ivaudit.domain.findings import Grade
from ivaudit.domain.report_field_rows import ActionRow, FindingRow
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import ChecklistReport, ReportModel
from ivaudit.domain.report_outline import BlockKind, OutlineBlock, ReportOutline

FORMAT = "ivaudit-bilan-1"
MOST = 8
"""How many lines a part has at most; fewer where they would not hold on a page."""

_LONGEST = 220
_MARKS, _PAUSES = ".;:!?", " \u00a0;:"


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefLine:
    """One thing said; `under` is what there is to know beside it."""

    text: str
    under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefPart:
    """One part: its lines, then its sentences; `more` lines are left for the report."""

    kind: BlockKind
    title: str
    lines: tuple[DebriefLine, ...]
    paragraphs: tuple[str, ...]
    more: int

    @property
    def rest(self) -> str:
        """Return the sentence about the lines that are left for the report, empty when there is none."""
        return f"Et {self.more} autre{'s' if self.more > 1 else ''} dans le rapport." if self.more else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """Everything said at the end of a visit; `date` is the local day of the visit."""

    format: str
    title: str
    generated: str
    program: str
    facility: str
    what: str
    date: str
    parts: tuple[DebriefPart, ...]


def debrief(model: ReportModel, outline: ReportOutline, most: int = MOST) -> Debrief:
    """Return what is said before leaving, in the order and the words of the outline.

    Args:
        model: the report as it stands.
        outline: which parts, and their sentences.
        most: how many lines a part has at most.
    """
    parts = (_part(model, block, most) for block in outline.blocks if block.kind in _LINES)
    return Debrief(
        format=FORMAT,
        title=outline.title,
        generated=model.generated,
        program=model.program,
        facility=model.facility.name,
        what=f"{model.audit.kind} du {long_date(model.audit.date)}",
        date=model.audit.date,
        parts=tuple(part for part in parts if part.lines or part.paragraphs),
    )


def _part(model: ReportModel, block: OutlineBlock, most: int) -> DebriefPart:
    lines = tuple(_LINES[block.kind](model))
    said = block.paragraphs
    if not lines and block.empty:
        said = (block.empty, *said)
    if block.kind is BlockKind.FIGURES and not lines:
        said = ()
    return DebriefPart(
        kind=block.kind,
        title=block.title,
        lines=lines[:most],
        paragraphs=said,
        more=max(0, len(lines) - most),
    )


def _strengths(model: ReportModel) -> Iterator[DebriefLine]:
    said = [each.text for each in model.strengths]
    said += [each.text for each in model.field.findings if each.grade == Grade.STRENGTH]
    for text in dict.fromkeys(said):
        yield DebriefLine(text=shortened(text))


def _urgent(model: ReportModel) -> Iterator[DebriefLine]:
    for each in model.field.findings:
        if each.urgent:
            told = f"dit à : {each.told}" if each.told else ""
            done = f"fait : {each.done}" if each.done else ""
            yield DebriefLine(text=shortened(each.text), under=_joined(told, done))


def _findings(model: ReportModel) -> Iterator[DebriefLine]:
    """Yield the findings that may wait, the gravest first; before any is written, the points to improve."""
    found = [each for each in model.field.findings if each.grade != Grade.STRENGTH]
    for each in found:
        if not each.urgent:
            yield DebriefLine(text=shortened(each.text), under=_about(each))
    if not found:
        yield from _gaps(model)


def _gaps(model: ReportModel) -> Iterator[DebriefLine]:
    points = {point.criterion: point for point in model.points}
    for key in model.to_improve:
        point = points[key]
        text = next((answer.constat for answer in point.answers if answer.constat), point.question)
        critical = "point critique" if point.critical else ""
        yield DebriefLine(text=shortened(text), under=_joined(critical, f"point {point.number}"))


def _about(each: FindingRow) -> str:
    places = f"point{'s' if len(each.numbers) > 1 else ''} {', '.join(each.numbers)}" if each.numbers else ""
    return _joined(each.grade, each.subject, places)


def _following(model: ReportModel) -> Iterator[DebriefLine]:
    """Yield what was agreed; before anything was, the priorities."""
    agreed = [each for each in model.field.actions if each.state in {"à faire", "en cours"}]
    for each in agreed:
        yield DebriefLine(text=shortened(each.what), under=_joined(carrier(each), _due(each)))
    if not agreed:
        for priority in model.priorities:
            yield DebriefLine(text=shortened(priority.text))


def carrier(each: ActionRow) -> str:
    """Return who carries an action: the function, else the kind; then the editor it waits for."""
    who = each.owner or each.owner_kind
    return f"{who} : {each.editor}" if each.editor else who


def _due(each: ActionRow) -> str:
    return f"avant le {long_date(each.due)}" if each.due else ""


def _figures(model: ReportModel) -> Iterator[DebriefLine]:
    for each in model.checklists if model.with_score else ():
        yield DebriefLine(text=_score(each), under=each.level_sentence)


def _score(each: ChecklistReport) -> str:
    title = f"{each.mark}. {each.title}" if each.mark else each.title
    return f"{title} : {each.headline}" if each.score is None else f"{title} : {each.score} sur 100"


def _nothing(_model: ReportModel) -> Sequence[DebriefLine]:
    return ()


_LINES = {
    BlockKind.STRENGTHS: _strengths,
    BlockKind.URGENT: _urgent,
    BlockKind.MAIN: _findings,
    BlockKind.FOLLOWING: _following,
    BlockKind.FIGURES: _figures,
    BlockKind.WORDS: _nothing,
}


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Return the first sentences of a text that hold, or its first words with «…»."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    kept = plain[: longest + 1]
    ends = [rank for rank, mark in enumerate(kept[:-1]) if mark in _MARKS and kept[rank + 1] == " "]
    if ends and ends[-1] > longest // 2:
        whole = kept[: ends[-1] + 1]
        return whole.rstrip(_PAUSES) + "…" if whole[-1] in _PAUSES else whole
    return kept[: kept.rfind(" ") if " " in kept else longest].rstrip(" ,;:") + "…"


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
