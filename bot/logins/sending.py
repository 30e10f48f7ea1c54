"""*Opslaan en wachtwoord versturen* on the login screen, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
)

from bot import payload
from bot.blocks import button, buttons, paragraph, plain, small_print
from bot.confirming import are_you_sure
from bot.letters import causes
from bot.letters.validity import WORKS_UNTIL
from bot.locale import Translator, msgid
from bot.templates import choosing
from bot.text import on_one_line
from domain.letters.email_templates import HandsOver, TemplateLine
from domain.letters.model import EmailTemplateId, LetterOutcome
from domain.logins.access_by_mail import SentTo

SEND: Final = "logins.send_access"
TEMPLATE_BLOCK: Final = "template"
CHOOSE_TEMPLATE: Final = "logins.choose_template"


@dataclass(frozen=True)
class LastLetter:
    """How the last letter with a link or password stands; `at` is its end, if any."""

    outcome: LetterOutcome
    queued_at: datetime
    at: datetime | None
    code: str | None


@dataclass(frozen=True)
class Sending:
    """What may be sent, if e-mails can leave at all, and what was sent last."""

    can_leave: bool
    templates: Sequence[TemplateLine] = ()
    last: LastLetter | None = None


def blocks(data: Sending, t: Translator) -> list[Block]:
    """Which template, the button, and how the last letter stands."""
    last = [paragraph(_stands(data.last, t))] if data.last else []
    if not data.can_leave:
        unset = t(
            "E-mails can't be sent yet: ask who set up Sleutelbos for you (IT) for the "
            "mail server."
        )
        return [small_print(unset), *last]
    if not data.templates:
        return last
    return [_template(data.templates, t), _button(t), *last]


def template_of(body: payload.Body) -> EmailTemplateId:
    """The template that is chosen. Raises NotFoundError for none."""
    entry = payload.mapping(payload.values(body).get(TEMPLATE_BLOCK))
    select = payload.mapping(entry.get(CHOOSE_TEMPLATE))
    option = payload.mapping(select.get("selected_option"))
    return EmailTemplateId(payload.whole_number(option.get("value")))


def sent(to: SentTo, t: Translator) -> str:
    """What was done, to which address; that it arrives is not known yet."""
    address = on_one_line(to.address, limit=254)
    said = (
        msgid("An e-mail with a link to choose a password goes to {address}.")
        if to.hands_over is HandsOver.LINK
        else msgid("An e-mail with an initial password goes to {address}.")
    )
    words = t(said, address=address)
    until = t(WORKS_UNTIL[to.hands_over], instant=t.instant(to.valid_until))
    return f"{words} {until}"


def tick_first(t: Translator) -> str:
    """Why nothing was sent for an inactive login."""
    return t(
        "Nothing was sent: with an inactive login nobody gets in. Tick Active first."
    )


def changed_meanwhile(t: Translator) -> str:
    """Why nothing was sent, or not once more."""
    return t(
        "Nothing was sent now: this login was changed a moment ago. This is how it "
        "stands."
    )


def _template(templates: Sequence[TemplateLine], t: Translator) -> Block:
    select = choosing.select(CHOOSE_TEMPLATE, templates, templates[0], t)
    return InputBlock(
        block_id=TEMPLATE_BLOCK, label=plain(t("Email template")), element=select
    )


def _button(t: Translator) -> Block:
    sure = are_you_sure(
        t("Send password"),
        t(
            "The employee gets an e-mail with a link or an initial password. The "
            "password of now will no longer work, nor will an earlier e-mail."
        ),
        t("Send"),
        t,
    )
    return buttons([button(SEND, t("Save and send password"), confirm=sure)], "send")


def _stands(last: LastLetter, t: Translator) -> str:
    queued = t.instant(last.queued_at)
    match last.outcome:
        case LetterOutcome.SENT:
            return t(
                "Last e-mail: sent on {instant}.",
                instant=t.instant(last.at or last.queued_at),
            )
        case LetterOutcome.OVERTAKEN:
            return t(
                "Last e-mail: of {instant}, not sent, because the login was changed "
                "before it left.",
                instant=queued,
            )
        case LetterOutcome.FAILED:
            return t(
                "Last e-mail: of {instant}, did not arrive: {why}.",
                instant=queued,
                why=_why(last, t),
            )
        case LetterOutcome.QUEUED if last.code and causes.is_of_the_server(last.code):
            return t(
                "Last e-mail: waits since {instant}. The mail server takes no e-mail "
                "now: {why}. It goes on trying by itself.",
                instant=queued,
                why=causes.of_the_server(last.code, t),
            )
        case LetterOutcome.QUEUED if last.code:
            return t(
                "Last e-mail: waits since {instant}. The mail server does not take "
                "this one now; the mailbox may be full. It goes on trying by itself.",
                instant=queued,
            )
        case LetterOutcome.QUEUED:
            return t("Last e-mail: about to leave, since {instant}.", instant=queued)


def _why(last: LastLetter, t: Translator) -> str:
    why = causes.of_one_letter(last.code, t) if last.code else None
    return why or t("the mail server did not take it in time")
