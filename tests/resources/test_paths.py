"""Packaged files are found by relative names only."""

import pytest

from ivaudit.resources import CONTENT, path, shipped


def test_a_packaged_file_is_found() -> None:
    assert path("fonts").is_dir()


@pytest.mark.parametrize(
    "name", ["", "/etc/passwd", "../__init__.py", "fonts/../../__init__.py", "C:\\x", "a\\b", "c:x"]
)
def test_a_name_that_leaves_the_package_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name below the resources"):
        path(name)


def test_a_missing_resource_is_a_bug() -> None:
    with pytest.raises(FileNotFoundError, match="no packaged resource nothing"):
        path("nothing")


def test_every_kind_of_content_is_shipped() -> None:
    assert all(shipped(kind).is_dir() for kind in CONTENT)
    with pytest.raises(ValueError, match="no such kind"):
        shipped("secrets")
