"""Dry runs of a mailing and what answers them."""

from datetime import UTC, datetime

from bot.resets import answers, example, mailing_dry_run, retry_dry_run, whom
from bot.resets.earlier_reset import Earlier
from bot.resets.example import Example
from bot.resets.mailing_choice import MailChoice
from bot.resets.mailing_dry_run import MailingDryRun, Terms
from bot.resets.retry_dry_run import RetryDryRun
from domain.actor import BranchId
from domain.letters.email_templates import HandsOver, TemplateLine
from domain.letters.model import Attached, BuiltIn, EmailTemplateId, TemplateVersionId
from domain.logins.model import LoginState
from domain.logins.template_preview import PreviewedLetter, PreviewedWords
from domain.runs.ledger import RetryPlan
from domain.runs.model import RunId
from domain.runs.planning import MailingPlan, ResetChoice, ResetLeftOut, ResetScope
from tests.bot.screens.branches import HERE

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
EVERYBODY = {reason: 10**index for index, reason in enumerate(ResetLeftOut)}
WHOLE = ResetChoice(ResetScope.WHOLE_BRANCH)
TICKED = MailChoice(
    ResetChoice(
        ResetScope.WHOLE_BRANCH, frozenset({LoginState.LOCKED, LoginState.NEW})
    ),
    again=True,
    template_id=1,
)
NEW_ONLY = MailChoice(ResetChoice(), only_new=True, template_id=1)
REMINDED = MailChoice(
    ResetChoice(), only_new=True, template_id=1, remind_after=frozenset({3, 14})
)


def line(number, hands_over, name):
    return TemplateLine(
        template_id=EmailTemplateId(number),
        version_id=TemplateVersionId(10 * number),
        name=name,
        branch_id=BranchId(2) if number > 2 else None,
        branch_name="Utrecht" if number > 2 else None,
        built_in={1: BuiltIn.LINK, 2: BuiltIn.PASSWORD}.get(number),
        hands_over=hands_over,
        changed_at=NOW,
    )


LINK = line(1, HandsOver.LINK, "Uitnodiging met een link")
PASSWORD = line(2, HandsOver.PASSWORD, "Uitnodiging met een wachtwoord")


def mailing(plan, choice=None, *, template=LINK, days=7, channel="C1", **more):
    def build(t, text):
        own = line(3, HandsOver.LINK, text[:75])
        data = MailingDryRun(
            place=HERE,
            branch_name=text,
            choice=choice or MailChoice(WHOLE, template_id=1),
            plan=plan,
            groups=whom.GROUPS if plan.left_out else (),
            templates=[LINK, PASSWORD, own],
            terms=Terms(template, days, channel),
            **more,
        )
        return mailing_dry_run.build(data, t)

    return build


def retried(plan, *, template=LINK, channel="C1", **more):
    def build(t, text):
        terms = Terms(template, 7, channel)
        return retry_dry_run.build(RetryDryRun(RunId(3), text, terms, plan, **more), t)

    return build


def shown(hands_over, attached):
    def build(t, text):
        words = PreviewedWords(text[:200], f"Hallo {text},\n\n{text * 20}")
        letter = PreviewedLetter(text, {"nl": words})
        return example.build(Example(letter, hands_over, attached, text), t)

    return build


def more_templates_than_a_select_holds(t, text):
    offered = [line(number, HandsOver.LINK, f"T{number}") for number in range(1, 131)]
    data = MailingDryRun(
        place=HERE,
        branch_name=text,
        choice=MailChoice(WHOLE, template_id=130),
        plan=MailingPlan(1, 0, 0, {}, 0),
        groups=(),
        templates=offered,
        terms=Terms(offered[-1], 7, "C1"),
    )
    return mailing_dry_run.build(data, t)


SCREENS = {
    "mailing-needs-approval": mailing(MailingPlan(3, 0, 0, {}, 0), needs_approval=True),
    "mailing-needs-approval-no-channel": mailing(
        MailingPlan(3, 0, 0, {}, 0), channel=None, needs_approval=True
    ),
    "mailing": mailing(MailingPlan(25, 7, 0, EVERYBODY, 10**5)),
    "mailing-one": mailing(
        MailingPlan(1, 1, 1, {ResetLeftOut.MAILED_LATELY: 1}, 1), days=1
    ),
    "mailing-ticked": mailing(
        MailingPlan(12000, 11000, 1100, {}, 1100),
        TICKED,
        template=PASSWORD,
        earlier=Earlier("U1", NOW, 1200),
    ),
    "mailing-with-password": mailing(
        MailingPlan(3, 0, 0, {}, 0), template=PASSWORD, channel=None
    ),
    "mailing-password-one-day": mailing(
        MailingPlan(1, 0, 0, {}, 0), template=PASSWORD, days=1
    ),
    "mailing-count-changed": mailing(MailingPlan(26, 0, 0, {}, 0), count_changed=True),
    "mailing-handed-out": mailing(MailingPlan(26, 0, 26, {}, 0), handed_out=True),
    "mailing-template-changed": mailing(
        MailingPlan(2, 0, 0, {}, 0), template_changed=True
    ),
    "mailing-new-only": mailing(
        MailingPlan(2, 0, 0, {ResetLeftOut.HAS_SIGNED_IN: 3}, 0), NEW_ONLY
    ),
    "mailing-reminded": mailing(MailingPlan(30, 0, 0, {}, 0), REMINDED),
    "mailing-nobody": mailing(
        MailingPlan(
            0,
            0,
            0,
            {ResetLeftOut.MAILED_LATELY: 3, ResetLeftOut.NO_ADDRESS: 1},
            3,
        ),
        NEW_ONLY,
        earlier=Earlier("U1", NOW, 3),
    ),
    "mailing-many-templates": more_templates_than_a_select_holds,
    "mailing-example": shown(HandsOver.LINK, Attached.GUIDE),
    "mailing-example-password": shown(HandsOver.PASSWORD, Attached.FILE),
    "mailing-retry": retried(RetryPlan(3, 1)),
    "mailing-retry-password": retried(
        RetryPlan(26, 0), template=PASSWORD, channel=None, count_changed=True
    ),
    "mailing-retry-template-changed": retried(RetryPlan(1, 0), template_changed=True),
    "mailing-retry-nobody": retried(RetryPlan(0, 2)),
    "mailing-started": lambda t, _: answers.started(mailing_dry_run.title(t), "C1", t),
    "mailing-started-direct": lambda t, _: answers.started(
        mailing_dry_run.title(t), None, t
    ),
}
