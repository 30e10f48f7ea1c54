"""The five weeks before the demo: how two branches came to work with logins."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain import branch_settings
from domain.actor import AccountType
from domain.branch_settings import Settings
from sleutelbos.demo import company, staff
from sleutelbos.demo.acts import Acts
from sleutelbos.demo.cast import BRAM, HANNA, URSULA, Channels
from sleutelbos.demo.chronicle import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Calendar,
    Chronicle,
    at,
)
from sleutelbos.demo.company import Size
from sleutelbos.demo.sign_ins import SignIns
from sleutelbos.demo.staff import FIRST_BRANCH, NEW_BRANCH, SECOND_BRANCH, Fate

_GOT_IN: Final = (
    Fate.SIGNS_IN,
    Fate.SWITCHED_OFF,
    Fate.LOCKED_OUT,
    Fate.LEAVES,
    Fate.CHANGED_ADDRESS,
)
_STILL_COME: Final = (Fate.SIGNS_IN, Fate.CHANGED_ADDRESS)
# A file is deleted a day after it was posted, at the next look.
_DELETED_AFTER: Final = timedelta(hours=24, minutes=4)
_WEEKLY: Final = ("08:00", "close_week")
_NIGHTLY: Final = (("03:00", "close_leavers"), ("04:00", "seal_audit"))
# Of a large company's other branches, how many were activated, how many prepared.
_ACTIVATED: Final = 20
_CREATED: Final = 10


@dataclass(frozen=True)
class History:
    """Plans what happened; it happens when the chronicle is played."""

    chronicle: Chronicle
    calendar: Calendar
    acts: Acts
    sign_ins: SignIns
    channels: Channels
    size: Size

    def plan(self) -> None:
        """Everything, from the first manager until yesterday."""
        self._plan_nights()
        self._plan_beginning()
        amsterdam, rotterdam = self.channels.admin_of[FIRST_BRANCH], self.channels.admin
        day = self.calendar.day
        self._plan_branch(day(5, TUESDAY), URSULA, FIRST_BRANCH, amsterdam)
        self._plan_branch(day(4, MONDAY), HANNA, SECOND_BRANCH, rotterdam)
        self._plan_other_branches()
        self._plan_monthly_list()
        self._plan_sign_ins()
        self._plan_new_branch()

    def _plan_nights(self) -> None:
        for day in self.calendar.days_since(self.calendar.day(5, MONDAY)):
            for clock, job in _NIGHTLY:
                self.chronicle.plan(at(day, clock), self.acts.unattended.do, job)
            if day.weekday() == MONDAY:
                clock, job = _WEEKLY
                self.chronicle.plan(at(day, clock), self.acts.unattended.do, job)

    def _plan_beginning(self) -> None:
        plan, acts = self.chronicle.plan, self.acts
        channel = self.channels.admin_of[FIRST_BRANCH]
        day, user = self.calendar.day(5, MONDAY), AccountType.USER
        plan(at(day, "09:00"), acts.appoint_first, HANNA)
        plan(at(day, "09:20"), acts.import_list, HANNA, staff.first_list(self.size))
        settings = Settings(admin_channel_id=channel, weekly_digest=True)
        plan(at(day, "09:40"), acts.set_up, HANNA, FIRST_BRANCH, settings)
        plan(at(day, "09:45"), acts.appoint, HANNA, URSULA, user, FIRST_BRANCH)
        plan(at(day, "09:45"), acts.unattended.tell)

    def _plan_branch(self, day: date, who: str, branch: str, channel: str) -> None:
        """From nothing to passwords handed out, in a morning."""
        plan, acts, work = self.chronicle.plan, self.acts, self.acts.unattended
        plan(at(day, "10:15"), acts.create_logins, who, branch)
        plan(at(day, "10:20"), acts.activate_logins, who, branch)
        plan(at(day, "11:05"), acts.export, who, branch, channel)
        plan(at(day, "11:05") + _DELETED_AFTER, work.do, "delete_exports")

    def _plan_other_branches(self) -> None:
        """Of a large company: most have logins, nobody has a password yet."""
        at_work = (NEW_BRANCH, FIRST_BRANCH, SECOND_BRANCH)
        every = company.branch_sizes(self.size)
        others = [name for name in every if name not in at_work]
        moment = at(self.calendar.day(2, TUESDAY), "09:00")
        for number, branch in enumerate(others[: _ACTIVATED + _CREATED]):
            moment += timedelta(minutes=2)
            self.chronicle.plan(moment, self.acts.create_logins, HANNA, branch)
            if number < _ACTIVATED:
                self.chronicle.plan(moment, self.acts.activate_logins, HANNA, branch)

    def _plan_monthly_list(self) -> None:
        plan, calendar = self.chronicle.plan, self.calendar
        day = calendar.day(3, MONDAY)
        listed = staff.monthly_list(self.size, calendar.day(3, FRIDAY))
        plan(at(day, "09:15"), self.acts.import_list, HANNA, listed)
        plan(at(day, "09:40"), self.acts.create_logins, URSULA, FIRST_BRANCH)
        for branch, who, weekday in (
            (FIRST_BRANCH, URSULA, WEDNESDAY),
            (SECOND_BRANCH, HANNA, THURSDAY),
        ):
            moment = at(calendar.day(2, weekday), "13:20")
            plan(moment, self.acts.switch_off, who, self._of(branch, Fate.SWITCHED_OFF))

    def _plan_sign_ins(self) -> None:
        plan, calendar = self.chronicle.plan, self.calendar
        for branch, weeks_ago, weekday in (
            (FIRST_BRANCH, 5, WEDNESDAY),
            (SECOND_BRANCH, 4, TUESDAY),
        ):
            self._plan_first_sign_ins(branch, calendar.day(weeks_ago, weekday))
            self._plan_later_sign_ins(branch)
        early = calendar.day(1, WEDNESDAY)
        for number in self._of(SECOND_BRANCH, Fate.LOCKED_OUT):
            plan(at(early, "06:52"), self.sign_ins.forget_password, number)
        plan(at(early, "07:00"), self.acts.unattended.tell)

    def _plan_first_sign_ins(self, branch: str, first_day: date) -> None:
        """Everybody on one of three days, at an hour of their own."""
        for place, number in enumerate(self._of(branch, *_GOT_IN)):
            day = first_day + timedelta(days=place % 3)
            moment = _some_time(day, place)
            self.chronicle.plan(moment, self.sign_ins.get_in, number)

    def _plan_later_sign_ins(self, branch: str) -> None:
        """More than once since, the last time within nine days."""
        yesterday = self.calendar.yesterday()
        for place, number in enumerate(self._of(branch, *_STILL_COME)):
            moment = _some_time(yesterday - timedelta(days=place * 5 % 9), place)
            times = 1 + place * 7 % 22
            self.chronicle.plan(moment, self.sign_ins.come_back, number, times)

    def _plan_new_branch(self) -> None:
        plan, acts, calendar = self.chronicle.plan, self.acts, self.calendar
        channel, kind = self.channels.admin_of[NEW_BRANCH], AccountType.BRANCH_MANAGER
        day = calendar.day(1, THURSDAY)
        plan(at(day, "11:00"), acts.open_branch, HANNA, NEW_BRANCH)
        # Nobody who tries it is to type wrong passwords for a quarter of an hour.
        fewest = branch_settings.RANGES["wrong_attempts_allowed"].least
        settings = Settings(admin_channel_id=channel, wrong_attempts_allowed=fewest)
        plan(at(day, "11:01"), acts.set_up, HANNA, NEW_BRANCH, settings)
        plan(at(day, "11:02"), acts.appoint, HANNA, BRAM, kind, NEW_BRANCH)
        plan(at(day, "11:02"), acts.unattended.tell)
        late = at(calendar.last_working_day(), "15:10")
        given = self._of(SECOND_BRANCH, Fate.GIVEN_ONE_IN_PERSON)
        plan(late, acts.give_in_person, HANNA, given)

    def _of(self, branch: str, *fates: Fate) -> list[str]:
        return staff.numbers(self.size, branch, *fates)


def _some_time(day: date, place: int) -> datetime:
    """Between 08:00 and 21:00, another for each."""
    return at(day, f"{8 + place * 5 % 13:02}:{place * 17 % 60:02}")
