from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.audit import AuditAct
from domain.exports import deletion, handover
from domain.exports.built_in_letters import template
from domain.exports.channel import DeliveryRefusedError
from domain.exports.handover import ExportGoneError
from domain.exports.model import (
    FileKind,
    PostedFile,
    PostingState,
    ReadyLetters,
    WordTemplate,
)
from domain.exports.word_problems import WordTemplateRefusedError
from domain.exports.word_templates import WordTemplateGoneError, add, remove
from domain.logins.model import PasswordKind
from domain.logins.passwords import canonical_initial_form
from domain.runs.ledger import retry_failed
from domain.runs.model import RowReason, RunFailure, RunPhase
from domain.runs.reporting import FileStatus
from domain.runs.tools import Step
from domain.secret import Secret
from tests.domain.exports.word_files import with_parts
from tests.domain.runs.letters import (
    passwords_in,
    starts_with_letters,
    workbook_and_letters,
)
from tests.domain.runs.looking import file_of, opening_password, rows_of, run_of
from tests.passwords import matches

FILE_STEPS = [
    Step.FILE_ENSURED,
    Step.FILE_BUILT,
    Step.UPLOAD_RESERVED,
    Step.RESERVATION_NOTED,
    Step.BYTES_SENT,
    Step.UPLOAD_COMPLETED,
    Step.SHARE_SEEN,
]
DUTCH = ReadyLetters.BUILT_IN_NL


def assert_both_hand_over(office, drawer, keyring, run_id, clock, logins):
    password = opening_password(office, keyring, run_id, clock)
    lines, letters = workbook_and_letters(drawer, password)
    by_name = {line["Gebruikersnaam"]: line["Wachtwoord"] for line in lines}
    assert len(letters) == len(lines) == len(logins)
    for login_id in logins:
        login = office.login(login_id)
        typed = by_name[login.user_name]
        assert matches(login.password_hash, canonical_initial_form(Secret(typed)))
        (letter,) = [each for each in letters if login.user_name in each]
        assert passwords_in(letter) == [typed]


@pytest.mark.parametrize("ready", [DUTCH, ReadyLetters.BUILT_IN_EN])
def test_a_run_with_letters_posts_two_files_that_one_password_opens(
    office, worker, drawer, keyring, clock, ready
):
    logins = [office.add_login() for _ in range(3)]
    run_id = starts_with_letters(office, clock, ready)
    worker.works()
    assert run_of(office, run_id).phase is RunPhase.DONE
    assert_both_hand_over(office, drawer, keyring, run_id, clock, logins)
    with office.database.reading() as session:
        names = [file.file_name for file in handover.find_files(session, run_id)]
    assert names == [
        "werknemerslogins-utrecht-2026-11-20.xlsx",
        "brieven-utrecht-2026-11-20.docx",
    ]
    assert len(office.events(AuditAct.EXPORT_POSTED)) == 2
    last = drawer.messages[-1]
    assert (last.file, last.letters) == (FileStatus.IN_CHANNEL,) * 2


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("step", FILE_STEPS)
def test_a_run_with_letters_that_is_killed_at_either_file_ends_as_if_it_had_not_been(
    office, worker, drawer, keyring, clock, step, times
):
    logins = [office.add_login() for _ in range(2)]
    run_id = starts_with_letters(office, clock, DUTCH)
    assert worker.is_killed_at(step, times)
    kinds = {office.login(login).password_kind for login in logins}
    assert kinds == {PasswordKind.NONE}
    clock.forward(timedelta(minutes=5))
    worker.works()
    assert run_of(office, run_id).phase is RunPhase.DONE
    assert_both_hand_over(office, drawer, keyring, run_id, clock, logins)


def test_no_password_works_before_the_letters_are_in_the_channel_too(
    office, worker, drawer, clock
):
    login = office.add_login(password_kind=PasswordKind.OWN, password_hash="own")
    run_id = starts_with_letters(office, clock, DUTCH)
    assert worker.is_killed_at(Step.SHARE_SEEN)
    drawer.shares_appear = False
    clock.forward(timedelta(minutes=5))
    worker.works_for(timedelta(minutes=10))
    assert len(drawer.posted) == 1
    assert drawer.deleted
    assert office.login(login).password_hash == "own"
    assert run_of(office, run_id).phase is RunPhase.POSTING


def test_when_the_letters_are_refused_the_workbook_is_taken_away_too(
    office, worker, drawer, clock
):
    login = office.add_login()
    run_id = starts_with_letters(office, clock, DUTCH)
    assert worker.is_killed_at(Step.SHARE_SEEN)
    clock.forward(timedelta(minutes=5))
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    assert run_of(office, run_id).failure is RunFailure.NOT_POSTED
    assert office.login(login).password_kind is PasswordKind.NONE
    assert deletion.delete_due(office.database, drawer.channel(), clock=clock) == 2
    assert drawer.posted == {}
    with office.database.reading() as session:
        files = session.scalars(select(PostedFile)).all()
    assert {file.state for file in files} == {PostingState.DELETED}
    assert {file.sealed_opening_password for file in files} == {None}


