"""Rows of the table: branches, record cards, and the logins that hang on them."""

from datetime import timedelta

from domain import branch_settings, branches
from domain.audit import AuditAct
from domain.importing import staff_lists
from domain.letters.kinds import LetterKind
from domain.logins import address_notices, card_editing, leaving
from domain.logins.model import LoginState
from domain.record_cards.entries import CardField
from domain.sign_in import slack_links
from tests.domain.audit.acts import PERSON, Deed, Stage, row
from tests.domain.importing import workbooks
from tests.domain.importing.workbooks import BRANCH, EMAIL, LAST_NAME, NUMBER
from tests.domain.logins.acting import activate, create, set_active
from tests.domain.logins.moving_data import move, undo, with_login
from tests.domain.logins.test_card_editing import edit
from tests.domain.sign_in.recovering import ANNA_IN_SLACK

NEW_ADDRESS = "zangvogel@example.nl"


def imported(stage: Stage, **more: str) -> Deed:
    """Import a list of one person."""
    line = {NUMBER: "K70418", LAST_NAME: "Zangvogel", BRANCH: "Utrecht"} | more
    staff_list = staff_lists.read(workbooks.staff_list(line), now=stage.clock())
    keyring = stage.keyring
    return lambda actor: stage.does(
        staff_lists.apply, staff_list, keyring=keyring, actor=actor
    )


@row(
    AuditAct.CARD_ADDED,
    "record_card",
    not_by="schedule",
)
def adding_a_card(stage: Stage) -> Deed:
    typed = dict.fromkeys(CardField, "") | {
        CardField.NUMBER: "K70417",
        CardField.LAST_NAME: "Geelvogel",
        CardField.EMAIL: NEW_ADDRESS,
    }
    branch = stage.office.utrecht
    return lambda actor: stage.does(card_editing.add_card, typed, branch, actor=actor)


@row(AuditAct.CARD_CHANGED, "record_card", not_by="schedule")
def changing_a_card(stage: Stage) -> Deed:
    card_id = stage.office.add_card(**PERSON)
    return lambda actor: edit(stage.office, card_id, actor=actor, phone="0687654321")


@row(
    AuditAct.CARDS_IMPORTED,
    "record_card",
    not_by="schedule",
    with_events=[AuditAct.CARD_ADDED],
)
def importing_somebody_new(stage: Stage) -> Deed:
    return imported(stage)


@row(
    AuditAct.CARDS_IMPORTED,
    "record_card",
    not_by="schedule",
    with_events=[AuditAct.CARD_CHANGED],
)
def importing_a_change(stage: Stage) -> Deed:
    stage.office.add_card(**PERSON)
    return imported(stage, **{NUMBER: "K70417", EMAIL: NEW_ADDRESS})


@row(AuditAct.BRANCH_ADDED, "branch", by="hanna", not_by="bram")
def adding_a_branch(stage: Stage) -> Deed:
    return lambda actor: stage.does(branches.ensure, ["Zwolle"], actor=actor)


@row(AuditAct.BRANCH_CHANGED, "branch", by="hanna", not_by="bram")
def changing_a_branch(stage: Stage) -> Deed:
    settings = {"wrong_attempts_allowed": 5, "admin_channel_id": "C0ADMIN"}
    return lambda actor: stage.does(
        branch_settings.save_settings, stage.office.utrecht, settings, actor=actor
    )


@row(AuditAct.EMPLOYEE_DATA_MOVED, "record_card", "login", "move", not_by="schedule")
def moving_employee_data(stage: Stage) -> Deed:
    old, _ = with_login(stage.office, **PERSON)
    new = stage.office.add_card(email=None)
    return lambda actor: move(stage.office, old, new, actor=actor)


@row(
    AuditAct.EMPLOYEE_DATA_MOVED,
    "record_card",
    "login",
    "move",
    "slack_link",
    not_by="schedule",
)
def moving_employee_data_with_a_slack_account(stage: Stage) -> Deed:
    old, _ = with_login(stage.office, **PERSON)
    by_hand = {"keyring": stage.keyring, "actor": stage.office.bram}
    stage.does(slack_links.link_by_hand, old, ANNA_IN_SLACK, **by_hand)
    new = stage.office.add_card(email=None)
    return lambda actor: move(stage.office, old, new, actor=actor)


