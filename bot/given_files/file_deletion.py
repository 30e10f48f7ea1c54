"""Files leave Slack again: what people gave the app at once, what it sent later.

Each deletion is promised in the outbox first, so that a crash in between leaves
nothing behind.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from slack_sdk import WebClient
from sqlalchemy.orm import Session

from bot.delivery import downloads
from bot.delivery.downloads import FileGoneError, FileWithheldError, GivenFile
from bot.delivery.files import FileDelivery
from bot.delivery.messages import post_message
from bot.given_files import leftover
from bot.given_files.file_entry import ChosenFile
from bot.given_files.leftover import Leftover
from bot.identity import language_of
from bot.interaction import Interaction
from bot.locale import translator
from bot.office import Office
from domain import outbox, slack_users
from domain.errors import DatabaseBusyError
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.slack_users import SlackIdentity

# Under this name promises of earlier versions may still wait.
KIND: Final = "import_file_deletion"
# Long enough to have read any file; whoever has read it deletes it sooner.
AFTER_READING: Final = timedelta(minutes=10)
AFTER_SENDING: Final = timedelta(hours=24)


@dataclass(frozen=True)
class DoomedFile:
    """A file in Slack, and who is told to delete it when the app may not.

    One that `is_given` was named by a payload, so it goes only if it is theirs: a
    file of the app itself could be named too. One that `has_people` holds their data.

    Slack lets an app delete its own files; what somebody gave it is theirs, and it
    documents no more than that it may refuse (docs.slack.dev, files.delete).
    """

    file_id: str
    file_name: str
    team_id: str
    user_id: str
    is_given: bool
    has_people: bool = True


@dataclass(frozen=True)
class TakenFile:
    """A file that somebody chose, whose deletion is promised."""

    file: DoomedFile
    promise_id: int


def take(
    interaction: Interaction, chosen: ChosenFile, *, has_people: bool = True
) -> TakenFile:
    """Take the chosen file; that it will be deleted is promised first.

    Whose it is, is asked when it is read.
    """
    identity, now = interaction.person.identity, interaction.now
    file = DoomedFile(
        chosen.file_id,
        chosen.name,
        identity.team_id,
        identity.user_id,
        is_given=True,
        has_people=has_people,
    )
    with interaction.transaction() as session:
        promise_id = promise(session, file, due_at=now + AFTER_READING, now=now)
    return TakenFile(file, promise_id)


def find(client: WebClient, file: DoomedFile) -> GivenFile:
    """What Slack knows of a file that somebody gave.

    Raises FileGoneError, for somebody else's file too, or FileWithheldError.
    """
    given = downloads.find_file(client, file.file_id)
    if given.owner_id != file.user_id:
        raise FileGoneError
    return given


def promise(
    session: Session, file: DoomedFile, *, due_at: datetime, now: datetime
) -> int:
    """Have the worker delete the file at `due_at`; gives the promise's id."""
    return outbox.queue(session, KIND, asdict(file), due_at=due_at, now=now)


def delete_now(interaction: Interaction, taken: TakenFile) -> bool:
    """Delete the file, or leave that to the promise when Slack is not well.

    False when Slack refuses: then its owner has to do it, and must be told.
    """
    is_refused = False
    try:
        _delete(interaction.client, taken.file)
    except DeliveryPostponedError:
        return True
    except DeliveryRefusedError:
        is_refused = True
    # Not withdrawn, it is found gone, or the person is told once more.
    with suppress(DatabaseBusyError), interaction.transaction() as session:
        outbox.withdraw(session, taken.promise_id, now=interaction.now)
    return not is_refused


def carry_out(office: Office, client: WebClient, payload: Mapping[str, Any]) -> None:
    """Keep a promise; what Slack refuses to delete, its owner is told of.

    Raises DeliveryPostponedError or DeliveryRefusedError.
    """
    file = DoomedFile(**payload)
    try:
        _delete(client, file)
    except DeliveryRefusedError:
        _tell(office, client, file)


def _delete(client: WebClient, file: DoomedFile) -> None:
    if file.is_given:
        try:
            find(client, file)
        except FileGoneError:
            return
        except FileWithheldError as error:
            raise DeliveryPostponedError(error.code) from error
    FileDelivery(client).delete(file.file_id)


def _tell(office: Office, client: WebClient, file: DoomedFile) -> None:
    identity = SlackIdentity(file.team_id, file.user_id)
    with office.database.reading() as session:
        user = slack_users.find(session, identity)
    language = language_of(user, office) if user else office.language
    message = leftover.build(
        Leftover(file.file_name, file.has_people), translator(language)
    )
    post_message(client, file.user_id, message.blocks, message.text)
