"""Secrets that were made, every form they may turn up in, and a browser that notes."""

import json
import re
import sqlite3
import subprocess
from base64 import b64encode, urlsafe_b64encode
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from subprocess import PIPE
from urllib.parse import quote, quote_plus, urlencode
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, build_opener

from domain.audit import AuditAct
from sandbox.mailbox import Mailbox
from tests import postgresql
from tests.bot.in_slack import eventually
from tests.faults.scene import CHANNEL, Scene
from tests.scenarios.lockouts.people import SHOWN_PASSWORD
from tests.sleutelbos.processes import Serving

MO = "mo.mulder@example.nl"

_FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# Whoever shows a password does so in one call, which is recorded as it came too.
SHOWN = Counter({"views.update text": 1, "answered": 1, "recorded": 1})
LETTER = Counter({"letter": 1})
# What is typed in Slack comes in once, in the state of the view.
TYPED = Counter({"delivery": 1})
# The key of an app, in groups and in the address beside it, in one call.
KEY_SHOWN = SHOWN + Counter({"views.update text": 1})
NOWHERE = Counter()


def _in_base64(secret: bytes):
    """What all base64 of a text with the secret in it holds, wherever it stands."""
    for skipped, first in enumerate((0, 2, 3)):
        last = 8 * (skipped + len(secret)) // 6
        for encode in (b64encode, urlsafe_b64encode):
            yield encode(bytes(skipped) + secret)[first:last]


def forms_of(secret: str) -> re.Pattern[bytes]:
    """The secret as it stands, without blanks and hyphens, and encoded."""
    if re.fullmatch(r"\d{6}", secret):
        # Numbers, moments and digests have six digits too.
        plain = rb"(?<![\da-fA-F.])%s(?![\da-fA-F])" % secret.encode()
        return re.compile(
            b"|".join([plain, *map(re.escape, _in_base64(secret.encode()))])
        )
    bare = re.sub("[- ]", "", secret)
    forms = {
        each.encode()
        for each in (secret, bare, quote(secret, safe=""), quote_plus(secret))
    }
    forms |= {each.hex().encode() for each in (secret.encode(), bare.encode())}
    forms |= {*_in_base64(secret.encode()), *_in_base64(bare.encode())}
    return re.compile(b"|".join(map(re.escape, forms)))


@dataclass
class Made:
    """The secrets that were made: what kind each is, and where it has to stand."""

    kinds: dict[str, tuple[str, Counter]] = field(default_factory=dict)

    def note(self, kind, secret, where=NOWHERE):
        """Remember it; what is known keeps its kind. Gives it back."""
        self.kinds.setdefault(secret, (kind, where))
        return secret

    def misplaced(self, documents):
        """Kind, where it stands, where it should; `documents` are (place, bytes)."""
        for secret, (kind, where) in self.kinds.items():
            forms = forms_of(secret)
            found = Counter(place for place, text in documents if forms.search(text))
            if found != where:
                yield kind, dict(found), dict(where)


class _Refused(HTTPErrorProcessor):
    """Refusals are pages too; redirects are followed."""

    def http_response(self, request, response):
        if response.status >= 400:
            return response
        return super().http_response(request, response)


class _NotingJar(CookieJar):
    def __init__(self, made):
        super().__init__()
        self._made = made

    def set_cookie(self, cookie):
        if cookie.value:
            self._made.note(cookie.name, cookie.value)
        super().set_cookie(cookie)


class Browser:
    """One that tells every address where it comes from, as ours are asked not to."""

    def __init__(self, url, made):
        self._url = self._from = url
        self._made = made
        cookies = HTTPCookieProcessor(_NotingJar(made))
        self._opener = build_opener(cookies, _Refused)
        self.page = ""

    def opens(self, path):
        """Look at a page."""
        return self._fetch(path)

    def sends(self, path, **fields):
        """Send a form of the page that is open."""
        token = _FORM_TOKEN.search(self.page)[1]
        return self._fetch(path, urlencode({"csrf_token": token} | fields).encode())

    def signs_in(self, name, password, kind="own password"):
        """From the first page to what comes after it."""
        self._made.note(kind, password)
        self.opens("/")
        return self.sends("/", user_name=name, password=password)

    def chooses(self, path, password):
        """A password of their own."""
        self._made.note("own password", password)
        page = self.sends(path, new=password, again=password)
        assert "opgeslagen" in page, page

    def gives(self, kind, code, where=NOWHERE):
        """The second step."""
        return self.sends("/code", code=self._made.note(kind, code, where))

    def _fetch(self, path, body=None):
        self._opener.addheaders = [("Referer", self._from)]
        with self._opener.open(self._url + path, body, timeout=60) as answer:
            self.page, self._from = answer.read().decode(), self._url + path
        for token in _FORM_TOKEN.findall(self.page):
            self._made.note("form token", token)
        return self.page


