"""A mailing beside a mail server that is away, or refuses somebody."""

import pytest

from domain.runs.model import RowReason, RowState, RunPhase
from sandbox.mailbox import Mailbox
from tests.bot.in_slack import eventually
from tests.faults.known_state import MailedState
from tests.faults.mailing_scene import LINK, PASSWORD, MailingScene
from tests.faults.scene import CHANNEL

# What does not hang on the database is tried on one.
_ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def mailbox():
    with Mailbox(patience=60).serve() as served:
        yield served


@pytest.fixture
def mailing(scene, mailbox):
    here = MailingScene(scene, mailbox, LINK)
    yield here
    for process in here.processes:
        process.is_ended_by_force()


@_ON_SQLITE
def test_a_mail_server_that_is_away_makes_the_mailing_wait_and_say_so(
    mailing, mailbox, scene
):
    mailbox.go_down()
    mailing.starts(6)
    process = mailing.works()
    eventually(lambda: mailing.report().by_state.get(RowState.APPLIED) == 6)
    eventually(lambda: mailing.report().waits_for_mail_server)
    eventually(lambda: _says(scene, "mailserver"))
    assert mailing.run().ended_at is None
    assert mailing.looks() == {MailedState.LETTER_WAITS: 6}
    mailbox.come_up()
    eventually(lambda: mailing.run().result_shown)
    process.ends()
    mailing.assert_each_was_mailed()
    assert mailing.repeated == 0


def _says(scene, word):
    return any(word in str(each) for each in scene.slack.messages(CHANNEL))


@_ON_SQLITE
def test_of_a_hundred_one_that_is_refused_is_marked_and_99_arrive(
    mailing, mailbox, scene
):
    mailing.starts(100)
    refused = list(mailing.before)[40]
    mailbox.faults.refuse(scene.cards.login(refused).user_name)
    process = mailing.works()
    eventually(lambda: mailing.run().result_shown)
    process.ends()
    assert mailing.run().phase is RunPhase.DONE
    found = mailing.report()
    assert found.by_state == {RowState.SENT: 99, RowState.FAILED: 1}
    assert found.by_reason == {RowReason.ADDRESS_REFUSED: 1}
    assert len(mailbox.letters) == 99


@_ON_SQLITE
def test_while_slack_is_away_the_letters_go_out_all_the_same(mailing, mailbox, scene):
    mailing.hands_over = PASSWORD
    scene.slack.next_call("chat.postMessage").is_rate_limited(30)
    mailing.starts(10)
    process = mailing.works()
    mailbox.wait_for(lambda: len(mailbox.letters) == 10)
    eventually(lambda: mailing.run().ended_at is not None)
    process.ends()
    mailing.assert_each_was_mailed()
