"""What a form of the reading-back tells whoever reads back, in a workbook as in a document."""

TITLE = "Relecture du rapport d'audit"

_TEXT = """
Lisez chaque texte dans « Ce que dit le rapport ». Là où vous avez quelque chose à dire, écrivez-le sous
  « Votre remarque » ; laissez vide sinon.
Précisez la nature : « commentaire » pour compléter, « correction proposée » pour une erreur de fait,
  « désaccord » pour une conclusion que vous ne partagez pas.
Chaque remarque reçoit une réponse de l'auditeur : retenue, retenue en partie, ou non retenue et pourquoi.
  Elle peut être jointe au rapport.
N'écrivez aucune identité : ni nom, ni date de naissance, ni numéro d'un usager, d'un résident ou d'un
  professionnel. Une fonction suffit (« cadre de santé »).
Ce fichier n'est pas chiffré : renvoyez-le par une messagerie sécurisée de santé, sans changer son format et
  sans ôter la colonne « Réf. ».
"""
HOW = tuple(_TEXT.strip().replace("\n  ", " ").splitlines())
"""How to fill it in."""

FINDINGS, POINTS = "Constats", "Points"
NO_FINDING = "Aucun constat n'a été rédigé."
SCORES = "Résultats à ce jour, provisoires jusqu'à la validation"
