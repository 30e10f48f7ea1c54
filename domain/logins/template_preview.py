"""A template as a colleague's letter: looked at before it goes out, or sent as a test.

Link and password are made up, so that neither shows nor mails a way in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from domain.actor import Actor, BranchId
from domain.administrators import Administrator
from domain.branches import Branch
from domain.errors import DomainError, NotFoundError
from domain.letters.filling import subject_line, text_blocks, values_of
from domain.letters.kinds import LetterKind
from domain.letters.mail_server import UndeliverableAddressError, deliverable
from domain.letters.markup import parse, parse_line
from domain.letters.queueing import Recipient, queue_letter
from domain.letters.template_versions import Template
from domain.letters.template_wording import (
    HandsOver,
    Wording,
    WordingRefusedError,
    problems_of,
    tidied,
)
from domain.letters.translator import Language, translator
from domain.letters.wording.words import Letterhead
from domain.logins.model import Login, LoginId
from domain.logins.recipients import recipient_of
from domain.masking import masked
from domain.permissions import Act, require
from domain.record_cards.model import RecordCard
from domain.secret import Keyring, Secret

# As long as real ones, so that a letter looks as it will.
MADE_UP_TOKEN: Final = "voorbeeld-example-voorbeeld-example-voorbee"  # noqa: S105
MADE_UP_PASSWORD: Final = "kp7m-3xwe-h9ta-v4nd"  # noqa: S105 (nobody's)


class NoOwnAddressError(DomainError):
    """The administrator has no e-mail address on record to send a test to."""

    code = "no_own_address"


@dataclass(frozen=True)
class PreviewedWords:
    """A letter in one language, in plain text."""

    subject: str
    text: str


@dataclass(frozen=True)
class PreviewedLetter:
    """A letter as `to_name` would get it, in each language that the template has."""

    to_name: str
    words: Mapping[Language, PreviewedWords]


def preview(
    session: Session,
    wording: Wording,
    login_id: LoginId,
    *,
    company: str,
    portal_url: str,
    actor: Actor,
    now: datetime,
) -> PreviewedLetter:
    """The letter of a wording, saved or not, with a real colleague's data.

    Raises WordingRefusedError for one that could not be saved, NotFoundError for
    a login out of reach.
    """
    require(actor, Act.EDIT_TEMPLATES)
    login, branch = _login(session, login_id, actor)
    said = tidied(wording)
    problems = problems_of(said)
    if problems:
        raise WordingRefusedError(problems)
    return _letter(said, login, branch, Letterhead(company, portal_url), now)


def example(
    session: Session,
    template: Template,
    login_id: LoginId,
    *,
    company: str,
    portal_url: str,
    actor: Actor,
    now: datetime,
) -> PreviewedLetter:
    """The letter of a saved template, for who is about to mail with it.

    Raises NotFoundError for a login out of reach.
    """
    login, branch = _login(session, login_id, actor)
    require(actor, Act.MAIL_PASSWORDS, BranchId(branch.id))
    head = Letterhead(company, portal_url)
    return _letter(template.wording, login, branch, head, now)


def send_test(
    session: Session,
    template: Template,
    login_id: LoginId,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> str:
    """Queue the colleague's letter to the administrator's own address; masked.

    Its subject says that it is a test. Raises NoOwnAddressError, and NotFoundError
    for a login out of reach.
    """
    require(actor, Act.EDIT_TEMPLATES)
    login, branch = _login(session, login_id, actor)
    address = _own_address(session, actor)
    queue_letter(
        session,
        LetterKind.TEMPLATE_TEST,
        Recipient(address, recipient_of(login).first_name, login.language),
        values=_values(login, branch, template.hands_over, now),
        template_version_id=template.version_id,
        keyring=keyring,
        now=now,
    )
    return masked(address)


def _letter(
    said: Wording, login: Login, branch: Branch, head: Letterhead, now: datetime
) -> PreviewedLetter:
    known = {
        name: Secret(value)
        for name, value in _values(login, branch, said.hands_over, now).items()
    }
    return PreviewedLetter(
        login.record_card.full_name,
        {language: _words(said, language, known, head) for language in said.languages},
    )


def _words(
    wording: Wording,
    language: Language,
    known: Mapping[str, Secret],
    head: Letterhead,
) -> PreviewedWords:
    t = translator(language)
    values = values_of(known, head, t)
    blocks = text_blocks(parse(wording.body(language)), values, t("Choose a password"))
    subject = subject_line(parse_line(wording.subject(language)), values)
    return PreviewedWords(subject, "\n\n".join(blocks))


def _login(session: Session, login_id: LoginId, actor: Actor) -> tuple[Login, Branch]:
    row = session.execute(
        select(Login, Branch)
        .join(Login.record_card)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .where(Login.id == login_id)
        .options(contains_eager(Login.record_card))
    ).one_or_none()
    if row is None or not actor.reaches(BranchId(row[1].id)):
        raise NotFoundError(kind="login")
    return row[0], row[1]


def _values(
    login: Login, branch: Branch, hands_over: HandsOver, now: datetime
) -> dict[str, str]:
    values = {
        "first_name": recipient_of(login).first_name,
        "name": login.record_card.full_name,
        "branch": branch.name,
        "user_name": login.user_name,
        "valid_until": (now + branch.initial_password_life).isoformat(),
    }
    if hands_over is HandsOver.PASSWORD:
        return values | {"password": MADE_UP_PASSWORD}
    return values | {"token": MADE_UP_TOKEN}


def _own_address(session: Session, actor: Actor) -> str:
    administrator_id = actor.administrator_id
    administrator = (
        session.get(Administrator, administrator_id) if administrator_id else None
    )
    if administrator is None or not administrator.email:
        raise NoOwnAddressError
    try:
        return deliverable(administrator.email)
    except UndeliverableAddressError as error:
        raise NoOwnAddressError from error
