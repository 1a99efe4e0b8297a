"""`--update-golden` writes the expected files anew; the diff is then read by a person."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent
DOCS = Path(__file__).parents[2] / "docs" / "schema"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected files anew")


@pytest.fixture
def agree(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the one expected in a file."""
    update = bool(request.config.getoption("--update-golden", default=False))

    def check(path: Path, text: str) -> None:
        if update:
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return check
