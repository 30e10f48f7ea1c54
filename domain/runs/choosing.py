"""Whom a reset or mailing of a branch meets, and whom not and why: SQL conditions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from domain.actor import BranchId
from domain.letters.kinds import CONTENTS, LetterKind
from domain.letters.model import AccessLetter, LetterOutcome
from domain.letters.template_wording import HandsOver
from domain.logins import states
from domain.logins.eligibility import has_no_login
from domain.logins.model import Login, LoginState, PasswordKind
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.record_cards.register import employed_on

# So long what was handed out before is surely still on its way to people.
RECENTLY: Final = timedelta(hours=24)


class ResetScope(StrEnum):
    """Whom a reset is for: those who never got in, or everybody of the branch."""

    NEVER_SIGNED_IN = "never_signed_in"
    WHOLE_BRANCH = "whole_branch"


class ResetLeftOut(StrEnum):
    """Why somebody of the branch gets no new password.

    Of a mailing only: MAILED_LATELY got a letter in the last day, NO_ADDRESS has a
    record card without a usable address, and therefore no login, NO_LOGIN has an
    address and no login all the same.
    """

    HAS_SIGNED_IN = "has_signed_in"
    NEW = "new"
    SWITCHED_OFF = "switched_off"
    EMPLOYMENT_ENDED = "employment_ended"
    LOCKED = "locked"
    MAILED_LATELY = "mailed_lately"
    NO_ADDRESS = "no_address"
    NO_LOGIN = "no_login"


WITHOUT_LOGIN: Final = frozenset({ResetLeftOut.NO_ADDRESS, ResetLeftOut.NO_LOGIN})
ONLY_OF_MAILINGS: Final = WITHOUT_LOGIN | {ResetLeftOut.MAILED_LATELY}
LEFT_OUT_BY_STATE: Final[Mapping[LoginState, ResetLeftOut]] = {
    state: ResetLeftOut(state.value)
    for state in LoginState
    if state is not LoginState.ACTIVE
}


@dataclass(frozen=True)
class ResetChoice:
    """What HR chose: the scope, and which states besides active are taken along."""

    scope: ResetScope = ResetScope.NEVER_SIGNED_IN
    also: frozenset[LoginState] = field(default_factory=frozenset)

    @property
    def states(self) -> frozenset[LoginState]:
        """The states whose logins get a new password."""
        return self.also | {LoginState.ACTIVE}

    def by_mail(self, hands_over: HandsOver) -> "ResetChoice":
        """Whom a letter can serve: activating a login ends the links that are out."""
        if hands_over is HandsOver.LINK:
            return replace(self, also=frozenset())
        return self


def met_by(
    branch_id: BranchId, choice: ResetChoice, *, now: datetime
) -> Select[int, int]:
    """The logins (id, credential version) that this choice meets.

    Somebody who left is met with that group, also while the schedule has not
    closed the login yet.
    """
    return (
        select(Login.id, Login.credential_version)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(RecordCard.branch_id == branch_id, _is_met(choice, office_day(now)))
        .order_by(RecordCard.name_key, RecordCard.id)
    )


def met_by_mail(
    branch_id: BranchId, choice: ResetChoice, *, again: bool, now: datetime
) -> Select[int, int]:
    """The logins (id, credential version) that a mailing of this choice meets."""
    met = met_by(branch_id, choice, now=now)
    return met if again else met.where(~is_mailed_lately(now))


def is_mailed_lately(now: datetime) -> ColumnElement[bool]:
    """Whether a login got a letter of access in the last day, or has one waiting.

    One may have waited as long as letters are tried.
    """
    return Login.id.in_(
        select(AccessLetter.login_id).where(
            AccessLetter.queued_at > now - RECENTLY - CONTENTS[LetterKind.ACCESS].life,
            or_(
                AccessLetter.outcome == LetterOutcome.QUEUED,
                and_(
                    AccessLetter.outcome == LetterOutcome.SENT,
                    AccessLetter.ended_at > now - RECENTLY,
                ),
            ),
        )
    )


def is_given_lately(now: datetime) -> ColumnElement[bool]:
    """Whether a login has an initial password of the last day."""
    return and_(
        Login.password_kind == PasswordKind.INITIAL,
        Login.password_set_at > now - RECENTLY,
    )


def works_without_login(branch_id: BranchId, day: date) -> ColumnElement[bool]:
    """Whether somebody who works here has no login."""
    return and_(
        RecordCard.branch_id == branch_id, employed_on(day), has_no_login(RecordCard)
    )


def has_no_login_for(reason: ResetLeftOut) -> ColumnElement[bool]:
    """Whether a card without login is one of NO_ADDRESS, or of NO_LOGIN."""
    lacks_address = RecordCard.email_key.is_(None)
    return lacks_address if reason is ResetLeftOut.NO_ADDRESS else ~lacks_address


def is_left_out_for(
    choice: ResetChoice, reason: ResetLeftOut, now: datetime
) -> ColumnElement[bool]:
    """Whether a login is left out of this choice for this reason."""
    day = office_day(now)
    state = states.counted_as(day)
    if reason is ResetLeftOut.HAS_SIGNED_IN:
        is_taken_otherwise = _is_met(
            ResetChoice(ResetScope.WHOLE_BRANCH, choice.also), day
        )
        return and_(is_taken_otherwise, ~_is_met(choice, day))
    if reason is ResetLeftOut.MAILED_LATELY:
        return and_(_is_met(choice, day), is_mailed_lately(now))
    return and_(state == LoginState(reason.value), state.not_in(choice.states))


def why_left_out(
    choice: ResetChoice, state: LoginState, *, has_signed_in: bool
) -> ResetLeftOut | None:
    """The reason why a login is left out of this choice, or None: it is met."""
    if state not in choice.states:
        return LEFT_OUT_BY_STATE[state]
    if choice.scope is ResetScope.NEVER_SIGNED_IN and has_signed_in:
        return ResetLeftOut.HAS_SIGNED_IN
    return None


def _is_met(choice: ResetChoice, day: date) -> ColumnElement[bool]:
    never = choice.scope is ResetScope.NEVER_SIGNED_IN
    return and_(
        states.counted_as(day).in_(choice.states),
        Login.sign_in_count == 0 if never else true(),
    )
