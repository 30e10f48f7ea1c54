"""Two people at the same template, or the same name, in the same moment."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from domain.audit import AuditAct
from domain.errors import DomainError
from domain.letters import email_templates
from tests.domain.letters.templating import wording

PEOPLE = 4


def at_once(office, act):
    """How it ended for each of the people, who all begin together."""
    together = Barrier(PEOPLE)

    def one(number):
        together.wait()
        try:
            with office.database.transaction() as session:
                act(session, number)
        except DomainError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(PEOPLE) as people:
        return Counter(people.map(one, range(PEOPLE)))


@pytest.fixture
def template_id(office):
    with office.database.transaction() as session:
        return email_templates.add(
            session, wording(), branch_id=None, actor=office.hanna, now=office.now
        )


def test_of_those_who_change_a_template_at_once_one_is_first(office, template_id):
    def change(session, number):
        email_templates.change(
            session,
            template_id,
            wording(f"{number} {{{{ link }}}}"),
            expected_number=1,
            actor=office.hanna,
            now=office.now,
        )

    ends = at_once(office, change)
    assert ends == {"done": 1, "template_changed": PEOPLE - 1}
    with office.database.reading() as session:
        lines = email_templates.history(session, template_id, actor=office.hanna)
    assert [line.number for line in lines] == [2, 1]
    assert len(office.events(AuditAct.TEMPLATE_CHANGED)) == 1


def test_of_those_who_give_a_name_at_once_one_has_it(office):
    branches = [None, office.utrecht, office.utrecht, None]

    def add(session, number):
        email_templates.add(
            session,
            replace(wording(), name="Nieuw"),
            branch_id=branches[number],
            actor=office.hanna,
            now=office.now,
        )

    assert at_once(office, add) == {"done": 1, "wording_refused": PEOPLE - 1}
    assert len(office.events(AuditAct.TEMPLATE_ADDED)) == 1


def test_deleting_and_changing_at_once_leaves_no_half(office, template_id):
    def act(session, number):
        if number % 2:
            email_templates.mark_deleted(
                session, template_id, actor=office.hanna, now=office.now
            )
        else:
            email_templates.change(
                session,
                template_id,
                wording(f"{number} {{{{ link }}}}"),
                expected_number=1,
                actor=office.hanna,
                now=office.now,
            )

    ends = at_once(office, act)
    changed = len(office.events(AuditAct.TEMPLATE_CHANGED))
    assert len(office.events(AuditAct.TEMPLATE_DELETED)) == 1
    assert ends["done"] == 1 + changed
    assert changed <= 1
