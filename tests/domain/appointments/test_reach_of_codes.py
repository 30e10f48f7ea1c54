"""What a branch manager decides about the codes of somebody of other branches too."""

import pytest

from domain.actor import OPERATOR, AccountType
from domain.appointments.rules import CodeAddressOutOfReachError
from domain.step_ups import CodeWay, StepUpBlockedError, require_step_up
from tests.domain.appointments.conftest import NOOR

MANAGER, BRANCH_MANAGER, USER = AccountType


@pytest.fixture
def bram(office, desk):
    """Branch manager of Utrecht."""
    desk.changes(OPERATOR, office.bram, BRANCH_MANAGER, office.utrecht, email="b@x.nl")
    return desk.today(office.bram)


def test_appointing_somebody_of_elsewhere_leaves_the_address_for_codes(
    office, desk, bram
):
    noor = desk.appoints(office.hanna, NOOR, USER, office.amsterdam, email="n@x.nl")
    desk.appoints(bram, NOOR, USER, office.utrecht, email="bram@x.nl", only_new=True)
    assert desk.row(noor).email == "n@x.nl"
    assert desk.today(noor).branch_ids == {office.utrecht, office.amsterdam}


def test_the_address_of_somebody_of_elsewhere_too_is_for_managers_to_change(
    office, desk, bram
):
    both = (office.utrecht, office.amsterdam)
    noor = desk.appoints(office.hanna, NOOR, USER, *both, email="n@x.nl")
    with pytest.raises(CodeAddressOutOfReachError):
        desk.changes(bram, noor, USER, office.utrecht, email="bram@x.nl")
    assert desk.row(noor).email == "n@x.nl"
    desk.changes(bram, noor, USER, office.utrecht, email="n@x.nl")
    desk.changes(office.hanna, noor, USER, *both, email="anders@x.nl")
    assert desk.row(noor).email == "anders@x.nl"


def test_a_block_holds_after_dismissing_and_appointing_again(office, desk, bram):
    noor = desk.appoints(bram, NOOR, USER, office.utrecht)
    desk.gives_codes(noor, blocked_at=office.now)
    desk.dismisses(bram, noor)
    desk.appoints(bram, NOOR, USER, office.utrecht)
    with (
        office.database.reading() as session,
        pytest.raises(StepUpBlockedError),
    ):
        require_step_up(session, desk.today(noor), now=office.now)
    row = desk.step_up(noor)
    assert (row.way, row.sealed_totp_seed) == (CodeWay.MAIL, None)
