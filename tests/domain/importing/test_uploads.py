"""An uploaded list: shown, confirmed as it was shown, and forgotten."""

import threading
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import administrators
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.audit import AuditAct
from domain.errors import NotPermittedError
from domain.importing import staff_lists, uploads
from domain.importing.model import StaffListUpload, UploadExpiredError
from domain.importing.report import ChangedAddress
from domain.importing.uploads import PreviewOutdatedError
from domain.logins import creation
from domain.logins.model import LoginState
from domain.secret import Keyring, Secret
from tests.domain.importing import workbooks
from tests.domain.importing.test_sample_lists import MESSY, ORDINARY
from tests.domain.importing.workbooks import BRANCH, EMAIL, LAST_NAME, NUMBER
from tests.domain.office import BRAM, HANNA, Office

HALF_AN_HOUR = timedelta(minutes=30)
PATIENCE = timedelta(seconds=30)


def person(number, branch="Utrecht", **more):
    return {NUMBER: number, LAST_NAME: f"Wit {number}", BRANCH: branch} | more


@dataclass
class Counter:
    """Where somebody uploads lists, and confirms what they were shown."""

    office: Office
    keyring: Keyring

    def shows(self, file, actor=None):
        """Read a file and keep it; gives its id and its preview."""
        actor = actor or self.office.hanna
        now = self.office.now
        staff_list = staff_lists.read(file, now=now)
        with self.office.database.reading() as session:
            shown = uploads.preview(session, staff_list, actor=actor)
        with self.office.database.transaction() as session:
            keyring = self.keyring
            kept = uploads.keep(
                session, staff_list, "lijst.xlsx", keyring=keyring, actor=actor, now=now
            )
        return kept, shown

    def confirms(self, kept, shown, actor=None, later=timedelta()):
        """Import what was shown."""
        with self.office.database.transaction(PATIENCE) as session:
            known = self.known(actor, later)
            name, done = uploads.confirm(session, kept, shown.fingerprint, **known)
        assert name == "lijst.xlsx"
        return done

    def shows_again(self, kept, actor=None, later=timedelta()):
        """The preview of a kept list as it is by now."""
        with self.office.database.reading() as session:
            known = self.known(actor, later)
            return uploads.preview_again(session, kept, **known)[1]

    def remarks(self, kept, actor=None, later=timedelta()):
        """The rows that ask for attention."""
        with self.office.database.reading() as session:
            return uploads.remarks(session, kept, **self.known(actor, later))[1]

    def known(self, actor, later):
        """What every service is told."""
        return {
            "keyring": self.keyring,
            "actor": actor or self.office.hanna,
            "now": self.office.now + later,
        }

    def kept(self):
        """Every upload there is."""
        with self.office.database.reading() as session:
            return list(session.scalars(select(StaffListUpload)))


@pytest.fixture
def counter(office, keyring):
    return Counter(office, keyring)


def one(*people):
    return workbooks.staff_list(*(people or [person("1")]))


def test_what_was_shown_is_what_is_done(counter, desk):
    kept, shown = counter.shows(MESSY)
    assert desk.numbers() == []
    imported = counter.confirms(kept, shown)
    report = shown.report
    assert desk.numbers() == sorted(line.number for line in report.new)
    assert (imported.new, imported.refused, imported.warnings) == (57, 9, 3)
    assert (imported.changed, imported.unchanged, imported.address_changes) == (0, 0, 0)
    assert imported.branch_count == 3
    names = {branch_id: name for name, branch_id in desk.branches().items()}
    assert [names[branch_id] for branch_id in imported.branch_ids] == [
        "Amsterdam Centrum",
        "Café 't Hoekje",
        "Utrecht",
    ]


def test_a_kept_list_is_the_list_that_was_read(counter):
    kept, shown = counter.shows(MESSY)
    assert counter.shows_again(kept) == shown


def test_the_audit_log_names_the_administrator_who_confirmed(counter, office):
    kept, shown = counter.shows(one(person("1"), person("2", "Zwolle")))
    counter.confirms(kept, shown)
    events = office.events(
        AuditAct.CARD_ADDED, AuditAct.CARDS_IMPORTED, AuditAct.BRANCH_ADDED
    )[3:]
    assert len(events) == 4
    assert {event.administrator_id for event in events} == {
        office.hanna.administrator_id
    }


def test_confirming_twice_does_once_and_tells_twice(counter, desk):
    kept, shown = counter.shows(one(person("1")))
    first = counter.confirms(kept, shown)
    before = desk.dump()
    assert counter.confirms(kept, shown) == first
    assert desk.dump() == before


