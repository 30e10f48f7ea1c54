"""Bad days of a mail server, on demand."""

import threading
from datetime import timedelta
from smtplib import (
    SMTP,
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest

from sandbox.mailbox import Mailbox
from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.letters import MO
from tests.sandbox.mailbox.sending import HOST, SECONDS, Bare, connected

HR = "hr@example.nl"
JAN = "jan@example.nl"


def send(smtp, to=MO):
    return smtp.sendmail(HR, to, letters.text())


def test_refused_recipient_gets_nothing_and_the_others_do(smtp, mailbox):
    mailbox.faults.refuse("Mo@example.nl")
    refused = send(smtp, [MO, JAN])
    assert refused[MO][0] == 550
    assert mailbox.letters[0].to == (JAN,)
    with pytest.raises(SMTPRecipientsRefused):
        send(smtp, MO)
    assert len(mailbox.letters) == 1


def test_recipient_can_be_refused_for_now_and_in_other_words(smtp, mailbox):
    mailbox.faults.refuse(MO, "452 4.2.2 Mailbox full", times=1)
    with pytest.raises(SMTPRecipientsRefused) as refusal:
        send(smtp)
    assert refusal.value.recipients == {MO: (452, b"4.2.2 Mailbox full")}
    assert send(smtp) == {}


def test_busy_once_means_that_the_next_letter_is_taken(smtp, mailbox):
    mailbox.faults.be_busy(times=1)
    with pytest.raises(SMTPSenderRefused) as refusal:
        send(smtp)
    assert refusal.value.smtp_code == 451
    send(smtp)
    assert len(mailbox.letters) == 1


def test_busy_lasts_until_it_is_ended(smtp, mailbox):
    mailbox.faults.be_busy()
    for _ in range(5):
        with pytest.raises(SMTPSenderRefused):
            send(smtp)
    mailbox.faults.end()
    send(smtp)
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("MAIL", SMTPSenderRefused),
        ("RCPT", SMTPRecipientsRefused),
        ("DATA", SMTPDataError),
        ("LETTER", SMTPDataError),
    ],
)
def test_every_step_of_a_letter_can_be_refused_for_now(smtp, mailbox, step, error):
    mailbox.faults.be_busy(at=step, times=1)
    with pytest.raises(error):
        send(smtp)
    assert mailbox.letters == ()
    # smtplib does not take its letter back by itself when DATA is refused.
    smtp.rset()
    send(smtp)
    assert len(mailbox.letters) == 1


def test_greeting_can_be_refused(mailbox):
    mailbox.faults.be_busy(at="CONNECT", answer="554 5.3.2 Not today", times=1)
    with pytest.raises(SMTPConnectError):
        SMTP(HOST, mailbox.smtp_port)
    with connected(mailbox) as smtp:
        send(smtp)


def test_hello_can_be_refused(smtp, mailbox):
    mailbox.faults.be_busy(at="EHLO")
    mailbox.faults.be_busy(at="HELO")
    with pytest.raises(SMTPHeloError):
        send(smtp)


def test_answer_421_ends_the_connection(smtp, mailbox):
    mailbox.faults.be_busy(answer="421 4.3.2 Going down")
    with pytest.raises(SMTPSenderRefused):
        send(smtp)
    mailbox.wait_for(lambda: not mailbox.conversations[0].is_open)


@pytest.mark.parametrize("is_kept", [True, False])
def test_connection_can_be_dropped_instead_of_the_answer(smtp, mailbox, is_kept):
    mailbox.faults.drop_after_letter(keeping=is_kept)
    with pytest.raises(SMTPServerDisconnected):
        send(smtp)
    assert len(mailbox.letters) == is_kept
    last = mailbox.conversations[0].exchanges[-1]
    assert (last.command, last.answer) == (".", "")
    with connected(mailbox) as again:
        send(again)
    assert len(mailbox.letters) == is_kept + 1


def test_held_answer_leaves_the_client_waiting_and_the_letter_kept(smtp, mailbox):
    held = mailbox.faults.hold("LETTER")
    answered = threading.Event()

    def deliver():
        send(smtp)
        answered.set()

    sending = threading.Thread(target=deliver)
    sending.start()
    held.is_reached()
    assert len(mailbox.letters) == 1
    assert not answered.is_set()
    held.release()
    sending.join()
    assert answered.is_set()
    send(smtp)