def test_both_files_are_gone_after_a_day(office, worker, drawer, keyring, clock):
    office.add_login()
    run_id = starts_with_letters(office, clock, DUTCH)
    worker.works()
    clock.forward(timedelta(hours=24))
    assert deletion.delete_due(office.database, drawer.channel(), clock=clock) == 2
    assert drawer.posted == {}
    with pytest.raises(ExportGoneError):
        opening_password(office, keyring, run_id, clock)


def test_whom_no_workbook_can_hold_has_no_letter_and_keeps_the_old_password(
    office, worker, drawer, keyring, clock
):
    stays = office.add_login(card={"last_name": "_x000D_"})
    logins = [office.add_login()]
    run_id = starts_with_letters(office, clock, DUTCH)
    worker.works()
    assert_both_hand_over(office, drawer, keyring, run_id, clock, logins)
    reasons = {row.login_id: row.reason for row in rows_of(office, run_id)}
    assert reasons == {stays: RowReason.NOT_WRITABLE, logins[0]: None}
    assert office.login(stays).password_kind is PasswordKind.NONE


def own_template(office, clock, branch_id=None):
    with office.database.transaction() as session:
        content = template(DUTCH, "https://inloggen.example.nl")
        return add(
            session,
            "Onze brief.docx",
            content,
            branch_id=branch_id,
            actor=office.hanna,
            now=clock(),
        )


def remove_template(office, clock, template_id):
    with office.database.transaction() as session:
        remove(session, template_id, actor=office.hanna, now=clock())


def test_a_template_that_is_removed_meanwhile_still_makes_the_letters_of_its_run(
    office, worker, drawer, keyring, clock
):
    logins = [office.add_login()]
    template_id = own_template(office, clock, office.utrecht)
    run_id = starts_with_letters(office, clock, ReadyLetters.OWN, template_id)
    remove_template(office, clock, template_id)
    worker.works()
    assert_both_hand_over(office, drawer, keyring, run_id, clock, logins)


def test_no_run_begins_with_a_removed_template_or_one_of_another_branch(office, clock):
    office.add_login()
    removed = own_template(office, clock)
    remove_template(office, clock, removed)
    others = own_template(office, clock, office.amsterdam)
    for template_id in (removed, others, None):
        with pytest.raises(WordTemplateGoneError):
            starts_with_letters(office, clock, ReadyLetters.OWN, template_id)


def test_trying_again_makes_letters_from_the_same_template(
    office, worker, drawer, keyring, clock
):
    logins = [office.add_login()]
    run_id = starts_with_letters(office, clock, ReadyLetters.BUILT_IN_EN)
    drawer.trouble["complete"] = DeliveryRefusedError("not_in_channel")
    worker.works()
    with office.database.transaction() as session:
        again = retry_failed(
            session,
            run_id,
            expected_count=1,
            channel_id="C1",
            actor=office.bram,
            now=clock(),
        )
    worker.works()
    assert_both_hand_over(office, drawer, keyring, again, clock, logins)
    assert run_of(office, again).ready_letters is ReadyLetters.BUILT_IN_EN


def test_a_run_without_letters_posts_one_file(office, worker, drawer, start):
    office.add_login()
    run_id = start()
    worker.works()
    assert len(drawer.posted) == 1
    assert file_of(office, run_id).kind is FileKind.WORKBOOK
    assert not drawer.messages[-1].makes_letters


def test_a_template_of_which_no_letter_can_be_made_is_refused_at_once(office, clock):
    whole = template(DUTCH, "https://inloggen.example.nl")
    in_one_run = (
        b'<w:p><w:r><w:fldChar w:fldCharType="begin"/>'
        b"<w:instrText>MERGEFIELD Naam</w:instrText>"
        b'<w:fldChar w:fldCharType="separate"/><w:t>x</w:t>'
        b'<w:fldChar w:fldCharType="end"/></w:r></w:p><w:sectPr'
    )
    content = with_parts(whole, replace=[(b"<w:sectPr", in_one_run)])
    with (
        office.database.transaction() as session,
        pytest.raises(WordTemplateRefusedError),
    ):
        add(session, "x.docx", content, branch_id=None, actor=office.hanna, now=clock())


def test_a_template_of_which_no_letter_comes_fails_its_run_before_anything_is_posted(
    office, worker, drawer, clock
):
    login_id = office.add_login()
    template_id = own_template(office, clock, office.utrecht)
    run_id = starts_with_letters(office, clock, ReadyLetters.OWN, template_id)
    # From before a rule of today.
    with office.database.transaction() as session:
        session.get_one(WordTemplate, template_id).content = b"PK no template"
    worker.works()
    run = run_of(office, run_id)
    assert (run.phase, run.failure) == (RunPhase.FAILED, RunFailure.TEMPLATE_UNUSABLE)
    assert drawer.posted == {}
    assert office.login(login_id).credential_version == 1
