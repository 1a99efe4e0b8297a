"""The file for those who answer for security and privacy, as parts that paper and Word both lay out."""

from collections.abc import Iterator, Sequence

from ivaudit.domain.dossier import Dependency, Dossier, DossierBlock, DossierRow, DossierSection, Fact, Facts
from ivaudit.domain.report_form import long_date
from ivaudit.reports.document import (
    WIDTH,
    Bullets,
    Callout,
    Cell,
    Column,
    Element,
    Gap,
    Group,
    Label,
    Look,
    Section,
    Table,
    Text,
    Title,
)

_TERM = 0.26
_UNREAD, _UNDECLARED = "non lue", "non déclarée dans les métadonnées"


def sections(dossier: Dossier, facts: Facts) -> Iterator[Section]:
    """Yield the parts of the file, in order; the first has its title."""
    for rank, section in enumerate(dossier.sections):
        groups = tuple(_groups(section, facts))
        if not rank:
            groups = (_head(dossier, facts), *groups)
        yield Section(title=section.title, new_page=section.new_page, groups=groups)


def _head(dossier: Dossier, facts: Facts) -> Group:
    made = f"{dossier.subtitle} – version {dossier.version} du texte, imprimé le {long_date(facts.day)}"
    return Group(
        heads=(Title(text=dossier.title, level=1), Text(text=made, look=Look.STRONG)),
        body=(Callout(text=dossier.notice),),
    )


def _groups(section: DossierSection, facts: Facts) -> Iterator[Group]:
    heads: tuple[Element, ...] = (Title(text=section.title, level=2),)
    for block in section.blocks:
        title = (Label(text=block.title),) if block.title else ()
        yield Group(heads=(*heads, *title), body=tuple(_body(block, facts)))
        heads = ()


def _body(block: DossierBlock, facts: Facts) -> Iterator[Element]:
    if block.text:
        yield Text(text=block.text)
    if block.items:
        yield Bullets(texts=block.items)
    if block.rows:
        yield _table(block.head, block.rows)
        yield Gap(height=6)
    match block.fact:
        case Fact.PROGRAM:
            yield _table(None, facts.program)
        case Fact.RETENTION:
            yield _table(DossierRow(term="Donnée", text="Durée dans ce dossier de travail"), facts.retention)
            yield Gap(height=6)
        case Fact.DEPENDENCIES:
            yield _dependencies(facts.dependencies)


def _table(head: DossierRow | None, rows: Sequence[DossierRow]) -> Table:
    titles = head or DossierRow(term="", text="")
    return Table(
        columns=(
            Column(title=titles.term, width=WIDTH * _TERM),
            Column(title=titles.text, width=WIDTH * (1 - _TERM)),
        ),
        lines=tuple((Cell(text=row.term, look=Look.CELL_STRONG), Cell(text=row.text)) for row in rows),
        named=True,
    )


def _dependencies(found: Sequence[Dependency]) -> Table:
    shares = {"Bibliothèque": 0.3, "Version": 0.15, "Licence déclarée": 0.55}
    columns = tuple(Column(title=title, width=WIDTH * share) for title, share in shares.items())
    lines = tuple(
        (
            Cell(text=each.name, look=Look.CELL_STRONG),
            Cell(text=each.version or _UNREAD),
            Cell(text=each.licence or _UNDECLARED),
        )
        for each in found
    )
    return Table(columns=columns, lines=lines, named=True)
