"""`check` asks the public address whether it leads to this machine's `serve`."""

import pytest

from domain.secret import Keyring, Secret
from sleutelbos import portal_check, settings
from sleutelbos.http.health import Readiness, installation_id
from sleutelbos.http.metrics import Metrics
from sleutelbos.http.operation import Operation
from sleutelbos.http.server import HttpServer
from sleutelbos.http.site import Site
from sleutelbos.settings import Listen


def refuses(environ, start_response):
    start_response("401 Unauthorized", [("Content-Length", "0")])
    return [b""]


@pytest.fixture
def run():
    """Run an application; gives its address."""
    started = []

    def start(application):
        server = HttpServer(application, Listen("127.0.0.1", 0), threads=2)
        server.start()
        started.append(server)
        return f"127.0.0.1:{server.address.port}"

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def serve(run, keyring):
    """A `serve` with this key, as far as health goes."""

    def start(keys=keyring, slack=refuses):
        operation = Operation(installation_id(keys), Readiness(None, {}), Metrics())
        site = Site("https://inloggen.voorbeeld.nl", 0, operation, slack=slack)
        return run(site.application())

    return start


@pytest.fixture
def found(set_up):
    """What is found besides the address being of this machine."""

    def find(**env):
        set_up(**env)
        problems = portal_check.find_problems(settings.load())
        said = [problem.say("nl") for problem in problems]
        return [text for text in said if "alleen deze machine kent" not in text]

    return find


def test_an_address_that_leads_here_is_well(found, serve):
    address = serve()
    assert (
        found(SLEUTELBOS_LISTEN=address, SLEUTELBOS_PORTAL_URL=f"http://{address}")
        == []
    )


def test_two_processes_of_one_installation_are_one(found, serve):
    assert (
        found(SLEUTELBOS_LISTEN=serve(), SLEUTELBOS_PORTAL_URL=f"http://{serve()}")
        == []
    )


def test_an_address_that_leads_to_another_installation_is_named(found, serve):
    other = serve(Keyring.from_setting(Secret("another key of 32 characters or more")))
    (said,) = found(SLEUTELBOS_LISTEN=serve(), SLEUTELBOS_PORTAL_URL=f"http://{other}")
    assert "een andere Sleutelbos" in said


def test_an_address_at_which_nobody_answers_is_named(found, serve):
    (said,) = found(
        SLEUTELBOS_LISTEN=serve(), SLEUTELBOS_PORTAL_URL="http://127.0.0.1:9"
    )
    assert said.startswith("De inlogpagina antwoordt niet op http://127.0.0.1:9 (")
    assert "refused" in said


def test_an_address_at_which_something_else_answers_is_named(found, serve, run):
    other = run(refuses)
    (said,) = found(SLEUTELBOS_LISTEN=serve(), SLEUTELBOS_PORTAL_URL=f"http://{other}")
    assert "HTTP 401" in said


def test_a_certificate_is_checked(found, serve):
    # Nobody speaks TLS there.
    address = serve()
    said = found(
        SLEUTELBOS_LISTEN=address,
        SLEUTELBOS_PORTAL_URL=f"https://{address}",
        SLEUTELBOS_TRUSTED_PROXIES="1",
    )
    assert said[-1].startswith(f"De inlogpagina antwoordt niet op https://{address}")


def test_something_else_on_our_address_is_named(found, run):
    (said,) = found(SLEUTELBOS_LISTEN=run(refuses))
    assert "iets anders dan Sleutelbos" in said


def test_before_the_first_start_nobody_is_asked(found):
    assert (
        found(
            SLEUTELBOS_LISTEN="127.0.0.1:9",
            SLEUTELBOS_PORTAL_URL="https://inloggen.voorbeeld.nl",
            SLEUTELBOS_TRUSTED_PROXIES="1",
        )
        == []
    )


def test_https_without_a_proxy_that_is_counted_is_named(found):
    (said,) = found(
        SLEUTELBOS_LISTEN="127.0.0.1:9",
        SLEUTELBOS_PORTAL_URL="https://inloggen.voorbeeld.nl",
    )
    assert said.startswith("SLEUTELBOS_TRUSTED_PROXIES is 0")


def test_a_path_after_the_address_is_named(found):
    (said,) = found(
        SLEUTELBOS_LISTEN="127.0.0.1:9",
        SLEUTELBOS_PORTAL_URL="https://voorbeeld.nl/inloggen",
        SLEUTELBOS_TRUSTED_PROXIES="1",
    )
    assert "zonder pad" in said


def test_two_ways_to_slack_are_one_too_many(found):
    (said,) = found(
        SLEUTELBOS_LISTEN="127.0.0.1:9",
        SLACK_APP_TOKEN="xapp-1-a",
        SLACK_SIGNING_SECRET="8f742231b10e8888abcd99yyyzzz85a5",
    )
    assert "Socket Mode gaat voor" in said


@pytest.mark.parametrize("slack", [None, refuses])
def test_over_http_slack_must_get_through(found, serve, slack):
    address = serve(slack=slack)
    said = found(
        SLEUTELBOS_LISTEN=address,
        SLEUTELBOS_PORTAL_URL=f"http://{address}",
        SLACK_SIGNING_SECRET="8f742231b10e8888abcd99yyyzzz85a5",
    )
    assert len(said) == (slack is None)
    assert all("/slack/events" in text for text in said)