def _leaves(method, value, name=""):
    """Every value in the arguments of a call, by the name that it has there."""
    if isinstance(value, str) and name in ("view", "blocks"):
        value = json.loads(value)
    if isinstance(value, dict):
        for key, each in value.items():
            yield f"{method} key", key.encode()
            yield from _leaves(method, each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(method, each, name)
    else:
        yield f"{method} {name}", str(value).encode()


@dataclass
class Run:
    """A whole `serve` of a branch in which Mo and Piet work, and what it left."""

    scene: Scene
    mailbox: Mailbox
    made: Made
    url: str
    process: Serving
    temporary: Path

    def __post_init__(self):
        self._untouched = self.temporary.stat().st_mtime_ns

    def was_in_temporary_folder(self):
        """Whether any file was made there since it started, also one that is gone."""
        return self.temporary.stat().st_mtime_ns != self._untouched

    def mailed(self, kind, pattern, to=MO, where=LETTER):
        """The next code or link in Mo's letters, or in somebody else's."""
        secret = self.mailbox.wait_for(lambda: self._unread(pattern, to), 60)
        return self.made.note(kind, secret, where)

    def _unread(self, pattern, to):
        texts = [letter.text for letter in self.mailbox.letters_to(to)]
        found = re.findall(pattern, "\n".join(texts), re.MULTILINE)
        return next((each for each in found if each not in self.made.kinds), None)

    def shown(self, person, words):
        """The password in the modal that says `words`, once it works."""
        text = person.sees(words).text
        before = sum(kind == "shown" for kind, _ in self.made.kinds.values())
        eventually(lambda: len(self._times_shown()) > before)
        person.closes()
        return self.made.note("shown", SHOWN_PASSWORD.search(text).group(), SHOWN)

    def _times_shown(self):
        return self.scene.cards.events(AuditAct.PASSWORD_SHOWN)

    def documents(self):
        """Everything that is kept or was said, piece by piece, while it runs."""
        slack = self.scene.slack
        files = self._files()
        # What is not in the file of SQLite yet stands in the one beside it.
        assert any(path.suffix == ".db-wal" for path in files) == self._is_sqlite
        yield from (("disk", path.read_bytes()) for path in files)
        yield "dump", self._dump()
        yield "recorded", slack.recorded_text().encode()
        for call in slack.calls():
            yield from _leaves(call.method, call.arguments)
            yield "answered", json.dumps(call.answer, default=str).encode()
        for sent in slack.deliveries():
            yield "delivery", json.dumps([sent.payload, sent.answer]).encode()
        for message in slack.messages(CHANNEL):
            yield "message", str(message).encode()
        for message in slack.direct_message(slack.person("mo").id).messages:
            yield "message", str(message).encode()
        yield "metrics", Browser(self.url, self.made).opens("/metrics").encode()
        for file in slack.files.all.values():
            yield "file", file.content
        for letter in self.mailbox.letters:
            parts = [str(letter.headers), letter.text, letter.html]
            yield "letter", "\n".join(parts).encode() + letter.raw

    @property
    def _is_sqlite(self):
        return self.scene.database.is_sqlite

    def _files(self):
        """What it works in, its temporary folder too."""
        return [path for path in self.temporary.parent.rglob("*") if path.is_file()]

    def _dump(self):
        url = self.scene.database.url
        if self._is_sqlite:
            with closing(sqlite3.connect(url.database)) as connection:
                return "\n".join(connection.iterdump()).encode()
        program = postgresql.programs_or_skip() / "pg_dump"
        plain = url.render_as_string(hide_password=False).replace("+psycopg", "")
        return subprocess.run([program, plain], check=True, stdout=PIPE).stdout

    def ends(self):
        """Let it stop; gives what it said, and the files that are left."""
        self.process.is_told_to_stop()
        code, errors = self.process.ends()
        assert code == 0, errors
        yield "log", ("".join(self.process.lines) + errors).encode()
        yield from (("left", path.read_bytes()) for path in self._files())
