"""What a link in a letter opens: a page that asks for a new password, once.

Whose password it is comes from the link's row and from nowhere else. Looking uses
nothing up, since mail scanners open links. Using it signs nobody in and leaves the
second factor as it is.
"""

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from domain import slack_users
from domain.errors import DatabaseBusyError, HashingBusyError
from domain.logins import holding, links
from domain.logins.links import Link
from domain.secret import Secret
from domain.sign_in import devices, forgetting, new_password, sessions, slack_links
from domain.sign_in.gate import Visit, Way
from domain.sign_in.new_password import Owner
from domain.sign_in.password_rules import Judgement, Weakness
from domain.sign_in.tools import SignInTools

# Who holds a link is done by then, on a machine that is not overwhelmed.
_RETRY_AFTER: Final = timedelta(seconds=5)


class UseKind(StrEnum):
    """What became of using a link."""

    DONE = "done"
    BAD_LINK = "bad_link"
    BAD_PASSWORD = "bad_password"  # noqa: S105 (the name of an outcome)


@dataclass(frozen=True)
class UseOutcome:
    """`judgement` says what is wrong when it is a BAD_PASSWORD."""

    kind: UseKind
    judgement: Judgement | None = None


@dataclass(frozen=True)
class LinkView:
    """What the page says of a link that works.

    `user_name` is for password managers, which keep the new password under it.
    `links_slack`: choosing a password ties the person in Slack who asked for the
    letter to the record card; `slack_name` is how Slack shows them, where known.
    """

    first_name: str
    user_name: str
    expires_at: datetime
    links_slack: bool
    slack_name: str | None


@dataclass(frozen=True)
class _Usable:
    link: Link
    owner: Owner


def open_link(tools: SignInTools, token: str, *, now: datetime) -> LinkView | None:
    """What to show for this token; None when it does not work. Changes nothing."""
    with tools.transaction() as session:
        usable = _find(session, token, tools.company, now)
        if usable is None:
            return None
        asker = usable.link.asked_by
        names = slack_users.display_names(session, [asker] if asker else [])
        return LinkView(
            first_name=usable.owner.first_name,
            user_name=usable.owner.user_name,
            expires_at=usable.link.expires_at,
            links_slack=asker is not None,
            slack_name=names.get(asker) if asker else None,
        )


def use_link(
    tools: SignInTools, token: str, new: Secret, *, visit: Visit, now: datetime
) -> UseOutcome:
    """Choose a password through a link, once; afterwards one signs in with it.

    The link is held before anything is hashed, so that of many who use it at once
    one reaches the hasher. Every session ends, and so does the memory of wrong
    passwords. Raises HashingBusyError, also while somebody else holds the link, and
    DatabaseBusyError; after either the link is given back.
    """
    with tools.transaction() as session:
        usable = _find(session, token, tools.company, now)
    if usable is None:
        return UseOutcome(UseKind.BAD_LINK)
    judgement = new_password.judge_for(usable.owner, new)
    if not judgement.is_good:
        return UseOutcome(UseKind.BAD_PASSWORD, judgement)
    with tools.transaction() as session:
        is_mine = links.hold(session, usable.link.id, now=now)
        is_held = not is_mine and _find(session, token, tools.company, now) is not None
    if is_held:
        raise HashingBusyError(retry_after=_RETRY_AFTER.total_seconds())
    if not is_mine:
        return UseOutcome(UseKind.BAD_LINK)
    try:
        return _use_held(tools, usable, new, judgement, visit, now)
    except (HashingBusyError, DatabaseBusyError):
        with contextlib.suppress(DatabaseBusyError):
            _release(tools, usable.link, now)
        raise


def _use_held(
    tools: SignInTools,
    usable: _Usable,
    new: Secret,
    judgement: Judgement,
    visit: Visit,
    now: datetime,
) -> UseOutcome:
    if new_password.equals_initial(tools.hashing, usable.owner, new):
        _release(tools, usable.link, now)
        bad = judgement.with_problem(Weakness.INITIAL)
        return UseOutcome(UseKind.BAD_PASSWORD, bad)
    hashed = tools.hashing.hash(new)
    with tools.transaction() as session:
        is_done = _change(session, tools, usable, hashed, visit, now)
    return UseOutcome(UseKind.DONE if is_done else UseKind.BAD_LINK)


def _change(
    session: Session,
    tools: SignInTools,
    usable: _Usable,
    password_hash: str,
    visit: Visit,
    now: datetime,
) -> bool:
    # Spent also when the login turns out to be another: the link is dead then.
    if not links.use_up(session, usable.link.id, now=now):
        return False
    before = holding.hold(session, usable.owner.login_id)
    if before is None or before.credential_version != usable.link.credential_version:
        return False
    # What failed is counted and marked by the version that it failed at.
    forgetting.forgive(session, before, visit, since=now)
    login = new_password.write(session, usable.owner, password_hash, Way.LINK, now=now)
    if login is None:
        return False
    sessions.end_all(session, login.id)
    devices.keep(session, login.id, visit.device, now=now)
    new_password.tell(session, login, Way.LINK, keyring=tools.keyring, now=now)
    asker = usable.link.asked_by
    if asker is not None:
        slack_links.link(session, login, asker, keyring=tools.keyring, now=now)
    return True


def _find(session: Session, token: str, company: str, now: datetime) -> _Usable | None:
    link = links.find(session, token, now=now)
    if link is None:
        return None
    owner = new_password.read_owner(
        session, link.login_id, Way.LINK, company=company, now=now
    )
    if owner is None or owner.credential_version != link.credential_version:
        return None
    return _Usable(link, owner)


def _release(tools: SignInTools, link: Link, now: datetime) -> None:
    with tools.transaction() as session:
        links.release(session, link.id, now=now)
