"""Dry runs of a reset, its lists and answers, and the opening password."""

from datetime import UTC, datetime

from bot.exports import opening_password
from bot.left_out import screen as left_out
from bot.left_out.screen import LeftOut, LeftOutOf, LeftOutPerson, Listing
from bot.resets import answers, channel_problem, dry_run, retry_dry_run, whom
from bot.resets.channel_problem import ChannelTrouble
from bot.resets.dry_run import DryRun
from bot.resets.earlier_reset import Earlier
from bot.resets.letters_choice import LettersChoice
from bot.resets.retry_dry_run import RetryDryRun, Workbook
from domain.exports.channel import ChannelProblem
from domain.exports.model import ReadyLetters
from domain.exports.word_templates import WordTemplateLine
from domain.logins.model import LoginState
from domain.logins.paging import PageKey
from domain.record_cards.model import RecordCardId
from domain.runs.ledger import RetryPlan
from domain.runs.model import RowReason, RunId
from domain.runs.planning import (
    ONLY_OF_MAILINGS,
    ResetChoice,
    ResetLeftOut,
    ResetPlan,
    ResetScope,
)
from domain.secret import Secret
from tests.bot.screens import approvals
from tests.bot.screens.branches import HERE

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
EVERYBODY = {
    reason: 10**index
    for index, reason in enumerate(
        reason for reason in ResetLeftOut if reason not in ONLY_OF_MAILINGS
    )
}


def reset(plan, choice=None, **more):
    def build(t, text):
        data = DryRun(
            place=HERE,
            branch_name=text,
            password_days=7,
            channel_id="C1",
            choice=choice or ResetChoice(),
            plan=plan,
            groups=whom.GROUPS if plan.left_out else (),
            **more,
        )
        return dry_run.build(data, t)

    return build


def word_template_lines(count):
    return [
        WordTemplateLine(number, f"Brief {number}", None, None, NOW)
        for number in range(1, count + 1)
    ]


def retry(plan, *, makes_letters=False, **more):
    def build(t, text):
        terms = Workbook("C1", 1, makes_letters)
        data = RetryDryRun(RunId(3), text, terms, plan, **more)
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
WITHOUT_ADDRESS = Listing(LeftOutOf.WITHOUT_ADDRESS, 2, "")


def without_address(t, text):
    person = LeftOutPerson(text, "00104", record_card_id=7, opens_card=True)
    return left_out.build(LeftOut(WITHOUT_ADDRESS, text[:200], [person], None), t)


OF_RUN = Listing(LeftOutOf.RUN, 3, RowReason.CHANGED_MEANWHILE.value)

SCREENS = {
    **approvals.SCREENS,
    "reset-needs-approval": reset(ResetPlan(25, 0, 0, {}), needs_approval=True),
    "retry-needs-approval": retry(RetryPlan(3, 0), needs_approval=True),
    "without-address": without_address,
    "reset": reset(ResetPlan(25, 0, 0, EVERYBODY)),
    "reset-one": reset(ResetPlan(1, 1, 1, {ResetLeftOut.LOCKED: 1})),
    "reset-again": reset(ResetPlan(1200, 0, 1100, {}), earlier=Earlier("U1", NOW, 1)),
    "reset-others-before": reset(
        ResetPlan(3, 0, 0, {}), earlier=Earlier("U1", NOW, 1200)
    ),
    "reset-whole-branch": reset(
        ResetPlan(12000, 11000, 0, {ResetLeftOut.SWITCHED_OFF: 2}), WHOLE
    ),
    "reset-letters": reset(
        ResetPlan(3, 0, 0, {}),
        letters=LettersChoice(ReadyLetters.BUILT_IN_NL),
        word_templates=word_template_lines(100),
    ),
    "reset-letters-own": lambda t, text: reset(
        ResetPlan(3, 0, 0, {}),
        letters=LettersChoice(ReadyLetters.OWN, 7),
        word_templates=[WordTemplateLine(7, text[:75], None, None, NOW)],
    )(t, text),
    "reset-changed": reset(ResetPlan(26, 0, 0, {}), count_changed=True),
    "reset-handed-out": reset(ResetPlan(26, 0, 26, {}), handed_out=True),
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
    "retry-letters": retry(RetryPlan(3, 0), makes_letters=True),
    "retry-many": retry(RetryPlan(12000, 0), count_changed=True),
    "retry-nobody": retry(RetryPlan(0, 2)),
    "reset-started": lambda t, _: answers.started(dry_run.title(t), "C1", t),
    "reset-under-way": lambda t, _: answers.under_way(dry_run.title(t), "U1", NOW, t),
    "reset-left-out": listed(OF_PLAN, left_out.PAGE, PageKey(RecordCardId(24))),
    "run-left-out": listed(OF_RUN, 2),
    "run-left-out-nobody": listed(OF_RUN, 0),
    "opening-password-letters": lambda t, text: opening_password.build(
        text[:200],
        Secret("kq7m-3xwe-9hrd-p2ta-b4cd-e5fg"),
        t,
        "brieven-utrecht-2026-11-20.docx",
    ),
    "opening-password": lambda t, text: opening_password.build(
        text[:200], Secret("kq7m-3xwe-9hrd-p2ta-b4cd-e5fg"), t
    ),
}
