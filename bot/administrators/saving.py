"""Takes a submitted form: appoints somebody, or changes what they are."""

from functools import partial

from sqlalchemy.orm import Session

from bot.administrators import appointee, entered, form, opening
from bot.administrators.entered import Wanted
from bot.interaction import Interaction
from bot.listening import Submitted
from domain.actor import AdministratorId
from domain.appointments import appointing, listing
from domain.appointments.listing import AdministratorLine
from domain.permissions import Act, require
from domain.sign_in import step_up_demands
from domain.slack_users import SlackIdentity


def save(interaction: Interaction) -> Submitted:
    """Appoint or change before the ack, so that refusals stand under their entries."""
    require(interaction.actor, Act.APPOINT_ADMINISTRATORS)
    wanted = entered.parse(interaction.body)
    if wanted.administrator_id is None:
        identity = appointee.look_at(interaction, wanted.user_id)
        interaction.once(partial(_appoint, interaction, wanted, identity))
        said = interaction.t("Appointed.")
    else:
        change = partial(_change, interaction, wanted, wanted.administrator_id)
        interaction.once(change)
        said = interaction.t("Saved.")
    refresh = partial(opening.refresh_list, interaction, wanted.page, said)
    return Submitted(then=refresh)


def _appoint(
    interaction: Interaction, wanted: Wanted, identity: SlackIdentity, session: Session
) -> None:
    appointing.appoint(
        session,
        identity,
        wanted.account_type,
        wanted.branch_ids,
        wanted.email,
        only_new=True,
        actor=interaction.actor,
        now=interaction.now,
    )


def _change(
    interaction: Interaction,
    wanted: Wanted,
    administrator_id: AdministratorId,
    session: Session,
) -> None:
    """Role and tick together, the tick first where codes can come already.

    Another address ends what was proven, so that the tick would ask for a code anew.
    """
    line = listing.find(session, administrator_id, actor=interaction.actor)
    gets_codes = line.email is not None or line.has_app
    if gets_codes:
        _require_codes(interaction, wanted, line, session)
    appointing.change(
        session,
        administrator_id,
        wanted.account_type,
        wanted.branch_ids + form.held_back(line),
        wanted.email,
        mark=wanted.mark,
        actor=interaction.actor,
        now=interaction.now,
    )
    if not gets_codes:
        _require_codes(interaction, wanted, line, session)


def _require_codes(
    interaction: Interaction, wanted: Wanted, line: AdministratorLine, session: Session
) -> None:
    required = wanted.codes_required
    if required is None or required == line.must_give_codes:
        return
    step_up_demands.require_codes(
        session,
        line.administrator_id,
        required,
        mails=interaction.office.mails,
        actor=interaction.actor,
        now=interaction.now,
    )
