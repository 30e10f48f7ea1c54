"""Who somebody is: from Slack's ids to a person, and from there to an actor.

Slack's word on a person is ten minutes old at most; when it cannot be had, or is
not whole, the person is refused.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.locale import LANGUAGES, Language
from bot.office import Office
from domain import administrators, slack_users
from domain.actor import Actor
from domain.errors import DatabaseBusyError, DomainError
from domain.slack_users import SlackIdentity, SlackProfile, SlackUser

# An answer is due within three seconds, so Slack has less than that to answer us.
ASKING_SECONDS: Final = 2
PATIENCE: Final = timedelta(seconds=0.5)


class OutsiderError(DomainError):
    """A guest, or somebody of another workspace."""

    code = "outsider"


class SlackSilentError(DomainError):
    """Slack did not tell who this is, or not all of it."""

    code = "slack_silent"


class UnansweredError(DomainError):
    """A bot or a deactivated person: they get no answer at all."""

    code = "unanswered"


class NotAdministratorError(DomainError):
    """A member who administers nothing."""

    code = "not_administrator"


@dataclass(frozen=True)
class Person:
    """A member of our own workspace, and as whom they act, if they administer.

    `has_chosen_language` is whether `language` is their own choice.
    """

    identity: SlackIdentity
    display_name: str
    language: Language
    is_workspace_owner: bool
    actor: Actor | None
    has_chosen_language: bool = False


def recognise(office: Office, client: WebClient, identity: SlackIdentity) -> Person:
    """The person behind the ids, by what Slack and our own tables say now.

    Raises OutsiderError, SlackSilentError or UnansweredError.
    """
    with office.database.reading() as session:
        user = slack_users.find(session, identity)
        actor = administrators.find_actor(session, identity)
    if user is None or not user.is_fresh(office.clock()):
        profile = profile_from(ask_slack(client, identity), identity.team_id)
        user = _keep(office, identity, profile, user)
    _admit(user, office)
    return Person(
        identity=identity,
        display_name=user.display_name,
        language=language_of(user, office),
        is_workspace_owner=user.is_workspace_owner,
        actor=actor,
        has_chosen_language=user.language in LANGUAGES,
    )


def language_of(user: SlackUser, office: Office) -> Language:
    """One's own choice, else Dutch for a Dutch locale, else the company's."""
    for language in LANGUAGES:
        if user.language == language:
            return language
    return "nl" if user.locale.startswith("nl") else office.language


def profile_from(answer: Mapping[str, Any], own_team_id: str) -> SlackProfile:
    """What users.info says. Raises SlackSilentError when a field is missing."""
    try:
        user = answer["user"]
        team_id, is_deleted, is_bot = user["team_id"], user["deleted"], user["is_bot"]
        is_guest = not is_deleted and (
            user["is_restricted"]
            or user["is_ultra_restricted"]
            or user.get("is_invited_user", False)
        )
        profile = user["profile"]
        names = (profile.get("display_name"), profile.get("real_name"), user["id"])
    except (KeyError, TypeError, AttributeError) as error:
        raise SlackSilentError from error
    return SlackProfile(
        display_name=next(str(name) for name in names if name),
        locale=str(user.get("locale") or ""),
        is_bot=bool(is_bot),
        is_deleted=bool(is_deleted),
        is_guest=bool(is_guest),
        is_outsider=team_id != own_team_id or bool(user.get("is_stranger")),
        is_workspace_owner=bool(user.get("is_owner")),
    )


def ask_slack(client: WebClient, identity: SlackIdentity) -> Mapping[str, Any]:
    """What users.info says of somebody, asked once and not for long.

    Raises SlackSilentError.
    """
    asking = WebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=ASKING_SECONDS,
        ssl=client.ssl,
        proxy=client.proxy,
        logger=client._logger,  # noqa: SLF001 (the SDK offers no other way to share it)
        retry_handlers=[],
    )
    try:
        answer = asking.users_info(user=identity.user_id, include_locale=True)
    except (SlackClientError, OSError, ValueError) as error:
        raise SlackSilentError from error
    return answer.data  # type: ignore[return-value]


def _keep(
    office: Office,
    identity: SlackIdentity,
    profile: SlackProfile,
    known: SlackUser | None,
) -> SlackUser:
    """What Slack just said decides, even when there is no room to keep it.

    It is kept only if nothing was heard since the question: an account that changed
    meanwhile stays expired, and a newer answer stays.
    """
    now = office.clock()
    answered = SlackUser(
        **asdict(identity),
        **asdict(profile),
        refreshed_at=now,
        language=known.language if known else None,
    )
    heard = known.refreshed_at if known else None
    try:
        with office.database.transaction(PATIENCE) as session:
            kept = slack_users.find(session, identity, for_update=True)
            if kept is not None and kept.refreshed_at != heard:
                return kept if kept.is_fresh(now) else answered
            return slack_users.remember(session, identity, profile, now=now)
    except DatabaseBusyError:
        return answered


def _admit(user: SlackUser, office: Office) -> None:
    if user.is_bot or user.is_deleted:
        raise UnansweredError
    if user.is_guest or user.is_outsider:
        raise OutsiderError(language=language_of(user, office))
