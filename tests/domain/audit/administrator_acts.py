"""Rows of the table: who administers, and the codes that administrators give."""

from dataclasses import replace

from domain.actor import AccountType
from domain.appointments import slack_standing
from domain.appointments.slack_standing import SlackMembers
from domain.audit import AuditAct
from domain.sign_in import step_up_demands
from domain.step_ups import WRONG_CODES_ALLOWED
from tests.domain.appointments.conftest import MEMBER, NOOR, profile
from tests.domain.audit.acts import Deed, Stage, row
from tests.domain.office import BRAM, HANNA, TEAM, URSULA
from tests.domain.step_up.giving import wrong

USER, MANAGER = AccountType.USER, AccountType.BRANCH_MANAGER
HANNAS_ADDRESS = "hanna.geelvogel@example.nl"


@row(
    AuditAct.ADMINISTRATOR_APPOINTED,
    "administrator",
    "administrator_branch",
    not_by="ursula",
)
def appointing_somebody(stage: Stage) -> Deed:
    stage.appointments.hears_of(NOOR)
    branch = stage.office.utrecht
    return lambda actor: stage.appointments.appoints(actor, NOOR, USER, branch)


@row(
    AuditAct.ADMINISTRATOR_CHANGED,
    "administrator",
    "administrator_branch",
    by="hanna",
    not_by="ursula",
)
def changing_an_administrator(stage: Stage) -> Deed:
    office = stage.office
    branches = (office.utrecht, office.rotterdam)
    return lambda actor: stage.appointments.changes(
        actor, office.ursula, MANAGER, *branches, email="u@example.nl"
    )


@row(
    AuditAct.ADMINISTRATOR_CHANGED,
    "administrator_branch",
    not_by="ursula",
)
def dismissing_somebody_who_is_a_user_elsewhere_too(stage: Stage) -> Deed:
    office = stage.office
    both = (office.utrecht, office.amsterdam)
    stage.appointments.changes(
        office.hanna, office.ursula, USER, *both, email="u@example.nl"
    )
    ursula = replace(office.ursula, branch_ids=frozenset(both))
    return lambda actor: stage.appointments.dismisses(actor, ursula)


@row(
    AuditAct.ADMINISTRATOR_DISMISSED,
    "administrator",
    "administrator_branch",
    not_by="ursula",
)
def dismissing_somebody(stage: Stage) -> Deed:
    ursula = stage.office.ursula
    return lambda actor: stage.appointments.dismisses(actor, ursula)


@row(
    AuditAct.ADMINISTRATOR_DISMISSED,
    "administrator",
    "administrator_branch",
    by="schedule",
    not_by="hanna",
)
def comparing_with_slack(stage: Stage) -> Deed:
    listed = {each.user_id: MEMBER for each in (HANNA, BRAM)}
    listed[URSULA.user_id] = profile(is_guest=True)
    members = SlackMembers(TEAM, listed, stage.clock())
    return lambda actor: stage.does(slack_standing.compare, members, actor=actor)


@row(
    AuditAct.ADMINISTRATOR_DISMISSED,
    "administrator",
    "administrator_branch",
    by="schedule",
    not_by="hanna",
)
def hearing_from_slack_that_somebody_left(stage: Stage) -> Deed:
    left = profile(is_deleted=True)
    return lambda actor: stage.does(
        slack_standing.dismiss_unfit, URSULA, left, actor=actor
    )


@row(AuditAct.CODES_SET_UP, "step_up")
def choosing_codes_by_mail(stage: Stage) -> Deed:
    stage.codes.sends()
    code = stage.codes.mailed()
    return lambda actor: stage.codes.chooses_mail(code, actor)


@row(AuditAct.CODES_SET_UP, "step_up")
def choosing_codes_of_an_app(stage: Stage) -> Deed:
    code = stage.steps.app_code(stage.codes.begins_app().seed)
    return lambda actor: stage.codes.confirms_app(code, actor)


@row(AuditAct.CODES_SET_UP, "step_up", by="hanna", not_by="ursula")
def mailing_codes_instead_of_an_app(stage: Stage) -> Deed:
    stage.codes.has_app()
    whom = stage.office.bram.administrator_id
    return lambda actor: stage.does(
        step_up_demands.mail_instead_of_app,
        whom,
        mails=True,
        keyring=stage.keyring,
        actor=actor,
    )


@row(AuditAct.CODES_TURNED_OFF, "step_up")
def turning_codes_off(stage: Stage) -> Deed:
    app = stage.codes.has_app()
    stage.codes.gives(app.at(stage.clock()))
    return stage.codes.turns_off


@row(AuditAct.CODES_REQUIRED, "step_up", by="hanna", not_by="bram")
def requiring_codes_of_somebody(stage: Stage) -> Deed:
    bram = stage.office.bram
    return lambda actor: stage.codes.demand(bram, by=actor)


@row(AuditAct.CODES_REQUIRED, "company_rules", by="hanna", not_by="bram")
def requiring_codes_of_all(stage: Stage) -> Deed:
    stage.codes.set_address(stage.office.hanna, HANNAS_ADDRESS)
    stage.codes.set_address(stage.office.ursula, "ursula@example.nl")
    return lambda actor: stage.codes.demand_of_all(by=actor)


@row(AuditAct.STEP_UP_PASSED, "step_up", not_by="operator")
def giving_a_right_code(stage: Stage) -> Deed:
    stage.codes.demand(stage.office.bram)
    stage.codes.sends()
    code = stage.codes.mailed()
    return lambda actor: stage.codes.gives(code, actor)


@row(AuditAct.STEP_UP_FAILED, "step_up", not_by="operator")
def giving_a_wrong_code(stage: Stage) -> Deed:
    code = a_wrong_code(stage)
    return lambda actor: stage.codes.gives(code, actor)


@row(AuditAct.STEP_UP_BLOCKED, "step_up", not_by="operator")
def giving_the_fifth_wrong_code(stage: Stage) -> Deed:
    code = a_wrong_code(stage)
    for _ in range(WRONG_CODES_ALLOWED - 1):
        stage.codes.gives(code)
    return lambda actor: stage.codes.gives(code, actor)


def a_wrong_code(stage: Stage) -> str:
    """Bram is asked a code; another than the one that was mailed."""
    stage.codes.demand(stage.office.bram)
    stage.codes.sends()
    return wrong(stage.codes.mailed())


@row(AuditAct.STEP_UP_LIFTED, "step_up", by="hanna", not_by="ursula")
def lifting_a_block(stage: Stage) -> Deed:
    giving_the_fifth_wrong_code(stage)(stage.office.bram)
    return lambda actor: stage.codes.lifts(stage.office.bram, by=actor)
