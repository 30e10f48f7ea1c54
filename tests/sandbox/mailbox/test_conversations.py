"""What was said over SMTP is kept, but no secret."""

import base64

import pytest

from sandbox.mailbox import Mailbox
from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.letters import MO
from tests.sandbox.mailbox.sending import Bare, connected

HR = "hr@example.nl"
LOGIN = ("sleutel bos", "geheim-\u00e9-wachtwoord")
NUL = "\0"
LETTER = ("MAIL", "RCPT", "DATA", ".")


def encoded(words: str) -> str:
    return base64.b64encode(words.encode()).decode()


@pytest.fixture
def locked():
    with Mailbox(login=LOGIN).serve() as mailbox:
        yield mailbox


def test_letters_are_counted_by_connection(mailbox):
    for count in (1, 3):
        with connected(mailbox) as smtp:
            for _ in range(count):
                smtp.sendmail(HR, MO, letters.text())
    assert [each.letters for each in mailbox.conversations] == [[1], [2, 3, 4]]


def test_commands_and_answers_are_kept_in_order(mailbox):
    with connected(mailbox) as smtp:
        smtp.sendmail(HR, MO, letters.text())
        smtp.noop()
    mailbox.wait_for(lambda: not mailbox.conversations[0].is_open)
    conversation = mailbox.conversations[0]
    assert conversation.commands == ("EHLO", *LETTER, "NOOP", "QUIT")
    codes = [each[:3] for each in conversation.answers]
    assert codes == ["220", "250", "250", "250", "354", "250", "250", "221"]
    mail = next(each for each in conversation.exchanges if "MAIL" in each.command)
    assert mail.command.upper().startswith("MAIL FROM:<HR@EXAMPLE.NL>")


def test_letters_themselves_are_not_in_the_conversation(mailbox, post):
    post(letters.text("Alleen voor jou"))
    assert "Alleen voor jou" not in repr(mailbox.conversations)


def test_open_connection_is_open_until_it_ends(mailbox):
    with connected(mailbox):
        assert mailbox.conversations[0].is_open
    mailbox.wait_for(lambda: not mailbox.conversations[0].is_open)


def test_what_could_not_be_read_has_an_answer_and_no_command(mailbox):
    with Bare(mailbox) as bare:
        bare.say("NONSENSE")
    exchange = mailbox.conversations[0].exchanges[-1]
    assert exchange.command == ""
    assert exchange.answer.startswith("500")


def test_letter_over_the_limit_ends_in_the_conversation():
    with Mailbox(size_limit=1000).serve() as mailbox, Bare(mailbox) as bare:
        bare.say("EHLO x")
        bare.say("MAIL FROM:<hr@example.nl>")
        bare.say("RCPT TO:<mo@example.nl>")
        bare.say("DATA")
        assert bare.say("x" * 2000 + "\r\n.").startswith("552")
        last = mailbox.conversations[0].exchanges[-1]
        assert (last.command, last.answer[:3]) == (".", "552")


def login_lines(mechanism):
    name, password = LOGIN
    if mechanism == "PLAIN at once":
        return [f"AUTH PLAIN {encoded(f'{NUL}{name}{NUL}{password}')}"]
    if mechanism == "PLAIN":
        return ["AUTH PLAIN", encoded(f"{NUL}{name}{NUL}{password}")]
    return ["AUTH LOGIN", encoded(name), encoded(password)]


@pytest.mark.parametrize("mechanism", ["PLAIN at once", "PLAIN", "LOGIN"])
def test_login_leaves_no_secret_in_the_conversation(locked, mechanism):
    lines = login_lines(mechanism)
    with Bare(locked) as bare:
        bare.say("EHLO x")
        answers = [bare.say(line) for line in lines]
    assert answers[-1].startswith("235")
    assert locked.conversations[0].is_authenticated
    assert locked.conversations[0].commands[1] == "AUTH"
    has_no_secret(locked, lines)


@pytest.mark.parametrize(
    "line",
    [
        f"AUTH {encoded(LOGIN[1])}",
        f"AUTH CRAM-MD5 {encoded(LOGIN[1])}",
        f"AUTH PLAIN {encoded(LOGIN[1])} {encoded(LOGIN[1])}",
        encoded(LOGIN[1]),
        LOGIN[1],
    ],
)
def test_secret_that_went_astray_is_not_in_the_conversation(locked, line):
    with Bare(locked) as bare:
        bare.say("EHLO x")
        assert bare.say(line)[:1] == "5"
    has_no_secret(locked, [line])


def test_wrong_password_is_not_in_the_conversation(locked):
    wrong = encoded(f"{NUL}{LOGIN[0]}{NUL}bijna goed")
    with Bare(locked) as bare:
        bare.say("EHLO x")
        assert bare.say(f"AUTH PLAIN {wrong}").startswith("535")
    assert not locked.conversations[0].is_authenticated
    has_no_secret(locked, [wrong])


def has_no_secret(mailbox, lines):
    said = repr(mailbox.conversations).upper()
    secrets = [LOGIN[1], *(word for line in lines for word in line.split())]
    for secret in secrets:
        if secret not in ("AUTH", "PLAIN", "LOGIN", "CRAM-MD5"):
            assert secret.upper() not in said
