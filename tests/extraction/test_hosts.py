"""Whom a stranger's link may lead to, and that a name means the same server all night."""

import socket

import pytest

from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction import hosts
from audioed.extraction.fetch import fetch
from audioed.extraction.hosts import Hosts


def answering(monkeypatch, *answers):
    """What the names are asked for, where the system answers so, one after the other."""
    asked, left = [], list(answers)

    def getaddrinfo(host, *_, **__):
        asked.append(host)
        family = socket.AF_INET6 if ":" in left[0][0] else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (each, 0)) for each in left.pop(0)]

    monkeypatch.setattr(hosts.socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_means_all_night_what_it_meant_when_it_was_first_asked_for(monkeypatch):
    asked = answering(monkeypatch, ("93.184.215.14",), ("192.168.0.1",))
    names = Hosts()
    for local in (True, False, True):
        assert names.addresses("feed.example", "http://feed.example/", local=local) == ("93.184.215.14",)
    assert asked == ["feed.example"]


def test_a_local_host_is_for_the_pages_that_the_user_named_alone(monkeypatch):
    answering(monkeypatch, ("192.168.0.1",))
    names = Hosts()
    assert names.addresses("nas.example", "http://nas.example/feed", local=True) == ("192.168.0.1",)
    with pytest.raises(FetchError, match="private address"):
        names.addresses("nas.example", "http://nas.example/feed", local=False)


@pytest.mark.parametrize("private", ["192.168.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"])
def test_a_name_with_public_and_private_addresses_is_visited_at_the_public_ones(monkeypatch, private):
    answering(monkeypatch, ("93.184.215.14", private))
    names = Hosts()
    assert names.addresses("two.example", "http://two.example/", local=True) == ("93.184.215.14",)
    with pytest.raises(FetchError, match="private address"):
        names.addresses("two.example", "http://two.example/", local=False)


def test_a_stranger_is_connected_to_at_no_address_that_was_not_checked(monkeypatch):
    answering(monkeypatch, ("127.0.0.1",))
    with pytest.raises(FetchError, match="private address"):
        fetch("http://rebound.example/", Extraction(), private=False)
