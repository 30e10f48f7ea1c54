"""The message of a mailing, as it goes and as it ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.locale import Translator
from bot.message import Message
from bot.resets import run_message
from bot.resets.run_message import RunMessage
from domain.letters.template_wording import HandsOver
from domain.runs.model import (
    RowReason,
    RowState,
    RunFailure,
    RunKind,
    RunPhase,
)
from domain.runs.reporting import ReminderLine
from tests.bot.screens import run_report
from tests.bot.screens.run_report import NOW

REPORT = replace(
    run_report.REPORT,
    phase=RunPhase.MAILING,
    by_state={
        RowState.WAITING: 8000,
        RowState.PREPARED: 1000,
        RowState.APPLIED: 100,
        RowState.SENT: 2900,
    },
    kind=RunKind.MAIL,
    template_name="Welkom",
    hands_over=HandsOver.LINK,
)
REASONS = (
    RowReason.CHANGED_MEANWHILE,
    RowReason.ADDRESS_REFUSED,
    RowReason.NOT_SENT,
    RowReason.OVERTAKEN,
)
DONE = replace(
    REPORT,
    phase=RunPhase.DONE,
    by_state={RowState.SENT: 11888, RowState.LEFT_OUT: 1, RowState.FAILED: 110},
    by_reason={reason: 10**index for index, reason in enumerate(REASONS)},
    password_expires_at=NOW + timedelta(days=7),
)
REMINDERS = (
    ReminderLine(3, NOW + timedelta(days=3), NOW + timedelta(days=3)),
    ReminderLine(7, NOW + timedelta(days=7), None),
    ReminderLine(14, NOW + timedelta(days=14), None),
)
STOPPED = {RowState.SENT: 1, RowState.APPLIED: 2, RowState.FAILED: 11997}
CAUSES = ("connection_refused", "auth_refused_535", "no_answer", "quota_452")


def told(report, *, is_direct=False):
    def build(t, text):
        named = replace(report, branch_name=text, template_name=text)
        return run_message.build(RunMessage(named, "U1", is_direct=is_direct), t)

    return build


def failed(failure, by_state):
    left = by_state.get(RowState.FAILED, 0)
    report = replace(REPORT, phase=RunPhase.FAILED, failure=failure, by_state=by_state)
    return told(replace(report, by_reason={RowReason.NOT_APPLIED: left}))


NOBODY = {RowState.FAILED: 12000}

MESSAGES: dict[str, Callable[[Translator, str], Message]] = {
    "mailing": told(REPORT),
    "mailing-begins": told(replace(REPORT, by_state={RowState.WAITING: 1})),
    **{
        f"mailing-waits-{code.replace('_', '-')}": told(
            replace(REPORT, waits_for_mail_server=code)
        )
        for code in CAUSES
    },
    "mailing-done": told(DONE),
    "mailing-done-well": told(
        replace(
            DONE,
            row_count=1,
            by_state={RowState.SENT: 1},
            by_reason={},
            is_retry=True,
        ),
        is_direct=True,
    ),
    "mailing-done-some-wait": told(
        replace(
            DONE,
            by_state={RowState.SENT: 11999, RowState.APPLIED: 1},
            by_reason={},
            waits_for_mail_server="letter_deferred_451",
        )
    ),
    "mailing-retried": told(replace(DONE, was_retried=True)),
    "mailing-of-reminder": told(replace(DONE, is_reminder=True)),
    "mailing-done-password": told(replace(DONE, hands_over=HandsOver.PASSWORD)),
    "mailing-with-reminders": told(replace(DONE, reminders=REMINDERS)),
    "mailing-direct": told(replace(DONE, channel_id="U1"), is_direct=True),
    "mailing-not-permitted": failed(RunFailure.NOT_PERMITTED, NOBODY),
    "mailing-nobody-left": failed(RunFailure.NOBODY_LEFT, NOBODY),
    "mailing-not-prepared": failed(RunFailure.NOT_PREPARED, STOPPED),
    "mailing-key-lost": failed(RunFailure.KEY_LOST, STOPPED),
    "mailing-server-away": failed(RunFailure.MAIL_SERVER_AWAY, STOPPED),
}