@row(AuditAct.MOVE_UNDONE, "record_card", "login", "move", not_by="schedule")
def undoing_a_move(stage: Stage) -> Deed:
    old, _ = with_login(stage.office, **PERSON)
    move_id = move(stage.office, old, stage.office.add_card(email=None))
    return lambda actor: undo(stage.office, move_id, actor=actor)


@row(AuditAct.LOGIN_ADDRESS_CHANGED, "record_card", "login", not_by="schedule")
def changing_an_address(stage: Stage) -> Deed:
    card_id = stage.card_of(stage.employee())
    return lambda actor: edit(stage.office, card_id, actor=actor, email=NEW_ADDRESS)


@row(
    AuditAct.CARDS_IMPORTED,
    "record_card",
    "login",
    not_by="schedule",
    with_events=[AuditAct.LOGIN_ADDRESS_CHANGED],
)
def importing_an_address(stage: Stage) -> Deed:
    stage.employee()
    line = {NUMBER: "K70417", LAST_NAME: "Geelvogel", EMAIL: NEW_ADDRESS}
    return imported(stage, **line)


@row(AuditAct.ADDRESS_DISPUTED, by="employee")
def disputing_an_address(stage: Stage) -> Deed:
    """The link of the letter is what its receiver has: no account is asked for."""
    card_id = stage.card_of(stage.employee())
    edit(stage.office, card_id, email=NEW_ADDRESS)
    (letter,) = stage.codes.letters(LetterKind.ADDRESS_REPLACED)
    token = letter.values["token"].reveal()
    return lambda _actor: stage.does(address_notices.dispute, token)


@row(AuditAct.LOGIN_CREATED, "login", by="ursula", not_by="schedule")
def creating_a_login(stage: Stage) -> Deed:
    stage.office.add_card(**PERSON)
    return lambda actor: create(stage.office, actor=actor)


@row(AuditAct.LOGIN_ACTIVATED, "login", by="ursula", not_by="schedule")
def activating_logins(stage: Stage) -> Deed:
    stage.employee(state=LoginState.NEW)
    return lambda actor: activate(stage.office, actor=actor)


@row(AuditAct.LOGIN_ACTIVATED, "login", by="ursula", not_by="schedule")
def switching_a_login_on(stage: Stage) -> Deed:
    login_id = stage.employee(state=LoginState.SWITCHED_OFF)
    return lambda actor: set_active(stage.office, login_id, active=True, actor=actor)


@row(AuditAct.LOGIN_DEACTIVATED, "login", by="ursula", not_by="schedule")
def switching_a_login_off(stage: Stage) -> Deed:
    login_id = stage.employee()
    return lambda actor: set_active(stage.office, login_id, active=False, actor=actor)


@row(AuditAct.LOGIN_CLOSED, "login", by="schedule")
def closing_the_logins_of_leavers(stage: Stage) -> Deed:
    yesterday = stage.clock().date() - timedelta(days=1)
    stage.office.change_card(stage.card_of(stage.employee()), end_on=yesterday)
    return lambda _actor: stage.does(leaving.close_leavers)


@row(AuditAct.SLACK_LINKED, "slack_link", not_by="schedule")
def linking_slack_by_hand(stage: Stage) -> Deed:
    card_id = stage.card_of(stage.employee())
    keyring = stage.keyring
    return lambda actor: stage.does(
        slack_links.link_by_hand, card_id, ANNA_IN_SLACK, keyring=keyring, actor=actor
    )


@row(AuditAct.SLACK_UNLINKED, "slack_link", not_by="schedule")
def unlinking_slack(stage: Stage) -> Deed:
    card_id = stage.card_of(stage.employee())
    by_hand = {"keyring": stage.keyring, "actor": stage.office.bram}
    stage.does(slack_links.link_by_hand, card_id, ANNA_IN_SLACK, **by_hand)
    return lambda actor: stage.does(slack_links.unlink, card_id, actor=actor)


@row(AuditAct.SLACK_UNLINKED, "slack_link", by="schedule")
def forgetting_the_slack_account_of_a_leaver(stage: Stage) -> Deed:
    login_id = stage.employee()
    card_id = stage.card_of(login_id)
    by_hand = {"keyring": stage.keyring, "actor": stage.office.bram}
    stage.does(slack_links.link_by_hand, card_id, ANNA_IN_SLACK, **by_hand)
    long_ago = stage.clock().date() - timedelta(days=60)
    stage.office.change_card(card_id, end_on=long_ago)
    stage.does(leaving.close_leavers)
    return lambda _actor: stage.does(slack_links.forget_leavers)
