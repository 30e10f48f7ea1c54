"""Appointing, changing and dismissing as the tests say it."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import select

from domain import administrators, slack_users
from domain.actor import OPERATOR, Actor
from domain.administrators import Administrator
from domain.appointments import appointing, dismissing, notices
from domain.outbox import OutboxMessage
from domain.slack_users import SlackIdentity, SlackProfile
from domain.step_ups import CodeWay, StepUp
from tests.domain.office import TEAM, Office, member

NOOR = SlackIdentity(TEAM, "U0NOOR")
MEMBER = member("noor")


def profile(**flags: Any) -> SlackProfile:
    """A member, but for these flags."""
    return replace(MEMBER, **flags)


@dataclass
class Desk:
    """Who decides on administrators, each act in a transaction of its own."""

    office: Office

    def hears_of(self, identity, described=MEMBER):
        with self.office.database.transaction() as session:
            slack_users.remember(session, identity, described, now=self.office.now)

    def appoints(self, who, identity, kind, *branch_ids, email="n@example.nl", **how):
        with self.office.database.transaction() as session:
            appointing.appoint(
                session,
                identity,
                kind,
                branch_ids,
                email,
                actor=who,
                now=self.office.now,
                **how,
            )
        return self.actor(identity)

    def changes(self, who, whom, kind, *branch_ids, email=None, **how):
        with self.office.database.transaction() as session:
            appointing.change(
                session,
                whom.administrator_id,
                kind,
                branch_ids,
                email,
                actor=who,
                now=self.office.now,
                **how,
            )

    def dismisses(self, who, whom):
        with self.office.database.transaction() as session:
            return dismissing.dismiss(
                session, whom.administrator_id, actor=who, now=self.office.now
            )

    def actor(self, identity):
        with self.office.database.reading() as session:
            return administrators.find_actor(session, identity)

    def today(self, whom: Actor):
        with self.office.database.reading() as session:
            return administrators.actor_of(session, whom.administrator_id)

    def row(self, whom: Actor):
        with self.office.database.reading() as session:
            return session.get_one(Administrator, whom.administrator_id)

    def notices(self):
        """What was left to be told since the last look."""
        query = select(OutboxMessage).filter_by(kind=notices.KIND, ended_at=None)
        with self.office.database.transaction() as session:
            found = session.scalars(query.order_by(OutboxMessage.id)).all()
            told = [notices.Told.from_payload(each.payload) for each in found]
            for each in found:
                session.delete(each)
        return told

    def gives_codes(self, whom: Actor, **values: Any):
        given = {"way": CodeWay.APP, "sealed_totp_seed": "verzegeld"} | values
        with self.office.database.transaction() as session:
            row = StepUp(administrator_id=whom.administrator_id, mailed_at=[], **given)
            session.add(row)

    def step_up(self, whom: Actor):
        with self.office.database.reading() as session:
            return session.get(StepUp, whom.administrator_id)


@pytest.fixture
def desk(office) -> Desk:
    """The office's desk; what was told of its cast is not told again."""
    desk = Desk(office)
    desk.hears_of(NOOR)
    desk.notices()
    assert OPERATOR.administrator_id is None
    return desk
