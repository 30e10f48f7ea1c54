"""A batch of a mailing: passwords or links become valid, and their letters queued.

Both in one transaction, so that nobody ever has what no letter brings.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session, contains_eager

from domain import audit
from domain.actor import Actor
from domain.audit import AuditAct
from domain.branches import Branch
from domain.letters.access_letters import Access, queue_access_letters
from domain.letters.email_templates import HandsOver, Template
from domain.logins import links, states
from domain.logins.links import LinkPurpose
from domain.logins.model import Login, LoginId, PasswordKind
from domain.logins.recipients import recipient_of
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.record_cards.register import employed_on
from domain.runs.export_rows import expires_at
from domain.runs.model import RowReason, RowState, Run, RunId, RunRow
from domain.runs.preparing import open_password
from domain.runs.tools import RunTools
from domain.secret import Secret


def apply_batch(
    session: Session,
    tools: RunTools,
    run: Run,
    template: Template,
    *,
    limit: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Hand out to the next rows, at most `limit`; gives how many were dealt with.

    Whose login changed since, who moved to another branch and who left are left out
    by name. The run must be held, and know until when its passwords are valid.
    """
    row_ids = _next_rows(session, run, limit)
    met = _as_they_were(session, run, row_ids, now)
    secrets = _hand_over(session, tools, run, template, met, actor, now)
    queue_access_letters(
        session,
        [_access(run, template, row, secrets[row.Login.id]) for row in met],
        template.version_id,
        keyring=tools.keyring,
        now=now,
    )
    applied = [row.id for row in met]
    overtaken = sorted(set(row_ids) - set(applied))
    changed = RowReason.CHANGED_MEANWHILE
    _settle(session, applied, state=RowState.APPLIED, applied_at=now)
    _settle(session, overtaken, state=RowState.LEFT_OUT, reason=changed)
    return len(row_ids)


def _next_rows(session: Session, run: Run, limit: int) -> list[int]:
    query = select(RunRow.id).where(
        RunRow.run_id == run.id, RunRow.state == RowState.PREPARED
    )
    return list(session.scalars(query.order_by(RunRow.id).limit(limit)))


def _as_they_were(
    session: Session, run: Run, row_ids: Sequence[int], now: datetime
) -> Sequence[Any]:
    """The rows whose login is as it was; held, by everybody in one order."""
    has_left = and_(
        states.is_to_be_closed(office_day(now)),
        employed_on(office_day(run.created_at)),
    )
    query = (
        select(
            RunRow.id,
            RunRow.credential_version,
            RunRow.sealed_password,
            Login,
            Branch.name,
        )
        .join(Login, Login.id == RunRow.login_id)
        .join(Login.record_card)
        .join(Branch, Branch.id == RecordCard.branch_id)
        .where(
            RunRow.id.in_(row_ids),
            Login.credential_version == RunRow.credential_version,
            RecordCard.branch_id == run.branch_id,
            ~has_left,
        )
        .order_by(Login.id)
        .with_for_update(of=Login)
        .options(contains_eager(Login.record_card))
        .execution_options(populate_existing=True)
    )
    return session.execute(query).all()


def _hand_over(
    session: Session,
    tools: RunTools,
    run: Run,
    template: Template,
    met: Sequence[Any],
    actor: Actor,
    now: datetime,
) -> Mapping[int, Secret]:
    """Give the logins what the letters bring; each login's password or link."""
    login_ids = [row.Login.id for row in met]
    if template.hands_over is HandsOver.LINK:
        _change_logins(session, met, {"password_kind": PasswordKind.NONE}, now)
        secrets = _links(session, run, met, now)
    else:
        values = {
            "password_kind": PasswordKind.INITIAL,
            "password_hash": RunRow.password_hash,
            "initial_password_expires_at": run.password_expires_at,
        }
        _change_logins(session, met, values, now)
        run_id = RunId(run.id)
        secrets = {
            row.Login.id: open_password(tools, run_id, row.sealed_password)
            for row in met
        }
    audit.record_selected(
        session,
        AuditAct.ACCESS_MAILED,
        states.subjects(login_ids),
        run_id=run.id,
        details={
            "hands_over": template.hands_over.value,
            "template_version": template.version_id,
        },
        actor=actor,
        now=now,
    )
    return secrets


def _change_logins(
    session: Session, met: Sequence[Any], values: Mapping[str, Any], now: datetime
) -> None:
    nothing = {"password_hash": None, "initial_password_expires_at": None}
    session.execute(
        update(Login)
        .where(RunRow.id.in_([row.id for row in met]), Login.id == RunRow.login_id)
        .values(
            **(nothing | dict(values)),
            password_set_at=now,
            credential_version=Login.credential_version + 1,
        )
        .execution_options(synchronize_session=False)
    )


def _links(
    session: Session, run: Run, met: Sequence[Any], now: datetime
) -> Mapping[int, Secret]:
    versions = {LoginId(row.Login.id): row.credential_version + 1 for row in met}
    made = links.make_links(
        session,
        versions,
        LinkPurpose.INVITATION,
        expires_at=expires_at(run),
        now=now,
    )
    return {login_id: link.token for login_id, link in made.items()}


def _access(run: Run, template: Template, row: Any, secret: Secret) -> Access:
    login = row.Login
    return Access(
        login_id=LoginId(login.id),
        to=recipient_of(login),
        name=login.record_card.full_name,
        branch=row.name,
        user_name=login.user_name,
        secret=secret,
        hands_over=template.hands_over,
        valid_until=expires_at(run),
        credential_version=row.credential_version + 1,
        run_row_id=row.id,
    )


def _settle(session: Session, row_ids: Sequence[int], **values: Any) -> None:
    session.execute(
        update(RunRow)
        .where(RunRow.id.in_(row_ids))
        .values(**values, sealed_password=None, password_hash=None, leased_until=None)
        .execution_options(synchronize_session=False)
    )
