"""The weekly digest."""

from datetime import date, timedelta

from bot.digests import weekly_message
from bot.digests.weekly_message import WeeklyDigest
from domain.actor import BranchId
from domain.exports.channel import ChannelProblem
from domain.logins.weekly import NAMED, BranchWeeks, NeverSignedIn, Week

MONDAY = date(2026, 11, 23)
COUNTS = ((0, 0), (40, 3), (40, 12), (42, 20), (45, 27), (45, 30), (1300, 1299), (7, 7))


def digest(never=0, count=None, counts=COUNTS, *, mails=True, **where):
    def build(t, text):
        weeks = [
            Week(MONDAY - timedelta(weeks=len(counts) - 1 - index), *each)
            for index, each in enumerate(counts)
        ]
        named = [NeverSignedIn(text, f"{104 + each:05}") for each in range(never)]
        told = BranchWeeks(BranchId(2), text, weeks, named, count or never)
        return weekly_message.build(WeeklyDigest(told, mails, **where), t)

    return build


MESSAGES = {
    "digest": digest(3),
    "digest-many": digest(NAMED, 1234),
    "digest-one-more": digest(NAMED, NAMED + 1),
    "digest-everybody-in": digest(),
    "digest-first-week": digest(1, counts=COUNTS[:1]),
    "digest-no-mail": digest(2, mails=False),
    "digest-direct": digest(1, problem=ChannelProblem.PUBLIC, channel_id="C1"),
}
