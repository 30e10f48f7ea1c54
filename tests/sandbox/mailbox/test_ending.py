"""A mailbox ends with everything that it began, whatever is going on."""

import socket
import threading
from contextlib import ExitStack

import pytest

from sandbox.mailbox import Mailbox, PortTakenError
from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.letters import MO
from tests.sandbox.mailbox.sending import HOST, SECONDS, Bare, connected
from tests.sandbox.page.window import Stream


@pytest.fixture(autouse=True)
def every_thread_ends():
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


@pytest.fixture
def clients():
    """Clients that outlive the mailbox."""
    with ExitStack() as ends:
        yield ends


def assert_refused(port):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, port), SECONDS)


@pytest.mark.parametrize("tls", ["none", "starttls", "implicit"])
def test_mailbox_ends_while_connections_are_open(clients, tls):
    mailbox = Mailbox(tls=tls)
    with mailbox.serve():
        first = clients.enter_context(connected(mailbox))
        second = clients.enter_context(connected(mailbox))
        first.sendmail("hr@example.nl", MO, letters.text())
        second.noop()
        port, url = mailbox.smtp_port, mailbox.url
    assert_refused(port)
    assert_refused(int(url.rpartition(":")[2]))
    assert not any(each.is_open for each in mailbox.conversations)
    assert len(mailbox.letters) == 1


def test_mailbox_ends_while_an_answer_is_held(clients):
    mailbox = Mailbox()
    with mailbox.serve():
        held = mailbox.faults.hold("NOOP")
        bare = clients.enter_context(Bare(mailbox))
        bare.socket.sendall(b"NOOP\r\n")
        held.is_reached()
    held.release()


def test_mailbox_ends_while_a_client_makes_it_wait_for_encryption(clients):
    mailbox = Mailbox(tls="starttls")
    with mailbox.serve():
        bare = clients.enter_context(Bare(mailbox))
        bare.say("STARTTLS")


def test_mailbox_ends_while_a_client_says_nothing_at_a_tls_port(clients):
    mailbox = Mailbox(tls="implicit")
    with mailbox.serve():
        address = (HOST, mailbox.smtp_port)
        clients.enter_context(socket.create_connection(address, SECONDS))


def test_mailbox_ends_amid_a_letter(clients):
    mailbox = Mailbox()
    with mailbox.serve():
        bare = clients.enter_context(Bare(mailbox))
        for line in ("HELO x", "MAIL FROM:<a@b.nl>", "RCPT TO:<a@b.nl>", "DATA"):
            bare.say(line)
        bare.socket.sendall(b"Subject: half")
    assert mailbox.letters == ()


def test_mailbox_ends_while_pages_listen(clients):
    mailbox = Mailbox()
    with mailbox.serve():
        netloc = mailbox.url.removeprefix("http://")
        stream = clients.enter_context(Stream(netloc, "/live"))
        stream.next()
    with pytest.raises(EOFError):
        stream.next()


def test_mailbox_ends_while_it_is_down():
    mailbox = Mailbox()
    with mailbox.serve():
        mailbox.go_down()
    assert_refused(mailbox.smtp_port)


def test_mailbox_serves_again_on_the_same_ports():
    mailbox = Mailbox()
    with mailbox.serve():
        ports = int(mailbox.url.rpartition(":")[2]), mailbox.smtp_port
    with mailbox.serve(*ports), connected(mailbox) as smtp:
        smtp.sendmail("hr@example.nl", MO, letters.text())
        assert mailbox.smtp_port == ports[1]
        assert mailbox.url.endswith(f":{ports[0]}")
    assert len(mailbox.letters) == 1


def test_two_mailboxes_keep_their_letters_apart():
    with Mailbox().serve() as one, Mailbox().serve() as other:
        with connected(one) as smtp:
            smtp.sendmail("hr@example.nl", MO, letters.text())
        assert len(one.letters) == 1
        assert other.letters == ()


def test_taken_port_is_named_and_nothing_is_left_running():
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        for ports in ({"port": port}, {"smtp_port": port}):
            mailbox = Mailbox()
            with pytest.raises(PortTakenError) as refusal, mailbox.serve(**ports):
                pytest.fail("it serves on a port that is taken")
            assert refusal.value.port == port
