"""The notice to managers: whom letters did not reach, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk import WebClient

from bot.blocks import marked_paragraph, small_print
from bot.delivery.messages import post_message
from bot.identity import language_of
from bot.letters import causes
from bot.locale import Translator, translator
from bot.message import Message
from bot.office import Office
from bot.text import on_one_line
from domain import administrators, slack_users
from domain.actor import AccountType
from domain.letters.refusals import Cause, cause_of
from domain.letters.undelivered import Undelivered
from domain.logins.recipients import Person, people
from domain.slack_users import SlackIdentity

_BY_ADDRESS: Final = frozenset(
    {
        Cause.ADDRESS_REFUSED,
        Cause.ADDRESS_UNUSABLE,
        Cause.ADDRESS_INTERNATIONAL,
    }
)
_NAME_LENGTH: Final = 60


@dataclass(frozen=True)
class Unreached:
    """Who got no letter and why; `others` are as many more, `late` are letters."""

    found: tuple[tuple[Person, str], ...]
    others: int
    late: int


def build(data: Unreached, t: Translator) -> Message:
    """Names and what to do; no address."""
    count = len(data.found) + data.others
    title = t.plural(
        "An e-mail to one employee did not arrive",
        "E-mails to {count} employees did not arrive",
        count,
    )
    # A paragraph each: names made of signs that are escaped become five times as long.
    blocks = [marked_paragraph(f"*{title}.*")]
    blocks += [marked_paragraph(_line(*found, t)) for found in data.found]
    if data.others and data.found:
        more = t.plural("• and one more", "• and {count} more", data.others)
        blocks.append(marked_paragraph(more))
    blocks.append(marked_paragraph(_what_to_do(data, t)))
    if data.late:
        late = t.plural(
            "Besides, one code or link was not sent, because it would have come too "
            "late. Whoever asked for it can ask again.",
            "Besides, {count} codes and links were not sent, because they would have "
            "come too late. Whoever asked for them can ask again.",
            data.late,
        )
        blocks.append(small_print(late))
    return Message(blocks, title)


def _line(person: Person, code: str, t: Translator) -> str:
    why = causes.of_one_letter(code, t)
    return t.marked(
        "• *{name}* ({number}, {branch}): {why}",
        name=on_one_line(person.name, _NAME_LENGTH),
        number=on_one_line(person.number, _NAME_LENGTH),
        branch=on_one_line(person.branch_name, _NAME_LENGTH),
        why=why or t("the mail server did not take the e-mail in time"),
    )


def _what_to_do(data: Unreached, t: Translator) -> str:
    advice = []
    codes = {cause_of(code) for _, code in data.found}
    if codes & _BY_ADDRESS:
        advice.append(
            t(
                "Ask these people for their e-mail address, correct it in the staff "
                "list and import that with {command}.",
                command="`/personeel`" if t.language == "nl" else "`/staff`",
            )
        )
    if codes - _BY_ADDRESS or not data.found:
        advice.append(
            t(
                "Ask IT to look at the mail server; {command} says more.",
                command="`sleutelbos check`",
            )
        )
    return " ".join(advice)


def tell(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell one manager, by direct message; nobody who is no manager any more.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    identity = SlackIdentity(payload["team_id"], payload["user_id"])
    undelivered = Undelivered.from_payload(payload)
    codes = {each.record_card_id: each.code for each in undelivered.named}
    with office.database.reading() as session:
        actor = administrators.find_actor(session, identity)
        if actor is None or actor.account_type is not AccountType.MANAGER:
            return
        found = tuple(
            (person, codes[person.record_card_id])
            for person in people(session, codes, actor=actor)
        )
        user = slack_users.find(session, identity)
    t = translator(language_of(user, office)) if user else office.t
    message = build(Unreached(found, undelivered.others, undelivered.late), t)
    post_message(client, identity.user_id, message.blocks, message.text)
