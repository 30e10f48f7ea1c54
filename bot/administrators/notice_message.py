"""The messages that tell of a role: to the person, and to the admin channels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk import WebClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import mentions
from bot.administrators import wording
from bot.blocks import marked_paragraph
from bot.delivery.messages import post_message
from bot.identity import language_of
from bot.locale import Translator, msgid, translator
from bot.mentions import Mention
from bot.message import Message
from bot.office import Office
from domain import administrators, slack_users
from domain.actor import AccountType, ActorKind, AdministratorId
from domain.appointments.notices import (
    CODES_OPTIONAL,
    CODES_REQUIRED,
    Change,
    Told,
)
from domain.appointments.slack_standing import Standing
from domain.branches import Branch

_EMAIL: Final = "email"
# To the person, and to a channel.
_CODES: Final = {
    CODES_REQUIRED: (
        msgid(
            "Codes are required of you from now on: you are asked for one before "
            "passwords are shown, sent or exported."
        ),
        msgid("Codes are required of {who} from now on."),
    ),
    CODES_OPTIONAL: (
        msgid("Codes are not required of you any more."),
        msgid("Codes are not required of {who} any more."),
    ),
}
_TO_PERSON: Final = {
    Change.APPOINTED: msgid("*You are an administrator in Sleutelbos now: {what}.*"),
    Change.CHANGED: msgid("*In Sleutelbos you are now: {what}.*"),
    Change.DISMISSED: msgid("*You are no administrator in Sleutelbos any more.*"),
}
_TO_CHANNEL: Final = {
    Change.APPOINTED: msgid("*{who} is an administrator now: {what}.*"),
    Change.CHANGED: msgid("*{who} is now: {what}.*"),
    Change.DISMISSED: msgid("*{who} is no administrator any more.*"),
}


@dataclass(frozen=True)
class RoleNotice:
    """What one reader is told; `by` is who did it, None without a person.

    Branches are those that this reader hears of.
    """

    change: Change
    who: Mention
    to_person: bool
    account_type: AccountType | None
    branch_names: Sequence[str]
    lost_names: Sequence[str]
    fields: Sequence[str]
    reason: Standing | None
    by: Mention | None
    by_kind: ActorKind


def build(data: RoleNotice, t: Translator) -> Message:
    """What is so now, and who did it; no address."""
    lines = [*_what(data, t), _by(data, t)]
    if data.to_person and data.change is Change.APPOINTED:
        lines.append(_begin(data, t))
    blocks = [marked_paragraph("\n".join(lines))]
    if data.to_person:
        return Message(blocks, t("Your role in Sleutelbos"))
    return Message(blocks, t("An administrator was appointed, changed or dismissed"))


def tell(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Tell one reader, in the person's language or the company's.

    Whoever left Slack reads nothing there any more.
    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    told = Told.from_payload(payload)
    t = office.t
    with office.database.reading() as session:
        notice = _read(session, told)
        if told.to_person:
            identity = _identity(session, told.administrator_id)
            user = slack_users.find(session, identity)
            if user and (user.is_deleted or user.is_bot):
                return
            t = translator(language_of(user, office)) if user else t
            place: str | None = identity.user_id
        else:
            place = told.channel_id or _company_channel(office, told)
    if place is None:
        return
    message = build(notice, t)
    post_message(client, place, message.blocks, message.text)


def _company_channel(office: Office, told: Told) -> str | None:
    """The company's admin channel, unless it is a branch's too and is told as that."""
    channel_id = office.default_admin_channel
    return None if channel_id in told.channel_ids else channel_id


def _identity(session: Session, administrator_id: int) -> slack_users.SlackIdentity:
    return administrators.slack_identity(session, AdministratorId(administrator_id))


def _read(session: Session, told: Told) -> RoleNotice:
    names = dict(
        session.execute(
            select(Branch.id, Branch.name)
            .where(Branch.id.in_(told.branch_ids + told.lost_branch_ids))
            .order_by(Branch.name_key)
        ).all()
    )
    by = _identity(session, told.by).user_id if told.by is not None else None
    return RoleNotice(
        told.change,
        mentions.person(_identity(session, told.administrator_id).user_id),
        told.to_person,
        told.account_type,
        [name for key, name in names.items() if key in told.branch_ids],
        [name for key, name in names.items() if key in told.lost_branch_ids],
        told.fields,
        Standing(told.reason) if told.reason else None,
        mentions.person(by) if by else None,
        ActorKind(told.by_kind),
    )


def _what(data: RoleNotice, t: Translator) -> list[str]:
    """What changed; a reader whose branches are only taken away hears of that alone."""
    is_change = data.change is Change.CHANGED
    is_role = set(data.fields) - {_EMAIL, *_CODES}
    concerns = data.to_person or data.branch_names or not data.lost_names
    lines = []
    if not is_change or (is_role and concerns):
        template = (_TO_PERSON if data.to_person else _TO_CHANNEL)[data.change]
        lines.append(t.marked(template, who=data.who, what=_role(data, t)))
    if is_change and data.lost_names:
        lines.append(_lost(data, t))
    if is_change and _EMAIL in data.fields:
        lines.append(_address(data, t))
    for field in _CODES.keys() & data.fields:
        to_person, to_channel = _CODES[field]
        template = to_person if data.to_person else to_channel
        lines.append(t.marked(template, who=data.who))
    return lines


def _role(data: RoleNotice, t: Translator) -> str:
    if data.account_type is None:
        return ""
    kind = t(wording.TYPES[data.account_type])
    if not data.branch_names:
        return kind
    names = wording.branches(data.branch_names, t)
    return t("{type} of {branches}", type=kind, branches=names)


def _lost(data: RoleNotice, t: Translator) -> str:
    names = wording.branches(data.lost_names, t)
    if data.to_person:
        return t.marked("Not any more: {branches}.", branches=names)
    return t.marked(
        "{who} does not administer any more: {branches}.", who=data.who, branches=names
    )


def _address(data: RoleNotice, t: Translator) -> str:
    if data.to_person:
        return t("The e-mail address to which your codes go was changed.")
    return t.marked(
        "The e-mail address to which the codes of {who} go was changed.", who=data.who
    )


def _by(data: RoleNotice, t: Translator) -> str:
    if data.reason is not None:
        why = t(wording.REASONS[data.reason])
        return t("Sleutelbos did this by itself: {why}.", why=why)
    if data.by is not None:
        return t.marked("Done by {who}.", who=data.by)
    if data.by_kind is ActorKind.NEWCOMER:
        return t("Whoever owns this workspace in Slack may begin so.")
    return t("Done by who runs Sleutelbos (IT), on the command line.")


def _begin(data: RoleNotice, t: Translator) -> str:
    if data.account_type is AccountType.MANAGER:
        return t.marked("Type `/beheer` or `/manage` to begin.")
    return t.marked("Type `/personeel` or `/staff` to begin.")
