"""The dry run of *Reset wachtwoorden en stuur email*, for all or who never got in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import confirming, mentions, payload
from bot.blocks import marked_paragraph, paragraph, small_print
from bot.branches import place as places
from bot.branches.place import Place
from bot.confirming import DryRunFrame
from bot.locale import Translator
from bot.resets import approvals, earlier_reset, mailing_choice, whom
from bot.resets.earlier_reset import Earlier, Warned, soon_after
from bot.resets.mailing_choice import MailChoice
from bot.resets.whom import Whom
from domain.letters.email_templates import HandsOver, TemplateLine
from domain.logins.model import LoginState
from domain.runs.planning import MailingPlan, ResetScope

CALLBACK_ID: Final = "resets.mail"
_SCOPES: Final = (ResetScope.WHOLE_BRANCH, ResetScope.NEVER_SIGNED_IN)


@dataclass(frozen=True)
class Terms:
    """What becomes of the run: what is handed out, how long it works, who hears.

    Without `channel_id` who starts it hears of it, directly.
    """

    template: TemplateLine
    password_days: int
    channel_id: str | None


@dataclass(frozen=True)
class MailingDryRun:
    """What the chosen mailing would do; `groups` are those one may take along.

    `count_changed` says that the numbers are others than those just agreed to,
    `template_changed` that the template is, `handed_out` that somebody handed out
    passwords since.
    """

    place: Place
    branch_name: str
    choice: MailChoice
    plan: MailingPlan
    groups: Collection[LoginState]
    templates: Sequence[TemplateLine]
    terms: Terms
    earlier: Earlier | None = None
    count_changed: bool = False
    template_changed: bool = False
    handed_out: bool = False
    needs_approval: bool = False

    @property
    def can_start(self) -> bool:
        """Whether another administrator can be asked, where one has to be."""
        return self.terms.channel_id is not None or not self.needs_approval


@dataclass(frozen=True)
class MailWish:
    """What the screen said: the choice, and what was shown for it."""

    place: Place
    choice: MailChoice
    expected_count: int
    version_id: int
    is_direct: bool
    warned: Warned


def build(data: MailingDryRun, t: Translator) -> View:
    """Whom, the numbers, which template, what becomes of it, reminders."""
    count, terms = data.plan.count, data.terms
    submit = t("Send e-mails")
    return confirming.dry_run(
        DryRunFrame(title(t), data.branch_name, count, submit, data.count_changed),
        [
            *(look_once_more(t) if data.template_changed else []),
            *(earlier_reset.look_once_more(t) if data.handed_out else []),
            *_whom(data, t),
            marked_paragraph(what_happens(count, t)),
            *(_earlier(data, t) if count else []),
            *whom.left_out(data.plan.left_out, t),
            *_only_active(data, t),
            *(_how(data, t) if count else []),
            *approvals.beforehand(
                is_needed=data.needs_approval,
                has_channel=terms.channel_id is not None,
                t=t,
            ),
        ],
        t,
        callback_id=CALLBACK_ID,
        ids=data.place.remembered(
            count=count,
            version=terms.template.version_id,
            direct=None if terms.channel_id else 1,
            **data.choice.remembered(),
            **Warned.of(data.earlier, data.plan.again).remembered(),
        ),
    )


def parse(body: payload.Body) -> MailWish:
    """What the screen said. Raises NotFoundError for another view."""
    ids = payload.remembered(body)
    return MailWish(
        place=places.read(body),
        choice=mailing_choice.choice_of(ids),
        expected_count=payload.whole_number(ids.get("count")),
        version_id=payload.whole_number(ids.get("version")),
        is_direct=bool(ids.get("direct")),
        warned=Warned.parse(ids),
    )


def title(t: Translator) -> str:
    """Of the dry run and of what answers it."""
    return t("Reset and e-mail")


def look_once_more(t: Translator) -> list[Block]:
    """The template is another than the one just agreed to."""
    words = t("The template has changed meanwhile. Please look once more.")
    return [paragraph(words)]


def _whom(data: MailingDryRun, t: Translator) -> list[Block]:
    choice, plan = data.choice, data.plan
    question = t("Who gets an e-mail?")
    asked = whom.scopes(question, _SCOPES, choice.reset.scope, t)
    has_lately = choice.again or plan.lately
    again = mailing_choice.again_tick(ticked=choice.again, t=t)
    return [
        *(_only_new(t) if choice.only_new else asked),
        *whom.ticks(Whom(choice.reset, data.groups), t),
        *([again] if has_lately else []),
        *whom.loud(_at_work(plan.at_work, t), t),
    ]


def _only_new(t: Translator) -> list[Block]:
    return [paragraph(t("For people who never signed in (number of logins = 0)."))]


def _at_work(count: int, t: Translator) -> str | None:
    if not count:
        return None
    return t.plural(
        "Mind: one person who is at work with a password can't sign in with it any "
        "more, and needs the e-mail to get in.",
        "Mind: {count} people who are at work with their password can't sign in with "
        "it any more, and need the e-mail to get in.",
        count,
    )


def what_happens(count: int, t: Translator) -> str:
    """How many get an e-mail, in bold."""
    if count == 0:
        return t("Nobody gets an e-mail this way.")
    words = t.plural(
        "One person gets an e-mail.", "{count} people get an e-mail.", count
    )
    return f"*{words}*"


def _earlier(data: MailingDryRun, t: Translator) -> list[Block]:
    return soon_after(data.earlier, data.plan.again, t)


def _only_active(data: MailingDryRun, t: Translator) -> list[Block]:
    is_link = data.terms.template.hands_over is HandsOver.LINK
    if not is_link or not whom.groups_in(data.plan.left_out):
        return []
    return [
        small_print(
            t(
                "A link works only for an active login. Activate the others first, "
                "with {button}.",
                button=t("Activate employee logins"),
            )
        )
    ]


def _how(data: MailingDryRun, t: Translator) -> list[Block]:
    choice = data.choice
    remind = mailing_choice.reminders(choice.remind_after, t)
    return [
        *mailing_choice.templates(data.templates, data.terms.template, t),
        *what_follows(data.terms, t, can_start=data.can_start),
        *(remind if choice.only_new else []),
    ]


def what_follows(terms: Terms, t: Translator, *, can_start: bool = True) -> list[Block]:
    """What the e-mails hand out and for how long, and where to follow it."""
    if terms.template.hands_over is HandsOver.PASSWORD:
        given = [_warning(t), marked_paragraph(_password(terms.password_days, t))]
    else:
        given = [marked_paragraph(_link(terms.password_days, t))]
    where = marked_paragraph(_where(terms.channel_id, t))
    return [*given, where] if can_start else given


def _warning(t: Translator) -> Block:
    warned = t("Mind: this template puts a password into the e-mail.")
    advice = t(
        "Whoever can read that mailbox can use it. A template with a link is safer: "
        "the link works once."
    )
    return marked_paragraph(f"⚠️ *{warned}* {advice}")


def _password(days: int, t: Translator) -> str:
    term = t.plural(
        "Everybody gets a new initial password that works for one day.",
        "Everybody gets a new initial password that works for {count} days.",
        days,
    )
    return f"{term} {_old(t)}"


def _link(days: int, t: Translator) -> str:
    term = t.plural(
        "Everybody gets a link of their own to choose a password with. It works once, "
        "for one day.",
        "Everybody gets a link of their own to choose a password with. It works once, "
        "for {count} days.",
        days,
    )
    return f"{term} {_old(t)}"


def _old(t: Translator) -> str:
    return t("Their old password stops working at once.")


def _where(channel_id: str | None, t: Translator) -> str:
    if channel_id is None:
        return t(
            "This branch has no admin channel that will do, so you get progress and "
            "result as a direct message."
        )
    return t.marked(
        "You find progress and result in {channel}.",
        channel=mentions.channel(channel_id),
    )
