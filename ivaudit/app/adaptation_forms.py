"""An adaptation as forms to fill in: the fields of the whole, of a published criterion, of one's own."""

from typing import Any

from ivaudit.domain.adaptation import Scope
from ivaudit.domain.checklist import Checklist, Confidence, Force, NaPolicy, Vocabulary
from ivaudit.domain.forms import Choice, FieldKind, Form, FormField, FormSection
from ivaudit.domain.scale import Standing

ASKED, OFF, CRITICAL = "asked", "off", "critical"
"""What a published criterion may be, by the field `adapt_state`."""

PREFIX = "adapt_"
"""Before the id of each field: fields are widgets, and their names are unique in the window."""

EVERY_SETTING = "default"
_P = PREFIX
_ALL = EVERY_SETTING
_NA = (
    Choice(id=NaPolicy.FORBIDDEN.value, label="Pas admis"),
    Choice(id=NaPolicy.REASON.value, label="Admis avec un motif"),
    Choice(id=NaPolicy.FREE.value, label="Admis"),
)


def _field(key: str, text: str, kind: FieldKind = FieldKind.TEXT, about: str = "", **more: Any) -> FormField:  # noqa: ANN401
    return FormField(id=f"{_P}{key}", label=text, kind=kind, help=about, **more)


def _form(key: str, *sections: FormSection) -> Form:
    return Form(id=f"{_P}{key}", version="1.0.0", title="", licence="", sections=sections)


def header_form() -> Form:
    """Return the fields about the whole adaptation."""
    scopes = tuple(Choice(id=each.value, label=each.value.capitalize()) for each in Scope)
    fields = (
        _field("title", "Intitulé"),
        _field("author", "Auteur", about="Une fonction ou un organisme, jamais un nom de personne."),
        _field(
            "scope", "Portée", FieldKind.CHOICE, "Région, puis groupement, puis structure.", choices=scopes
        ),
        _field(
            "finess",
            "Numéros FINESS",
            about="Structures concernées, séparées par une espace ; vide : toutes.",
        ),
        _field(
            "reason", "Motif", FieldKind.LONG, "Pourquoi la grille est adaptée : imprimé dans chaque rapport."
        ),
    )
    return _form("about", FormSection(id=f"{_P}about", title="Ce qu'elle est", fields=fields))


def change_form(vocabulary: Vocabulary) -> Form:
    """Return the fields about a published criterion."""
    states = (
        Choice(id=ASKED, label="Demandé, comme publié"),
        Choice(id=OFF, label="Désactivé : ni demandé ni compté"),
        Choice(id=CRITICAL, label="Adopté comme point critique"),
    )
    state = (
        _field("state", "Ce critère est", FieldKind.CHOICE, choices=states),
        _field("state_reason", "Motif", about="Obligatoire pour désactiver ou pour adopter ; imprimé."),
    )
    judged = (
        _field("weight", "Poids", FieldKind.NUMBER, "Vide : comme publié."),
        _field("minutes", "Minutes sur place", FieldKind.NUMBER, "Vide : comme publié."),
        _field("na", "« Sans objet »", FieldKind.CHOICE, choices=_NA),
        _field("reason", "Motif de ces changements", about="Obligatoire pour le poids et le « sans objet »."),
    )
    return _form(
        "change",
        FormSection(id=f"{_P}state", title="Demandé ou non", fields=state),
        FormSection(id=f"{_P}judged", title="Poids, minutes, « sans objet »", fields=judged),
        FormSection(
            id=f"{_P}more",
            title="À ajouter au texte publié",
            fields=(_guidance(vocabulary), _evidence(), _references()),
        ),
    )


def added_form(checklist: Checklist, vocabulary: Vocabulary) -> Form:
    """Return the fields of a criterion of one's own: all those of a published one."""
    long, many = FieldKind.LONG, FieldKind.CHOICES
    forces = tuple(Choice(id=each.value, label=each.value.capitalize()) for each in Force)
    rated = [value for value in checklist.scale.values if value.standing is Standing.RATED]
    asked = (
        _field("question", "Question", long, "Un seul fait vérifiable ; « Oui » est la bonne pratique."),
        _field("why", "Pourquoi", long, "Le risque, en une phrase."),
        _field("place", "Rubrique", FieldKind.CHOICE, choices=_places(checklist)),
        _field(
            "new_section", "Nouvelle rubrique", about="Son titre ; elle vient à la fin du domaine choisi."
        ),
    )
    rating = tuple(_field(f"rating_{value.id}", f"Ce qui vaut « {value.label} »", long) for value in rated)
    judged = (
        _field("weight", "Poids", FieldKind.NUMBER, "1 formalisation, 2 mise en œuvre."),
        _field("weight_reason", "Raison d'un autre poids"),
        _field("minutes", "Minutes sur place", FieldKind.NUMBER),
        _field("force", "Force", FieldKind.CHOICE, choices=forces),
        _field("na", "« Sans objet »", FieldKind.CHOICE, choices=_NA),
        _field(
            "critical_reason", "Raison d'un point critique", about="Vide : ce n'est pas un point critique."
        ),
    )
    ways = (
        _field("methods", "Méthodes", many, vocabulary="methods"),
        _field("interlocutors", "Interlocuteurs", many, vocabulary="interlocutors"),
        _field("places", "Lieux", many, vocabulary="places"),
    )
    after = (_field("recommendation", "Recommandation type", long), _evidence(), _references())
    return _form(
        "added",
        FormSection(id=f"{_P}asked", title="Le critère", fields=asked),
        FormSection(id=f"{_P}rating", title="Cotation et consignes", fields=(*rating, _guidance(vocabulary))),
        FormSection(id=f"{_P}counted", title="Ce qu'il compte", fields=judged),
        FormSection(id=f"{_P}ways", title="Comment, avec qui, où", fields=ways),
        FormSection(id=f"{_P}after", title="Preuves, recommandation, références", fields=after),
    )


def _places(checklist: Checklist) -> tuple[Choice, ...]:
    return tuple(
        Choice(id=f"{domain.id}/{section.id}", label=f"{domain.title} › {section.title}")
        for domain in checklist.domains
        for section in domain.sections
    )


def _guidance(vocabulary: Vocabulary) -> FormField:
    settings = tuple(Choice(id=term.id, label=term.label) for term in vocabulary.settings)
    choices = (Choice(id=_ALL, label="Toutes les structures"), *settings)
    columns = (
        FormField(id="setting", label="Pour", kind=FieldKind.CHOICE, choices=choices),
        FormField(id="text", label="Consigne", kind=FieldKind.TEXT),
    )
    return _field("guidance", "Consignes", FieldKind.ROWS, columns=columns)


def _evidence() -> FormField:
    columns = (FormField(id="text", label="Preuve attendue", kind=FieldKind.TEXT),)
    return _field("evidence", "Preuves attendues", FieldKind.ROWS, columns=columns)


def _references() -> FormField:
    sure = tuple(Choice(id=each.value, label=each.value.capitalize()) for each in Confidence)
    columns = (
        FormField(id="document", label="Document", kind=FieldKind.TEXT),
        FormField(id="edition", label="Édition", kind=FieldKind.TEXT),
        FormField(id="code", label="Code", kind=FieldKind.TEXT),
        FormField(id="section", label="Partie", kind=FieldKind.TEXT),
        FormField(id="confidence", label="Confiance", kind=FieldKind.CHOICE, choices=sure),
        FormField(id="source", label="Source", kind=FieldKind.TEXT),
    )
    return _field("references", "Références", FieldKind.ROWS, columns=columns)
