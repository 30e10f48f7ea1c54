"""The HTML of a letter as a document that neither runs nor fetches anything."""

from __future__ import annotations

import base64
import html as characters
import itertools
import re
from html.parser import HTMLParser
from urllib.parse import unquote

from sandbox.mailbox.letter import Letter

# This policy is what holds, in a frame with `sandbox`; no request gets past it. What is
# taken out of the HTML below keeps a browser from so much as opening a connection.
POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
Attributes = list[tuple[str, str | None]]
CONTENT_ID = re.compile(
    r"""(?P<before>["'(=]\s*)cid:(?P<id>[^\s"'()<>]+)""", re.IGNORECASE
)
PICTURE = re.compile(r"image/[a-z0-9.+-]+")
FETCHING = re.compile(
    r"""(url\([\s"']*|@import\s+["']\s*)(https?:|//)""", re.IGNORECASE
)
ELSEWHERE = re.compile(r"\s*(https?:|//)", re.IGNORECASE)
SOURCES = ("src", "srcset", "background", "poster", "data", "xlink:href")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers do not see these in an address, so "java\nscript:" is one.
UNSEEN = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
LONGEST_READ = 500_000
UNENDED_TAGS = 200
LINKED = ("http", "https", "mailto", "tel")
SAFE_LINK = [("target", "_blank"), ("rel", "noopener noreferrer")]
FRAMES = ("iframe", "frame", "object", "embed")
# Chromium connects for a frame before it asks the policy. These tags are found wherever
# they stand, so that no oddity hides one from the parser and not from the browser.
CONNECTING = re.compile(
    r"<(?P<end>/?)(?=(i?frame(set)?|object|embed|link|base)[\s/>])", re.IGNORECASE
)


def document(letter: Letter) -> str:
    """The HTML with its links opening elsewhere and its own pictures in it."""
    source = _read(letter.html)
    # A document too odd to be read through still has its links kept out of the frame.
    text = source.rewritten() if source else letter.html
    text = CONNECTING.sub(r"<\g<end>x-", text)
    if source is None:
        text = f'<base target="_blank">{text}'
    pictures = {
        each.content_id: each
        for each in letter.attachments
        if each.content_id and PICTURE.fullmatch(each.content_type)
    }

    def show(match: re.Match[str]) -> str:
        picture = pictures.get(_content_id(match))
        if picture is None:
            return match[0]
        content = base64.b64encode(picture.content).decode("ascii")
        return f"{match['before']}data:{picture.content_type};base64,{content}"

    return CONTENT_ID.sub(show, text)


def content_ids(html: str) -> frozenset[str]:
    """Parts that the HTML shows."""
    return frozenset(_content_id(match) for match in CONTENT_ID.finditer(html))


def left_out(html: str) -> tuple[str, ...]:
    """What the HTML has and the document does not do, in words."""
    source = _read(html)
    return tuple(source.left_out) if source else ()


def _content_id(match: re.Match[str]) -> str:
    return unquote(characters.unescape(match["id"]))


def _read(html: str) -> _Source | None:
    # The parser takes ages over tags that never end, and over very long letters.
    if len(html) > LONGEST_READ or html.count("<") - html.count(">") > UNENDED_TAGS:
        return None
    source = _Source(html)
    try:
        source.feed(html)
        source.close()
    # Older ones of these parsers assert where they should go on, as at "<![x".
    except (AssertionError, ValueError):
        return None
    return source


class _Source(HTMLParser):
    """Finds what has to be written otherwise, and leaves every other byte alone."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.left_out: dict[str, None] = {}
        self._edits: list[tuple[int, int, str]] = []
        lengths = (len(line) + 1 for line in html.split("\n"))
        self._lines = [0, *itertools.accumulate(lengths)]

    def rewritten(self) -> str:
        pieces, done = [], 0
        for start, end, text in self._edits:
            pieces += [self.html[done:start], text]
            done = end
        return "".join([*pieces, self.html[done:]])

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._remark(tag, attrs)
        if tag in ("a", "area"):
            self._replace(self._link(tag, attrs))
        elif tag in ("base", "link") or _redirects(tag, attrs):
            self._replace("")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "style" and FETCHING.search(data):
            self._leave_out("what lies on other hosts")

    def _replace(self, text: str) -> None:
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        end = start + len(self.get_starttag_text() or "")
        self._edits.append((start, end, text))

    def _link(self, tag: str, attrs: Attributes) -> str:
        href = UNSEEN.sub("", dict(attrs).get("href") or "")
        kept = [
            each for each in attrs if each[0] not in ("href", "target", "rel", "ping")
        ]
        scheme = SCHEME.match(href)
        if href.startswith("#"):
            kept.append(("href", href))
        elif scheme and scheme[1].lower() in LINKED:
            kept += [("href", href), *SAFE_LINK]
        elif href:
            self._leave_out("links that are not whole web addresses")
        words = "".join(
            f' {name}="{characters.escape(value or "")}"' for name, value in kept
        )
        return f"<{tag}{words}>"

    def _remark(self, tag: str, attrs: Attributes) -> None:
        if tag == "script" or any(name.startswith("on") for name, _ in attrs):
            self._leave_out("scripts")
        if tag == "form":
            self._leave_out("sending forms")
        if tag in FRAMES:
            self._leave_out("frames")
        if _redirects(tag, attrs):
            self._leave_out("going to another page by itself")
        if any(_fetches(tag, name, value or "") for name, value in attrs):
            self._leave_out("what lies on other hosts")

    def _leave_out(self, words: str) -> None:
        self.left_out[words] = None


def _redirects(tag: str, attrs: Attributes) -> bool:
    equivalent = dict(attrs).get("http-equiv") or ""
    return tag == "meta" and equivalent.strip().lower() == "refresh"


def _fetches(tag: str, name: str, value: str) -> bool:
    if name == "style":
        return bool(FETCHING.search(value))
    is_source = name in SOURCES or (tag in ("link", "image", "use") and name == "href")
    return is_source and bool(ELSEWHERE.match(value))
