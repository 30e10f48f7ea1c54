"""Handing in letters, with a mail server on its good and bad days."""

import socket
import ssl
import threading

import pytest

from domain.letters.mail_server import MailServer, verifying_context
from domain.letters.refusals import (
    LetterDeferredError,
    LetterError,
    LetterRefusedError,
    ServerAwayError,
)
from domain.letters.smtp import MailConnection
from tests.domain.letters.conftest import SANNE

LOGIN = ("hr@example.nl", "a p@ss/word#1")


@pytest.fixture
def connection(mailbox, connection_to):
    return connection_to(mailbox)


def _code_of(raised) -> str:
    return raised.value.code


def test_many_letters_go_over_one_connection(mailbox, connection, composed):
    for number in range(5):
        connection.send(composed(number=number))
    assert len(mailbox.letters) == 5
    assert len(mailbox.conversations) == 1


def test_the_envelope_names_one_recipient(mailbox, connection, composed):
    connection.send(composed())
    (letter,) = mailbox.letters
    assert (letter.sender, letter.to) == ("hr@example.nl", (SANNE,))


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_letters_go_encrypted_and_with_a_login(
    mailbox_with, connection_to, composed, tls
):
    mailbox = mailbox_with(tls=tls, login=LOGIN)
    connection = connection_to(mailbox)
    connection.send(composed())
    connection.send(composed(number=2))
    assert len(mailbox.letters) == 2
    (conversation,) = mailbox.conversations
    assert conversation.is_encrypted
    assert conversation.is_authenticated


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    mailbox_with, connection_to, composed, tls
):
    mailbox = mailbox_with(tls=tls)
    connection = connection_to(mailbox, context=ssl.create_default_context())
    with pytest.raises(ServerAwayError) as raised:
        connection.send(composed())
    assert _code_of(raised) == "certificate_refused"


def test_name_and_certificate_of_a_server_are_checked_once_and_for_all():
    context = verifying_context()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert verifying_context() is context


def test_no_letter_goes_in_clear_where_encryption_was_asked_for(
    mailbox, connection_to, composed
):
    url = mailbox.smtp_url.replace("smtp:", "smtp+starttls:")
    with pytest.raises(ServerAwayError) as raised:
        connection_to(mailbox, url=url).send(composed())
    assert _code_of(raised) == "starttls_missing"
    assert mailbox.letters == ()


def test_a_refused_password_is_told_from_a_server_that_asks_none(
    mailbox, mailbox_with, connection_to, composed
):
    guarded = mailbox_with(tls="implicit", login=LOGIN)
    wrong = guarded.smtp_url.replace("a%20p", "another")
    with pytest.raises(ServerAwayError) as raised:
        connection_to(guarded, url=wrong).send(composed())
    assert _code_of(raised) == "auth_refused_535"
    open_to_all = f"smtp://hr:secret@127.0.0.1:{mailbox.smtp_port}"
    with pytest.raises(ServerAwayError) as raised:
        connection_to(mailbox, url=open_to_all).send(composed())
    assert _code_of(raised) == "auth_missing"


def test_a_refused_recipient_costs_only_that_letter(mailbox, connection, composed):
    mailbox.faults.refuse("gone@example.nl")
    with pytest.raises(LetterRefusedError) as raised:
        connection.send(composed(address="gone@example.nl"))
    assert _code_of(raised) == "recipient_refused_550"
    connection.send(composed())
    assert [letter.to for letter in mailbox.letters] == [(SANNE,)]
    assert len(mailbox.conversations) == 1


@pytest.mark.parametrize(
    ("step", "answer", "error", "code"),
    [
        ("RCPT", "450 4.2.1 Later", LetterDeferredError, "recipient_deferred_450"),
        ("RCPT", "554 5.7.1 No", LetterRefusedError, "recipient_refused_554"),
        ("DATA", "451 4.3.0 Later", LetterDeferredError, "letter_deferred_451"),
        ("LETTER", "452 4.3.1 Full", LetterDeferredError, "letter_deferred_452"),
        ("LETTER", "554 5.6.0 Spam", LetterRefusedError, "letter_refused_554"),
        ("MAIL", "451 4.3.2 Busy", ServerAwayError, "sender_refused_451"),
        ("MAIL", "550 5.7.1 Not you", ServerAwayError, "sender_refused_550"),
        ("MAIL", "552 5.3.4 Large", LetterRefusedError, "letter_refused_552"),
        ("CONNECT", "554 5.3.2 Closed", ServerAwayError, "greeting_554"),
    ],
)
def test_each_refusal_says_what_it_is_about(
    mailbox, connection, composed, step, answer, error, code
):
    mailbox.faults.be_busy(at=step, answer=answer, times=1)
    with pytest.raises(error) as raised:
        connection.send(composed())
    assert type(raised.value) is error
    assert _code_of(raised) == code
    connection.send(composed())
    assert len(mailbox.letters) == 1


def test_a_connection_that_the_server_ended_is_opened_anew(
    mailbox, connection, composed
):
    connection.send(composed())
    mailbox.go_down()
    mailbox.come_up()
    connection.send(composed(number=2))
    assert len(mailbox.letters) == 2


