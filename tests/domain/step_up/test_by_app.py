"""Codes from an authenticator app: set up, given once, taken away."""

import pyotp
import pytest

from domain.audit import AuditAct
from domain.letters.queueing import LetterKind
from domain.secret import Keyring, Secret
from domain.sign_in import step_up_demands, step_up_keys
from domain.sign_in.step_up import GivenKind
from domain.sign_in.step_up_demands import OwnAppError
from domain.sign_in.step_up_ways import CodesRequiredError, NoPendingStepUpAppError
from domain.step_ups import CodeWay, StepUpRequiredError
from tests.domain.office import BRAM
from tests.domain.step_up.giving import BRAM_EMAIL, wrong


def app_of(shown):
    return pyotp.TOTP(shown.seed.reveal())


def shown_about_now(codes, app):
    present = app.timecode(codes.now)
    return {app.generate_otp(present + step) for step in (-1, 0, 1)}


def changes(codes):
    return [
        letter.values["way"].reveal()
        for letter in codes.letters(LetterKind.STEP_UP_SET)
    ]


def test_an_app_is_on_after_its_first_right_code(codes):
    app = app_of(codes.begins_app())
    assert codes.passes()
    given = codes.confirms_app(wrong(app.at(codes.now)))
    assert given.kind is GivenKind.WRONG
    assert codes.passes()
    assert codes.confirms_app("12").kind is GivenKind.MALFORMED
    assert codes.confirms_app(app.at(codes.now)).kind is GivenKind.RIGHT
    assert codes.asked() == "step_up_required"
    assert codes.row().way is CodeWay.APP
    [event] = codes.office.events(AuditAct.CODES_SET_UP)
    assert event.details == {"way": "app"}
    [letter] = codes.letters(LetterKind.STEP_UP_SET)
    assert (letter.to.address, changes(codes)) == (BRAM_EMAIL, ["app"])


def test_the_key_is_the_same_for_half_an_hour(codes):
    shown = codes.begins_app()
    codes.later(minutes=29, seconds=59)
    assert codes.begins_app() == shown
    codes.later(seconds=1)
    with pytest.raises(NoPendingStepUpAppError):
        codes.confirms_app(app_of(shown).at(codes.now))
    assert codes.begins_app() != shown


def test_the_address_for_the_app_holds_key_company_and_nothing_else_secret(codes):
    shown = codes.begins_app()
    assert shown.uri.reveal().startswith("otpauth://totp/Sleutelbos")
    assert f"secret={shown.seed.reveal()}" in shown.uri.reveal()
    assert len(shown.seed.reveal()) == 32


def test_a_code_of_the_app_confirms_and_works_once(codes):
    app = codes.has_app()
    code = app.at(codes.now)
    assert codes.gives(code).kind is GivenKind.RIGHT
    assert codes.passes()
    for _ in range(20):
        assert codes.gives(code).kind is GivenKind.USED
    assert codes.row().wrong_codes == 0


def test_an_older_code_within_the_window_works_no_more(codes):
    app = codes.has_app()
    before = app.at(codes.now)
    codes.later(seconds=30)
    codes.gives(app.at(codes.now))
    assert codes.gives(before).kind is GivenKind.USED


def test_the_code_that_turned_the_app_on_confirms_nothing(codes):
    app = app_of(codes.begins_app())
    code = app.at(codes.now)
    codes.confirms_app(code)
    assert codes.gives(code).kind is GivenKind.USED
    assert codes.asked() == "step_up_required"


def test_a_mailed_code_is_none_of_the_app(codes):
    codes.demand(codes.bram)
    codes.confirms_by_mail()
    app = codes.has_app()
    codes.later(minutes=15)
    codes.sends()
    code = codes.mailed()
    # Once in 333,333 the app shows the same.
    shown = shown_about_now(codes, app)
    assert code in shown or codes.gives(code).kind is GivenKind.WRONG


def test_the_fifth_wrong_code_of_an_app_blocks(codes):
    app = codes.has_app()
    shown = shown_about_now(codes, app)
    bad = next(f"{n:06}" for n in range(10) if f"{n:06}" not in shown)
    kinds = [codes.gives(bad).kind for _ in range(6)]
    assert kinds == [*[GivenKind.WRONG] * 4, *[GivenKind.BLOCKED] * 2]
    assert codes.gives(app.at(codes.now)).kind is GivenKind.BLOCKED


def test_who_is_asked_codes_gives_one_before_setting_up_another_way(codes):
    codes.demand(codes.bram)
    with pytest.raises(StepUpRequiredError):
        codes.begins_app()
    with pytest.raises(StepUpRequiredError):
        codes.chooses_mail("123456")
    codes.confirms_by_mail()
    codes.begins_app()
    codes.later(minutes=15)
    with pytest.raises(StepUpRequiredError):
        codes.confirms_app("123456")


