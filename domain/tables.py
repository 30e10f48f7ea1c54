"""Every table, so that the metadata is whole wherever it is needed."""

from domain.administrators import Administrator, AdministratorBranch
from domain.audit import AuditEvent
from domain.audit_seals import AuditSeal
from domain.branches import Branch
from domain.database import Record
from domain.exports.model import PostedFile
from domain.importing.model import StaffListUpload
from domain.logins.links import Link
from domain.logins.model import Login, ShownPassword
from domain.outbox import OutboxMessage
from domain.record_cards.model import RecordCard
from domain.runs.model import Run, RunRow
from domain.scheduled_ticks import ScheduledTick
from domain.sign_in.model import (
    AttemptCounter,
    Lockout,
    LockoutAlert,
    OneTimeCode,
    PasswordAttempt,
    PortalSession,
    RecoveryCode,
    RecoveryRequest,
    SlackLink,
    TrustedDevice,
)
from domain.slack_deliveries import SlackDelivery
from domain.slack_users import SlackUser

TABLES = (
    Administrator,
    AdministratorBranch,
    AttemptCounter,
    AuditEvent,
    AuditSeal,
    Branch,
    Link,
    Lockout,
    LockoutAlert,
    Login,
    OneTimeCode,
    OutboxMessage,
    PasswordAttempt,
    PortalSession,
    PostedFile,
    RecordCard,
    RecoveryCode,
    RecoveryRequest,
    Run,
    RunRow,
    ScheduledTick,
    ShownPassword,
    SlackDelivery,
    SlackLink,
    SlackUser,
    StaffListUpload,
    TrustedDevice,
)
METADATA = Record.metadata
