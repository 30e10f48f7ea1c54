"""Answers what is chosen and pressed on *Logboek*."""

from collections.abc import Sequence
from functools import partial

from slack_bolt import App
from slack_sdk.models.blocks import Option
from sqlalchemy.orm import Session

from bot.audit_log import exporting, log_screen
from bot.audit_log.log_screen import LogScreen, Looked, Named
from bot.branches import menu
from bot.interaction import Interaction
from bot.listening import on_action, on_search
from bot.office import Office
from bot.text import on_one_line
from domain import audit_log, branches
from domain.actor import AdministratorId, BranchId
from domain.permissions import Act, require
from domain.record_cards import finding
from domain.record_cards import register as cards
from domain.record_cards.model import RecordCardId

_OFFERED = 20


def register(app: App, office: Office) -> None:
    """Listen for the menu entry, the choices, the pages and the export."""
    press = partial(on_action, app, office)
    press(menu.AUDIT_LOG, _open)
    for choice in log_screen.CHOICES:
        press(choice, _look)
    press(log_screen.CLEAR, _clear)
    press(log_screen.OLDER, _older)
    press(log_screen.NEWEST, _look)
    press(log_screen.EXPORT, _export)
    on_search(app, office, log_screen.BRANCH, _offer_branches)
    on_search(app, office, log_screen.PERSON, _offer_people)
    on_search(app, office, log_screen.ADMINISTRATOR, _offer_administrators)


def _open(interaction: Interaction) -> None:
    _show(interaction, Looked())


def _look(interaction: Interaction) -> None:
    _show(interaction, _looked(interaction))


def _clear(interaction: Interaction) -> None:
    _show(interaction, Looked(wish=log_screen.wish_of(interaction.body) + 1))


def _older(interaction: Interaction) -> None:
    before = log_screen.before(interaction.body)
    _show(interaction, _looked(interaction), before)


def _export(interaction: Interaction) -> None:
    require(interaction.actor, Act.SEE_AUDIT_LOG)
    exporting.export(interaction, _looked(interaction).meant)


def _show(interaction: Interaction, looked: Looked, before: int | None = None) -> None:
    """In the place of what was pressed."""
    with interaction.reading() as session:
        found = audit_log.page(
            session,
            looked.meant,
            before=before,
            limit=log_screen.PAGE + 1,
            actor=interaction.actor,
        )
    shown = found[: log_screen.PAGE]
    data = LogScreen(looked, shown, len(found) > len(shown), before is None)
    interaction.show(log_screen.build(data, interaction.t))


def _looked(interaction: Interaction) -> Looked:
    """What is chosen, with the names of today. Raises NotFoundError."""
    require(interaction.actor, Act.SEE_AUDIT_LOG)
    body = interaction.body
    with interaction.reading() as session:
        return Looked(
            branch=_branch(session, interaction),
            person=_person(session, interaction),
            administrator=_administrator(session, interaction),
            group=log_screen.chosen_group(body),
            since=log_screen.chosen_day(body, log_screen.SINCE),
            until=log_screen.chosen_day(body, log_screen.UNTIL),
            wish=log_screen.wish_of(body),
        )


def _branch(session: Session, interaction: Interaction) -> Named | None:
    branch_id = log_screen.chosen_id(interaction.body, log_screen.BRANCH)
    if branch_id is None:
        return None
    branch = branches.get(session, BranchId(branch_id), actor=interaction.actor)
    return Named(branch.id, branch.name)


def _person(session: Session, interaction: Interaction) -> Named | None:
    card_id = log_screen.chosen_id(interaction.body, log_screen.PERSON)
    if card_id is None:
        return None
    card = cards.get(session, RecordCardId(card_id), actor=interaction.actor)
    return Named(card.id, f"{card.full_name} · {card.number}")


def _administrator(session: Session, interaction: Interaction) -> Named | None:
    chosen = log_screen.chosen_id(interaction.body, log_screen.ADMINISTRATOR)
    if chosen is None:
        return None
    known = audit_log.name_administrator(
        session, AdministratorId(chosen), actor=interaction.actor
    )
    return Named(known.administrator_id, known.name)


def _offer_branches(interaction: Interaction) -> Sequence[Option]:
    require(interaction.actor, Act.SEE_AUDIT_LOG)
    with interaction.reading() as session:
        found = branches.search(
            session, _typed(interaction), actor=interaction.actor, limit=_OFFERED
        )
    return log_screen.options([Named(each.id, each.name) for each in found])


def _offer_people(interaction: Interaction) -> Sequence[Option]:
    require(interaction.actor, Act.SEE_AUDIT_LOG)
    with interaction.reading() as session:
        found = finding.find(
            session,
            _typed(interaction),
            limit=_OFFERED,
            actor=interaction.actor,
            now=interaction.now,
        )
    return log_screen.options(
        [
            Named(each.record_card_id, f"{on_one_line(each.name, 50)} · {each.number}")
            for each in found
        ]
    )


def _offer_administrators(interaction: Interaction) -> Sequence[Option]:
    with interaction.reading() as session:
        found = audit_log.find_administrators(
            session, _typed(interaction), limit=_OFFERED, actor=interaction.actor
        )
    return log_screen.options(
        [Named(each.administrator_id, each.name) for each in found]
    )


def _typed(interaction: Interaction) -> str:
    return str(interaction.body.get("value") or "")
