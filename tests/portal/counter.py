"""The portal as a browser meets it, without a browser."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from domain import branch_settings, slack_users
from domain.actor import OPERATOR
from domain.letters.queueing import KIND, LetterKind, QueuedLetter, open_letter
from domain.logins.model import SecondFactor
from domain.outbox import OutboxMessage
from domain.secret import Secret
from domain.sign_in import recovery, recovery_letters
from domain.sign_in.model import Stage
from domain.slack_users import SlackIdentity
from portal.app import create_app
from portal.office import PortalOffice
from tests.domain.office import member
from tests.domain.sign_in.people import INITIAL, NAME, PASSWORD, SignInDesk

_FILE = re.compile(r'href="(/static/[^"]+)"')
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
OWN = "zeven paarse lampen zoemen"


class Visitor:
    """Somebody with a browser, who follows redirects when told to."""

    def __init__(self, client: FlaskClient, base_url: str) -> None:
        self.client = client
        self.base_url = base_url
        self.token = ""

    def looks(self, path: str = "/", **options: Any) -> TestResponse:
        """Open an address, and keep the token of its forms."""
        return self._kept(self.client.get(path, base_url=self.base_url, **options))

    def sends(self, path: str, **fields: str) -> TestResponse:
        """Send a form of the page that was looked at last."""
        return self._kept(
            self.client.post(
                path, base_url=self.base_url, data={"csrf_token": self.token} | fields
            )
        )

    def follows(self, response: TestResponse) -> TestResponse:
        """Where a 303 leads."""
        assert response.status_code == 303, response.text
        return self.looks(response.headers["Location"])

    def signs_in(self, name: str = NAME, password: Secret = PASSWORD) -> TestResponse:
        """From the first page to what comes after it."""
        self.looks("/")
        return self.follows(self.sends("/", user_name=name, password=password.reveal()))

    def files_of(self, response: TestResponse) -> list[str]:
        """The files that a page is shown with."""
        return _FILE.findall(response.text)

    def cookie(self, name: str, path: str = "/") -> str | None:
        """The value of a cookie in the jar."""
        found = self.client.get_cookie(name, urlsplit(self.base_url).hostname, path)
        return found.value if found else None

    def _kept(self, response: TestResponse) -> TestResponse:
        found = _TOKEN.search(response.text)
        if found:
            self.token = found[1]
        return response


@dataclass
class Counter:
    """The portal of an office, and what has left it."""

    desk: SignInDesk
    office: PortalOffice
    app: Flask

    def visitor(self, address: str = "203.0.113.7", **headers: str) -> Visitor:
        """Somebody with a browser of their own."""
        client = self.app.test_client()
        environ = {"REMOTE_ADDR": address}
        client.environ_base.update(environ)
        for name, value in headers.items():
            client.environ_base[f"HTTP_{name.upper()}"] = value
        return Visitor(client, self.office.portal_url)

    def at(self, stage: Stage | None, **headers: str) -> Visitor:
        """Somebody who has come as far as this; `None` is signed out."""
        visitor = self.visitor(**headers)
        name = f"{stage or 'signed_out'}@example.nl"
        if stage is Stage.CODE_DUE:
            self.desk.add_newcomer(name, second_factor=SecondFactor.MAIL)
        elif stage is Stage.CHANGE_DUE:
            self.desk.add_newcomer(name)
        elif stage is Stage.IN:
            self.desk.add_employee(name)
        if stage is not None:
            password = PASSWORD if stage is Stage.IN else INITIAL
            assert visitor.signs_in(name, password).status_code == 200
        else:
            visitor.looks("/")
        return visitor

    def routes(self, method: str) -> list[str]:
        """Every address that takes this method, its variable parts filled in."""
        values = {"token": "t" * 43, "mark": "0", "name": "portal.css"}
        return sorted(
            rule.rule.replace("<", "{").replace(">", "}").format(**values)
            for rule in self.app.url_map.iter_rules()
            if method in rule.methods
        )

    def requires_code(self, required: bool = True) -> None:
        """What the branch of everybody here asks for."""
        with self.desk.office.database.transaction() as session:
            branch_settings.save_settings(
                session,
                self.desk.office.utrecht,
                {"second_factor_required": required},
                actor=OPERATOR,
                now=self.desk.clock(),
            )

    def answers_requests(self) -> None:
        """What the worker does with everybody who asked for a link."""
        office = self.office
        while recovery_letters.answer_next(
            office.tools.transaction, office.keyring, office.clock
        ):
            pass

    def asks_in_slack(self, number: str, display_name: str | None = None) -> None:
        """Somebody in Slack asks for a link for the card with this number."""
        identity = SlackIdentity("T0OFFICE", "U0SOMEBODY")
        now = self.desk.clock()
        with self.office.database.transaction() as session:
            if display_name is not None:
                profile = member(display_name)
                slack_users.remember(session, identity, profile, now=now)
            recovery.request_link_by_number(
                session, number, identity, keyring=self.office.keyring, now=now
            )
        self.answers_requests()

    def letters(self, kind: LetterKind) -> list[QueuedLetter]:
        """The letters of a kind that wait to be sent, oldest first."""
        with self.office.database.reading() as session:
            waiting = session.scalars(
                select(OutboxMessage)
                .where(OutboxMessage.kind == KIND)
                .order_by(OutboxMessage.id)
            )
            return [
                open_letter(message, keyring=self.office.keyring)
                for message in waiting
                if message.payload["letter"] == kind.value
            ]

    def mailed_code(self) -> str:
        """The code in the newest letter."""
        return self.letters(LetterKind.CODE)[-1].values["code"].reveal()

    def mailed_token(self) -> str:
        """The token in the newest letter with a link."""
        return self.letters(LetterKind.RECOVERY_LINK)[-1].values["token"].reveal()

    def app_code(self, seed: str) -> str:
        """What an authenticator app shows at this instant."""
        return pyotp.TOTP(seed).at(self.desk.clock())


def open_counter(
    desk: SignInDesk, portal_url: str, company: str = "De Gouden Lepel"
) -> Counter:
    """The portal of this office at an address."""
    tools = replace(desk.tools, company=company)
    office = PortalOffice(
        tools=tools,
        database=desk.office.database,
        clock=desk.clock,
        keyring=tools.keyring,
        company=company,
        portal_url=portal_url,
    )
    return Counter(desk, office, create_app(office))
