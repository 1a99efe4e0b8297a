"""An observation grid, a decision sheet, cases and a glossary, as the library would give them."""

from ivaudit.domain.cases import Case, Cases
from ivaudit.domain.checklist import Confidence, Reference
from ivaudit.domain.fiche import Fiche, Outcome, Step, StepChoice
from ivaudit.domain.glossary import Glossary, GlossaryTerm
from ivaudit.domain.observation import (
    ContextColumn,
    NotObserved,
    ObservationGrid,
    ObservedItem,
    ObservedValue,
    Row,
)
from ivaudit.domain.tone import Tone

READ = Reference(
    document="RNIV 1",
    edition="2.0",
    code="EXI PP 01",
    confidence=Confidence.READ,
    source="https://exemple.fr",
)
FIELD = Reference(document="Pratique de terrain", confidence=Confidence.TO_CHECK)
_COMMON = {
    "version": "1.0.0",
    "licence": "etalab-2.0",
    "authors": ("Équipe ivaudit",),
    "published": "2026-11-22",
}
_VALUES = (ObservedValue.YES, ObservedValue.NO, ObservedValue.NOT_APPLICABLE, ObservedValue.REFUSED)


def observation(items: int = 12, target: int = 30) -> ObservationGrid:
    facts = [
        ObservedItem(
            id=f"bra-{rank}",
            question=f"Le fait numéro {rank} du bracelet se lit-il sans déplacer la personne ?",
            help="Regarder le support porté ; ne pas le faire retirer.",
            values=_VALUES if rank % 2 else _VALUES[:2],
            stops=rank == 1,
            criteria=("sec-moy-01",) if rank == 1 else (),
        )
        for rank in range(1, items + 1)
    ]
    return ObservationGrid(
        **_COMMON,
        id="obs-bracelet",
        title="Bracelet d'identification",
        summary="Savoir si chaque personne présente porte un bracelet lisible.",
        row=Row.PERSON,
        target=target,
        target_note="Pour l'établissement, un jour donné.",
        period="Une matinée de semaine.",
        places=("unite-soins",),
        interlocutors=("soignant",),
        inclusion=("Personnes présentes dans l'unité",),
        exclusion=("Personnes en fin de vie",),
        stance="Se tenir à côté du soignant, sans gêner.",
        words="Nous regardons comment les supports sont utilisés ; nous ne notons aucun nom.",
        not_observed=(NotObserved(id="dort", label="Dort, ne pas déranger"),),
        context=(ContextColumn(id="acte", label="Type d'acte", choices=("prise de sang", "médicament")),),
        items=tuple(facts),
        references=(READ,),
    )


def fiche() -> Fiche:
    return Fiche(
        **_COMMON,
        id="fiche-essai",
        title="INSi ne répond pas ce qu'on attend",
        summary="Que faire selon le code de retour.",
        when="Le téléservice a été interrogé et l'agent hésite.",
        audience=("admissions", "referent"),
        criteria=("ins-ret-02",),
        first="e1",
        steps=(
            Step(
                id="e1",
                title="Lire le code de retour",
                text="Il est affiché par le logiciel.",
                choices=(
                    StepChoice(label="00 : une identité", next="e2"),
                    StepChoice(label="01 : aucune identité", next="e3"),
                    StepChoice(label="Pas de réponse", outcome="panne"),
                ),
            ),
            Step(id="e2", title="Comparer les traits", text="Un par un, à voix haute.", outcome="bon"),
            Step(
                id="e3",
                title="Relire le document",
                text="Corriger une faute de frappe, sans rien inventer.",
                choices=(
                    StepChoice(label="Une faute est corrigée", next="e1"),
                    StepChoice(label="Tout est juste", outcome="impasse"),
                ),
            ),
        ),
        outcomes=(
            Outcome(id="bon", title="Identité récupérée", text="Le statut change.", tone=Tone.GOOD),
            Outcome(id="panne", title="Attendre", text="Refaire l'appel plus tard.", tone=Tone.WAITING),
            Outcome(id="impasse", title="Impasse documentée", text="Signaler.", tone=Tone.BAD),
        ),
        never=("Choisir une identité parmi plusieurs.",),
        references=(READ, FIELD),
    )


def cases(count: int = 9) -> Cases:
    made = [
        Case(
            id=f"cas-{rank:02d}",
            title=f"Situation {rank}",
            situation="Une personne se présente à l'accueil avec la carte Vitale de sa mère. " * 2,
            question=f"Que faites-vous, question {rank} ?",
            answer=f"Réponse attendue numéro {rank}.",
            trap="Lire la carte et continuer.",
            rule="La carte Vitale ne prouve pas l'identité.",
            criteria=("val-doc-02",),
            references=(READ,),
        )
        for rank in range(1, count + 1)
    ]
    return Cases(
        **_COMMON,
        id="cas-pratiques",
        title="Cas pratiques",
        summary="Neuf situations de tous les jours.",
        cases=tuple(made),
    )


def glossary() -> Glossary:
    return Glossary(
        id="glossaire",
        version="1.0.0",
        title="Glossaire",
        terms=(
            GlossaryTerm(
                id="trait",
                term="Trait",
                definition="Information d'identité.",
                confidence=Confidence.READ,
                see=("ins",),
            ),
            GlossaryTerm(
                id="ins",
                term="INS",
                definition="Identité nationale de santé.",
                also=("identité INS",),
                confidence=Confidence.QUOTED,
                source="https://exemple.fr",
            ),
        ),
    )
