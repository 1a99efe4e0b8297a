"""What the keys of the page of the register do."""

KEYS = (
    ("Ctrl+N", "nouvelle anomalie"),
    ("Ctrl+Maj+N", "nouvel événement indésirable"),
    ("Ctrl+Maj+L", "nouveau lot de corrections"),
    ("Ctrl+Entrée", "enregistrer la saisie courte"),
    ("Ctrl+C", "copier le numéro, ou le graphique comme image"),
    ("↑  ↓", "saisie précédente, saisie suivante"),
    ("Entrée", "aller dans la saisie choisie"),
    ("1 … 9", "passer à l'état de ce rang : rangée des chiffres (sans Maj) ou pavé numérique"),
    ("F2", "compléter la fiche"),
    ("Suppr", "retirer du registre"),
    ("Ctrl+F", "rechercher"),
    ("Ctrl+G", "graphiques"),
    ("Échap", "revenir à la liste"),
    ("Ctrl+Z  Ctrl+Y", "annuler, rétablir"),
    ("F1", "montrer ou cacher ces touches"),
)
