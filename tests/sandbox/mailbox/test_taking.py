"""Letters that come over SMTP are kept as they came."""

import threading
from smtplib import SMTPNotSupportedError

import pytest

from sandbox.mailbox import Mailbox
from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.letters import MO
from tests.sandbox.mailbox.sending import Bare, connected

HR = "hr@example.nl"


def subjects(mailbox):
    return [each.subject for each in mailbox.letters]


def test_letter_is_kept_as_it_came(post):
    sent = letters.welcome()
    letter = post(sent, "Mo@Example.nl")
    assert letter.raw == sent
    assert (letter.sender, letter.to) == (HR, ("Mo@Example.nl",))
    assert letter.subject == "Je login staat klaar \u2013 kies je wachtwoord"
    assert letter.message_id == "<1@example.nl>"
    assert letter.text == letters.WELCOME_TEXT
    assert "<h1>Beste Mo,</h1>" in letter.html
    assert letter.headers.get("from") == letters.HR
    assert letter.defects == ()


def test_every_byte_of_a_letter_is_kept(post):
    lines = [b"Subject: x", b"", b".", b"..", b".a", bytes(range(14, 256)), b"\t "]
    assert post(b"\r\n".join(lines)).raw == b"\r\n".join(lines) + b"\r\n"


def test_letters_of_one_connection_are_kept_in_order(smtp, mailbox):
    for number in range(20):
        smtp.sendmail(HR, MO, letters.text(subject=f"Brief {number}"))
    assert subjects(mailbox) == [f"Brief {number}" for number in range(20)]
    assert [each.id for each in mailbox.letters] == list(range(1, 21))


def test_blind_copies_lie_in_their_mailboxes_too(smtp, mailbox):
    smtp.sendmail(HR, [MO, "Jan@example.nl"], letters.text(to=MO))
    assert mailbox.letters[0].to == (MO, "Jan@example.nl")
    assert mailbox.letters[0].headers.every("To") == (MO,)
    assert mailbox.letters_to("JAN@example.nl") == mailbox.letters
    assert mailbox.letters_to("fatima@example.nl") == ()


def test_bounce_has_no_sender(smtp, mailbox):
    smtp.sendmail("", MO, letters.text())
    assert mailbox.letters[0].sender == ""


def test_letter_has_the_time_of_the_mailbox_clock(clock, now):
    with Mailbox(clock=clock).serve() as mailbox, connected(mailbox) as smtp:
        smtp.sendmail(HR, MO, letters.text())
        assert mailbox.letters[0].received_at == now
        assert mailbox.conversations[0].opened_at == now


def test_letter_to_an_address_beyond_ascii_is_taken(smtp, mailbox):
    smtp.sendmail(HR, "ren\u00e9@caf\u00e9.nl", letters.text(), ["SMTPUTF8"])
    assert mailbox.letters[0].to == ("ren\u00e9@caf\u00e9.nl",)


def test_mailbox_without_smtputf8_takes_no_address_beyond_ascii():
    with Mailbox(smtputf8=False).serve() as mailbox:
        with connected(mailbox) as smtp, pytest.raises(SMTPNotSupportedError):
            smtp.sendmail(HR, "ren\u00e9@example.nl", letters.text(), ["SMTPUTF8"])
        with Bare(mailbox) as bare:
            bare.say("EHLO x")
            assert bare.say("MAIL FROM:<ren\u00e9@example.nl>").startswith("500")
            assert bare.say("MAIL FROM:<hr@example.nl> SMTPUTF8").startswith("501")


def test_letter_with_longer_lines_than_the_rules_allow_is_taken(post):
    assert len(post(letters.raw("Subject: x", "", "a" * 300_000)).text) > 300_000


def test_letter_of_a_client_that_just_leaves_is_kept(mailbox):
    with Bare(mailbox) as bare:
        bare.say("HELO x")
        bare.say("MAIL FROM:<hr@example.nl>")
        bare.say("RCPT TO:<mo@example.nl>")
        bare.say("DATA")
        assert bare.say("Subject: Dag\r\n\r\nDag\r\n.").startswith("250")
    mailbox.wait_for(lambda: not mailbox.conversations[0].is_open)
    assert subjects(mailbox) == ["Dag"]


