"""Every table, so that the metadata is whole wherever it is needed."""

from domain.administrators import Administrator, AdministratorBranch
from domain.audit import AuditEvent
from domain.audit_seals import AuditSeal
from domain.branches import Branch
from domain.company_rules import CompanyRules
from domain.database import Record
from domain.exports.model import PostedFile, WordTemplate
from domain.importing.model import StaffListUpload
from domain.letters.model import (
    AccessLetter,
    Attachment,
    EmailTemplate,
    EmailTemplateVersion,
)
from domain.logins.address_notices import AddressNotice
from domain.logins.branch_weeks import BranchWeek
from domain.logins.links import Link
from domain.logins.model import Login, ShownPassword
from domain.logins.moves import Move
from domain.outbox import OutboxMessage
from domain.record_cards.model import RecordCard
from domain.runs.model import Reminder, Run, RunRow
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
from domain.step_ups import StepUp

TABLES = (
    AccessLetter,
    AddressNotice,
    Administrator,
    AdministratorBranch,
    Attachment,
    AttemptCounter,
    AuditEvent,
    AuditSeal,
    Branch,
    BranchWeek,
    CompanyRules,
    EmailTemplate,
    EmailTemplateVersion,
    Link,
    Lockout,
    LockoutAlert,
    Login,
    Move,
    OneTimeCode,
    OutboxMessage,
    PasswordAttempt,
    PortalSession,
    PostedFile,
    RecordCard,
    RecoveryCode,
    RecoveryRequest,
    Reminder,
    Run,
    RunRow,
    ScheduledTick,
    ShownPassword,
    SlackDelivery,
    SlackLink,
    SlackUser,
    StaffListUpload,
    StepUp,
    TrustedDevice,
    WordTemplate,
)
METADATA = Record.metadata
