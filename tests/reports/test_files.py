"""The JSON export against its schema, and the recovery sheet."""

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports import json_file, recovery_sheet
from ivaudit.reports.plain import as_json, from_plain, to_plain

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schema" / "rapport.schema.json").read_text(encoding="utf-8")
)
KINDS = {"string": str, "integer": int, "boolean": bool, "null": type(None), "array": list, "object": dict}


def problems(  # noqa: PLR0911 - one return per form of schema
    schema: dict[str, Any], data: object, place: str = "$"
) -> list[str]:
    """Return where the data does not follow the schema, as far as our schemas go."""
    if "$ref" in schema:
        return problems(SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], data, place)
    if "anyOf" in schema:
        tried = [problems(each, data, place) for each in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    if "enum" in schema:
        return [] if data in schema["enum"] else [f"{place}: enum"]
    kind = KINDS[schema["type"]]
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        return [f"{place}: {schema['type']}"]
    if isinstance(data, list):
        return [
            p for rank, each in enumerate(data) for p in problems(schema["items"], each, f"{place}[{rank}]")
        ]
    if not isinstance(data, dict):
        return []
    missing = [f"{place}.{key}: missing" for key in schema["required"] if key not in data]
    unknown = [f"{place}.{key}: unknown" for key in data if key not in schema["properties"]]
    inside = [
        p
        for key, each in data.items()
        for p in problems(schema["properties"].get(key, {"$ref": "x/"}), each, key)
        if key in schema["properties"]
    ]
    return missing + unknown + inside


@pytest.mark.parametrize("kind", ["full", "worked"])
def test_the_export_follows_its_schema(
    request: pytest.FixtureRequest, kind: str, rapport: ReportOutline, tmp_path: Path
) -> None:
    json_file.write(request.getfixturevalue(kind), rapport, tmp_path / "rapport.json")
    data = json.loads((tmp_path / "rapport.json").read_text(encoding="utf-8"))
    assert problems(SCHEMA, data) == []
    data["checklists"][0]["score"] = "72"
    del data["title"]
    assert sorted(problems(SCHEMA, data)) == ["$.title: missing", "score: integer"]


def test_a_model_comes_back_from_json(full: ReportModel, rapport: ReportOutline) -> None:
    assert from_plain(ReportModel, json.loads(as_json(full))) == full
    assert from_plain(ReportOutline, json.loads(json.dumps(to_plain(rapport)))) == rapport


def test_a_lone_surrogate_is_still_json() -> None:
    assert json.loads(as_json({"a": "x\ud800é"})) == {"a": "x\ud800é"}


@pytest.mark.parametrize("groups", [7, 8, 13])
def test_the_recovery_sheet_is_one_page_with_the_whole_code(groups: int) -> None:
    code = "-".join(f"A{rank:02d}Z" for rank in range(groups))
    with pypdfium2.PdfDocument(recovery_sheet.render(code, "ivaudit", "2026-11-21")) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
    assert " ".join(code.split("-")) in " ".join(text.split())
    assert "21 novembre 2026" in text
    assert "Rangée à cet endroit" in text.replace("\u00a0", " ")
