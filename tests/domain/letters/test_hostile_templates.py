"""What is typed to get more out of a template, a name or a subject than words."""

import email
import itertools
import tracemalloc
import zlib
from email import policy

import pytest
from markupsafe import escape

from domain.letters.composing import compose
from domain.letters.filling import SUBJECT_LENGTH
from domain.letters.markup import parse
from domain.letters.placeholders import Placeholder
from domain.letters.template_wording import (
    MOST_PLACEHOLDERS,
    WordingProblemKind,
    problems_of,
    tidied,
)
from tests.domain.letters.hostile import injections, lures
from tests.domain.letters.templating import (
    ADDRESS,
    HEADERS,
    LINK,
    PASSWORD,
    access_letter,
    template,
    wording,
    written,
)

BRACES = {WordingProblemKind.UNKNOWN_PLACEHOLDER, WordingProblemKind.UNCLOSED}
ALL_FIELDS = wording(
    "{{ voornaam }}\n{{ naam }}\n{{ vestiging }}\n{{ gebruikersnaam }}\n{{ link }}",
    "{{ naam }}",
)
PASSWORD_FIELD = Placeholder.PASSWORD
CHUNKS = 10


def chunk(everything, number):
    return itertools.islice(everything, number, None, CHUNKS)


def test_there_are_enough_hostile_strings():
    assert len(set(injections())) >= 500
    assert len(set(lures())) >= 10_000


@pytest.mark.parametrize("number", range(CHUNKS))
def test_an_injection_in_a_name_or_branch_comes_out_literally(letters_office, number):
    for injection in chunk(injections(), number):
        letter = access_letter(
            first_name=injection, name=injection, branch=injection, user_name=injection
        )
        got = written(ALL_FIELDS, letters_office, letter)
        assert got.text == f"{injection}\n" * 4 + f"{LINK}\n"
        assert got.html.count(str(escape(injection))) == 5
        # A word that fills its line begins the next one, behind a blank.
        assert got.subject.strip() == injection.replace("=?", "= ?")


@pytest.mark.parametrize("number", range(CHUNKS))
def test_an_injection_in_a_text_is_refused_or_comes_out_literally(
    letters_office, number
):
    for injection in chunk(injections(), number):
        said = tidied(wording(f"a {injection} z\n\n{{{{ link }}}}", f"a {injection} z"))
        kinds = {problem.kind for problem in problems_of(said)}
        if "{{" in injection or "}}" in injection:
            assert kinds
            assert kinds <= BRACES
        elif not kinds:
            got = written(said, letters_office)
            assert got.text.startswith(f"a {injection} z\n\nKies")
            assert str(escape(f"a {injection} z")) in got.html
            assert got.subject.strip() == f"a {injection} z"
        else:
            assert kinds <= BRACES | {WordingProblemKind.BAD_LINK}


@pytest.mark.parametrize("number", range(CHUNKS))
def test_a_refused_text_that_went_out_all_the_same_would_be_literal(
    letters_office, number
):
    for injection in chunk(injections(), number):
        got = written(wording(f"a {injection} z", injection), letters_office)
        assert got.text == f"a {injection} z\n"


@pytest.mark.parametrize("number", range(CHUNKS))
def test_no_name_or_subject_adds_a_recipient_or_a_header(letters_office, number):
    for lure in chunk(lures(), number):
        # Refused when saving, and with it all that is in braces.
        text = lure.replace("{{", "")
        said = tidied(
            wording(
                f"{text}\n\n{{{{ naam }}}} {{{{ link }}}}", f"{text} {{{{ naam }}}}"
            )
        )
        letter = access_letter(
            first_name=lure, name=lure, branch=lure, user_name=lure, number=number
        )
        composed = compose(letter, letters_office, template(said))
        assert composed.to == ADDRESS
        head, _, body = composed.content.partition(b"\r\n\r\n")
        names = [
            line.partition(b":")[0].decode()
            for line in head.split(b"\r\n")
            if line[:1] not in b" \t"
        ]
        assert names == HEADERS
        assert head.count(b"\n") == head.count(b"\r") == head.count(b"\r\n")
        read = email.message_from_bytes(head, policy=policy.default)
        assert [each.addr_spec for each in read["To"].addresses] == [ADDRESS]
        assert [each.addr_spec for each in read["Reply-To"].addresses] == [
            "hr@example.nl"
        ]
        subject = read["Subject"]
        assert subject.replace("\u200d", "").isprintable()
        assert len(subject.strip()) <= SUBJECT_LENGTH + 5
        assert body.count(b"\r\n--=_") == 2


