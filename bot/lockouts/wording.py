"""What an alert says of a lockout: how it came, what it looks like, how it ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot import mentions
from bot.locale import Translator, msgid
from domain.sign_in.lockout_reports import LockoutLine
from domain.sign_in.lockout_story import (
    Likeness,
    Sign,
    Story,
    looks_like,
    signs_of_attack,
)
from domain.sign_in.model import LockoutEnd
from domain.slack_users import SlackIdentity

_SIGNS: Final = {
    Sign.MANY_NETWORKS: msgid("the attempts came from {count} network addresses"),
    Sign.FASTER_THAN_TYPED: msgid("they came faster than people type"),
}
_BY_SOMEBODY: Final = {
    LockoutEnd.ACTIVATED: msgid("Activated by {who} on {instant}."),
    LockoutEnd.ACTIVATED_AND_RESET: msgid(
        "Activated by {who} on {instant}, with a new password."
    ),
    LockoutEnd.LEFT_LOCKED: msgid(
        "Not activated: {who} decided so on {instant}. The login stays locked."
    ),
    LockoutEnd.CLOSED: msgid("Closed by {who} on {instant}."),
}
_BY_ITSELF: Final = {
    LockoutEnd.ACTIVATED: msgid("Activated on {instant}."),
    LockoutEnd.ACTIVATED_AND_RESET: msgid("Activated on {instant}."),
    LockoutEnd.LEFT_LOCKED: msgid("The login stays locked."),
    LockoutEnd.CLOSED: msgid("Closed on {instant}: the employment has ended."),
}
_TOLD_LATE: Final = {
    LockoutEnd.ACTIVATED: msgid("{who} was first: activated on {instant}."),
    LockoutEnd.ACTIVATED_AND_RESET: msgid(
        "{who} was first: activated on {instant}, with a new password."
    ),
    LockoutEnd.LEFT_LOCKED: msgid(
        "{who} was first, and decided on {instant} to leave this login locked. You "
        "can still activate it: open the login, tick Active, and save."
    ),
    LockoutEnd.CLOSED: msgid("This login was closed on {instant}."),
}


def attempts(story: Story, t: Translator) -> str:
    """How many wrong passwords, from how many network addresses."""
    tried = t.plural(
        "{count} attempt with a wrong password",
        "{count} attempts with a wrong password",
        story.attempts,
    )
    networks = t.plural(
        "from {count} network address",
        "from {count} network addresses",
        story.networks,
    )
    return f"{tried}, {networks}"


def likeness(story: Story, t: Translator) -> str | None:
    """Whether it looks like one person or like an attack, and why; None if unclear."""
    seems = looks_like(story)
    if seems is Likeness.ATTACK:
        return _attack(story, t)
    if seems is None:
        return None
    if story.known_browser:
        return t.marked(
            "*It looks like one person*: it was done in a browser in which this "
            "employee has signed in before."
        )
    return t.marked(
        "*It looks like one person*: one user name, from one place, no faster than "
        "people type."
    )


def _attack(story: Story, t: Translator) -> str:
    why = [_sign(sign, story, t) for sign in signs_of_attack(story)]
    return t.marked(
        "*It looks like an attack*: {why}. Ask the employee first, before you "
        "activate.",
        why=t(" and ").join(why),
    )


def _sign(sign: Sign, story: Story, t: Translator) -> str:
    if sign is Sign.MANY_NAMES:
        return t.plural(
            "{names} different user names were tried from the same network address",
            "{names} different user names were tried from the same network addresses",
            story.networks,
            names=story.names_from_networks,
        )
    return t(_SIGNS[sign], count=story.networks)


def ended(line: LockoutLine, t: Translator) -> str | None:
    """What was done about it, by whom and when, for mrkdwn; None while nobody did."""
    if line.end is None or line.ended_at is None:
        return None
    instant = t.instant(line.ended_at)
    if line.ended_by is None:
        return t.marked(_BY_ITSELF[line.end], instant=instant)
    who = mentions.person(line.ended_by.user_id)
    return t.marked(_BY_SOMEBODY[line.end], who=who, instant=instant)


def told_late(end: LockoutEnd, ended_at: datetime, who: str, t: Translator) -> str:
    """For somebody who presses when another has decided; plain text."""
    return t(_TOLD_LATE[end], who=who, instant=t.instant(ended_at))


def name_of(
    identity: SlackIdentity | None, names: Mapping[SlackIdentity, str], t: Translator
) -> str:
    """By whom something was done, as far as it is known."""
    known = names.get(identity) if identity else None
    return known or t("Somebody")
