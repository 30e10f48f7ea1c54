"""Templates in versions: who sees and changes them, and what is written down."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.letters import attachments, email_templates
from domain.letters.email_templates import (
    HandsOver,
    TemplateBuiltInError,
    TemplateChangedError,
    WordingProblem,
    WordingProblemKind,
    WordingRefusedError,
)
from domain.letters.model import (
    Attached,
    Attachment,
    BuiltIn,
    EmailTemplate,
    EmailTemplateVersion,
)
from tests.domain.letters.templating import wording

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
TEMPLATE_ACTS = (
    AuditAct.TEMPLATE_ADDED,
    AuditAct.TEMPLATE_CHANGED,
    AuditAct.TEMPLATE_DELETED,
)


@pytest.fixture
def desk(office):
    """What a manager, or somebody else, does with templates, one act at a time."""
    return Desk(office)


class Desk:
    def __init__(self, office):
        self.office = office

    def __getattr__(self, name):
        service = getattr(email_templates, name)

        def act(*given, actor=self.office.hanna, **named):
            with self.office.database.transaction() as session:
                return service(session, *given, actor=actor, **named)

        return act

    def add(self, said=None, branch_id=None, actor=None, now=None):
        with self.office.database.transaction() as session:
            return email_templates.add(
                session,
                said or wording(),
                branch_id=branch_id,
                actor=actor or self.office.hanna,
                now=now or self.office.now,
            )

    def change(self, template_id, said, expected_number=1, actor=None, now=None):
        with self.office.database.transaction() as session:
            email_templates.change(
                session,
                template_id,
                said,
                expected_number=expected_number,
                actor=actor or self.office.hanna,
                now=now or self.office.now,
            )

    def delete(self, template_id, actor=None):
        with self.office.database.transaction() as session:
            email_templates.mark_deleted(
                session,
                template_id,
                actor=actor or self.office.hanna,
                now=self.office.now,
            )

    def rows(self):
        """How many rows there are of templates, versions and attachments."""
        with self.office.database.reading() as session:
            return tuple(
                session.scalar(select(func.count()).select_from(record))
                for record in (EmailTemplate, EmailTemplateVersion, Attachment)
            )


def named(name):
    return replace(wording(), name=name)


def names(lines):
    return [line.name for line in lines]


BUILT_IN = ["Uitnodiging met een link", "Uitnodiging met een wachtwoord"]


def test_two_templates_are_there_from_the_start(desk):
    lines = desk.list_templates()
    assert names(lines) == BUILT_IN
    assert [line.hands_over for line in lines] == [HandsOver.LINK, HandsOver.PASSWORD]
    english = desk.list_templates(language="en")
    assert names(english) == ["Invitation with a link", "Invitation with a password"]
    first = desk.get(lines[0].template_id)
    assert first.built_in is BuiltIn.LINK
    assert first.wording.attached is Attached.GUIDE
    assert "{{ link }}" in first.wording.body_nl
    assert "{{ link }}" in first.wording.body_en


def test_a_template_is_read_as_it_was_written(desk):
    said = replace(wording("Dag **{{ Voornaam }}**,\n\n{{ link }}"), body_en="")
    template = desk.get(desk.add(said))
    assert template.wording == said
    assert (template.number, template.built_in) == (1, None)
    assert template.hands_over is HandsOver.LINK
    with desk.office.database.reading() as session:
        read = email_templates.read_version(session, template.version_id)
    assert read == template


def test_a_list_has_the_companys_before_those_of_branches(desk, office):
    desk.add(named("Zomer"), office.utrecht)
    desk.add(named("Winter"), office.amsterdam)
    desk.add(named("b"))
    desk.add(named("A"))
    lines = desk.list_templates()
    assert names(lines) == [*BUILT_IN, "A", "b", "Winter", "Zomer"]
    assert [line.branch_name for line in lines[-2:]] == ["Amsterdam", "Utrecht"]


def test_a_branch_chooses_from_its_own_and_the_companys(desk, office):
    desk.add(named("Utrecht"), office.utrecht)
    desk.add(named("Amsterdam"), office.amsterdam)
    desk.add(named("Samen"))
    for actor in (office.hanna, office.bram, office.ursula):
        lines = desk.choose_from(office.utrecht, actor=actor)
        assert names(lines) == [*BUILT_IN, "Samen", "Utrecht"]
        assert lines[0].built_in is BuiltIn.LINK


def test_templates_out_of_reach_are_not_found(desk, office):
    foreign = desk.add(named("Amsterdam"), office.amsterdam)
    own = desk.add(named("Utrecht"), office.utrecht)
    for actor in (office.bram, office.ursula):
        with pytest.raises(NotFoundError):
            desk.choose_from(office.amsterdam, actor=actor)
        with pytest.raises(NotFoundError):
            desk.get(foreign, actor=actor)
        assert desk.get(own, actor=actor).wording.name == "Utrecht"


def test_only_managers_write_templates(desk, office):
    template_id = desk.add()
    before, events = desk.rows(), len(office.events())
    for actor in (office.bram, office.ursula):
        for act in (
            lambda who: desk.add(named("x"), office.utrecht, actor=who),
            lambda who: desk.change(template_id, named("x"), actor=who),
            lambda who: desk.delete(template_id, actor=who),
            lambda who: desk.list_templates(actor=who),
            lambda who: desk.history(template_id, actor=who),
        ):
            with pytest.raises(NotPermittedError):
                act(actor)
    assert (desk.rows(), len(office.events())) == (before, events)


def test_what_is_not_there_is_not_found(desk, office):
    for act in (
        lambda: desk.get(999),
        lambda: desk.history(999),
        lambda: desk.change(999, wording()),
        lambda: desk.delete(999),
        lambda: desk.add(wording(), 999),
        lambda: desk.choose_from(999, actor=office.bram),
        lambda: desk.add(wording(attached=Attached.FILE, attachment_id=999)),
    ):
        with pytest.raises(NotFoundError):
            act()
    with office.database.reading() as session, pytest.raises(NotFoundError):
        email_templates.read_version(session, 999)


def test_a_change_is_a_new_version_and_the_old_one_stays(desk, office):
    template_id = desk.add()
    first = desk.get(template_id)
    later = office.now + timedelta(hours=1)
    said = wording("{{ wachtwoord }}", "Ander onderwerp")
    desk.change(template_id, said, now=later)
    second = desk.get(template_id)
    assert (second.number, second.wording) == (2, said)
    assert second.hands_over is HandsOver.PASSWORD
    with office.database.reading() as session:
        assert email_templates.read_version(session, first.version_id) == first
    [line] = [line for line in desk.list_templates() if line.built_in is None]
    assert (line.version_id, line.changed_at) == (second.version_id, later)


def test_the_history_tells_who_changed_what(desk, office):
    template_id = desk.add()
    desk.change(template_id, wording("{{ wachtwoord }}"))
    desk.change(template_id, named("Anders"), expected_number=2)
    lines = desk.history(template_id)
    assert [line.number for line in lines] == [3, 2, 1]
    assert [line.fields for line in lines] == [
        ("name", "body_nl"),
        ("body_nl",),
        ("name", "subject_nl", "body_nl"),
    ]
    assert {line.made_by for line in lines} == {office.hanna.administrator_id}
    [only] = desk.history(desk.list_templates()[0].template_id)
    assert (only.number, only.made_by) == (1, None)


def test_each_change_is_in_the_audit_log_without_its_text(desk, office):
    template_id = desk.add(wording("Geheim plan {{ link }}"), office.utrecht)
    said = wording("Anders {{ link }}", attached=Attached.GUIDE)
    desk.change(template_id, said)
    desk.delete(template_id)
    events = office.events(*TEMPLATE_ACTS)
    assert [event.act for event in events] == list(TEMPLATE_ACTS)
    assert [event.details for event in events] == [
        {
            "template": template_id,
            "version": 1,
            "fields": ["name", "subject_nl", "body_nl", "attached"],
        },
        {"template": template_id, "version": 2, "fields": ["body_nl", "attached"]},
        {"template": template_id, "version": 2, "fields": []},
    ]
    assert {event.branch_id for event in events} == {office.utrecht}
    assert {event.administrator_id for event in events} == {
        office.hanna.administrator_id
    }


def test_saving_the_same_words_makes_no_version(desk, office):
    template_id = desk.add(wording("Dag {{ link }}"))
    desk.change(template_id, wording(" Dag {{ link }}\r\n"))
    assert desk.get(template_id).number == 1
    assert len(office.events(*TEMPLATE_ACTS)) == 1


def test_who_saves_second_is_told_that_somebody_was_first(desk, office):
    template_id = desk.add()
    desk.change(template_id, wording("Een {{ link }}"))
    before = desk.rows()
    with pytest.raises(TemplateChangedError):
        desk.change(template_id, wording("Twee {{ link }}"), expected_number=1)
    assert desk.rows() == before
    assert desk.get(template_id).wording.body_nl == "Een {{ link }}"


def test_a_built_in_template_stays_as_it_is(desk):
    for line in desk.list_templates():
        with pytest.raises(TemplateBuiltInError):
            desk.change(line.template_id, wording())
        with pytest.raises(TemplateBuiltInError):
            desk.delete(line.template_id)
    assert len(desk.list_templates()) == 2


def test_a_copy_of_a_built_in_template_can_be_changed(desk):
    original = desk.get(desk.list_templates()[0].template_id)
    copy = desk.add(replace(original.wording, name="Onze uitnodiging"))
    desk.change(copy, replace(original.wording, name="Onze brief"))
    assert desk.get(copy).wording.body_en == original.wording.body_en
    assert desk.get(copy).built_in is None


def test_a_deleted_template_is_in_no_list_and_can_still_be_read(desk, office):
    template_id = desk.add(named("Weg"))
    version_id = desk.get(template_id).version_id
    desk.delete(template_id)
    assert names(desk.list_templates()) == BUILT_IN
    assert names(desk.choose_from(office.utrecht)) == BUILT_IN
    for act in (
        lambda: desk.get(template_id),
        lambda: desk.history(template_id),
        lambda: desk.change(template_id, wording()),
        lambda: desk.delete(template_id),
    ):
        with pytest.raises(NotFoundError):
            act()
    with office.database.reading() as session:
        assert email_templates.read_version(session, version_id).wording.name == "Weg"
    desk.add(named("Weg"))


def taken(problems):
    return problems == (WordingProblem("name", WordingProblemKind.NAME_TAKEN),)


@pytest.mark.parametrize("other", ["Welkom", "welkom", " WEL KOM", "Ｗelkom"])
def test_a_name_is_given_once_however_it_is_written(desk, other):
    desk.add(named("Welkom"))
    with pytest.raises(WordingRefusedError) as refused:
        desk.add(named(other))
    assert taken(refused.value.problems)


def test_names_differ_within_a_branch_and_from_the_companys(desk, office):
    desk.add(named("Samen"))
    utrecht = desk.add(named("Utrecht"), office.utrecht)
    desk.add(named("Utrecht"), office.amsterdam)
    for name, branch_id in [
        ("Samen", office.utrecht),
        ("Utrecht", office.utrecht),
        ("Utrecht", None),
        ("invitation with a LINK", office.utrecht),
        ("Uitnodiging met een wachtwoord", None),
    ]:
        with pytest.raises(WordingRefusedError) as refused:
            desk.add(named(name), branch_id)
        assert taken(refused.value.problems)
    with pytest.raises(WordingRefusedError):
        desk.change(utrecht, named("samen"))
    desk.change(utrecht, named("UTRECHT"))


def test_a_refused_wording_leaves_nothing_behind(desk, office):
    template_id = desk.add()
    before, events = desk.rows(), len(office.events())
    wrong = wording("{{ voornam }} {{ link }}", "")
    for act in (
        lambda: desk.add(wrong),
        lambda: desk.add(named("Welkom"), office.utrecht),
        lambda: desk.change(template_id, wrong),
    ):
        with pytest.raises(WordingRefusedError):
            act()
    assert (desk.rows(), len(office.events())) == (before, events)
    assert desk.get(template_id).number == 1


def test_an_attachment_of_a_refused_template_is_not_kept(office, desk):
    before = desk.rows()
    with (
        pytest.raises(WordingRefusedError),
        office.database.transaction() as session,
    ):
        pdf = attachments.add(session, "a.pdf", PDF, actor=office.hanna, now=office.now)
        said = wording("niets", attached=Attached.FILE, attachment_id=pdf)
        email_templates.add(
            session, said, branch_id=None, actor=office.hanna, now=office.now
        )
    assert desk.rows() == before


def test_the_words_of_a_built_in_template_are_the_programs(desk, office):
    built_in = desk.list_templates()[0]
    with office.database.transaction() as session:
        session.execute(
            update(EmailTemplateVersion)
            .where(EmailTemplateVersion.id == built_in.version_id)
            .values(body_nl="{{ wachtwoord }}", name="x")
        )
    assert desk.get(built_in.template_id).hands_over is HandsOver.LINK
    assert names(desk.list_templates()) == BUILT_IN
