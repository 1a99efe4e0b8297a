"""No Internet socket is opened: the hook of every test refuses them, and is shown to bite."""

import socket

import pytest


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_the_hook_refuses_internet_sockets(family: int, refused_sockets: list[str]) -> None:
    with pytest.raises(PermissionError, match="no network"):
        socket.socket(family)
    assert refused_sockets == ["socket.__new__"]
    refused_sockets.clear()


def test_the_hook_refuses_names(refused_sockets: list[str]) -> None:
    with pytest.raises(PermissionError, match="no network"):
        socket.getaddrinfo("localhost", 80)
    assert refused_sockets
    refused_sockets.clear()
