"""The address of the portal, taken apart as browsers do."""

from dataclasses import replace

import pytest

from portal.app import create_app


@pytest.mark.parametrize(
    ("portal_url", "host", "origin", "is_https"),
    [
        ("http://127.0.0.1:8080", "127.0.0.1", "http://127.0.0.1:8080", False),
        ("https://Inloggen.Example.nl", "inloggen.example.nl", None, True),
        (
            "https://a.example.nl:443/portaal",
            "a.example.nl",
            "https://a.example.nl",
            True,
        ),
        ("http://a.example.nl:80", "a.example.nl", "http://a.example.nl", False),
        ("https://a.example.nl:8443", "a.example.nl", None, True),
        ("http://[::1]:8080", "::1", "http://[::1]:8080", False),
        ("https://café.nl", "xn--caf-dma.nl", "https://xn--caf-dma.nl", True),
    ],
)
def test_an_address_has_one_host_and_one_origin(
    counter, portal_url, host, origin, is_https
):
    office = replace(counter.office, portal_url=portal_url)
    assert office.host == host
    assert office.origin == (origin or portal_url.lower())
    assert office.is_https is is_https


@pytest.mark.parametrize(
    ("portal_url", "asked_for"),
    [
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://café.nl", "https://xn--caf-dma.nl"),
    ],
)
def test_unusual_hosts_get_their_pages(counter, portal_url, asked_for):
    app = create_app(replace(counter.office, portal_url=portal_url))
    assert app.test_client().get("/", base_url=asked_for).status_code == 200
