from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from domain.audit import AuditAct
from domain.errors import NotPermittedError
from domain.letters import email_templates
from domain.letters.email_templates import TemplateBuiltInError
from domain.letters.model import BuiltIn
from domain.runs.model import Reminder
from domain.runs.template_use import (
    TemplateGoneError,
    TemplateInUseError,
    delete_template,
)
from tests.domain.runs.mailing import add_template, start, template_of


def delete(office, template_id, actor=None):
    with office.database.transaction() as session:
        delete_template(
            session, template_id, actor=actor or office.hanna, now=office.now
        )


def names_to_choose(office):
    with office.database.reading() as session:
        found = email_templates.choose_from(session, office.utrecht, actor=office.bram)
        return [line.template_id for line in found]


def test_a_template_that_a_run_uses_is_not_deleted_until_it_ended(office, mailer):
    template = add_template(office)
    office.add_login()
    start(office, template)
    with pytest.raises(TemplateInUseError) as refused:
        delete(office, template)
    assert refused.value.fields == {"branches": "Utrecht", "is_under_way": True}
    assert template in names_to_choose(office)
    mailer.works()
    delete(office, template)
    assert template not in names_to_choose(office)
    assert len(office.events(AuditAct.TEMPLATE_DELETED)) == 1


def test_a_template_that_a_reminder_will_use_is_not_deleted(office, mailer):
    template = add_template(office)
    office.add_login()
    run_id = start(office, template)
    mailer.works()
    with office.database.transaction() as session:
        session.add(Reminder(run_id=run_id, after_days=3, due_at=office.now))
    with pytest.raises(TemplateInUseError) as refused:
        delete(office, template)
    assert refused.value.fields == {"branches": "Utrecht", "is_under_way": False}
    with office.database.transaction() as session:
        session.query(Reminder).update({"ended_at": office.now})
    delete(office, template)


def test_another_template_in_use_keeps_none_from_being_deleted(office):
    office.add_login()
    start(office)
    delete(office, add_template(office))


def test_a_built_in_template_is_never_deleted(office):
    with pytest.raises(TemplateBuiltInError):
        delete(office, template_of(office, BuiltIn.LINK))


def test_only_managers_delete_templates(office):
    template = add_template(office)
    with pytest.raises(NotPermittedError):
        delete(office, template, actor=office.bram)


def test_a_deleted_template_starts_nothing(office):
    template = add_template(office)
    office.add_login()
    delete(office, template)
    with pytest.raises(TemplateGoneError):
        start(office, template)


def test_another_branchs_template_starts_nothing(office):
    template = add_template(office, branch_id=office.amsterdam)
    office.add_login()
    with pytest.raises(TemplateGoneError):
        start(office, template)


def test_ones_own_branchs_template_does(office):
    template = add_template(office, branch_id=office.utrecht)
    office.add_login()
    start(office, template)


@pytest.mark.parametrize("_time", range(3))
def test_of_a_start_and_a_deletion_at_once_one_is_refused(office, _time):
    template = add_template(office)
    office.add_login()
    both = Barrier(2)

    def at_once(act):
        both.wait()
        try:
            act()
        except (TemplateGoneError, TemplateInUseError) as error:
            return error.code
        return None

    acts = [lambda: start(office, template), lambda: delete(office, template)]
    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(at_once, acts))
    assert outcomes in (["template_gone", None], [None, "template_in_use"])
