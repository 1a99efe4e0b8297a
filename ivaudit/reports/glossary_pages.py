"""The glossary on paper: words in alphabetical order, with how sure each definition is."""

from reportlab.platypus import Flowable, KeepTogether

from ivaudit.domain.checklist import Confidence
from ivaudit.domain.glossary import Glossary, GlossaryTerm
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.wording import folded
from ivaudit.reports.blank_page import Paper
from ivaudit.reports.pdf_page import prepare

_SURE = {
    Confidence.READ: "définition lue",
    Confidence.QUOTED: "définition citée",
    Confidence.SUMMARISED: "définition d'après un résumé",
    Confidence.TO_CHECK: "définition à vérifier",
}


def render(glossary: Glossary, *, program: str, progress: Progress = silent) -> bytes:
    """Return the glossary as the bytes of a PDF.

    Args:
        glossary: what to print.
        program: what made the file.
        progress: told of pages.
    """
    prepare()
    paper = Paper(
        title=glossary.title,
        foot=f"{glossary.title} · version {glossary.version}",
        program=program,
        warning="",
        subject="Les mots de l'identitovigilance",
    )
    words = {term.id: term.term for term in glossary.terms}
    in_order = sorted(glossary.terms, key=lambda term: folded(term.term))
    story = [KeepTogether(_term(paper, term, words)) for term in in_order]
    return paper.render([paper.heading(glossary.title, 0), *story], progress)


def _term(paper: Paper, term: GlossaryTerm, words: dict[str, str]) -> list[Flowable]:
    see = ", ".join(words[key] for key in term.see if key in words)
    lines = (("Aussi", ", ".join(term.also)), ("À ne pas employer", ", ".join(term.avoid)), ("Voir", see))
    source = f" · {term.source}" if term.source else ""
    return [
        paper.text(term.term, "subheading"),
        paper.text(term.definition),
        *(paper.text(text, label=label) for label, text in lines if text),
        paper.text(f"{_SURE[term.confidence]}{source}", "quiet"),
    ]
