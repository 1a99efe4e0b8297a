"""The «feuille de secours»: one page that opens the workspace when the passphrase is lost."""

import io

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

from ivaudit.domain.report_form import long_date
from ivaudit.reports import fonts
from ivaudit.reports.document import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH
from ivaudit.reports.fonts import BOLD, MONO, REGULAR
from ivaudit.reports.palette import LIGHT
from ivaudit.reports.pdf_flowables import markup
from ivaudit.reports.pdf_page import prepare
from ivaudit.reports.pdf_styles import styles
from ivaudit.reports.structure import Node, TaggedCanvas, marked
from ivaudit.reports.structure_file import finish
from ivaudit.reports.structure_flowables import Paragraph, marked_list

_WHAT = (
    "Cette feuille ouvre votre dossier de travail ivaudit si la phrase de passe est oubliée. Sans elle et "
    "sans la phrase de passe, personne ne peut relire les audits : ni l'équipe d'ivaudit, ni votre service "
    "informatique."
)
_KEEPING = (
    "Imprimez-la, puis supprimez le fichier de ce poste.",
    "Gardez-la sous clé, loin de l'ordinateur : coffre, armoire fermée de la direction, enveloppe cachetée.",
    "Qui la lit peut ouvrir le dossier : ne la photographiez pas, ne l'envoyez pas par messagerie.",
    "Si elle est perdue ou vue, demandez un nouveau code dans Réglages, puis faites une sauvegarde.",
    "Supprimez alors les sauvegardes précédentes, copies comprises : elles s'ouvrent encore avec l'ancien.",
)
_HOW = (
    "Au démarrage, choisissez « J'ai oublié ma phrase de passe » et recopiez le code ; les tirets et les "
    "majuscules n'ont pas d'importance. Choisissez ensuite une nouvelle phrase de passe."
)
_GROUPS_A_LINE = 4
_CODE_SIZE = 23.0


def render(code: str, place: str, date: str) -> bytes:
    """Return the sheet as the bytes of a PDF: the code never lies in a temporary file.

    Args:
        code: the recovery code, in groups separated by dashes or spaces.
        place: name of the workspace folder, to tell two sheets apart.
        date: day it was made, `AAAA-MM-JJ`.
    """
    prepare()
    target = io.BytesIO()
    canvas = TaggedCanvas(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, lang="fr-FR")
    canvas.setTitle("Feuille de secours ivaudit")
    canvas.setAuthor("ivaudit")
    canvas.setSubject("Code de secours")
    canvas.setCreator("ivaudit")
    canvas.setProducer("ivaudit")
    y = _head(canvas, PAGE_HEIGHT - 84)
    y = _text(canvas, _WHAT, y)
    y = _code(canvas, code, y - 14)
    y = _part(canvas, "Où la garder", _KEEPING, y - 22)
    y = _part(canvas, "Comment s'en servir", (_HOW,), y - 8)
    y = _part(canvas, "Dossier de travail", (f"{place} – feuille produite le {long_date(date)}",), y - 8)
    _by_hand(canvas, y - 22)
    canvas.showPage()
    canvas.save()
    return finish(target.getvalue(), canvas.structure)


def _head(canvas: Canvas, y: float) -> float:
    canvas.setFillColor(LIGHT.accent)
    canvas.setFont(BOLD, 24)
    with marked(canvas, Node("H1")):
        canvas.drawString(MARGIN, y, "Feuille de secours")
    canvas.setStrokeColor(LIGHT.accent)
    canvas.setLineWidth(1.2)
    canvas.line(MARGIN, y - 14, PAGE_WIDTH - MARGIN, y - 14)
    return y - 30


def _text(canvas: Canvas, text: str, y: float) -> float:
    return _placed(canvas, Paragraph(markup(text), _large(0.0)), y)


def _large(indent: float) -> ParagraphStyle:
    """Return letters for a page that is read standing, in haste."""
    style: ParagraphStyle = styles(LIGHT).point.clone("large", fontSize=10.5, leading=14.5, leftIndent=indent)
    return style


def _placed(canvas: Canvas, paragraph: Paragraph, y: float) -> float:
    _, height = paragraph.wrap(WIDTH, PAGE_HEIGHT)
    paragraph.drawOn(canvas, MARGIN, y - height)
    return float(y - height - 4)


def _code(canvas: Canvas, code: str, y: float) -> float:
    groups = code.replace("-", " ").split()
    lines = [groups[start : start + _GROUPS_A_LINE] for start in range(0, len(groups), _GROUPS_A_LINE)]
    height = 40.0 * len(lines) + 22
    canvas.setStrokeColor(LIGHT.text)
    canvas.setFillColor(LIGHT.soft)
    canvas.rect(MARGIN, y - height, WIDTH, height, stroke=1, fill=1)
    canvas.setFillColor(LIGHT.text)
    longest = max(len("   ".join(line)) for line in lines)
    canvas.setFont(MONO, min(_CODE_SIZE, (WIDTH - 24) / (longest * 0.602)))
    for rank, line in enumerate(lines):
        with marked(canvas, Node("P")):
            canvas.drawCentredString(PAGE_WIDTH / 2, y - 40 - rank * 40, "   ".join(line))
    return y - height


def _part(canvas: Canvas, title: str, texts: tuple[str, ...], y: float) -> float:
    canvas.setFillColor(LIGHT.accent)
    canvas.setFont(BOLD, 12)
    with marked(canvas, Node("H2")):
        canvas.drawString(MARGIN, y - 12, title)
    y -= 22
    if len(texts) == 1:
        return _text(canvas, texts[0], y)
    for line in marked_list([markup(text) for text in texts], _large(14.0), bullet="•"):
        y = _placed(canvas, line, y)
    return y


def _by_hand(canvas: Canvas, y: float) -> None:
    canvas.setFont(REGULAR, 10.5)
    canvas.setStrokeColor(LIGHT.muted)
    canvas.setLineWidth(0.6)
    canvas.setFillColor(LIGHT.text)
    for rank, label in enumerate(("Imprimée le (à la main) :", "Rangée à cet endroit :", "Par :")):
        at = y - 12 - rank * 30
        with marked(canvas, Node("P")):
            canvas.drawString(MARGIN, at, fonts.drawable(label))
        canvas.line(MARGIN + 150, at - 3, PAGE_WIDTH - MARGIN, at - 3)
