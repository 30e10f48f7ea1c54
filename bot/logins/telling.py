"""Opens the timeline of a login or of a card, and turns its pages."""

from sqlalchemy.orm import Session

from bot import notice, payload
from bot.interaction import Interaction
from bot.logins import login_screen, timeline
from bot.logins.timeline import Timeline
from bot.record_cards import card_form
from bot.step_up.asking import has_room
from domain import slack_users
from domain.errors import NotFoundError
from domain.logins import timeline as history
from domain.logins.model import LoginId
from domain.logins.timeline import TimelineEntry
from domain.record_cards.model import RecordCardId


def open_of_login(interaction: Interaction) -> None:
    """On top of the screen of a login."""
    login_id = login_screen.login_of(interaction.body)
    interaction.push(notice.wait(interaction.t("Timeline"), interaction.t))
    _show(interaction, login_id, None)


def open_of_card(interaction: Interaction) -> None:
    """On top of the form of a card, or in its place when that is the third view."""
    card_id = card_form.card_of(interaction.body)
    if has_room(interaction.body):
        interaction.push(notice.wait(interaction.t("Timeline"), interaction.t))
    _show(interaction, None, card_id)


def turn(interaction: Interaction) -> None:
    """Show older events, or the newest again, in the place of these."""
    before = timeline.parse(interaction.body)
    if "card" in payload.remembered(interaction.body):
        _show(interaction, None, card_form.card_of(interaction.body), before)
    else:
        _show(interaction, login_screen.login_of(interaction.body), None, before)


def _show(
    interaction: Interaction,
    login_id: LoginId | None,
    card_id: RecordCardId | None,
    before: int | None = None,
) -> None:
    with interaction.reading() as session:
        entries = _read(session, interaction, login_id, card_id, before)
        shown = entries[: timeline.PAGE]
        who = {entry.administrator for entry in shown if entry.administrator}
        names = slack_users.display_names(session, who)
    data = Timeline(
        login_id=login_id,
        entries=shown,
        names=names,
        has_older=len(entries) > len(shown),
        is_newest=before is None,
        card_id=card_id,
    )
    interaction.show(timeline.build(data, interaction.t))


def _read(
    session: Session,
    interaction: Interaction,
    login_id: LoginId | None,
    card_id: RecordCardId | None,
    before: int | None,
) -> list[TimelineEntry]:
    """One more than a page holds, to know whether there is another."""
    actor, limit = interaction.actor, timeline.PAGE + 1
    if card_id is not None:
        return history.card_timeline(
            session, card_id, before=before, limit=limit, actor=actor
        )
    if login_id is None:
        raise NotFoundError(kind="login")
    return history.timeline(session, login_id, before=before, limit=limit, actor=actor)
