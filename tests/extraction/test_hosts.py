"""Whom a stranger's link may lead to, and that a name means the same server all night."""

import socket

import pytest

from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction import hosts
from audioed.extraction.fetch import fetch
from audioed.extraction.hosts import Hosts, is_public

PUBLIC = [
    *("93.184.215.14", "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.32.0.1", "198.17.255.255"),
    *("2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450:4001::1", "2001:200::1", "2620:4f:8000::1"),
    *("64:ff9b::8.8.8.8", "::ffff:8.8.8.8", "2002:808:808::1"),
]
PRIVATE = [
    # the home, the machine, the link
    *("192.168.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "127.0.0.1", "127.255.255.255", "169.254.169.254"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "fc00::1", "fec0::1", "feff::1"),
    # networks of providers, of tests and of books
    *("100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.0.9", "192.0.2.1", "198.18.0.1", "198.19.255.255"),
    *("198.51.100.1", "203.0.113.1", "0.0.0.0", "0.1.2.3", "2001:db8::1", "2001:2::1", "2001:10::1", "3fff::1"),
    # nobody's and everybody's
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.88.99.1", "ff02::1", "ff0e::1", "100::1"),
    *("5f00::1", "4000::1"),
    # IPv4 in the clothes of IPv6
    *("::ffff:10.0.0.1", "::ffff:127.0.0.1", "::127.0.0.1", "::8.8.8.8", "::ffff:0:127.0.0.1", "::ffff:0:8.8.8.8"),
    *("64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "64:ff9b:1::8.8.8.8", "2002:7f00:1::", "2002:c0a8:1::1"),
    *("2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_any_other_address_is_not(address):
    assert not is_public(address)


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
