"""Logs of anomalies as people keep them, and entries to write some with."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from ivaudit.app import anomaly_log, anomaly_log_import, anomaly_log_reading
from ivaudit.app.anomaly_log_import import LogPreview
from ivaudit.app.session import Session

HUMAN = (
    ("JOURNAL DES ANOMALIES 2026",),
    (),
    ("Date", "Nom Prénom", "DDN", "IPP", "Anomalie", "Commentaire", "Gravité", "État"),
    ("03/02/2026", "DUPONT Jeanne", "12/03/1941", 445566, "Doublon", "La dame DUPONT a deux dossiers",
     "Mineure", "Clos"),
    (None, "MARTIN Paul", "01/01/1950", None, "Erreur bizarre", "vu à l'accueil", None, "En cours"),
    (None, "LE GOFF Yann", None, 778899, "collision", None, "majeure", None),
    ("12 mars 2026", "PETIT Zoé", "04/07/1939", None, "Bracelet absent", "n° de sécu 1 39 07 64 445 123 08",
     "0", "à vérifier"),
    ("20/03/2026", "ROUX Alain", "30/09/1962", 990011, "P07", "lieu inconnu", None, "en attente"),
)  # fmt: skip
"""Five rows under a title line: missing dates, two columns that name somebody, cells merged by the test."""


def human_log(path: Path) -> Path:
    """Write the log of five rows, the first date merged over the row below, the title over all columns."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Feuil1"
    for row in HUMAN:
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("A4:A5")
    book.save(path)
    return path


def previewed(session: Session, path: Path, **given: Any) -> LogPreview:  # noqa: ANN401 - of `preview`
    """Return what importing a log would do."""
    read = anomaly_log_reading.read(anomaly_log_reading.ask(session, path, given.pop("mapping", None)))
    return anomaly_log_import.preview(session, read, **given)


def exported(session: Session, path: Path, **given: Any) -> Path:  # noqa: ANN401 - of `export`
    """Write the log and return its file."""
    return anomaly_log.export(session, path, **given)[0]
