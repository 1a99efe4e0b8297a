"""Names in the folder of a workspace."""

DATABASE = "ivaudit.db"
SIDE_FILES = ("ivaudit.db-wal", "ivaudit.db-shm")
DIRECTORY = "annuaire.db"
EVIDENCE = "preuves.db"
EVIDENCE_SIDE_FILES = ("preuves.db-wal", "preuves.db-shm")
KEY = "cle.json"
KEY_TWIN = "cle.bak.json"
LOCK = "verrou"
OWNER = "verrou.json"
BACKUPS = "sauvegardes"
BACKUP_NOTE = "sauvegarde.json"
WORK = "travail"
LOGS = "journal-technique"
TEMPORARY = ".tmp-"
INSTALLATION = "installation-"
