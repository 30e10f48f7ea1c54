"""What a network address is counted as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sign_in.networks import UNREADABLE, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:0db8:0001:0002::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::1", "::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("::ffff:cb00:7107", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("fe80::2%25eth0", "fe80::/64"),
    ],
)
def test_an_address_is_counted_as(address, network):
    assert network_of(address) == network


@pytest.mark.parametrize(
    "address",
    ["", "a", "203.0.113.7, 10.0.0.1", "203.0.113.7:80", "[::1]", "1.2.3", "é", "\x00"],
)
def test_what_is_no_address_shares_one_budget(address):
    assert network_of(address) == UNREADABLE


@given(st.text())
def test_nothing_that_is_sent_breaks_it(address):
    assert 0 < len(network_of(address)) <= 50


@given(st.ip_addresses(v=6))
def test_neighbours_in_a_64_are_one(address):
    neighbour = type(address)(int(address) ^ 0xFFFF)
    if address.ipv4_mapped is None:
        assert network_of(str(address)) == network_of(str(neighbour))
