"""The HTTP server of a process, put together from the parts that run in it."""

from collections.abc import Callable, Mapping
from typing import Final
from wsgiref.types import WSGIApplication

from bot.office import Office
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.tools import SignInTools
from sleutelbos.http import waiting_room
from sleutelbos.http.health import Readiness, installation_id
from sleutelbos.http.metrics import Metrics
from sleutelbos.http.operation import Operation
from sleutelbos.http.server import HttpServer
from sleutelbos.http.site import Site
from sleutelbos.http.waiting_room import WaitingRoom
from sleutelbos.settings import Settings

# Beside those that wait for a hash: pages, health, and Slack's calls.
OTHER_THREADS: Final = 32


def build(
    settings: Settings,
    office: Office,
    metrics: Metrics,
    parts: Mapping[str, Callable[[], bool]],
    *,
    with_pages: bool,
    slack: WSGIApplication | None,
) -> HttpServer:
    """The server, bound to its address; nothing is answered yet.

    `parts` are what else runs here, and whether it is well. Raises CommandError when
    the address can't be had.
    """
    metrics.watch_database(office.database, office.clock)
    operation = Operation(
        installation=installation_id(office.keyring),
        readiness=Readiness(office.database, parts),
        metrics=metrics,
    )
    site = Site(
        portal_url=settings.portal_url,
        trusted_proxies=settings.trusted_proxies,
        operation=operation,
        pages=_pages(settings, office, metrics) if with_pages else None,
        slack=slack,
    )
    threads = OTHER_THREADS + (waiting_room.PLACES if with_pages else 0)
    return HttpServer(site.application(), settings.listen, threads)


def _pages(settings: Settings, office: Office, metrics: Metrics) -> WSGIApplication:
    # Processes without pages need no Flask, and start without it.
    from portal.app import create_app  # noqa: PLC0415
    from portal.office import PortalOffice  # noqa: PLC0415
    from sleutelbos.http.flask_routes import tell_routes  # noqa: PLC0415

    hashing = HashingSlots()
    tools = SignInTools(
        transaction=office.database.transaction,
        keyring=office.keyring,
        hashing=hashing,
        company=office.company,
    )
    app = create_app(
        PortalOffice(
            tools=tools,
            database=office.database,
            clock=office.clock,
            keyring=office.keyring,
            company=office.company,
            portal_url=settings.portal_url,
            language=office.language,
        )
    )
    tell_routes(app)
    room = WaitingRoom(app.wsgi_app)
    metrics.watch(
        "sleutelbos_hashes",
        "Hashes computed for people who wait.",
        lambda: hashing.count,
    )
    metrics.watch(
        "sleutelbos_forms_sent_away",
        "Forms that found no place to wait in; they were answered with 503.",
        lambda: room.refused,
    )
    return room