def test_half_a_letter_is_not_kept(mailbox):
    with Bare(mailbox) as bare:
        bare.say("HELO x")
        bare.say("MAIL FROM:<hr@example.nl>")
        bare.say("RCPT TO:<mo@example.nl>")
        bare.say("DATA")
        bare.socket.sendall(b"Subject: Half\r\n\r\nen dan")
    mailbox.wait_for(lambda: not mailbox.conversations[0].is_open)
    assert mailbox.letters == ()


def test_commands_sent_together_are_answered_one_by_one(mailbox):
    with Bare(mailbox) as bare:
        bare.say("EHLO x")
        together = "MAIL FROM:<hr@example.nl>\r\nRCPT TO:<mo@example.nl>\r\nDATA"
        assert bare.say(together).startswith("250")
        assert bare.answer().startswith("250")
        assert bare.answer().startswith("354")
        assert bare.say("Subject: Snel\r\n\r\nSnel\r\n.").startswith("250")
    assert subjects(mailbox) == ["Snel"]


@pytest.mark.parametrize(
    "line",
    ["", "NONSENSE", "\u00e9", "MAIL", "MAIL FROM:<", "MAIL FROM:<a b@@>", "DATA"],
)
def test_nonsense_is_answered_and_the_connection_goes_on(mailbox, line):
    with Bare(mailbox) as bare:
        bare.say("EHLO x")
        assert bare.say(line)[:1] == "5"
        assert bare.say("NOOP").startswith("250")


def test_endless_line_is_answered_and_the_connection_goes_on(mailbox):
    with Bare(mailbox) as bare:
        bare.say("EHLO x")
        assert bare.say("MAIL FROM:<" + "a" * 2_500_000).startswith("500")
        assert bare.say("NOOP").startswith("250")


def test_cleared_mailbox_goes_on_numbering(post, mailbox):
    post(letters.text())
    mailbox.clear()
    assert mailbox.letters == ()
    assert post(letters.text()).id == 2


def test_oldest_letters_make_room_when_there_are_too_many():
    with Mailbox(most_letters=3).serve() as mailbox, connected(mailbox) as smtp:
        for number in range(5):
            smtp.sendmail(HR, MO, letters.text(subject=f"{number}"))
        assert subjects(mailbox) == ["2", "3", "4"]
        assert mailbox.kept.let_go == 2


def test_oldest_letters_make_room_when_they_are_too_big_together():
    with Mailbox(most_bytes=25_000).serve() as mailbox, connected(mailbox) as smtp:
        for number in range(5):
            body = letters.raw(f"Subject: {number}", "", *(["x" * 98] * 100))
            smtp.sendmail(HR, MO, body)
        assert subjects(mailbox) == ["3", "4"]


def test_letter_that_is_too_big_by_itself_is_kept_alone():
    with Mailbox(most_bytes=1000).serve() as mailbox, connected(mailbox) as smtp:
        smtp.sendmail(HR, MO, letters.text(subject="Klein"))
        smtp.sendmail(HR, MO, letters.with_pdf(5000))
        assert subjects(mailbox) == ["Je contract"]


def test_waiting_gives_what_the_condition_gives(mailbox, post):
    post(letters.text(subject="Er"))
    found = mailbox.wait_for(lambda: mailbox.letters_to(MO))
    assert [each.subject for each in found] == ["Er"]


def test_waiting_ends_when_a_letter_comes(mailbox):
    held = mailbox.faults.hold("LETTER")
    sending = threading.Thread(target=send_one, args=(mailbox, "Nu"))
    sending.start()
    letter = mailbox.wait_for(lambda: mailbox.letters and mailbox.letters[0])
    assert letter.subject == "Nu"
    held.release()
    sending.join()


def send_one(mailbox, subject):
    with connected(mailbox) as smtp:
        smtp.sendmail(HR, MO, letters.text(subject=subject))


def test_waiting_in_vain_says_what_there_is(mailbox, post):
    post(letters.text(subject="Iets anders"))
    with pytest.raises(AssertionError, match="'Iets anders' to mo@"):
        mailbox.wait_for(lambda: mailbox.letters_to("jan@example.nl"), within=0.01)