def test_hostile_letters_reach_one_mailbox_each(letters_office, mailbox, connection_to):
    connection = connection_to(mailbox)
    sent = list(itertools.islice(lures(), 0, None, 60))
    for number, lure in enumerate(sent):
        letter = access_letter(name=lure, number=number)
        said = template(wording("{{ naam }} {{ link }}", f"{lure} {{{{ naam }}}}"))
        connection.send(compose(letter, letters_office, said))
    assert len(mailbox.letters) == len(sent)
    for arrived in mailbox.letters:
        assert arrived.to == (ADDRESS,)


@pytest.mark.parametrize("number", range(CHUNKS))
def test_no_lure_becomes_markup(letters_office, number):
    for lure in itertools.islice(chunk(lures(), number), 0, None, 13):
        got = written(
            wording("{{ naam }} {{ vestiging }} {{ link }}", "{{ naam }}"),
            letters_office,
            access_letter(name=lure, branch=lure),
        )
        assert "<script" not in got.html
        assert "<img" not in got.html
        assert got.html.count("<a ") == 1
        assert PASSWORD not in got.text


PIECES = (
    *(f"{{{{ {each.value} }}}}" for each in Placeholder if each is not PASSWORD_FIELD),
    *(f"{{{{{each.name}}}}}" for each in Placeholder if each is not PASSWORD_FIELD),
    "\n",
    "\n\n",
    "\n- ",
    "\n* ",
    "**",
    "*",
    " ",
    "a",
    "woord",
    "&",
    "<b>",
    '"',
    "[x](https://example.nl)",
    "[{{ naam }}]({{ link }})",
    "https://example.nl/a",
    "é",
    "[",
    "{",
)
PLAIN = tuple(piece for piece in PIECES if "{" not in piece)
# What no template is saved with.
REFUSED = (
    "{{ wachtwoord }}",
    "{{ wachtwoor }}",
    "{{",
    "}}",
    "](",
    "{{ 'a'*50000000 }}",
)


def grown(seed):
    """A text that this grammar makes, of any length that a template can have."""
    pieces = PIECES + REFUSED if seed % 5 == 0 else PIECES
    # Some texts are made of few pieces, again and again.
    pieces = pieces[seed % 7 :: 1 + seed % 11]
    length = zlib.crc32(f"length {seed}".encode()) % 2900
    text, number = "", 0
    while len(text) < length:
        drawn = zlib.crc32(f"{seed} {number}".encode())
        piece = pieces[drawn % len(pieces)]
        is_often = "{" not in piece or seed % 4 == 0
        text += piece * (1 + drawn // 100 % (1 + seed % 9) if is_often else 1)
        pieces = PLAIN if text.count("{{") > 25 and is_often else pieces
        number += 1
    return f"{text}\n\n{{{{ link }}}}"


LONGEST = {
    "first_name": "<" * 5000,
    "name": "'" * 5000,
    "branch": '"' * 5000,
    "user_name": "'" * 64 + "@" + "a" * 189,
}


def bounded(said, office):
    got = written(said, office, access_letter(**LONGEST))
    return len(got.text) <= 64 * 1024 and len(got.html) <= 96 * 1024


@pytest.mark.parametrize("number", range(CHUNKS))
def test_whatever_is_written_is_refused_or_makes_a_bounded_letter(
    letters_office, number
):
    kept = 0
    for seed in range(number, 10_000, CHUNKS):
        said = tidied(wording(grown(seed)))
        if problems_of(said):
            continue
        kept += 1
        # The tree of every text that can be kept; of some, the whole letter.
        for blocks in (parse(said.body_nl), parse(said.body_nl.upper())):
            assert len(blocks) <= len(said.body_nl)
        if kept % 10 == 0:
            assert bounded(said, letters_office)
    assert kept >= 50


@pytest.mark.parametrize(
    "source",
    [
        "{{ naam }}" * (MOST_PLACEHOLDERS - 1) + "{{ link }}",
        "a\n\n" * 990 + "{{ link }}",
        "a\n- a\n" * 490 + "{{ link }}",
        "- a\n" * 740 + "{{ link }}",
        "*a* " * 740 + "{{ link }}",
        "https://a.nl " * 220 + "{{ link }}",
        "[a](https://a.n)" * 180 + "{{ link }}",
        "'" * 2980 + "{{ link }}",
        "[" * 2980 + "{{ link }}",
        "{{name}}" * 29 + "a\n- a\n" * 450 + "{{ link }}",
        "{{ link }}\n\n" * MOST_PLACEHOLDERS,
    ],
)
def test_the_worst_texts_make_bounded_letters_in_little_memory(letters_office, source):
    said = wording(source)
    assert problems_of(said) == ()
    tracemalloc.start()
    try:
        assert bounded(said, letters_office)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= 32 * 1024 * 1024
