"""The words of the command line, each with the module that serves it; nothing heavy is imported here."""

from collections.abc import Sequence

NOUNS: dict[str, tuple[str, str]] = {
    "init": ("ivaudit.cli.workspace", "créer un dossier de travail chiffré"),
    "passphrase": (
        "ivaudit.cli.workspace",
        "la phrase de passe, la feuille de secours, la clé de l'établissement",
    ),
    "settings": ("ivaudit.cli.workspace", "lire et changer les réglages du dossier"),
    "facilities": ("ivaudit.cli.facilities", "les structures auditées"),
    "audits": ("ivaudit.cli.audits", "les audits"),
    "answer": ("ivaudit.cli.answer", "répondre à un critère, ou à une suite de critères"),
    "undo": ("ivaudit.cli.gestures", "annuler le dernier geste d'un audit"),
    "redo": ("ivaudit.cli.gestures", "rétablir le dernier geste annulé d'un audit"),
    "subjects": ("ivaudit.cli.subjects", "les unités, personnes et dossiers sur lesquels porte un audit"),
    "notebook": ("ivaudit.cli.notebook", "le carnet d'un audit : personnes rencontrées et lignes notées"),
    "observations": ("ivaudit.cli.observations", "les campagnes d'observation et leurs résultats"),
    "findings": ("ivaudit.cli.findings", "les constats d'un audit"),
    "actions": ("ivaudit.cli.actions", "les actions convenues, tous audits confondus"),
    "insi": ("ivaudit.cli.insi", "l'usage du téléservice INSi : fichiers mensuels, périmètre, suivi"),
    "anomalies": ("ivaudit.cli.anomalies", "le registre des anomalies d'identité et des événements"),
    "indicators": (
        "ivaudit.cli.indicators",
        "les indicateurs d'une structure : définitions, relevés, cibles, exports",
    ),
    "compare": ("ivaudit.cli.compare", "comparer des audits d'une même structure"),
    "review": ("ivaudit.cli.review", "la relecture par la structure : formulaire, remarques, décisions"),
    "evidence": ("ivaudit.cli.evidence", "les preuves : photographies, fichiers, documents et leur registre"),
    "synthesis": ("ivaudit.cli.synthesis", "l'appréciation, les points forts et les priorités d'un audit"),
    "form": ("ivaudit.cli.form", "les fiches qui accompagnent un audit"),
    "report": ("ivaudit.cli.report", "écrire le rapport d'un audit"),
    "questionnaire": (
        "ivaudit.cli.questionnaire",
        "les questionnaires envoyés aux structures, et leur retour",
    ),
    "content": ("ivaudit.cli.content", "les grilles et les fiches livrées ou locales"),
    "journal": ("ivaudit.cli.journal", "vérifier, lire et exporter le journal"),
    "erase": ("ivaudit.cli.privacy", "effacer pour de bon une valeur, ou un mot partout"),
    "purge": ("ivaudit.cli.privacy", "purger ce dont la durée de conservation est passée"),
    "privacy": ("ivaudit.cli.privacy", "mots, sauvegardes concernées, dossier de sécurité, copie sans nom"),
    "bundle": ("ivaudit.cli.bundle", "les fichiers d'échange : écrire, regarder, reprendre"),
    "merge": ("ivaudit.cli.merge", "les désaccords après un échange, et le consensus de l'équipe"),
    "backup": ("ivaudit.cli.backup", "les sauvegardes"),
    "restore": ("ivaudit.cli.backup", "remettre une sauvegarde ; ce qu'elle remplace est gardé"),
    "verify": ("ivaudit.cli.verify", "vérifier tout le dossier de travail, réparer ce qui peut l'être"),
    "self-test": ("ivaudit.cli.self_test", "vérifier que le programme installé fonctionne"),
    "demo": ("ivaudit.cli.demo", "fabriquer un dossier de démonstration et ses exports"),
}

_WITH_VALUE = frozenset({"--workspace", "--passphrase-file", "--recovery-code-file"})


def noun_of(argv: Sequence[str]) -> str | None:
    """Return the first word of a command line when it is one of ours, values of options left out."""
    rest = iter(argv)
    for word in rest:
        if word in _WITH_VALUE:
            next(rest, None)
        elif not word.startswith("-"):
            return word if word in NOUNS else None
    return None
