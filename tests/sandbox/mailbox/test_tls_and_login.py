"""TLS with a certificate of the mailbox's own, and AUTH."""

import socket
import ssl
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPNotSupportedError,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from urllib.parse import unquote, urlsplit

import pytest

from sandbox.mailbox import Mailbox
from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.letters import MO
from tests.sandbox.mailbox.sending import HOST, SECONDS, Bare, connected, trusting

HR = "hr@example.nl"
LOGIN = ("post@example.nl", "geheim: niet/raden")


@pytest.fixture(params=["starttls", "implicit"])
def encrypted(request):
    with Mailbox(tls=request.param).serve() as mailbox:
        yield mailbox


@pytest.fixture
def starttls():
    with Mailbox(tls="starttls", login=LOGIN).serve() as mailbox:
        yield mailbox


@pytest.fixture
def locked():
    with Mailbox(login=LOGIN).serve() as mailbox:
        yield mailbox


def test_letters_are_taken_over_tls(encrypted):
    with connected(encrypted) as smtp:
        for _ in range(3):
            smtp.sendmail(HR, MO, letters.with_pdf(100_000))
    assert len(encrypted.letters) == 3
    assert [each.is_encrypted for each in encrypted.conversations] == [True]


def test_certificate_is_trusted_by_nobody_else(encrypted):
    stranger = ssl.create_default_context()
    with pytest.raises(ssl.SSLCertVerificationError):
        if encrypted.smtp_url.startswith("smtps"):
            SMTP_SSL(HOST, encrypted.smtp_port, timeout=SECONDS, context=stranger)
        else:
            with SMTP(HOST, encrypted.smtp_port, timeout=SECONDS) as smtp:
                smtp.starttls(context=stranger)
    with connected(encrypted) as smtp:
        smtp.sendmail(HR, MO, letters.text())
    assert len(encrypted.letters) == 1


def test_certificate_holds_under_a_clock_set_by_a_test(clock):
    with Mailbox(tls="implicit", clock=clock).serve() as mailbox:
        with connected(mailbox) as smtp:
            smtp.sendmail(HR, MO, letters.text())
        assert len(mailbox.letters) == 1


def test_every_mailbox_has_a_certificate_of_its_own(encrypted):
    other = ssl.create_default_context(cadata=Mailbox(tls="implicit").certificate)
    with socket.create_connection((HOST, encrypted.smtp_port), SECONDS) as plain:
        if encrypted.smtp_url.startswith("smtp+"):
            plain.recv(200)
            plain.sendall(b"STARTTLS\r\n")
            plain.recv(200)
        with pytest.raises(ssl.SSLCertVerificationError):
            other.wrap_socket(plain, server_hostname=HOST)


def test_letter_without_tls_is_refused_where_tls_is_offered(starttls):
    with Bare(starttls) as bare:
        bare.say("EHLO x")
        assert bare.say("MAIL FROM:<hr@example.nl>").startswith("530")
        assert bare.say("AUTH PLAIN x").startswith("530")
    assert starttls.letters == ()


def test_what_was_said_before_encryption_counts_no_more(starttls):
    with Bare(starttls) as bare:
        bare.say("EHLO x")
        together = b"STARTTLS\r\nMAIL FROM:<evil@example.nl>"
        assert bare.say(together).startswith("220")
        with trusting(starttls).wrap_socket(bare.socket, server_hostname=HOST) as safe:
            safe.sendall(b"NOOP\r\n")
            assert safe.recv(100) == b"250 OK\r\n"
    assert "MAIL" not in starttls.conversations[0].commands


def test_mailbox_without_tls_offers_none(smtp, mailbox):
    assert mailbox.certificate == ""
    with pytest.raises(SMTPNotSupportedError):
        smtp.starttls()


def test_plain_words_at_a_tls_port_end_the_connection():
    with Mailbox(tls="implicit").serve() as mailbox:
        with socket.create_connection((HOST, mailbox.smtp_port), SECONDS) as plain:
            plain.sendall(b"EHLO x\r\n")
            while plain.recv(1000):
                pass
        with connected(mailbox) as smtp:
            smtp.sendmail(HR, MO, letters.text())
        assert len(mailbox.letters) == 1


def test_gibberish_after_starttls_ends_the_connection(starttls):
    with Bare(starttls) as bare:
        bare.say("EHLO x")
        bare.say("STARTTLS")
        bare.socket.sendall(b"geen TLS\r\n" * 10)
        while bare.socket.recv(1000):
            pass
    starttls.wait_for(lambda: not starttls.conversations[0].is_open)


@pytest.mark.parametrize("tls", ["none", "starttls", "implicit"])
def test_letter_is_taken_after_login_only(tls):
    with Mailbox(tls=tls, login=LOGIN).serve() as mailbox:
        with connected(mailbox) as smtp:
            with pytest.raises(SMTPSenderRefused) as refusal:
                smtp.sendmail(HR, MO, letters.text())
            assert refusal.value.smtp_code == 530
            smtp.login(*LOGIN)
            smtp.sendmail(HR, MO, letters.text())
        assert len(mailbox.letters) == 1
        assert mailbox.conversations[0].is_authenticated


@pytest.mark.parametrize(
    "wrong", [("post@example.nl", "geraden"), ("hr@example.nl", LOGIN[1]), ("a", "")]
)
def test_wrong_login_is_refused(locked, wrong):
    with connected(locked) as smtp:
        with pytest.raises(SMTPAuthenticationError) as refusal:
            smtp.login(*wrong)
        assert refusal.value.smtp_code == 535
        with pytest.raises(SMTPSenderRefused):
            smtp.sendmail(HR, MO, letters.text())
    assert locked.letters == ()
    assert not locked.conversations[0].is_authenticated


def test_login_can_be_refused_for_now(locked):
    locked.faults.be_busy(at="AUTH", answer="454 4.7.0 Not now")
    with connected(locked) as smtp:
        with pytest.raises(SMTPAuthenticationError) as refusal:
            smtp.login(*LOGIN)
        assert refusal.value.smtp_code == 454


def test_mailbox_without_login_offers_none(smtp):
    smtp.ehlo()
    assert "auth" not in smtp.esmtp_features


def test_encryption_can_be_refused_for_now(starttls):
    starttls.faults.be_busy(at="STARTTLS", answer="454 4.7.0 No TLS now")
    with SMTP(HOST, starttls.smtp_port, timeout=SECONDS) as smtp:
        with pytest.raises((SMTPServerDisconnected, Exception)) as refusal:
            smtp.starttls(context=trusting(starttls))
        assert "454" in str(refusal.value)


@pytest.mark.parametrize(
    ("tls", "scheme"),
    [("none", "smtp"), ("starttls", "smtp+starttls"), ("implicit", "smtps")],
)
def test_url_says_how_to_send(tls, scheme):
    with Mailbox(tls=tls, login=LOGIN).serve() as mailbox:
        url = urlsplit(mailbox.smtp_url)
        assert (url.scheme, url.hostname, url.port) == (scheme, HOST, mailbox.smtp_port)
        assert (unquote(url.username), unquote(url.password)) == LOGIN
