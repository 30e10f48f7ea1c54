"""Which part answers what: health, Slack's calls, and the pages for all the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bot import http_mode
from sleutelbos.http import access_log, hosts, proxies
from sleutelbos.http.access_log import name_route
from sleutelbos.http.answers import say_status
from sleutelbos.http.operation import Operation


@dataclass(frozen=True)
class Site:
    """What is served here; None is a part that this process does not run.

    Slack's calls are asked for no name either: their signature tells more than a
    `Host` could, and nothing in their answers depends on one.
    """

    portal_url: str
    trusted_proxies: int
    operation: Operation
    pages: WSGIApplication | None = None
    slack: WSGIApplication | None = None

    def application(self) -> WSGIApplication:
        """All of it as one application."""
        scheme = urlsplit(self.portal_url).scheme
        told = proxies.behind(self._dispatch(), self.trusted_proxies, scheme)
        return access_log.logged(told, self.operation.metrics.count_request)

    def _dispatch(self) -> WSGIApplication:
        allowed = hosts.host_names(self.portal_url)

        def dispatch(
            environ: WSGIEnvironment, start_response: StartResponse
        ) -> Iterable[bytes]:
            path = environ.get("PATH_INFO", "")
            operation = self.operation.find(path)
            if operation is not None:
                return operation(environ, start_response)
            if path == http_mode.PATH and self.slack is not None:
                name_route(environ, "slack.events")
                return self.slack(environ, start_response)
            if not hosts.is_allowed(environ.get("HTTP_HOST"), allowed):
                name_route(environ, "other_host")
                return say_status(start_response, HTTPStatus.BAD_REQUEST)
            if self.pages is None:
                return say_status(start_response, HTTPStatus.NOT_FOUND)
            return self.pages(environ, start_response)

        return dispatch
