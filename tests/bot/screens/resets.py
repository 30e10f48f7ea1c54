"""Dry runs of a reset, its lists and answers, and the opening password."""

from datetime import UTC, datetime

from bot.exports import opening_password
from bot.left_out import screen as left_out
from bot.left_out.screen import LeftOut, LeftOutOf, LeftOutPerson, Listing
from bot.resets import answers, channel_problem, dry_run, retry_dry_run
from bot.resets.channel_problem import ChannelTrouble
from bot.resets.dry_run import DryRun
from bot.resets.earlier_reset import Earlier
from bot.resets.retry_dry_run import RetryDryRun
from domain.exports.channel import ChannelProblem
from domain.logins.model import LoginState
from domain.logins.paging import PageKey
from domain.record_cards.model import RecordCardId
from domain.runs.ledger import RetryPlan
from domain.runs.model import RowReason, RunId
from domain.runs.planning import ResetChoice, ResetLeftOut, ResetPlan, ResetScope
from domain.secret import Secret
from tests.bot.screens.branches import HERE

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
EVERYBODY = {reason: 10**index for index, reason in enumerate(ResetLeftOut)}


def reset(plan, choice=None, **more):
    def build(t, text):
        data = DryRun(
            place=HERE,
            branch_name=text,
            password_days=7,
            channel_id="C1",
            choice=choice or ResetChoice(),
            plan=plan,
            groups=dry_run.GROUPS if plan.left_out else (),
            **more,
        )
        return dry_run.build(data, t)

    return build


def retry(plan, **more):
    def build(t, text):
        data = RetryDryRun(RunId(3), text, 1, "C1", plan, **more)
        return retry_dry_run.build(data, t)

    return build


def trouble(problem):
    def build(t, _text):
        channel_id = None if problem is ChannelProblem.UNSET else "C1"
        return channel_problem.build(ChannelTrouble(problem, channel_id, HERE), t)

    return build


def listed(listing, count, further=None):
    def build(t, text):
        found = [LeftOutPerson(text, f"{n:05}") for n in range(1, count + 1)]
        return left_out.build(LeftOut(listing, text[:200], found, further), t)

    return build


ALSO = frozenset({LoginState.LOCKED, LoginState.NEW})
WHOLE = ResetChoice(ResetScope.WHOLE_BRANCH, ALSO)
OF_PLAN = Listing(
    LeftOutOf.RESET,
    2,
    ResetLeftOut.SWITCHED_OFF.value,
    WHOLE,
    PageKey(RecordCardId(4)),
)
OF_RUN = Listing(LeftOutOf.RUN, 3, RowReason.CHANGED_MEANWHILE.value)

SCREENS = {
    "reset": reset(ResetPlan(25, 0, 0, EVERYBODY)),
    "reset-one": reset(ResetPlan(1, 1, 1, {ResetLeftOut.LOCKED: 1})),
    "reset-again": reset(ResetPlan(1200, 0, 1100, {}), earlier=Earlier("U1", NOW, 1)),
    "reset-others-before": reset(
        ResetPlan(3, 0, 0, {}), earlier=Earlier("U1", NOW, 1200)
    ),
    "reset-whole-branch": reset(
        ResetPlan(12000, 11000, 0, {ResetLeftOut.SWITCHED_OFF: 2}), WHOLE
    ),
    "reset-changed": reset(ResetPlan(26, 0, 0, {}), count_changed=True),
    "reset-nobody": reset(
        ResetPlan(0, 0, 0, {ResetLeftOut.HAS_SIGNED_IN: 3}),
        earlier=Earlier("U1", NOW, 3),
    ),
    **{
        f"channel-{problem.value.replace('_', '-')}": trouble(problem)
        for problem in ChannelProblem
    },
    "channel-retrying": lambda t, _: channel_problem.build(
        ChannelTrouble(ChannelProblem.PUBLIC, "C1"), t
    ),
    "retry": retry(RetryPlan(3, 1)),
    "retry-many": retry(RetryPlan(12000, 0), count_changed=True),
    "retry-nobody": retry(RetryPlan(0, 2)),
    "reset-started": lambda t, _: answers.started("C1", t),
    "reset-under-way": lambda t, _: answers.under_way("U1", NOW, t),
    "reset-left-out": listed(OF_PLAN, left_out.PAGE, PageKey(RecordCardId(24))),
    "run-left-out": listed(OF_RUN, 2),
    "run-left-out-nobody": listed(OF_RUN, 0),
    "opening-password": lambda t, text: opening_password.build(
        text[:200], Secret("kq7m-3xwe-9hrd-p2ta-b4cd-e5fg"), t
    ),
}
