"""Answers what is pressed in an alert about locked logins."""

from collections.abc import Callable
from functools import partial

from slack_bolt import App
from sqlalchemy.orm import Session

from bot import notice, payload
from bot.branches import choosing
from bot.branches.choosing import BranchChoice, Choosing
from bot.branches.opening import show_branch
from bot.branches.place import Place
from bot.interaction import Interaction
from bot.listening import on_action
from bot.lockouts import alert, wording
from bot.logins.new_password import show_new_password
from bot.logins.showing import login_view, read_login
from bot.office import Office
from domain import branches, slack_users, step_ups
from domain.errors import NotFoundError
from domain.logins.model import LoginId
from domain.permissions import Act, require
from domain.sign_in import lockout_alerts, lockout_decisions, lockout_reports
from domain.sign_in.lockout_alerts import AlertPlace
from domain.sign_in.lockout_decisions import Decision


def register(app: App, office: Office) -> None:
    """Listen for the buttons of one locked login, and for those of a list."""
    press = partial(on_action, app, office)
    press(alert.ACTIVATE, partial(_press, decide=lockout_decisions.activate))
    press(alert.ACTIVATE_AND_RESET, _activate_and_reset)
    press(alert.LEAVE_LOCKED, partial(_press, decide=lockout_decisions.leave_locked))
    press(alert.OPEN_LOGIN, _open_login)
    press(alert.SHOW_LOCKED, _show_locked)


def _press(interaction: Interaction, decide: Callable[..., Decision]) -> None:
    decision = _decide(interaction, decide)
    if not decision.is_yours:
        interaction.say(_told_late(interaction, decision))


def _activate_and_reset(interaction: Interaction) -> None:
    t = interaction.t
    interaction.open(notice.wait(t("New password"), t))
    require(interaction.actor, Act.RESET_PASSWORDS)
    with interaction.reading() as session:
        # Asked before anything is activated; then the password asks it again.
        step_ups.require_step_up(session, interaction.actor, now=interaction.now)
    decision = _decide(interaction, lockout_decisions.activate)
    if not decision.is_yours:
        late = _told_late(interaction, decision)
        interaction.show(notice.build(t("New password"), [late], t))
        return
    login = read_login(interaction, decision.login_id)
    show_new_password(interaction, login, alert.ACTIVATE_AND_RESET)
    with interaction.transaction() as session:
        lockout_decisions.note_reset(session, decision, now=interaction.now)


def _decide(interaction: Interaction, decide: Callable[..., Decision]) -> Decision:
    lockout_id = payload.whole_number(interaction.value)
    with interaction.transaction() as session:
        decision = decide(
            session, lockout_id, actor=interaction.actor, now=interaction.now
        )
        _note_place(session, interaction, decision)
    return decision


def _note_place(session: Session, interaction: Interaction, decision: Decision) -> None:
    """Of a post whose answer was lost, only who presses tells where it stands."""
    container = payload.mapping(interaction.body.get("container"))
    channel_id = str(container.get("channel_id") or "")
    ts = str(container.get("message_ts") or "")
    if decision.alert_id is None or not channel_id or not ts:
        return
    is_direct = channel_id.startswith("D")
    asked = interaction.person.identity.user_id if is_direct else channel_id
    here = AlertPlace(asked, channel_id, ts)
    lockout_alerts.note_other_place(session, decision.alert_id, here)


def _told_late(interaction: Interaction, decision: Decision) -> str:
    who = decision.ended_by
    with interaction.reading() as session:
        names = slack_users.display_names(session, {who} if who else set())
    name = wording.name_of(who, names, interaction.t)
    return wording.told_late(decision.end, decision.ended_at, name, interaction.t)


def _open_login(interaction: Interaction) -> None:
    t = interaction.t
    login_id = LoginId(payload.whole_number(interaction.value))
    interaction.open(notice.wait(t("Employee login"), t))
    interaction.show(login_view(interaction, login_id))


def _show_locked(interaction: Interaction) -> None:
    t = interaction.t
    interaction.open(notice.wait(t("Employee logins"), t))
    found = _branches(interaction, payload.whole_number(interaction.value))
    if not found:
        raise NotFoundError(kind="alert")
    if len(found) == 1:
        show_branch(interaction, Place(found[0].branch_id, only_locked=True))
        return
    listed = Choosing(
        found[: choosing.LISTED],
        has_more=len(found) > choosing.LISTED,
        only_locked=True,
    )
    interaction.show(choosing.build(listed, t))


def _branches(interaction: Interaction, alert_id: int) -> list[BranchChoice]:
    """The branches of the alert that are within this person's reach."""
    actor = interaction.actor
    require(actor, Act.SEE_LOGINS)
    with interaction.reading() as session:
        reached = [
            branch_id
            for branch_id in lockout_reports.branches_of(session, alert_id)
            if actor.reaches(branch_id)
        ]
        return [
            BranchChoice(branch_id, branches.get(session, branch_id, actor=actor).name)
            for branch_id in reached
        ]