def test_what_is_held_goes_when_faults_end(smtp, mailbox):
    held = mailbox.faults.hold("MAIL")
    sending = threading.Thread(target=send, args=(smtp,))
    sending.start()
    held.is_reached()
    mailbox.faults.end()
    sending.join()
    assert len(mailbox.letters) == 1


def test_client_that_gives_up_waiting_leaves_no_trace(mailbox):
    held = mailbox.faults.hold("NOOP")
    with Bare(mailbox) as bare:
        bare.socket.sendall(b"NOOP\r\n")
        held.is_reached()
    mailbox.wait_for(lambda: not mailbox.conversations[0].is_open)
    held.release()
    with connected(mailbox) as smtp:
        send(smtp)


def test_hold_that_nobody_comes_to_says_so():
    mailbox = Mailbox(patience=0.01)
    with pytest.raises(AssertionError, match="no client came to DATA"):
        mailbox.faults.hold("DATA").is_reached()


def test_server_that_is_down_refuses_and_drops_connections(smtp, mailbox):
    send(smtp)
    mailbox.go_down()
    with pytest.raises(SMTPServerDisconnected):
        send(smtp)
    for _ in range(3):
        with pytest.raises(ConnectionRefusedError):
            SMTP(HOST, mailbox.smtp_port)
    assert len(mailbox.letters) == 1


def test_server_comes_up_on_the_port_it_had(mailbox):
    port = mailbox.smtp_port
    for _ in range(3):
        mailbox.go_down()
        mailbox.go_down()
        mailbox.come_up()
        mailbox.come_up()
        assert mailbox.smtp_port == port
        with connected(mailbox) as smtp:
            send(smtp)
    assert len(mailbox.letters) == 3


def test_slow_server_lets_every_answer_wait(mailbox):
    with Bare(mailbox) as bare:
        slow = mailbox.faults.answer_slowly(timedelta(hours=1))
        bare.socket.sendall(b"NOOP\r\n")
        slow.is_reached()
        bare.socket.settimeout(0)
        with pytest.raises(BlockingIOError):
            bare.socket.recv(1)
        bare.socket.settimeout(SECONDS)
        slow.release()
        assert bare.answer() == "250 OK"
        assert bare.say("EHLO x").startswith("250")


def test_slow_server_answers_in_the_end(mailbox):
    slow = mailbox.faults.answer_slowly(timedelta(milliseconds=1))
    with connected(mailbox) as smtp:
        send(smtp)
    slow.is_reached()
    assert len(mailbox.letters) == 1


def test_one_connection_too_many_is_turned_away(mailbox):
    mailbox.faults.most_connections = 2
    with Bare(mailbox) as first, Bare(mailbox) as second:
        with pytest.raises(SMTPConnectError) as refusal:
            SMTP(HOST, mailbox.smtp_port)
        assert refusal.value.smtp_code == 421
        assert first.say("NOOP").startswith("250")
        assert second.say("QUIT").startswith("221")
    mailbox.wait_for(lambda: not any(each.is_open for each in mailbox.conversations))
    with connected(mailbox) as smtp:
        send(smtp)


def test_letter_over_the_size_limit_is_refused_before_it_is_sent():
    with Mailbox(size_limit=10_000).serve() as mailbox:
        with connected(mailbox) as smtp:
            send(smtp)
            assert smtp.esmtp_features["size"] == "10000"
            with pytest.raises(SMTPSenderRefused) as refusal:
                smtp.sendmail(HR, MO, letters.with_pdf(20_000))
            assert refusal.value.smtp_code == 552
        assert len(mailbox.letters) == 1


def test_letter_over_the_size_limit_is_refused_after_it_was_sent():
    with Mailbox(size_limit=10_000).serve() as mailbox:
        with connected(mailbox) as smtp:
            smtp.helo()
            with pytest.raises(SMTPDataError) as refusal:
                smtp.sendmail(HR, MO, letters.with_pdf(20_000))
            assert refusal.value.smtp_code == 552
            send(smtp)
        assert [each.subject for each in mailbox.letters] == ["Hallo"]


def test_without_a_limit_any_size_is_taken():
    with Mailbox(size_limit=None).serve() as mailbox, connected(mailbox) as smtp:
        smtp.sendmail(HR, MO, letters.with_pdf(100_000))
        assert "size" not in smtp.esmtp_features
        assert len(mailbox.letters) == 1
