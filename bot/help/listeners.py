"""Answers who can't sign in: direct messages, `/wachtwoord`, buttons, the modal."""

from collections.abc import Mapping
from typing import Any, Final

from slack_bolt import App
from slack_sdk.models.views import View

from bot import conversation, notice, payload
from bot.help import asking_number, reply, wording
from bot.help.asking_number import AskingNumber
from bot.help.pasted_password import seems_to_hold_a_password
from bot.help.reply import Reply
from bot.help.understanding import asks_for_help, language_of
from bot.identity import SlackSilentError, ask_slack
from bot.interaction import Interaction
from bot.listening import (
    Submitted,
    on_action,
    on_command,
    on_direct_message,
    on_submission,
)
from bot.locale import Translator, translator
from bot.office import Office
from domain.logins import proposing
from domain.sign_in import recovery, slack_help
from domain.sign_in.slack_help import Help, HelpKind

COMMANDS: Final = ("/wachtwoord", "/password")


def register(app: App, office: Office) -> None:
    """Listen for everything by which an employee asks for help."""
    on_direct_message(app, office, _hear)
    for command in COMMANDS:
        on_command(app, office, command, _help)
    on_action(app, office, reply.NEW_PASSWORD, _help)
    on_action(app, office, reply.OTHER_NUMBER, _help_with_other_number)
    on_submission(app, office, asking_number.CALLBACK_ID, _ask_for_number)


def _hear(interaction: Interaction) -> None:
    said = conversation.written(interaction.body)
    text = said.text if said else ""
    t = _answering(text, interaction)
    interaction.reply(reply.build(_reply_to(text, interaction, t), t))


def _answering(text: str, interaction: Interaction) -> Translator:
    """In one's own choice, else in the language in which it was asked."""
    person = interaction.person
    asked_in = None if person.has_chosen_language else language_of(text)
    return translator(asked_in or person.language)


def _reply_to(text: str, interaction: Interaction, t: Translator) -> Reply:
    if seems_to_hold_a_password(text):
        interaction.claim()
        return Reply(wording.password_seen(t))
    if not asks_for_help(text):
        interaction.claim()
        return Reply(wording.what_i_do(t))
    found = _ask_for_letter(interaction)
    if found.kind is HelpKind.UNKNOWN:
        return Reply(wording.number_wanted(t))
    return Reply(
        wording.of(found, t),
        has_new_password=found.kind is not HelpKind.LETTER,
        has_other_number=True,
    )


def _help(interaction: Interaction) -> None:
    """A command or a button: what comes of it stands in a modal."""
    interaction.open(_wait(interaction))
    found = _ask_for_letter(interaction)
    if found.kind is HelpKind.UNKNOWN:
        _show_number_wanted(interaction)
        return
    t = interaction.t
    interaction.show(notice.build(t("New password"), [wording.of(found, t)], t))


def _help_with_other_number(interaction: Interaction) -> None:
    interaction.open(_wait(interaction))
    interaction.claim()
    _show_number_wanted(interaction)


def _ask_for_number(interaction: Interaction) -> Submitted:
    number = asking_number.parse(interaction.body)
    interaction.once(
        lambda session: recovery.request_link_by_number(
            session,
            number,
            interaction.person.identity,
            keyring=interaction.office.keyring,
            now=interaction.now,
        )
    )
    t = interaction.t
    return Submitted(notice.build(t("New password"), wording.asked(t), t))


def _ask_for_letter(interaction: Interaction) -> Help:
    with interaction.transaction() as session:
        return slack_help.ask_for_letter(
            session,
            interaction.person.identity,
            keyring=interaction.office.keyring,
            now=interaction.now,
        )


def _show_number_wanted(interaction: Interaction) -> None:
    proposed = _proposed_number(interaction)
    interaction.show(asking_number.build(AskingNumber(proposed), interaction.t))


def _proposed_number(interaction: Interaction) -> str | None:
    """By the address that Slack tells at this moment; it is compared and dropped."""
    try:
        told = ask_slack(interaction.client, interaction.person.identity)
    except SlackSilentError:
        return None
    address = _confirmed_address(told)
    if address is None:
        return None
    with interaction.reading() as session:
        return proposing.number_for(session, address)


def _confirmed_address(told: Mapping[str, Any]) -> str | None:
    user = payload.mapping(told.get("user"))
    address = payload.mapping(user.get("profile")).get("email")
    is_confirmed = user.get("is_email_confirmed") is True
    return address if is_confirmed and isinstance(address, str) else None


def _wait(interaction: Interaction) -> View:
    return notice.wait(interaction.t("New password"), interaction.t)
