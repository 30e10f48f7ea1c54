"""What the worker is handed to reach Slack: for runs, for exports, for the outbox."""

import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.administrators import notice_message
from bot.delivery.exports import export_channel
from bot.digests import telling as digests
from bot.exports import expired, undeleted
from bot.given_files import file_deletion
from bot.letters import unreached
from bot.lockouts import showing, spraying_alarm
from bot.logins import leavers
from bot.office import Office
from bot.record_cards import disputed
from bot.resets import stopped
from bot.resets.progress import Progress
from bot.step_up import blocked
from domain.appointments import notices
from domain.exports.deletion import FILE_NOTICE, UNDELETED_NOTICE
from domain.letters import undelivered as undelivered_letters
from domain.logins import weekly
from domain.logins.address_notices import DISPUTED_NOTICE
from domain.logins.leaving import CLOSED_NOTICE
from domain.logins.states import UNLOCKED_NOTICE
from domain.runs.ending import STOPPED_NOTICE, show_again
from domain.runs.expiring import EXPIRED_NOTICE
from domain.runs.tools import HashingPool, RunTools
from domain.sign_in.lockout_alerts import ALERT
from domain.sign_in.lockouts import LOCKED_NOTICE
from domain.sign_in.spraying import ALARM
from domain.sign_in.step_up import BLOCKED_NOTICE

OutboxHandler = Callable[[Mapping[str, Any]], None]


def run_tools(
    office: Office,
    client: WebClient,
    *,
    hashing: HashingPool,
    sign_in_page: str,
    stopping: threading.Event,
) -> RunTools:
    """Everything a run needs; `sign_in_page` is the address in the workbook.

    `stopping` ends the worker's pauses; whoever sets it closes `hashing` later.
    """
    progress = Progress(office, client)
    return RunTools(
        database=office.database,
        keyring=office.keyring,
        clock=office.clock,
        hashing=hashing,
        channel=export_channel(client),
        show=progress.show,
        comment=progress.comment,
        letters_comment=progress.letters_comment,
        sign_in_page=sign_in_page,
        stopping=stopping,
    )


def outbox_handlers(office: Office, client: WebClient) -> Mapping[str, OutboxHandler]:
    """Who delivers the outbox messages of each kind.

    Each takes the payload, and raises DeliveryPostponedError when it may work
    later, DeliveryRefusedError when it will not.
    """
    return {
        CLOSED_NOTICE: partial(leavers.tell, office, client),
        UNDELETED_NOTICE: partial(undeleted.tell, office, client),
        EXPIRED_NOTICE: partial(expired.tell, office, client),
        FILE_NOTICE: partial(_show_run_again, office),
        STOPPED_NOTICE: partial(stopped.tell, office, client),
        weekly.DIGEST: partial(digests.tell, office, client),
        weekly.DIRECT: partial(digests.tell_manager, office, client),
        undelivered_letters.NOTICE: partial(unreached.tell, office, client),
        notices.KIND: partial(notice_message.tell, office, client),
        file_deletion.KIND: partial(file_deletion.carry_out, office, client),
    }


def alert_handlers(office: Office, client: WebClient) -> Mapping[str, OutboxHandler]:
    """Who delivers what managers have to know within seconds; as above."""
    return {
        DISPUTED_NOTICE: partial(disputed.tell, office, client),
        LOCKED_NOTICE: partial(showing.gather, office),
        UNLOCKED_NOTICE: partial(showing.settle, office),
        ALERT: partial(showing.show, office, client),
        ALARM: partial(spraying_alarm.tell, office, client),
        BLOCKED_NOTICE: partial(blocked.tell, office, client),
    }


def _show_run_again(office: Office, payload: Mapping[str, Any]) -> None:
    """Leave it to the runs' own loop, the only one that writes their messages."""
    with office.database.transaction() as session:
        show_again(session, payload["run_id"], now=office.clock())
