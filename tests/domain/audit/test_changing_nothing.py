"""Who changes nothing leaves no event, however often it is done."""

from domain.audit import AuditAct
from tests.domain.audit.acts import PERSON
from tests.domain.audit.watching import every_row
from tests.domain.logins.acting import activate, create
from tests.domain.logins.test_card_editing import edit


def test_saving_a_card_as_it_was_is_no_event(office):
    card_id = office.add_card(**PERSON)
    before = every_row(office.database)
    edit(office, card_id)
    assert every_row(office.database) == before


def test_creating_and_activating_once_more_is_no_event(office):
    office.add_card()
    office.add_card()
    for _ in range(2):
        create(office)
        activate(office)
    assert len(office.events(AuditAct.LOGIN_CREATED)) == 2
    assert len(office.events(AuditAct.LOGIN_ACTIVATED)) == 2
