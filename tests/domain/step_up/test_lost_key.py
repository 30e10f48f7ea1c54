"""A key that is lost takes administrators' apps with it, and opens nothing."""

from domain import lost_key
from domain.actor import OPERATOR
from domain.audit import AuditAct
from domain.letters.queueing import LetterKind
from domain.secret import Keyring, Secret
from domain.sign_in.step_up import GivenKind
from domain.step_ups import CodeWay

NEW = Keyring.from_setting(
    Secret("another key for tests only of 32 characters or more")
)


def gives_up(codes):
    with codes.database.transaction() as session:
        return lost_key.give_up(session, NEW, actor=OPERATOR, now=codes.now)


def test_a_lost_key_puts_mailed_codes_in_the_place_of_an_app(codes):
    app = codes.has_app()
    codes.keyring = NEW
    assert codes.gives(app.at(codes.now)).kind is GivenKind.WRONG
    assert gives_up(codes).own_apps == 1
    assert codes.row().way is CodeWay.MAIL
    [*_, event] = codes.office.events(AuditAct.CODES_SET_UP)
    assert event.details["why"] == "key_lost"
    assert codes.asked() == "step_up_required"
    assert codes.confirms_by_mail().kind is GivenKind.RIGHT
    assert gives_up(codes).is_nothing


def test_who_lost_an_app_gets_a_letter_that_says_why(codes):
    codes.set_address(codes.bram, None)
    codes.has_app()
    codes.set_address(codes.bram, "bram@example.nl")
    codes.keyring = NEW
    gives_up(codes)
    [letter] = codes.letters(LetterKind.STEP_UP_SET)
    assert {name: value.reveal() for name, value in letter.values.items()} == {
        "way": "mail",
        "by": "operator",
    }


def test_apps_that_open_are_left_alone(codes):
    app = codes.has_app()
    with codes.database.transaction() as session:
        loss = lost_key.give_up(session, codes.keyring, actor=OPERATOR, now=codes.now)
    assert loss.is_nothing
    assert codes.gives(app.at(codes.now)).kind is GivenKind.RIGHT
