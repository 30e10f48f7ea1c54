"""What `sleutelbos check` says of mail: settings, server, letters that wait or died."""

# ruff: noqa: F811 (a fixture that is asked for has the name of the one imported)
from datetime import timedelta

import pytest

from domain.clock import utc_now
from domain.letters.queueing import LetterKind, Recipient, queue_letter
from domain.letters.refusals import (
    Cause,
    LetterError,
    LetterRefusedError,
    ServerAwayError,
)
from domain.letters.settling import claim_letter, drop_expired, settle
from domain.letters.translator import TIME_ZONE
from sandbox.mailbox import Mailbox
from sleutelbos import findings
from tests.sleutelbos.test_check import (  # noqa: F401 (fixtures)
    _found,
    _only,
    admin_channel,
    free_port,
    mailbox,
    manifest,
    office,
    slack,
    whole,
)

ADDRESS = "sanne@example.nl"


def test_a_setting_that_is_missing_is_named(sleutelbos, whole, set_up):
    set_up(SLEUTELBOS_MAIL_FROM="")
    line = _only(sleutelbos("check"))
    assert line.startswith("SLEUTELBOS_MAIL_FROM ontbreekt:")
    assert "SLEUTELBOS_SMTP_URL" not in line


def test_checking_says_hello_to_the_mail_server_and_sends_nothing(
    sleutelbos, whole, mailbox
):
    assert sleutelbos("check").code == 0
    (conversation,) = mailbox.conversations
    assert conversation.commands == ("EHLO", "QUIT")
    assert mailbox.letters == ()


def test_a_mail_server_that_is_not_there_is_said(sleutelbos, whole, mailbox):
    mailbox.go_down()
    line = _only(sleutelbos("check"))
    assert f"127.0.0.1, poort {mailbox.smtp_port}" in line
    assert "er komt geen verbinding" in line


def test_a_wrong_password_is_said_and_not_shown(sleutelbos, whole, set_up):
    with Mailbox(login=("hr", "right")).serve() as guarded:
        set_up(SLEUTELBOS_SMTP_URL=guarded.smtp_url.replace("right", "wr0ngwr0ng"))
        line = _only(sleutelbos("check"))
    assert "weigert de naam of het wachtwoord" in line
    assert "auth_refused_535" in line
    assert "wr0ngwr0ng" not in line


def test_encryption_that_is_not_offered_is_said(sleutelbos, whole, mailbox, set_up):
    set_up(SLEUTELBOS_SMTP_URL=mailbox.smtp_url.replace("smtp:", "smtp+starttls:"))
    assert "kan niet versleuteld worden" in _only(sleutelbos("check"))


def test_a_certificate_that_nobody_vouches_for_is_said(sleutelbos, whole, set_up):
    with Mailbox(tls="implicit").serve() as encrypted:
        set_up(SLEUTELBOS_SMTP_URL=encrypted.smtp_url)
        assert "het certificaat van de mailserver" in _only(sleutelbos("check"))


@pytest.mark.parametrize(
    "address", ["noreply@voorbeeld.nl", "no-reply.hr@voorbeeld.nl", "DoNotReply@v.nl"]
)
def test_an_address_that_nobody_reads_is_said(sleutelbos, whole, set_up, address):
    set_up(SLEUTELBOS_MAIL_FROM=address)
    assert "Zet er een adres dat iemand leest" in _only(sleutelbos("check"))


@pytest.fixture
def letter_that(office, keyring):
    """Queue a letter at a moment, and settle it so."""

    def end(error: LetterError | None, at, kind=LetterKind.PASSWORD_CHANGED, **values):
        with office.transaction() as session:
            to = Recipient(ADDRESS, "Sanne", "nl", record_card_id=1)
            queue_letter(session, kind, to, values=values, keyring=keyring, now=at)
            message = claim_letter(session, now=at)
            settle(session, message, error, now=at)

    return end


def test_letters_that_were_refused_are_counted_without_addresses(
    sleutelbos, whole, letter_that
):
    yesterday = utc_now() - timedelta(days=1)
    for _ in range(2):
        letter_that(LetterRefusedError("recipient_refused_550"), yesterday)
    line = _only(sleutelbos("check"))
    assert line.startswith("E-mails die niet bezorgd zijn: 2, de eerste op ")
    assert f"{yesterday.astimezone(TIME_ZONE):%H:%M}" in line
    assert "de mailserver kent het adres niet" in line
    assert ADDRESS not in line


def test_letters_that_wait_for_long_are_counted(sleutelbos, whole, letter_that):
    letter_that(ServerAwayError("connection_refused"), utc_now() - timedelta(hours=1))
    line = _only(sleutelbos("check"))
    assert line.startswith("E-mails die nog niet verstuurd zijn: 1. De oudste wacht")
    assert "connection_refused" in line


def test_letters_that_wait_for_a_moment_are_not_counted(sleutelbos, whole, letter_that):
    letter_that(ServerAwayError("connection_refused"), utc_now())
    assert sleutelbos("check").code == 0


def test_letters_that_died_long_ago_are_not_counted(sleutelbos, whole, letter_that):
    long_ago = utc_now() - timedelta(days=8)
    letter_that(LetterRefusedError("recipient_refused_550"), long_ago)
    assert sleutelbos("check").code == 0


def test_codes_that_came_too_late_are_counted(
    sleutelbos, whole, office, keyring, letter_that
):
    at = utc_now() - timedelta(hours=1)
    letter_that(ServerAwayError("timed_out"), at, LetterKind.CODE, code="482913")
    with office.transaction() as session:
        drop_expired(session, now=utc_now())
    line = _only(sleutelbos("check"))
    assert "antwoordt niet op tijd" in line
    assert "482913" not in line


def test_every_cause_has_words_in_both_languages():
    assert set(findings.MAIL_CAUSES) == set(Cause)
