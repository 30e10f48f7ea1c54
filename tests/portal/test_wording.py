"""Whatever the office may say has words, in both languages."""

import inspect

from domain.errors import DomainError
from domain.sign_in import (
    app_enrolment,
    factors,
    hashing_slots,
    own_factor,
    own_password,
    recovery,
    second_step,
    sessions,
    sign_in,
)
from domain.sign_in.password_rules import Weakness
from domain.sign_in.password_strength import Advice
from portal import failures, notices
from portal.locale.completeness import CHECKED
from portal.password_advice import ADVICE, STRENGTHS, WEAKNESSES

# Answered on the page itself, each where it can come up.
_ON_THE_PAGE = {"wrong_code", "no_pending_app", "no_app", "second_factor_required"}
_SERVICES = (
    app_enrolment,
    factors,
    hashing_slots,
    own_factor,
    own_password,
    recovery,
    second_step,
    sessions,
    sign_in,
)


def test_the_catalog_is_complete():
    assert list(CHECKED.problems(CHECKED.read(), CHECKED.used_messages())) == []


def test_every_weakness_advice_and_strength_has_words():
    assert set(WEAKNESSES) == set(Weakness)
    assert set(ADVICE) == set(Advice)
    assert len(STRENGTHS) == 5


def test_every_refusal_of_the_services_has_an_answer():
    codes = {
        member.code
        for module in _SERVICES
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, DomainError) and member is not DomainError
    }
    answered = set(failures.WORDING) | set(failures.LEADS_TO) | _ON_THE_PAGE
    # Only administrators are told that something is not there.
    assert codes - {"not_found", "not_permitted"} <= answered


def test_every_notice_has_words():
    codes = {
        value
        for name, value in vars(notices).items()
        if name.isupper() and isinstance(value, str)
    }
    assert codes == set(notices.WORDING)


def test_dutch_is_polite_throughout():
    words = [
        f" {form} "
        for message in CHECKED.read()
        if message.id
        for form in (
            [message.string] if isinstance(message.string, str) else message.string
        )
    ]
    assert sum(" u " in form for form in words) > 30
    for familiar in (" je ", " jij ", " jou ", " jouw ", " Je ", " Jij ", " Jouw "):
        assert not any(familiar in form for form in words), familiar


def test_the_labels_of_the_manual_are_literal(counter):
    text = counter.visitor().looks("/").text
    for label in ("Gebruikersnaam", "Wachtwoord", "Wachtwoord vergeten", "Inloggen"):
        assert f">{label}<" in text
