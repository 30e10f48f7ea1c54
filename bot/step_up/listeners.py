"""Answers what is typed in the code modal and pressed in *Mijn codes*."""

from functools import partial

from slack_bolt import App
from slack_sdk.models.views import View

from bot import notice, payload
from bot.failure_wording import WORDING
from bot.failures import EntriesRefusedError
from bot.interaction import Interaction
from bot.letters.leaving import require_mail
from bot.listening import Submitted, on_action, on_submission
from bot.office import Office
from bot.step_up import app_key, blocked, code_modal, own_codes, wording
from bot.step_up import asking as asking_for
from bot.step_up.code_modal import Asking
from domain import step_ups
from domain.actor import AdministratorId
from domain.sign_in import step_up, step_up_mail, step_up_ways
from domain.sign_in.step_up import Given, GivenKind
from domain.sign_in.step_up_mail import CodeAddressUnknownError
from domain.step_ups import CodeWay


def register(app: App, office: Office) -> None:
    """Listen for codes, for the own settings, and for the button of a block."""
    press = partial(on_action, app, office)
    on_submission(app, office, code_modal.GIVE, _give)
    on_submission(app, office, code_modal.CONFIRM_MAIL, _confirm_mail)
    on_submission(app, office, own_codes.CONFIRM_APP, _confirm_app)
    press(code_modal.SEND_AGAIN, _send_again)
    press(own_codes.OPEN, _open_own)
    press(own_codes.SET_UP_MAIL, _set_up_mail)
    press(own_codes.SET_UP_APP, _set_up_app)
    press(own_codes.TURN_OFF, _turn_off)
    press(blocked.LIFT, _lift)


def _give(interaction: Interaction) -> Submitted:
    with interaction.transaction() as session:
        given = step_up.give_code(
            session,
            code_modal.parse(interaction.body),
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    if given.until is None:
        return _refused(interaction, given)
    t = interaction.t
    said = [wording.confirmed(given.until, t)]
    return Submitted(notice.build(code_modal.title(t), said, t))


def _confirm_mail(interaction: Interaction) -> Submitted:
    with interaction.transaction() as session:
        given = step_up_ways.choose_mail(
            session,
            code_modal.parse(interaction.body),
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    if given.kind is not GivenKind.RIGHT:
        return _refused(interaction, given)
    t = interaction.t
    said = t("From now on your codes come by e-mail.")
    below = payload.view(interaction.body).get("previous_view_id")

    def refresh() -> None:
        if below:
            interaction.refresh(str(below), lambda: _own_view(interaction))

    return Submitted(notice.build(own_codes.title(t), [said], t), then=refresh)


def _confirm_app(interaction: Interaction) -> Submitted:
    with interaction.transaction() as session:
        given = step_up_ways.confirm_app(
            session,
            code_modal.parse(interaction.body),
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    if given.kind is not GivenKind.RIGHT:
        return _refused(interaction, given)
    said = interaction.t("From now on your codes come from your app.")
    return Submitted(_own_view(interaction, said))


def _refused(interaction: Interaction, given: Given) -> Submitted:
    t = interaction.t
    if given.kind is GivenKind.BLOCKED:
        with interaction.reading() as session:
            block = step_ups.blocked(session, interaction.actor)
        said = t(WORDING[block.code], **block.fields)
        return Submitted(notice.build(code_modal.title(t), [said], t))
    raise EntriesRefusedError({code_modal.BLOCK_ID: wording.refused(given, t)})


def _send_again(interaction: Interaction) -> None:
    require_mail(interaction)
    with interaction.transaction() as session:
        mailed = step_up_mail.send_code(
            session,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    asking = Asking(
        CodeWay.MAIL,
        mailed.address,
        mailed,
        interaction.now,
        code_modal.is_setting_up(interaction.body),
    )
    interaction.show(code_modal.build(asking, interaction.t))


def _open_own(interaction: Interaction) -> None:
    t = interaction.t
    interaction.open(notice.wait(own_codes.title(t), t))
    interaction.show(_own_view(interaction))


def _set_up_mail(interaction: Interaction) -> None:
    """Send a code to the address that is known; a right one turns it on."""
    require_mail(interaction)
    with interaction.reading() as session:
        step_up_ways.require_proof(
            session, actor=interaction.actor, now=interaction.now
        )
        own = step_up_ways.read_own(
            session, actor=interaction.actor, now=interaction.now
        )
    if own.address is None:
        raise CodeAddressUnknownError
    asking = Asking(CodeWay.MAIL, own.address, sets_up=True)
    interaction.push(code_modal.build(asking, interaction.t))
    asking_for.send(interaction, asking)


def _set_up_app(interaction: Interaction) -> None:
    t, below = interaction.t, payload.view(interaction.body)["id"]
    with interaction.reading() as session:
        step_up_ways.require_proof(
            session, actor=interaction.actor, now=interaction.now
        )
    interaction.push(notice.wait(app_key.title(t), t))
    with interaction.transaction() as session:
        shown = step_up_ways.begin_app(
            session,
            company=interaction.office.company,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    interaction.show(app_key.build(shown, t))
    interaction.refresh(below, lambda: _own_view(interaction))


def _turn_off(interaction: Interaction) -> None:
    with interaction.transaction() as session:
        step_up_ways.turn_off(
            session,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    said = interaction.t("Sleutelbos asks you no codes any more.")
    interaction.show(_own_view(interaction, said))


def _lift(interaction: Interaction) -> None:
    administrator_id = AdministratorId(payload.whole_number(interaction.value))
    with interaction.transaction() as session:
        was_blocked = step_up.lift(
            session, administrator_id, actor=interaction.actor, now=interaction.now
        )
    interaction.say(blocked.lifted(interaction.t, was_blocked=was_blocked))


def _own_view(interaction: Interaction, news: str | None = None) -> View:
    with interaction.reading() as session:
        own = step_up_ways.read_own(
            session, actor=interaction.actor, now=interaction.now
        )
    return own_codes.build(own, interaction.t, news)
