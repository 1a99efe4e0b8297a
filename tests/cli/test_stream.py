"""`answer --stdin`: one line in, one acknowledgement out after the commit, bad lines apart."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

Command = Callable[..., Any]

PROJECT = Path(__file__).parents[2]


def _line(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False)


def test_each_line_is_acknowledged(on: Command, place: SimpleNamespace) -> None:
    lines = [
        _line(criterion="rec-ant-02", value="oui", constat="œuvre & <b>"),
        "",
        _line(criterion="cas-sdp-01", value="non", note="à voir", subject="accueil"),
        _line(criterion="rec-ant-02", value="oui"),
    ]
    done = on("answer", place.audit, "--stdin", stdin="\n".join(lines) + "\n")
    assert done.code == 0
    first, second, same = done.lines
    assert (first["line"], first["ok"], first["criterion"], first["subject"]) == (
        1,
        True,
        "rec-ant-02",
        "structure",
    )
    assert first["at"].endswith("Z")
    assert (second["line"], second["subject"]) == (3, "accueil")
    assert (same["ok"], same["at"], same["done"]) == (True, None, "")
    found = {each["criterion"]: each for each in on("audits", "show", place.audit, "--json").json["answers"]}
    assert found["rec-ant-02"]["constat"] == "œuvre & <b>"


def test_a_bad_line_is_refused_and_the_others_go_on(on: Command, place: SimpleNamespace) -> None:
    lines = [
        "pas du JSON",
        "[1]",
        _line(value="oui"),
        _line(criterion="absent", value="oui"),
        _line(criterion="rec-ant-02", value="peut-être"),
        _line(criterion="rec-ant-02", valeur="oui"),
        _line(criterion="rec-ant-02"),
        _line(criterion="rec-ant-02", value=3),
        _line(criterion="rec-ant-02", means="vu"),
        _line(criterion="rec-ant-02", review=1),
        _line(criterion="rec-ant-02", value="oui"),
    ]
    done = on("answer", place.audit, "--stdin", stdin="\n".join(lines))
    assert done.code == 1
    answers = done.lines
    assert [each["ok"] for each in answers] == [False] * 10 + [True]
    assert all(each["error"] for each in answers[:-1])
    (answer,) = on("audits", "show", place.audit, "--json").json["answers"]
    assert (answer["value"], answer["review"]) == ("oui", False)


def test_an_object_is_refused_before_any_of_it_is_recorded(on: Command, place: SimpleNamespace) -> None:
    line = _line(criterion="rec-ant-02", value="oui", means="vu")
    assert on("answer", place.audit, "--stdin", stdin=line).code == 1
    assert on("audits", "show", place.audit, "--json").json["answers"] == []


def test_an_unknown_audit_is_2_before_any_line(on: Command) -> None:
    done = on("answer", "000000000000", "--stdin", stdin=_line(criterion="rec-ant-02", value="oui"))
    assert (done.code, done.out) == (2, "")


def test_an_acknowledgement_survives_a_kill(place: SimpleNamespace, passphrase: str) -> None:
    """The acknowledgement is read while the process still waits; it is killed; the answer is there."""
    command = [sys.executable, "-m", "ivaudit", "--workspace", str(place.folder)]
    environment = {**os.environ, "IVAUDIT_PASSPHRASE": passphrase}
    with subprocess.Popen(
        [*command, "answer", place.audit, "--stdin"],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(_line(criterion="rec-ant-02", value="oui", constat="gardé") + "\n")
        process.stdin.flush()
        acknowledged = json.loads(process.stdout.readline())
        process.kill()
    assert acknowledged["ok"]
    done = subprocess.run(
        [*command, "audits", "show", place.audit, "--json"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (answer,) = json.loads(done.stdout)["answers"]
    assert (answer["value"], answer["constat"], answer["at"] <= acknowledged["at"]) == ("oui", "gardé", True)
