"""Screens of moving employee data."""

from datetime import UTC, date, datetime

from bot.moves import pair_screen, recent, result, start, undo_screen
from bot.moves.pair_screen import PairScreen
from bot.moves.recent import Recent
from bot.moves.result import Moved
from bot.moves.start import Start
from bot.moves.undo_screen import UndoScreen
from bot.moves.wording import ADDRESS_IN_USE
from domain.logins.model import LoginState
from domain.logins.move_comparison import Comparison, FieldChoice, Side
from domain.logins.moved_fields import MovedField
from domain.logins.moves import (
    MoveId,
    MoveRefusal,
    UndoRefusal,
    UndoRefusedError,
)
from domain.logins.moving_back import Undoing
from domain.logins.pair_finding import CardLine, PairPage
from domain.logins.recent_moves import RecentMove, RecentMoves
from domain.record_cards.model import RecordCardId
from domain.record_cards.pairs import Pair, PairReason, Traits

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
EVERY_FIELD = tuple(MovedField)


def traits(card_id):
    return Traits(card_id, "", None, None, None, None, None, has_login=False)


def pairs(count, first=0, found=None):
    def build(t, text):
        shown = tuple(
            Pair(traits(2 * n), traits(2 * n + 1), tuple(PairReason)[n % 3 :])
            for n in range(count)
        )
        cards = {n: CardLine(text[:40], text, text) for n in range(2 * count)}
        return start.build(Start(PairPage(shown, cards, first, found or count)), t)

    return build


def side(card_id, text, *, has_login, email=True):
    return Side(
        card_id=RecordCardId(card_id),
        number=text[:40],
        name=text,
        branch_name=text[:100],
        email=f"{card_id}{text}"[:254] if email else None,
        start_on=date(2020, 1, 1),
        end_on=date(2026, 10, 31) if has_login else None,
        login_state=LoginState.ACTIVE if has_login else None,
        user_name=f"{card_id}{text}"[:254] if has_login else None,
    )


def choices(text, fields):
    return tuple(
        FieldChoice(
            field,
            date(1990, 2, 3) if field is MovedField.BIRTH_ON else text,
            None if field in (MovedField.PHONE, MovedField.BIRTH_ON) else text,
        )
        for field in fields
    )


def compared(
    fields=EVERY_FIELD,
    ticked=(MovedField.EMAIL,),
    *,
    old_login=True,
    new_login=False,
    new_email=True,
    refusal=None,
    news="",
):
    def build(t, text):
        comparison = Comparison(
            old=side(1, text, has_login=old_login),
            new=side(2, text, has_login=new_login, email=new_email),
            choices=choices(text, fields),
            ticked=frozenset(ticked),
            refusal=refusal,
        )
        return pair_screen.build(PairScreen(comparison, "V1", news and t(news)), t)

    return build


def moved(state=LoginState.ACTIVE, fields=EVERY_FIELD, *, with_login=True):
    def build(t, text):
        new = side(2, text, has_login=with_login)
        seen = Side(**(vars(new) | {"login_state": state if with_login else None}))
        old = side(1, text, has_login=False)
        return result.build(Moved(MoveId(7), old, seen, fields, with_login), t)

    return build


def undoing(given_back=EVERY_FIELD, kept=(), *, before=None, has_login=True):
    def build(t, text):
        plan = Undoing(
            MoveId(7),
            RecordCardId(1),
            RecordCardId(2),
            tuple(given_back),
            tuple(kept),
            text if has_login else None,
            before and text,
        )
        return undo_screen.build(UndoScreen(plan, text[:40], text[:40], "V1"), t)

    return build


def moves_list(count, before=None, *, is_newest=True):
    def build(t, text):
        moves = tuple(
            RecentMove(MoveId(n), AT, text, text[:40], text[:40], AT if n % 2 else None)
            for n in range(count)
        )
        return recent.build(Recent(RecentMoves(moves, before), is_newest), t)

    return build


SCREENS = {
    "moves": pairs(start.PAGE, 5, 12),
    "moves-one-pair": pairs(1),
    "moves-no-pairs": pairs(0),
    "move-with-address": compared(),
    "move-without-address": compared(ticked=()),
    "move-no-address-before": compared(new_email=False),
    "move-nothing-differs": compared((), ()),
    "move-no-login": compared(old_login=False),
    "move-to-a-login": compared(old_login=False, new_login=True),
    "move-address-taken": compared(ticked=(), news=ADDRESS_IN_USE),
    **{
        f"move-refused-{reason.value}": compared(refusal=reason)
        for reason in MoveRefusal
    },
    "moved": moved(),
    "moved-inactive": moved(LoginState.EMPLOYMENT_ENDED),
    "moved-no-login": moved(fields=(), with_login=False),
    "undoing": undoing(),
    "undoing-some-kept": undoing((MovedField.EMAIL,), (MovedField.PHONE,), before=True),
    "undoing-no-login": undoing((), has_login=False),
    "undone": lambda t, _text: undo_screen.done(t),
    **{
        f"undo-refused-{reason.value}": (
            lambda t, _text, reason=reason: undo_screen.refused(
                UndoRefusedError(reason, "anna@example.nl"), t
            )
        )
        for reason in UndoRefusal
    },
    "moved-lately": moves_list(recent.PAGE, MoveId(3), is_newest=False),
    "moved-lately-nothing": moves_list(0),
}