def test_mail_is_chosen_with_a_code_that_came_by_mail(codes):
    codes.sends()
    assert codes.chooses_mail(wrong(codes.mailed())).left == 4
    assert codes.passes()
    assert codes.row().way is None
    assert codes.chooses_mail(codes.mailed()).kind is GivenKind.RIGHT
    assert codes.row().way is CodeWay.MAIL
    assert codes.passes()
    codes.later(minutes=15)
    assert codes.asked() == "step_up_required"
    [event] = codes.office.events(AuditAct.CODES_SET_UP, AuditAct.STEP_UP_PASSED)
    assert event.act is AuditAct.CODES_SET_UP
    assert changes(codes) == ["mail"]


def test_a_code_of_five_minutes_ago_begins_no_other_way(codes):
    codes.demand(codes.bram)
    codes.confirms_by_mail()
    codes.later(minutes=4, seconds=59)
    app = app_of(codes.begins_app())
    codes.later(seconds=1)
    assert codes.passes()
    with pytest.raises(StepUpRequiredError):
        codes.begins_app()
    with pytest.raises(StepUpRequiredError):
        codes.chooses_mail("123456")
    with pytest.raises(StepUpRequiredError):
        codes.confirms_app(app.at(codes.now))
    codes.confirms_by_mail()
    assert codes.confirms_app(app.at(codes.now)).kind is GivenKind.RIGHT


def test_changing_to_mail_takes_the_app_away(codes):
    app = codes.has_app()
    codes.gives(app.at(codes.now))
    codes.sends()
    codes.chooses_mail(codes.mailed())
    row = codes.row()
    assert (row.way, row.sealed_totp_seed) == (CodeWay.MAIL, None)
    assert changes(codes) == ["app", "mail"]


def test_codes_are_turned_off_after_a_last_code(codes):
    app = codes.has_app()
    with pytest.raises(StepUpRequiredError):
        codes.turns_off()
    codes.gives(app.at(codes.now))
    assert codes.turns_off()
    assert codes.passes()
    assert codes.row().sealed_totp_seed is None
    assert not codes.turns_off()
    assert len(codes.office.events(AuditAct.CODES_TURNED_OFF)) == 1
    assert changes(codes) == ["app", "off"]


def test_required_codes_are_not_turned_off(codes):
    app = codes.has_app()
    codes.demand(codes.bram)
    codes.gives(app.at(codes.now))
    with pytest.raises(CodesRequiredError):
        codes.turns_off()
    assert codes.row().way is CodeWay.APP


def test_a_manager_has_codes_come_by_mail_for_who_lost_the_phone(codes):
    app = codes.has_app()
    codes.gives(app.at(codes.now))
    assert replaces_app(codes)
    assert codes.asked() == "step_up_required"
    assert codes.confirms_by_mail().kind is GivenKind.RIGHT
    assert not replaces_app(codes)
    assert changes(codes) == ["app", "mail"]
    with pytest.raises(OwnAppError):
        replaces_app(codes, by=codes.appoint_manager(BRAM.user_id))


def replaces_app(codes, by=None):
    with codes.database.transaction() as session:
        return step_up_demands.mail_instead_of_app(
            session,
            codes.bram.administrator_id,
            mails=True,
            keyring=codes.keyring,
            actor=by or codes.office.hanna,
            now=codes.now,
        )


NEW = Secret("a newer key for tests only of 32 characters or more")
OLD = Secret("a key for tests only of 32 characters or more")


def test_the_key_of_the_app_is_sealed_and_survives_a_new_secret_key(codes):
    app = codes.has_app()
    sealed = codes.row().sealed_totp_seed
    assert app.secret not in sealed
    codes.keyring = Keyring.from_setting(Secret(f"{NEW.reveal()},{OLD.reveal()}"))
    with codes.database.transaction() as session:
        last = step_up_keys.seal_anew(session, 0, keyring=codes.keyring)
    assert last == codes.bram.administrator_id
    with codes.database.transaction() as session:
        assert step_up_keys.seal_anew(session, 0, keyring=codes.keyring) is None
    assert codes.row().sealed_totp_seed != sealed
    codes.keyring = Keyring.from_setting(NEW)
    assert codes.gives(app.at(codes.now)).kind is GivenKind.RIGHT


def test_a_code_mailed_before_the_key_changed_works_after_it(codes):
    codes.demand(codes.bram)
    codes.sends()
    code = codes.mailed()
    codes.keyring = Keyring.from_setting(Secret(f"{NEW.reveal()},{OLD.reveal()}"))
    assert codes.gives(code).kind is GivenKind.RIGHT
