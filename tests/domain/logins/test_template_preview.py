"""A template shown as a colleague's letter, and sent to oneself as a test."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from domain.administrators import Administrator
from domain.branches import Branch
from domain.errors import NotFoundError, NotPermittedError
from domain.letters import built_in_templates, composing, email_templates
from domain.letters.kinds import LetterKind
from domain.letters.mail_server import Sender
from domain.letters.model import AccessLetter, BuiltIn
from domain.letters.queueing import open_letter
from domain.letters.template_wording import Wording, WordingRefusedError
from domain.letters.wording.words import Letterhead
from domain.logins import links, template_preview
from domain.logins.model import Login
from domain.logins.template_preview import (
    MADE_UP_PASSWORD,
    MADE_UP_TOKEN,
    NoOwnAddressError,
)
from domain.outbox import OutboxMessage
from tests.domain.letters import templating

COMPANY, PORTAL = "De Gouden Lepel", "https://inloggen.example.nl"
OWN = "hanna@example.nl"


@pytest.fixture
def sanne(office):
    return office.add_login(
        card={"first_name": "Sanne", "prefix": "de", "last_name": "Vries"},
        language="en",
    )


@pytest.fixture
def shown(office):
    def show(said, login_id, actor=None):
        with office.database.reading() as session:
            return template_preview.preview(
                session,
                said,
                login_id,
                company=COMPANY,
                portal_url=PORTAL,
                actor=actor or office.hanna,
                now=office.now,
            )

    return show


@pytest.fixture
def send(office, keyring):
    def one(login_id, which=BuiltIn.LINK, actor=None):
        with office.database.transaction() as session:
            return template_preview.send_test(
                session,
                _template(session, which, office),
                login_id,
                keyring=keyring,
                actor=actor or office.hanna,
                now=office.now,
            )

    return one


def _template(session, which, office):
    lines = email_templates.list_templates(session, actor=office.hanna)
    [template_id] = [line.template_id for line in lines if line.built_in is which]
    return email_templates.get(session, template_id, actor=office.hanna)


def _record_address(office, address):
    with office.database.transaction() as session:
        session.execute(
            update(Administrator)
            .where(Administrator.id == office.hanna.administrator_id)
            .values(email=address)
        )


def _state(office):
    """All that a preview must leave as it is."""
    with office.database.reading() as session:
        logins = session.execute(
            select(Login.password_hash, Login.credential_version).order_by(Login.id)
        ).all()
        counts = [
            session.scalar(select(func.count()).select_from(record))
            for record in (links.Link, OutboxMessage, AccessLetter)
        ]
    return logins, counts


@pytest.mark.parametrize("which", BuiltIn)
def test_a_preview_has_the_colleagues_data_and_a_made_up_way_in(
    office, shown, sanne, which
):
    before = _state(office)
    letter = shown(built_in_templates.wording_of(which, "nl"), sanne)
    assert letter.to_name == "Sanne de Vries"
    assert list(letter.words) == ["nl", "en"]
    dutch, english = letter.words["nl"], letter.words["en"]
    assert dutch.subject == "Uw werknemerslogin bij Utrecht"
    assert dutch.text.startswith("Hallo Sanne,")
    assert english.text.startswith("Hello Sanne,")
    assert "27 november om 10:30 uur" in dutch.text
    made_up = {BuiltIn.LINK: MADE_UP_TOKEN, BuiltIn.PASSWORD: MADE_UP_PASSWORD}
    for words in letter.words.values():
        assert [each for each in BuiltIn if made_up[each] in words.text] == [which]
        assert "{{" not in words.text
    assert _state(office) == before


def test_a_preview_shows_what_is_not_saved_yet(shown, sanne):
    letter = shown(
        Wording("x", " Dag {{ naam }}\n", "**Hoi**\r\n\r\n{{ link }} "), sanne
    )
    assert list(letter.words) == ["nl"]
    assert letter.words["nl"].subject == "Dag Sanne de Vries"
    assert letter.words["nl"].text.startswith("Hoi\n\nKies een wachtwoord:\n")


def test_a_preview_of_what_can_not_be_saved_says_why(shown, sanne):
    with pytest.raises(WordingRefusedError) as refused:
        shown(Wording("x", "Dag", "{{ voornam }} {{ link }}"), sanne)
    assert refused.value.problems[0].nearest == "voornaam"


def test_a_preview_evaluates_nothing(office, shown):
    name = "{{ 7*7 }}{% if 1 %}x{% endif %}${7*7}"
    login_id = office.add_login(card={"first_name": name, "last_name": "y"})
    letter = shown(templating.wording("{{ voornaam }} {{ link }}"), login_id)
    assert letter.words["nl"].text.startswith(f"{name} https://")


def test_only_managers_preview_and_test(office, shown, send, sanne):
    for actor in (office.bram, office.ursula):
        with pytest.raises(NotPermittedError):
            shown(templating.wording(), sanne, actor)
        with pytest.raises(NotPermittedError):
            send(sanne, actor=actor)


def test_a_login_that_is_not_there_is_not_found(shown, send, office):
    _record_address(office, OWN)
    with pytest.raises(NotFoundError):
        shown(templating.wording(), 999)
    with pytest.raises(NotFoundError):
        send(999)


@pytest.mark.parametrize("which", BuiltIn)
def test_a_test_goes_to_ones_own_address_and_to_nobody_else(
    office, send, sanne, keyring, which
):
    _record_address(office, OWN)
    before, _ = _state(office)
    assert send(sanne, which) == "h•••@example.nl"
    with office.database.reading() as session:
        [row] = session.scalars(select(OutboxMessage))
        assert session.scalars(select(AccessLetter)).all() == []
        assert session.scalars(select(links.Link)).all() == []
        queued = open_letter(row, keyring=keyring)
        template = email_templates.read_version(session, queued.template_version_id)
    assert queued.kind is LetterKind.TEMPLATE_TEST
    assert queued.to.address == OWN
    assert queued.to.record_card_id is None
    assert queued.good_until == office.now + timedelta(hours=48)
    head = Letterhead(COMPANY, PORTAL)
    got = templating.read(composing.compose(queued, _office_of_letters(head), template))
    assert got.recipients == [OWN]
    assert got.subject == "Test: Your employee login at Utrecht"
    assert got.text.startswith("Hello Sanne,")
    assert (MADE_UP_TOKEN in got.text) == (which is BuiltIn.LINK)
    assert (MADE_UP_PASSWORD in got.text) == (which is BuiltIn.PASSWORD)
    assert _state(office)[0] == before


def _office_of_letters(head):
    return composing.Office(Sender.from_text("HR <hr@example.nl>"), head, "nl")


@pytest.mark.parametrize(
    "address", [None, "", "hanna", "hanna@example.nl, evil@example.nl"]
)
def test_without_an_own_address_there_is_no_test(office, send, sanne, address):
    _record_address(office, address)
    with pytest.raises(NoOwnAddressError):
        send(sanne)
    assert _state(office)[1] == [0, 0, 0]


def test_a_made_up_way_in_looks_like_a_real_one_and_opens_nothing(office):
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", MADE_UP_TOKEN)
    with office.database.reading() as session:
        assert links.find(session, MADE_UP_TOKEN, now=office.now) is None


def test_a_branch_says_how_long_the_way_in_would_work(office, shown, sanne):
    with office.database.transaction() as session:
        session.get_one(Branch, office.utrecht).initial_password_days = 1
    letter = shown(templating.wording("{{ geldig_tot }} {{ link }}"), sanne)
    assert letter.words["nl"].text.startswith("21 november om 10:30 uur ")
