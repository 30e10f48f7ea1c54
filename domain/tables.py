"""Every table, so that the metadata is whole wherever it is needed."""

from domain.administrators import Administrator, AdministratorBranch
from domain.audit import AuditEvent
from domain.audit_seals import AuditSeal
from domain.branches import Branch
from domain.database import Record
from domain.exports.model import PostedFile
from domain.importing.model import StaffListUpload
from domain.logins.model import Login, ShownPassword
from domain.outbox import OutboxMessage
from domain.record_cards.model import RecordCard
from domain.runs.model import Run, RunRow
from domain.scheduled_ticks import ScheduledTick
from domain.slack_deliveries import SlackDelivery
from domain.slack_users import SlackUser

TABLES = (
    Administrator,
    AdministratorBranch,
    AuditEvent,
    AuditSeal,
    Branch,
    Login,
    OutboxMessage,
    PostedFile,
    RecordCard,
    Run,
    RunRow,
    ScheduledTick,
    ShownPassword,
    SlackDelivery,
    SlackUser,
    StaffListUpload,
)
METADATA = Record.metadata
