"""Which addresses are this machine's alone, a home network's, or everybody's."""

import pytest

from audioed.reach import is_loopback, is_public, is_shared

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


def test_which_addresses_are_this_machine_alone():
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost", "LOCALHOST.", "show.localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.2", "localhost.example", "")))


def test_a_name_that_each_network_has_its_own_of_is_shared_with_nobody():
    assert all(map(is_shared, ("example.com", "Example.COM.", "1.1.1.1", "local.example")))
    own = (
        "",
        "nas",
        "nas.local",
        "NAS.LOCAL.",
        "pi.home.arpa",
        "x.internal",
        "localhost",
        "192.168.1.2",
        "fe80::1%eth0",
    )
    assert not any(map(is_shared, own))
