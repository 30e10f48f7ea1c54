"""Answers what is pressed in the dry run of a reset and in the message of a run."""

from functools import partial

from slack_bolt import App

from bot.branches import acts
from bot.listening import on_action, on_submission
from bot.office import Office
from bot.resets import (
    channel_problem,
    dry_run,
    exporting,
    retry_dry_run,
    retrying,
    run_message,
)


def register(app: App, office: Office) -> None:
    """Listen for the act of the branch screen, its dry run, and runs' messages."""
    press = partial(on_action, app, office)
    press(acts.RESET_AND_EXPORT.action_id, exporting.plan)
    press(channel_problem.LOOK_AGAIN, exporting.look_again)
    press(dry_run.CHOOSE_SCOPE, exporting.count_again)
    press(dry_run.TICK_ALSO, exporting.count_again)
    press(run_message.RETRY, retrying.plan)
    on_submission(app, office, dry_run.CALLBACK_ID, exporting.start)
    on_submission(app, office, retry_dry_run.CALLBACK_ID, retrying.start)
