"""The head of one *stamkaart*: whose it is, the login, and who it is in Slack."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, UserSelectElement

from bot.blocks import button, buttons, header, line, paragraph, plain, small_print
from bot.confirming import are_you_sure
from bot.locale import Translator
from bot.logins import creating, no_login
from bot.text import on_one_line
from domain.record_cards.model import RecordCardId

OPEN_LOGIN: Final = "record_cards.open_login"
SHOW_TIMELINE: Final = "record_cards.show_timeline"
LINK_SLACK: Final = "record_cards.link_slack"
UNLINK_SLACK: Final = "record_cards.unlink_slack"


@dataclass(frozen=True)
class OwnLogin:
    """The login of the card, or in a few words why there is none.

    `is_shared` says that a card within reach has the same address.
    """

    login_id: int | None
    words: str
    is_shared: bool = False


@dataclass(frozen=True)
class CardHead:
    """Whose card it is. `slack_name` is who is linked to it."""

    card_id: RecordCardId
    name: str
    login: OwnLogin | None
    slack_name: str | None


def blocks(data: CardHead, t: Translator) -> list[Block]:
    """Above the fields of a card that is there already."""
    story = buttons([button(SHOW_TIMELINE, t("Timeline"))], "timeline")
    return [
        header(on_one_line(data.name, limit=100)),
        *([] if data.login is None else _login(data.login, data.card_id, t)),
        _slack(data, t),
        story,
        line(),
    ]


def _login(login: OwnLogin, card_id: RecordCardId, t: Translator) -> list[Block]:
    words = t("Employee login: {state}", state=login.words)
    if login.login_id is not None:
        opens = button(OPEN_LOGIN, t("Open"), label=t("Open employee login"))
        return [paragraph(words, accessory=opens)]
    if not login.is_shared:
        return [paragraph(words)]
    label = t("Move employee data")
    move = button(no_login.MOVE_DATA, t("Move data"), value=str(card_id), label=label)
    return [paragraph(words, accessory=move), small_print(creating.two_ways_out(t))]


def _slack(data: CardHead, t: Translator) -> Block:
    if data.slack_name is not None:
        linked = t("In Slack: {name}", name=on_one_line(data.slack_name))
        letting_go = are_you_sure(
            t("Unlink Slack"),
            t("From that account no help can be asked for this card any more."),
            t("Unlink"),
            t,
        )
        unlink = button(UNLINK_SLACK, t("Unlink Slack"), confirm=letting_go)
        return paragraph(linked, accessory=unlink)
    sure = are_you_sure(
        t("Link Slack"),
        t(
            "From this account the employee asks for a new password. The link to it "
            "goes to the e-mail address of this card."
        ),
        t("Link"),
        t,
    )
    choose = UserSelectElement(
        action_id=LINK_SLACK, placeholder=plain(t("Link a Slack account")), confirm=sure
    )
    return buttons([choose], "slack")
