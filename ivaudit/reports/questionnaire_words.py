"""What the first sheet of a questionnaire tells whoever fills it in."""

_TEXT = """
# Comment faire
Remplissez d'abord la feuille « Structure », puis la feuille « Questions » ({amount} questions).
Choisissez chaque réponse dans la liste. En cas de doute, préférez la réponse prudente et dites pourquoi
  dans « Constat ».
« Sans objet » n'est proposé que là où il est possible ; il demande presque toujours un motif.
Une case colorée attend encore quelque chose ; le compteur, en haut des questions, dit où vous en êtes.
  Vous pouvez enregistrer et reprendre plus tard.
Une réponse laissée vide n'est pas comptée comme un « Non » : elle reste à compléter.

# Avec qui
Une personne tient le fichier et pose les questions à celles qui font le geste : accueil, soins, direction,
  informatique.
Avant de répondre « Oui », faites montrer le document daté, le dossier ou l'écran qui le prouve, et citez-le
  dans « Preuve ou document » (titre, version, date).

# Ce qu'il ne faut pas écrire
Aucune identité : ni nom, ni date de naissance, ni numéro d'un usager, d'un résident ou d'un professionnel.
  Une fonction suffit (« agent d'accueil »).
Ce fichier n'est pas chiffré : renvoyez-le par une messagerie sécurisée de santé.

# Pour que vos réponses puissent être relues
Renvoyez ce fichier lui-même, au format Excel (.xlsx), rempli avec Excel ou LibreOffice. Ne recopiez pas ses
  feuilles dans un autre classeur.
Les résultats sont déclaratifs : ils servent à progresser et ne remplacent pas une visite.
"""


def how_to_fill_in(amount: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return headings, each with its sentences.

    Args:
        amount: how many questions there are.
    """
    parts: list[tuple[str, list[str]]] = []
    for line in _TEXT.format(amount=amount).replace("\n  ", " ").splitlines():
        if line.startswith("# "):
            parts.append((line[2:], []))
        elif line:
            parts[-1][1].append(line)
    return tuple((heading, tuple(lines)) for heading, lines in parts)
