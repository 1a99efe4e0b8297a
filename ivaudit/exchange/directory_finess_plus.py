"""The present open file of the directory, FINESS+: legal entities (`pmej`) that hold their sites (`ege`).

Names of fields are those of the schema `schema-structures-v1.json` that the ANS publishes (ansforge/finess),
and of the sample beside it. What is missing or of another type is left empty rather than refused. Labels are
not in the file, only codes; an object is closed when its day of closure is past, or when it is in the state
«I», the one that closed objects have in the sample.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ivaudit.domain import clock
from ivaudit.domain.directory import DirectoryFormat, Entry, EntryKind
from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.finess import whole_number
from ivaudit.exchange import directory_source as source
from ivaudit.exchange.json_stream import JsonStream

_ENTITIES = "pmej"
_OVERSEAS = ("97", "98")
_INACTIVE = "I"

Json = Mapping[str, Any]


class FinessPlusFile:
    """A FINESS+ file of structures, read one legal entity at a time."""

    format = DirectoryFormat.FINESS_PLUS

    def __init__(self, path: Path) -> None:
        self._path = path
        self.size = source.bounded(path, source.LARGEST_JSON)
        self.done = 0
        self.rejected = 0
        self.problems: list[str] = []
        self.date = ""
        self._now = clock.today().isoformat()

    def entries(self) -> Iterator[Entry]:
        """Yield each legal entity, then its sites."""
        rank = 0
        with source.whole_text(self._path) as file:
            for name, value in JsonStream(file).members():
                if name == "generatedAt":
                    self.date = source.day(value)
                if name != _ENTITIES:
                    continue
                rank += 1
                self.done = min(file.buffer.tell(), self.size)  # type: ignore[attr-defined]  # it is text over bytes
                yield from self._of_entity(_part(value), rank)
        if not rank:
            raise UnreadableFile(
                f"Ce fichier JSON n'a pas de collection « {_ENTITIES} » : ce n'est pas le flux "
                f"des structures FINESS+. {source.NOTHING} Importez le flux « structures » de "
                "data.gouv.fr."
            )

    def _of_entity(self, entity: Json, rank: int) -> Iterator[Entry]:
        about = _part(entity.get("informationsGeneralesPMEJ"))
        number = whole_number(source.tidy(about.get("numFinessPm")))
        if number:
            yield self._entry(
                entity,
                about,
                kind=EntryKind.EJ,
                finess=number,
                ej=number,
                name=about.get("denominationPm"),
                long_name=about.get("denominationLonguePmSmsse"),
                category=about.get("categorieentiteGeographiqueExercice"),
                opened=about.get("dateCreation"),
            )
        else:
            self._leave_out(f"entité juridique n° {rank} : numéro FINESS absent ou mal formé")
        sites = entity.get("ege")
        for at, site in enumerate(sites if isinstance(sites, list) else (), 1):
            yield from self._of_site(_part(site), number, f"établissement n° {at} de l'entité n° {rank}")

    def _of_site(self, site: Json, entity: str, place: str) -> Iterator[Entry]:
        about = _part(site.get("informationsGeneralesEGE"))
        number = whole_number(source.tidy(about.get("numFinessEge")))
        if not number:
            self._leave_out(f"{place} : numéro FINESS absent ou mal formé")
            return
        yield self._entry(
            site,
            about,
            kind=EntryKind.ET,
            finess=number,
            ej=entity,
            name=about.get("nomEgeCourt"),
            long_name=about.get("nomEgeLong"),
            category=site.get("categorieentiteGeographiqueExercice"),
            opened=about.get("dateOuverture"),
        )

    def _entry(
        self,
        holder: Json,
        about: Json,
        *,
        kind: EntryKind,
        finess: str,
        ej: str,
        name: object,
        long_name: object,
        category: object,
        opened: object,
    ) -> Entry:
        address = _first(holder.get("adresse"))
        closed_on = source.day(about.get("dateFermeture"))
        return Entry(
            kind=kind,
            finess=finess,
            ej=ej,
            name=source.tidy(name),
            long_name=source.tidy(long_name),
            category=source.tidy(category),
            department=_department(source.tidy(address.get("cogCommune"))),
            city=source.tidy(address.get("ligneAcheminement")),
            postcode=source.postcode(source.tidy(address.get("codePostal"))),
            phone=_phone(holder.get("contact")),
            opened=source.day(opened),
            closed=holder.get("etatObjet") == _INACTIVE or bool(closed_on and closed_on <= self._now),
            closed_on=closed_on,
        )

    def _leave_out(self, why: str) -> None:
        self.rejected += 1
        if len(self.problems) < source.TOLD:
            self.problems.append(f"{why} ; laissé de côté.")


def _department(commune: str) -> str:
    """Return the department of the official code of a commune («01143», «2A004», «97105»)."""
    return commune[: 3 if commune.startswith(_OVERSEAS) else 2].upper()


def _phone(contacts: object) -> str:
    for each in contacts if isinstance(contacts, list) else ():
        if found := source.phone(_part(_part(each).get("telecom")).get("telephone")):
            return found
    return ""


def _first(values: object) -> Json:
    return _part(values[0]) if isinstance(values, list) and values else {}


def _part(value: object) -> Json:
    return value if isinstance(value, dict) else {}
