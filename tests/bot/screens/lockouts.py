"""Alerts about locked logins, built from data that stands still."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.lockouts import alert, spraying_alarm
from bot.lockouts.alert import LockoutAlert
from bot.lockouts.spraying_alarm import SprayingAlarm
from domain.exports.channel import ChannelProblem
from domain.logins.model import LoginId
from domain.sign_in.lockout_reports import LockoutLine, LockoutReport
from domain.sign_in.lockout_story import Story
from domain.sign_in.model import LockoutEnd
from domain.slack_users import SlackIdentity

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
BRAM = SlackIdentity("T1", "U1")
ONE_PERSON = Story(10, 1, 1, known_browser=False, seconds_between=8)
AT_HOME = replace(ONE_PERSON, known_browser=True)
UNCLEAR = replace(ONE_PERSON, networks=3)
ATTACK = Story(10, 6, 12, known_browser=False, seconds_between=0)
FROM_ONE_PLACE = replace(ATTACK, networks=1)
PROBLEMS = [
    problem
    for problem in ChannelProblem
    if problem is not ChannelProblem.PERSON_NOT_MEMBER
]


def line(text, number=104, story=ONE_PERSON, end=None, by=BRAM):
    return LockoutLine(
        lockout_id=number,
        login_id=LoginId(number),
        name=text,
        number=f"{number:05}",
        branch_name=text,
        story=story,
        locked_at=NOW,
        end=end,
        ended_at=NOW if end else None,
        ended_by=by if end else None,
    )


def message(*lines, count=None, branch_name=None, attack=False, problem=None):
    report = LockoutReport(
        alert_id=7,
        branch_name=branch_name,
        lines=lines,
        count=count or len(lines),
        still_locked=sum(each.is_still_locked for each in lines),
        has_attack=attack,
    )
    return LockoutAlert(report, "C1", problem)


def one(story=ONE_PERSON, end=None, by=BRAM, problem=None):
    def build(t, text):
        told = line(text, story=story, end=end, by=by)
        return alert.build(message(told, branch_name=text, problem=problem), t)

    return build


def several(t, text):
    lines = [line(text, number) for number in (104, 105)]
    lines.append(line(text, 106, end=LockoutEnd.ACTIVATED))
    return alert.build(message(*lines, branch_name=text), t)


def many(t, text):
    lines = [line(text, number, ATTACK) for number in range(5)]
    return alert.build(message(*lines, count=500, branch_name=text, attack=True), t)


def of_several_branches(t, text):
    return alert.build(message(*[line(text, n) for n in range(5)], count=6), t)


MESSAGES = {
    "lockout": one(),
    "lockout-known-browser": one(AT_HOME),
    "lockout-unclear": one(UNCLEAR),
    "lockout-attack": one(ATTACK),
    "lockout-attack-from-one-place": one(FROM_ONE_PLACE),
    "lockout-several": several,
    "lockout-many": many,
    "lockout-many-branches": of_several_branches,
    "lockout-withdrawn": lambda t, _text: alert.withdrawn(t),
    "lockout-spraying": lambda t, _text: spraying_alarm.build(
        SprayingAlarm(2000, 2000, 50), t
    ),
    "lockout-spraying-from-one-place": lambda t, _text: spraying_alarm.build(
        SprayingAlarm(2000, 2000, 1), t
    ),
    **{f"lockout-{end.value}": one(end=end) for end in LockoutEnd},
    **{f"lockout-{end.value}-by-nobody": one(end=end, by=None) for end in LockoutEnd},
    **{f"lockout-direct-{problem.value}": one(problem=problem) for problem in PROBLEMS},
}