def test_a_connection_that_nobody_used_for_a_while_is_closed(
    mailbox, connection_to, composed
):
    connection = connection_to(mailbox, idle_seconds=0)
    connection.send(composed())
    connection.rest()
    (conversation,) = mailbox.conversations
    assert conversation.commands[-1] == "QUIT"
    connection.send(composed(number=2))
    assert len(mailbox.conversations) == 2


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "LETTER"])
def test_421_on_a_kept_connection_is_answered_with_a_new_one(
    mailbox, connection, composed, step
):
    connection.send(composed())
    mailbox.faults.be_busy(at=step, answer="421 4.7.0 Enough", times=1)
    connection.send(composed(number=2))
    assert len(mailbox.letters) == 2
    assert len(mailbox.conversations) == 2


def test_421_on_a_new_connection_means_the_server_is_away(
    mailbox, connection, composed
):
    mailbox.faults.be_busy(at="MAIL", answer="421 4.7.0 Enough", times=1)
    with pytest.raises(ServerAwayError):
        connection.send(composed())
    assert len(mailbox.conversations) == 1


@pytest.mark.parametrize("keeping", [True, False])
def test_a_connection_that_ends_after_the_letter_leaves_it_in_doubt(
    mailbox, connection, composed, keeping
):
    mailbox.faults.drop_after_letter(keeping=keeping)
    with pytest.raises(LetterDeferredError) as raised:
        connection.send(composed())
    assert _code_of(raised) == "no_answer"
    assert len(mailbox.letters) == keeping


@pytest.mark.parametrize("step", ["CONNECT", "EHLO", "MAIL"])
def test_a_server_that_falls_silent_before_a_letter_is_away(
    mailbox, connection_to, composed, step
):
    mailbox.faults.hold(at=step)
    with pytest.raises(ServerAwayError) as raised:
        connection_to(mailbox, letter_seconds=0.5).send(composed())
    assert _code_of(raised) == "timed_out"


@pytest.mark.parametrize("step", ["RCPT", "DATA", "LETTER"])
def test_a_server_that_falls_silent_in_a_letter_costs_that_letter(
    mailbox, connection_to, composed, step
):
    held = mailbox.faults.hold(at=step)
    # Within this time it has to get as far as the silence, on a busy machine too.
    connection = connection_to(mailbox, letter_seconds=3)
    with pytest.raises(LetterDeferredError):
        connection.send(composed(number=1))
    held.release()
    connection._letter_seconds = 60
    connection.send(composed(number=2))
    assert "2@example.nl>" in str(mailbox.letters[-1].raw)


def test_a_server_that_is_not_there_is_away(mailbox, connection, composed):
    mailbox.go_down()
    with pytest.raises(ServerAwayError) as raised:
        connection.send(composed())
    assert _code_of(raised) == "connection_refused"


def test_a_name_that_nobody_knows_is_said(composed):
    connection = MailConnection(MailServer.from_url("smtp://mail.invalid:25"))
    with pytest.raises(ServerAwayError) as raised:
        connection.send(composed())
    assert _code_of(raised) == "host_unknown"


class _Dripping:
    """A server that says one thing for ever, in small pieces."""

    def __init__(self, piece: bytes) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._drip, args=(piece,))
        self.url = f"smtp://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()
        self._listener.close()

    def _drip(self, piece: bytes) -> None:
        client, _ = self._listener.accept()
        with client:
            try:
                while not self._ended.wait(0 if len(piece) > 100 else 0.05):
                    client.sendall(piece)
            except OSError:
                return


def test_a_server_that_drips_its_greeting_is_left_in_time(composed):
    with _Dripping(b"2") as server:
        connection = MailConnection(MailServer.from_url(server.url), letter_seconds=0.5)
        with pytest.raises(ServerAwayError) as raised:
            connection.send(composed())
        assert _code_of(raised) == "timed_out"
        connection.close()


def test_a_server_that_never_stops_greeting_fills_no_memory(composed):
    with _Dripping(b"220-Welcome, welcome\r\n" * 100) as server:
        connection = MailConnection(MailServer.from_url(server.url))
        with pytest.raises(ServerAwayError) as raised:
            connection.send(composed())
        assert _code_of(raised) == "disconnected"
        connection.close()


def test_an_international_address_reaches_a_server_that_knows_them(
    mailbox, connection, composed
):
    connection.send(composed(address="søren@bücher.example.nl"))
    (letter,) = mailbox.letters
    assert letter.to == ("søren@xn--bcher-kva.example.nl",)


def test_a_server_without_smtputf8_is_told_of_no_international_address(
    mailbox_with, connection_to, composed
):
    mailbox = mailbox_with(smtputf8=False)
    connection = connection_to(mailbox)
    with pytest.raises(LetterRefusedError) as raised:
        connection.send(composed(address="søren@example.nl"))
    assert _code_of(raised) == "smtputf8_missing"
    connection.send(composed(address="info@bücher.example.nl"))
    assert mailbox.letters[-1].to == ("info@xn--bcher-kva.example.nl",)


def test_trying_out_a_server_sends_nothing(mailbox_with, connection_to):
    mailbox = mailbox_with(tls="starttls", login=LOGIN)
    connection_to(mailbox).try_out()
    (conversation,) = mailbox.conversations
    assert conversation.is_authenticated
    assert "MAIL" not in conversation.commands
    assert mailbox.letters == ()


def test_no_error_names_an_address_or_a_password(mailbox, connection, composed):
    mailbox.faults.refuse(SANNE, answer=f"550 no {SANNE}")
    with pytest.raises(LetterError) as raised:
        connection.send(composed())
    assert SANNE not in f"{raised.value!r} {raised.value}"
