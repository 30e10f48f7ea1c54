"""Asks for a code where somebody pressed a button that needs one."""

from dataclasses import replace
from typing import Any

from slack_sdk.models.views import View

from bot import payload
from bot.interaction import Interaction
from bot.letters.leaving import require_mail
from bot.step_up import code_modal
from bot.step_up.code_modal import Asking
from domain.sign_in import step_up_mail, step_up_ways
from domain.sign_in.step_up_mail import CodeAddressUnknownError, MailedKind
from domain.step_ups import CodeWay


def ask(interaction: Interaction) -> None:
    """Show the code modal where the person looks, and mail a code.

    Raises CodeAddressUnknownError or MailNotSetUpError when none can be sent.
    """
    asking = _asking(interaction)
    _put(interaction, code_modal.build(asking, interaction.t))
    send(interaction, asking)


def ask_on_submission(interaction: Interaction) -> tuple[dict[str, Any], Asking]:
    """The ack that shows the code modal, and what `send` is to know after it.

    Raises CodeAddressUnknownError or MailNotSetUpError when none can be sent.
    """
    asking = _asking(interaction)
    view = code_modal.build(asking, interaction.t)
    interaction.will_show_later(view)
    action = "push" if has_room(interaction.body) else "update"
    return {"response_action": action, "view": view}, asking


def send(interaction: Interaction, asking: Asking) -> None:
    """Mail a code, unless a new one is out; the modal says if that did not go."""
    if asking.way is not CodeWay.MAIL:
        return
    with interaction.transaction() as session:
        mailed = step_up_mail.send_code(
            session,
            anew=False,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    if mailed.kind is MailedKind.TOO_MANY:
        told = replace(asking, mailed=mailed, at=interaction.now)
        interaction.show(code_modal.build(told, interaction.t))


def has_room(body: payload.Body) -> bool:
    """Whether another view fits on the one in which this happened: Slack has three."""
    seen = payload.view(body)
    below = seen.get("previous_view_id")
    return not below or below == seen.get("root_view_id")


def _asking(interaction: Interaction) -> Asking:
    with interaction.reading() as session:
        own = step_up_ways.read_own(
            session, actor=interaction.actor, now=interaction.now
        )
    way = own.way or CodeWay.MAIL
    if way is CodeWay.MAIL:
        require_mail(interaction)
        if own.address is None:
            raise CodeAddressUnknownError
    return Asking(way, own.address)


def _put(interaction: Interaction, view: View) -> None:
    seen, shown = payload.view(interaction.body), interaction.view_id
    is_modal = seen.get("type") == "modal"
    if interaction.body.get("type") == "view_submission" or (
        shown and shown != seen.get("id")
    ):
        interaction.show(view)
    elif is_modal and has_room(interaction.body):
        interaction.push(view)
    elif is_modal:
        interaction.replace(seen["id"], view)
    else:
        interaction.open(view)
