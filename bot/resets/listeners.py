"""Answers what is pressed in the dry run of a reset and in the message of a run."""

from functools import partial

from slack_bolt import App

from bot import payload
from bot.branches import acts
from bot.interaction import Interaction
from bot.listening import on_action, on_submission
from bot.office import Office
from bot.resets import (
    approvals,
    channel_problem,
    dry_run,
    exporting,
    letters_choice,
    mailing,
    mailing_choice,
    mailing_dry_run,
    reminding,
    retry_dry_run,
    retrying,
    run_message,
    showing_example,
    whom,
)


def register(app: App, office: Office) -> None:
    """Listen for the act of the branch screen, its dry run, and runs' messages."""
    press = partial(on_action, app, office)
    press(acts.RESET_AND_EXPORT.action_id, exporting.plan)
    press(acts.RESET_AND_MAIL.action_id, partial(mailing.plan, only_new=False))
    press(acts.RESET_AND_MAIL_NEW.action_id, partial(mailing.plan, only_new=True))
    press(channel_problem.LOOK_AGAIN, exporting.look_again)
    press(whom.CHOOSE_SCOPE, _count_again)
    press(whom.TICK_ALSO, _count_again)
    press(letters_choice.TICK_LETTERS, exporting.count_again)
    press(letters_choice.CHOOSE_TEMPLATE, exporting.count_again)
    press(mailing_choice.TICK_AGAIN, mailing.count_again)
    press(mailing_choice.CHOOSE_TEMPLATE, mailing.count_again)
    press(mailing_choice.TICK_REMIND, mailing.count_again)
    press(mailing_choice.SHOW_EXAMPLE, showing_example.show)
    press(run_message.RETRY, retrying.plan)
    press(approvals.APPROVE, approvals.approve)
    press(approvals.DECLINE, approvals.decline)
    press(approvals.WITHDRAW, approvals.withdraw)
    press(reminding.STOP, reminding.stop)
    on_submission(app, office, dry_run.CALLBACK_ID, exporting.start)
    on_submission(app, office, mailing_dry_run.CALLBACK_ID, mailing.start)
    on_submission(app, office, retry_dry_run.CALLBACK_ID, retrying.start)


def _count_again(interaction: Interaction) -> None:
    """Whom a reset is for is asked in two dry runs."""
    shown = payload.view(interaction.body).get("callback_id")
    is_mailing = shown == mailing_dry_run.CALLBACK_ID
    (mailing if is_mailing else exporting).count_again(interaction)
