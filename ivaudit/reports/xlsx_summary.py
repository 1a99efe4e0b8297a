"""The sheets of the workbook that explain: the summary with its charts, and the legend."""

from ivaudit.domain.charts import Axis, RadarChart, radar_or_bars
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import ChecklistReport, FigureRow, HighlightRow, ReportKind, ReportModel
from ivaudit.domain.report_outline import OutlineSheet, ReportOutline
from ivaudit.tables.book import TONES, Column, Sheet
from ivaudit.tables.cells import Filled, Percent, Value
from ivaudit.tables.charts import RADAR_HEIGHT, add_bars, add_radar, bars_height, rows_under

_OVER = 10
_WIDTHS = (5, 34, 9, 11, 10, 12, 11, 12, 12, 9)
_SCORE = 10


def summary(sheet: Sheet, model: ReportModel, outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write what the audit is, the auditor's words, then the figures and charts of each checklist."""
    sheet.widths(_WIDTHS)
    sheet.title(f"{wanted.title} – {model.facility.name}")
    sheet.paragraph(_what(model), over=_OVER, bold=True)
    if not model.complete:
        sheet.paragraph(outline.provisional, over=_OVER)
    sheet.paragraph(outline.notice, over=_OVER, quiet=True)
    if model.kind is ReportKind.COPY:
        sheet.paragraph(outline.word("copy"), over=_OVER, quiet=True)
    if model.kind is ReportKind.ANONYMOUS:
        sheet.paragraph(outline.word("anonymous"), over=_OVER, quiet=True)
    sheet.skip()
    _words(sheet, outline, model)
    for each in model.checklists:
        _checklist(sheet, outline, each)


def _what(model: ReportModel) -> str:
    finess = [
        f"FINESS {kind} {number}"
        for kind, number in (("EJ", model.facility.finess_ej), ("ET", model.facility.finess_et))
        if number
    ]
    parts = (f"{model.audit.kind} du {long_date(model.audit.date)}", model.facility.city, *finess)
    return " – ".join(part for part in parts if part)


def _words(sheet: Sheet, outline: ReportOutline, model: ReportModel) -> None:
    sheet.title(outline.word("appreciation"), size=12)
    sheet.paragraph(model.appreciation or outline.word("no_appreciation"), over=_OVER)
    for family, written in (("strengths", model.strengths), ("priorities", model.priorities)):
        sheet.title(outline.word(family), size=12)
        for rank, each in enumerate(written, 1):
            sheet.paragraph(f"{rank}. {_highlight(each)}", over=_OVER)
        if not written:
            sheet.paragraph(outline.word(f"no_{family}"), over=_OVER, quiet=True)
    sheet.skip()


def _highlight(each: HighlightRow) -> str:
    return f"{each.text} ({', '.join(each.numbers)})" if each.numbers else each.text


def _checklist(sheet: Sheet, outline: ReportOutline, each: ChecklistReport) -> None:
    title = f"{each.mark}. {each.title}" if each.mark else each.title
    sheet.title(title, size=13)
    _figures(sheet, outline, each)
    headline = each.headline if each.score is None else ""
    strong = (each.level_sentence, each.carried_sentence)
    for sentence in (headline, each.level_sentence, each.remaining_sentence, each.carried_sentence):
        if sentence:
            sheet.paragraph(sentence, over=_OVER, bold=sentence in strong)
    for sentence in each.lightened:
        sheet.paragraph(sentence, over=_OVER, bold=True)
    if each.levels:
        landmarks = f"Niveaux : repères choisis par {each.levels_chosen_by}, sans valeur nationale."
        sheet.paragraph(landmarks, over=_OVER, quiet=True)
    sheet.skip()
    _domains(sheet, outline, each)


def _figures(sheet: Sheet, outline: ReportOutline, each: ChecklistReport) -> None:
    columns = [Column(title=title, width=0) for title in ("", "Chiffre", "Valeur", "Lecture")]
    score = "–" if each.score is None else each.score
    rows: list[list[Value]] = [["", outline.word("score"), score, "" if each.score is None else "sur 100"]]
    rows += [
        _figure(figure) for figure in (each.coverage, each.progress, each.not_applicable, each.fulfilled)
    ]
    rows += [
        ["", f"{outline.word('criticals')} : {row.label.lower()}", row.count, ""]
        for row in each.critical_counts
    ]
    sheet.table(columns, rows, sized=False)
    sheet.skip()


def _figure(figure: FigureRow) -> list[Value]:
    shown = "–" if figure.shown is None else Percent(figure.shown)
    return ["", figure.title, shown, figure.reading]


def _domains(sheet: Sheet, outline: ReportOutline, each: ChecklistReport) -> None:
    titles = (
        outline.word("number"),
        outline.word("domain"),
        outline.word("points"),
        outline.word("rated"),
        outline.word("not_applicable"),
        outline.word("to_improve"),
        outline.word("criticals"),
        "Critiques non tenus",
        outline.word("coverage"),
        outline.word("score"),
    )
    rows: list[list[Value]] = [
        [
            row.number,
            row.title,
            row.points,
            row.rated,
            row.not_applicable,
            row.to_improve,
            row.critical,
            row.critical_broken,
            None if row.coverage is None else Percent(row.coverage),
            row.score,
        ]
        for row in each.domains
    ]
    first = sheet.table([Column(title=title, width=0) for title in titles], rows, sized=False)
    last = sheet.row - 1
    sheet.skip()
    sheet.new_page()
    sheet.skip()
    name = outline.word("domains")
    add_bars(sheet, name, first=first, last=last, column=_SCORE, anchor=f"A{sheet.row}")
    sheet.skip(rows_under(bars_height(len(rows))))
    axes = [Axis(label=row.title, value=row.score) for row in each.domains]
    if isinstance(radar_or_bars(name, axes), RadarChart):
        add_radar(sheet, name, first=first, last=last, column=_SCORE, anchor=f"A{sheet.row}")
        sheet.skip(rows_under(RADAR_HEIGHT))


def legend(sheet: Sheet, model: ReportModel, outline: ReportOutline, wanted: OutlineSheet) -> None:
    """Write what answers, figures and levels mean, and which checklists they come from."""
    sheet.widths((30, 70, 40))
    sheet.title(wanted.title)
    sheet.paragraph(wanted.intro, over=3, quiet=True)
    for text in model.method:
        sheet.paragraph(text, over=3)
    for each in model.checklists:
        sheet.skip()
        sheet.title(f"{each.mark}. {each.title}" if each.mark else each.title, size=12)
        _source(sheet, outline, each)
        sheet.skip()
        _table(
            sheet,
            (outline.word("answer"), "Ce qu'elle veut dire", "Effet"),
            [[Filled(row.label, TONES[row.tone]), row.help, row.effect] for row in each.scale],
        )
        if each.levels:
            _table(
                sheet,
                (outline.word("level"), "Ce qu'il veut dire", "À partir de (sur 100)"),
                [[row.label, row.meaning, row.from_score] for row in each.levels],
            )
        figures = (each.mean, each.coverage, each.progress, each.not_applicable, each.fulfilled)
        _table(
            sheet,
            ("Chiffre", "Règle", "Calcul"),
            [[figure.title, figure.rule, f"{figure.reading} ({figure.unit})"] for figure in figures],
        )


def _table(sheet: Sheet, titles: tuple[str, ...], rows: list[list[Value]]) -> None:
    sheet.table([Column(title=title, width=0) for title in titles], rows, sized=False)
    sheet.skip()


def _source(sheet: Sheet, outline: ReportOutline, each: ChecklistReport) -> None:
    rests = "\n".join(f"{row.count} {row.label}" for row in each.sources if row.count)
    facts = (
        (outline.word("version"), f"{each.version} ({each.id}), publiée le {long_date(each.published)}"),
        (
            outline.word("adaptations"),
            "\n".join(f"{a.title} ({a.author}, {a.version})" for a in each.adaptations) or "–",
        ),
        (outline.word("edition"), each.edition),
        (outline.word("authors"), f"{', '.join(each.authors)} (licence {each.licence})"),
        (outline.word("sources"), rests),
        (outline.word("sha256"), each.sha256),
    )
    _table(sheet, (outline.word("checklist"), ""), [[label, text] for label, text in facts])