def test_two_who_confirm_one_preview_at_once_import_once(counter, office):
    kept, shown = counter.shows(ORDINARY)
    told = []
    threads = [
        threading.Thread(target=lambda: told.append(counter.confirms(kept, shown)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [imported.new for imported in told] == [65] * 4
    assert len(office.events(AuditAct.CARDS_IMPORTED)) == 1


# What changed meanwhile.


def changed_by_another_import(_counter, desk):
    desk.imports(one(person("1") | {LAST_NAME: "Zwart"}))


def the_new_card_is_there_already(_counter, desk):
    desk.imports(one(person("2")))


def the_new_branch_is_there_already(_counter, desk):
    desk.imports(one(person("9", "Zwolle")))


def the_card_was_given_a_login(counter, _desk):
    office = counter.office
    with office.database.transaction() as session:
        now = office.now
        creation.create_logins(session, office.utrecht, actor=office.hanna, now=now)


@pytest.mark.parametrize(
    "meanwhile",
    [
        changed_by_another_import,
        the_new_card_is_there_already,
        the_new_branch_is_there_already,
        the_card_was_given_a_login,
    ],
)
def test_a_preview_dies_when_what_it_was_reckoned_from_changes(
    counter, desk, office, meanwhile
):
    office.add_card(number="1", email="oud@example.nl")
    kept, shown = counter.shows(
        one(
            person("1", **{EMAIL: "nieuw@example.nl"}),
            person("2"),
            person("3", "Zwolle"),
        )
    )
    meanwhile(counter, desk)
    before = desk.dump()
    with pytest.raises(PreviewOutdatedError):
        counter.confirms(kept, shown)
    assert desk.dump() == before
    again = counter.shows_again(kept)
    assert again.fingerprint != shown.fingerprint
    counter.confirms(kept, again)
    assert desk.card("1").email == "nieuw@example.nl"


def test_a_login_that_came_meanwhile_is_shown_apart(counter, desk, office):
    office.add_card(number="1", email="oud@example.nl")
    kept, shown = counter.shows(one(person("1", **{EMAIL: "nieuw@example.nl"})))
    assert shown.report.address_changes == ()
    the_card_was_given_a_login(counter, desk)
    again = counter.shows_again(kept)
    assert again.report.address_changes == (
        ChangedAddress(2, "1", "oud@example.nl", "nieuw@example.nl"),
    )


def test_what_the_list_does_not_speak_of_may_change_meanwhile(counter, desk, office):
    office.add_card(number="8")
    kept, shown = counter.shows(one(person("1")))
    desk.imports(one(person("8") | {LAST_NAME: "Zwart"}, person("9", "Amsterdam")))
    office.add_login(LoginState.ACTIVE)
    assert counter.confirms(kept, shown).new == 1


def test_two_people_with_one_list_the_second_is_shown_what_is_left(counter, office):
    kept, shown = counter.shows(one(person("1"), person("2")))
    other, seen = counter.shows(one(person("1"), person("3")), actor=office.bram)
    counter.confirms(kept, shown)
    with pytest.raises(PreviewOutdatedError):
        counter.confirms(other, seen, actor=office.bram)
    again = counter.shows_again(other, actor=office.bram)
    assert [line.number for line in again.report.unchanged] == ["1"]
    assert counter.confirms(other, again, actor=office.bram).new == 1


def test_a_role_taken_away_meanwhile_takes_the_rows_away(counter, desk, office):
    kept, shown = counter.shows(one(person("1"), person("2", "Amsterdam")))
    with office.database.transaction() as session:
        for identity, kind, branch_ids in (
            (BRAM, AccountType.MANAGER, []),
            (HANNA, AccountType.USER, [office.utrecht]),
        ):
            appointing.appoint(
                session, identity, kind, branch_ids, actor=OPERATOR, now=office.now
            )
        demoted = administrators.find_actor(session, HANNA)
    with pytest.raises(PreviewOutdatedError):
        counter.confirms(kept, shown, actor=demoted)
    again = counter.shows_again(kept, actor=demoted)
    assert [line.number for line in again.report.refused] == ["2"]
    assert counter.confirms(kept, again, actor=demoted).new == 1
    assert desk.numbers() == ["1"]


# Whose it is, and for how long.


def test_nobody_else_confirms_looks_at_or_cancels_an_upload(counter, office):
    kept, shown = counter.shows(one(person("1")))
    for act in (
        lambda: counter.confirms(kept, shown, actor=office.bram),
        lambda: counter.shows_again(kept, actor=office.bram),
        lambda: counter.remarks(kept, actor=office.bram),
    ):
        with pytest.raises(UploadExpiredError):
            act()
    with office.database.transaction() as session:
        uploads.cancel(session, kept, actor=office.bram)
    assert counter.confirms(kept, shown).new == 1


def test_only_an_administrator_has_uploads(counter, office):
    staff_list = staff_lists.read(one(), now=office.now)
    with office.database.transaction() as session, pytest.raises(NotPermittedError):
        uploads.keep(session, staff_list, "x", **counter.known(OPERATOR, timedelta()))
    with pytest.raises(NotPermittedError):
        counter.confirms("id", uploads.Preview(None, ""), actor=OPERATOR)


def test_a_preview_expires_after_half_an_hour(counter, desk):
    kept, shown = counter.shows(one(person("1")))
    with pytest.raises(UploadExpiredError):
        counter.confirms(kept, shown, later=HALF_AN_HOUR)
    assert desk.numbers() == []
    just_before = HALF_AN_HOUR - timedelta(seconds=1)
    assert counter.confirms(kept, shown, later=just_before).new == 1


def test_a_newer_list_takes_the_place_of_the_one_before(counter, office):
    kept, shown = counter.shows(one(person("1")))
    foreign, seen = counter.shows(one(person("2")), actor=office.bram)
    newer, newest = counter.shows(one(person("3")))
    with pytest.raises(UploadExpiredError):
        counter.confirms(kept, shown)
    assert counter.confirms(newer, newest).new == 1
    assert counter.confirms(foreign, seen, actor=office.bram).new == 1


def test_a_fingerprint_of_another_list_imports_nothing(counter, desk):
    _kept, shown = counter.shows(one(person("1")))
    kept, _shown = counter.shows(one(person("2")))
    with pytest.raises(PreviewOutdatedError):
        counter.confirms(kept, shown)
    assert desk.numbers() == []


# What is left of the rows.


def test_the_rows_go_when_they_are_imported_and_the_remarks_with_their_time(
    counter, office
):
    kept, shown = counter.shows(MESSY)
    assert counter.remarks(kept) == shown.report.remarks
    counter.confirms(kept, shown)
    (upload,) = counter.kept()
    assert upload.sealed_list is None
    assert counter.remarks(kept) == shown.report.remarks
    with pytest.raises(UploadExpiredError):
        counter.remarks(kept, later=HALF_AN_HOUR)
    with pytest.raises(UploadExpiredError):
        counter.shows_again(kept)


def test_a_cancelled_list_is_gone(counter, office):
    kept, shown = counter.shows(one(person("1")))
    with office.database.transaction() as session:
        uploads.cancel(session, kept, actor=office.hanna)
    assert counter.kept() == []
    with pytest.raises(UploadExpiredError):
        counter.confirms(kept, shown)


def test_what_was_imported_is_not_cancelled_any_more(counter, office):
    kept, shown = counter.shows(one(person("1")))
    counter.confirms(kept, shown)
    with office.database.transaction() as session:
        uploads.cancel(session, kept, actor=office.hanna)
    assert counter.confirms(kept, shown).new == 1


def test_what_is_older_than_half_an_hour_is_forgotten(counter, office):
    counter.shows(one(person("1")))
    for later, left in ((HALF_AN_HOUR - timedelta(seconds=1), 1), (HALF_AN_HOUR, 0)):
        with office.database.transaction() as session:
            uploads.forget_expired(session, now=office.now + later)
        assert len(counter.kept()) == left


def test_a_list_whose_key_is_gone_has_to_be_uploaded_anew(counter, office):
    kept, shown = counter.shows(MESSY)
    done, seen = counter.shows(one(), actor=office.bram)
    counter.confirms(done, seen, actor=office.bram)
    counter.keyring = Keyring.from_setting(
        Secret("another key of 32 characters or more")
    )
    for act in (
        lambda: counter.confirms(kept, shown),
        lambda: counter.shows_again(kept),
        lambda: counter.remarks(kept),
        lambda: counter.remarks(done, actor=office.bram),
    ):
        with pytest.raises(UploadExpiredError):
            act()


def test_nothing_of_a_kept_list_can_be_read_without_the_key(counter, office, tmp_path):
    canary = person("4711", **{EMAIL: "kanarie@example.nl"})
    refused = person("", "Utrecht", **{EMAIL: "geweigerd@example.nl"})
    kept, shown = counter.shows(one(canary, refused))
    with office.database.engine.connect() as connection:
        stored = str(connection.execute(StaffListUpload.__table__.select()).all())
    files = b"".join(path.read_bytes() for path in tmp_path.glob("office.db*"))
    for secret in ("4711", "kanarie", "geweigerd"):
        assert secret not in stored
        assert secret.encode() not in files
    assert counter.confirms(kept, shown).new == 1
