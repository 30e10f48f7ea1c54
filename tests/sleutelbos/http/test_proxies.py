"""The visitor's address: exactly as many proxies are believed as there are."""

import pytest

from sleutelbos.http.proxies import visitor_address

PEER = "127.0.0.1"
FIFTY = ", ".join(f"10.0.0.{number}" for number in range(50))


CLAIMED_BY_PROXIES = [
    "CF-Connecting-IP",
    "Forwarded",
    "Front-End-Https",
    "Proxy",
    "True-Client-IP",
    "X-Client-IP",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
    "X-Forwarded-Prefix",
    "X-Forwarded-Proto",
    "X-Forwarded-Server",
    "X-Forwarded-Ssl",
    "X-Real-IP",
    "X-Scheme",
]


@pytest.mark.parametrize(
    ("claimed", "hops", "visitor"),
    [
        ("203.0.113.9", 0, PEER),
        ("203.0.113.9", 1, "203.0.113.9"),
        ("a, 203.0.113.9", 1, "203.0.113.9"),
        (f"{FIFTY}, 203.0.113.9", 1, "203.0.113.9"),
        ("1.1.1.1, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        # Fewer than there are proxies: it came past one of them.
        ("203.0.113.9", 2, PEER),
        ("", 1, PEER),
        ("a", 1, PEER),
        ("203.0.113.9, ", 1, PEER),
        ("203.0.113.9 10.0.0.1", 1, PEER),
        ("unknown", 1, PEER),
        ("fe80::1%eth0", 1, PEER),
        ("[fe80::1%25eth0]", 1, PEER),
        ("203.0.113.999", 1, PEER),
        ("3405803785", 1, PEER),
        ("0x7f.1", 1, PEER),
        ("203.0.113.09", 1, PEER),
        ("2001:db8::9", 1, "2001:db8::9"),
        ("2001:0DB8:0:0::9", 1, "2001:db8::9"),
        ("[2001:db8::9]:4711", 1, "2001:db8::9"),
        ("203.0.113.9:4711", 1, "203.0.113.9"),
        # One visitor is one address, however it is written.
        ("::ffff:203.0.113.9", 1, "203.0.113.9"),
    ],
)
def test_who_the_visitor_is(claimed, hops, visitor):
    assert visitor_address(claimed, PEER, hops) == visitor


@pytest.mark.parametrize("claimed", ["a", FIFTY, "fe80::1%eth0", "", "127.0.0.1"])
def test_without_proxies_nothing_that_is_claimed_counts(ask, pages, claimed):
    ask(headers=[("X-Forwarded-For", claimed), ("X-Real-IP", "1.2.3.4")])
    assert pages.seen[0]["REMOTE_ADDR"] == PEER
    assert not [name for name in pages.seen[0] if "FORWARDED" in name]


class TestBehindOneProxy:
    @pytest.fixture
    def hops(self):
        return 1

    def test_what_it_wrote_counts_and_what_stood_before_does_not(self, ask, pages):
        ask(headers=[("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "2.2.2.2")])
        assert pages.seen[0]["REMOTE_ADDR"] == "2.2.2.2"

    @pytest.mark.parametrize("claimed", ["a", "fe80::1%eth0", "2.2.2.2,"])
    def test_what_is_no_address_is_the_peer(self, ask, pages, claimed):
        ask(headers=[("X-Forwarded-For", claimed)])
        assert pages.seen[0]["REMOTE_ADDR"] == PEER

    @pytest.mark.parametrize(
        ("said", "scheme"),
        [("https", "https"), ("http", "http"), ("gopher", "https"), (None, "https")],
    )
    def test_the_scheme_is_what_it_says_or_what_is_configured(
        self, ask, pages, said, scheme
    ):
        ask(headers=[("X-Forwarded-Proto", said)] if said else [])
        assert pages.seen[0]["wsgi.url_scheme"] == scheme


@pytest.mark.parametrize("hops", [0, 1])
def test_no_header_of_a_proxy_reaches_the_pages(ask, pages):
    ask(headers=[(name, "7.7.7.7") for name in CLAIMED_BY_PROXIES])
    seen = {name: value for name, value in pages.seen[0].items() if name != "body"}
    assert "7.7.7.7" not in str({**seen, "REMOTE_ADDR": ""})
