"""What becomes of the HTML of a letter before a browser sees it."""

import base64
import re

import pytest

from sandbox.mailbox.html_document import document, left_out
from tests.sandbox.mailbox import letters


@pytest.fixture
def shown(post):
    """The document made of a letter with this HTML."""
    return lambda html: document(post(letters.html(html))).rstrip()


@pytest.mark.parametrize(
    "html",
    [
        "<!DOCTYPE html><p>Dag</p>",
        "<p class=x>Dag &eacute;&euro <b>Mo</B></p>\n<!-- a --><br/>",
        "<style>p > a { color: red }</style><p title='a<b>'>x</p>",
        "<p>5 < 6 en 7 > 6 & meer",
        '<img src="data:image/gif;base64,R0lGOD" alt="">',
    ],
)
def test_html_that_only_shows_is_left_as_it_is(shown, html):
    assert shown(html) == html
    assert left_out(html) == ()


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<a href="https://a.nl/?x=1&amp;y=2">', "https://a.nl/?x=1&amp;y=2"),
        ("<A HREF=http://a.nl target=_top>", "http://a.nl"),
        ('<a href=" https://a.nl/ " rel="opener">', "https://a.nl/ "),
        ('<a href="mailto:hr@example.nl" ping="http://b.nl">', "mailto:hr@example.nl"),
        ('<area href="tel:+31201234567">', "tel:+31201234567"),
    ],
)
def test_links_open_in_a_window_of_their_own(shown, link, address):
    tag = "area" if "area" in link else "a"
    opens = f'<{tag} href="{address}" target="_blank" rel="noopener noreferrer">'
    assert shown(f"<p>\n\n{link}x</p>") == f"<p>\n\n{opens}x</p>"


def test_link_within_the_letter_stays_in_it(shown):
    html = '<a href="#b" class="c">x</a><a name="b">y</a>'
    assert shown(html) == '<a class="c" href="#b">x</a><a name="b">y</a>'


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " JaVa&#10;ScRiPt:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "/clear",
        "clear",
        "//b.nl",
        "http//b.nl",
    ],
)
def test_links_that_a_letter_can_not_have_lead_nowhere(shown, href):
    html = f'<a href="{href}">x</a>'
    assert shown(html) == "<a>x</a>"
    assert left_out(html) == ("links that are not whole web addresses",)


def test_attribute_can_not_break_out_of_its_link(shown):
    html = """<a title='"><script>x</script>' href="http://a.nl/&quot;>">x</a>"""
    found = shown(html)
    assert "<script>" not in found
    assert 'href="http://a.nl/&quot;&gt;"' in found


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<script>x</script>", "scripts"),
        ("<p onclick=x>", "scripts"),
        ("<form action=x></form>", "sending forms"),
        ("<iframe src=x></iframe>", "frames"),
        ('<meta http-equiv="Refresh" content="0">', "going to another page by itself"),
        ("<img src=//a.nl/x>", "what lies on other hosts"),
        ("<td background='http://a.nl/x'>", "what lies on other hosts"),
        ("<p style='background: url( http://a.nl/x)'>", "what lies on other hosts"),
        ("<style>@import 'http://a.nl/x'</style>", "what lies on other hosts"),
        ("<link rel=stylesheet href=http://a.nl>", "what lies on other hosts"),
    ],
)
def test_what_is_left_out_is_said(html, words):
    assert left_out(html) == (words,)


@pytest.mark.parametrize(
    "html",
    ["<base href=http://a.nl>", "<link rel=preconnect href=http://a.nl>"],
)
def test_what_speaks_to_others_before_anything_is_shown_is_taken_out(shown, html):
    assert shown(f"<head>{html}</head>") == "<head></head>"


@pytest.mark.parametrize(
    "html",
    [
        "<iframe src=http://a.nl></iframe>",
        "<!--><IFrame src=http://a.nl></iframe>-->",
        "<title><iframe/src=http://a.nl></iframe></title>",
        "<noscript><frame src=http://a.nl></noscript>",
        "<![x <link rel=preconnect href=http://a.nl>",
        "<object data=http://a.nl></object><embed src=http://a.nl>",
    ],
)
def test_frames_are_frames_no_more_wherever_they_hide(shown, html):
    found = shown(html)
    assert not re.search(r"(?i)</?(i?frame|link|object|embed)\b", found)
    assert re.search(r"(?i)<x-(i?frame|link|object|embed)\b", found)


def test_own_picture_is_in_the_document(post):
    found = document(post(letters.welcome()))
    content = re.search(r'src="data:image/png;base64,([^"]+)"', found)
    assert content is not None
    assert base64.b64decode(content[1]) == letters.LOGO


def test_part_that_is_no_picture_is_not_in_the_document(post):
    lines = (
        "Subject: x",
        'Content-Type: multipart/related; boundary="a"',
        "",
        "--a",
        "Content-Type: text/html",
        "",
        '<img src="cid:b"><img src=cid:c> cid:b',
        "--a",
        "Content-Type: text/html",
        "Content-ID: <b>",
        "",
        "<script>x</script>",
        "--a--",
    )
    letter = post(letters.raw(*lines))
    assert document(letter).strip() == '<img src="cid:b"><img src=cid:c> cid:b'
    assert letter.attachments[0].is_inline


def test_html_that_can_not_be_read_through_keeps_its_links_out_of_the_frame(shown):
    html = "<a href='http://a.nl'>x</a><![x"
    found = shown(html)
    assert 'target="_blank"' in found
    assert found.endswith("<![x")


@pytest.mark.parametrize("html", ["<a " * 50_000, "<a href='" * 50_000, "x" * 600_000])
def test_what_would_take_ages_to_read_keeps_its_links_out_of_the_frame(shown, html):
    assert shown(html).startswith('<base target="_blank">')
