"""Signing in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Signing in: sessions, browsers, attempts, codes, links, lockouts."""
    op.create_table(
        "attempt_counter",
        sa.Column("counted_by", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("lockouts", sa.Integer(), nullable=False),
        sa.Column("window_began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint(
            "counted_by", "subject", name=op.f("pk_attempt_counter")
        ),
    )
    with op.batch_alter_table("attempt_counter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempt_counter_last_at"), ["last_at"], unique=False
        )

    op.create_table(
        "recovery_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_request")),
    )
    with op.batch_alter_table("recovery_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_request_at"), ["at"], unique=False
        )
        batch_op.create_index(
            "ix_recovery_request_subject_at", ["subject", "at"], unique=False
        )

    op.create_table(
        "lockout_alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(length=30), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("show_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown_count", sa.Integer(), nullable=False),
        sa.Column("lease_number", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name=op.f("fk_lockout_alert_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lockout_alert")),
    )
    with op.batch_alter_table("lockout_alert", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lockout_alert_opened_at"), ["opened_at"], unique=False
        )

    op.create_table(
        "slack_link",
        sa.Column("team_id", sa.String(length=30), nullable=False),
        sa.Column("user_id", sa.String(length=30), nullable=False),
        sa.Column("record_card_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_card_id"],
            ["record_card.id"],
            name=op.f("fk_slack_link_record_card_id"),
        ),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_slack_link")),
        sa.UniqueConstraint(
            "record_card_id", name=op.f("uq_slack_link_record_card_id")
        ),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("credential_version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("team_id", sa.String(length=30), nullable=True),
        sa.Column("user_id", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(
            ["login_id"], ["login.id"], name=op.f("fk_link_login_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_link_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(
            "ix_link_login_id_made_at", ["login_id", "made_at"], unique=False
        )

    op.create_table(
        "lockout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("networks", sa.Integer(), nullable=False),
        sa.Column("names_from_networks", sa.Integer(), nullable=False),
        sa.Column("known_browser", sa.Boolean(), nullable=False),
        sa.Column("seconds_between", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end", sa.String(length=20), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["lockout_alert.id"], name=op.f("fk_lockout_alert_id")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name=op.f("fk_lockout_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["administrator.id"], name=op.f("fk_lockout_ended_by")
        ),
        sa.ForeignKeyConstraint(
            ["login_id"], ["login.id"], name=op.f("fk_lockout_login_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lockout")),
    )
    with op.batch_alter_table("lockout", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lockout_alert_id"), ["alert_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_lockout_login_id"), ["login_id"], unique=False
        )

    op.create_table(
        "one_time_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("challenge_number", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("code_digest", sa.String(length=80), nullable=False),
        sa.Column("credential_version", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["login_id"], ["login.id"], name=op.f("fk_one_time_code_login_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
    )
    with op.batch_alter_table("one_time_code", schema=None) as batch_op:
        batch_op.create_index(
            "ix_one_time_code_login_id_sent_at", ["login_id", "sent_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_one_time_code_challenge_number"),
            ["challenge_number"],
            unique=False,
        )

    op.create_table(
        "code_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("challenge_number", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_right", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["login_id"], ["login.id"], name=op.f("fk_code_try_login_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_try")),
    )
    with op.batch_alter_table("code_try", schema=None) as batch_op:
        batch_op.create_index(
            "ix_code_try_login_id_at", ["login_id", "at"], unique=False
        )

    op.create_table(
        "pending_app",
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("sign_in_number", sa.String(length=32), nullable=False),
        sa.Column("credential_version", sa.Integer(), nullable=False),
        sa.Column("sealed_seed", sa.String(length=200), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["login_id"], ["login.id"], name=op.f("fk_pending_app_login_id")
        ),
        sa.PrimaryKeyConstraint("login_id", name=op.f("pk_pending_app")),
    )
    op.create_table(
        "password_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=True),
        sa.Column("name_digest", sa.String(length=80), nullable=False),
        sa.Column("network", sa.String(length=50), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("credential_version", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("wrong_mark", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["login_id"], ["login.id"], name=op.f("fk_password_attempt_login_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_attempt")),
    )
    with op.batch_alter_table("password_attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_password_attempt_at"), ["at"], unique=False
        )
        batch_op.create_index(
            "ix_password_attempt_login_id_at", ["login_id", "at"], unique=False
        )
        batch_op.create_index(
            "ix_password_attempt_network_at", ["network", "at"], unique=False
        )
        batch_op.create_index(
            "ix_password_attempt_name_digest_at", ["name_digest", "at"], unique=False
        )

    op.create_table(
        "portal_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("credential_version", sa.Integer(), nullable=False),
        sa.Column("sign_in_number", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authenticated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("challenge_number", sa.String(length=32), nullable=False),
        sa.Column("has_been_in", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["login_id"], ["login.id"], name=op.f("fk_portal_session_login_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_portal_session")),
    )
    with op.batch_alter_table("portal_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_portal_session_last_seen_at"), ["last_seen_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_portal_session_login_id"), ["login_id"], unique=False
        )

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(length=80), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["login_id"], ["login.id"], name=op.f("fk_recovery_code_login_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint(
            "login_id",
            "code_digest",
            name=op.f("uq_recovery_code_login_id_code_digest"),
        ),
    )
    op.create_table(
        "trusted_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["login_id"], ["login.id"], name=op.f("fk_trusted_device_login_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_device")),
        sa.UniqueConstraint(
            "token_hash", "login_id", name=op.f("uq_trusted_device_token_hash_login_id")
        ),
    )
    with op.batch_alter_table("trusted_device", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_trusted_device_last_used_at"), ["last_used_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_trusted_device_login_id"), ["login_id"], unique=False
        )

    # Not in a batch: a default that is an expression has Alembic make the table anew on
    # SQLite, which the rows that refer to it forbid.
    op.add_column(
        "branch",
        sa.Column(
            "second_factor_required",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
        ),
    )
    with op.batch_alter_table("branch", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "wrong_attempts_allowed",
                sa.Integer(),
                server_default="10",
                nullable=False,
            )
        )

    with op.batch_alter_table("login", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "second_factor",
                sa.String(length=10),
                server_default="none",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column("sealed_totp_seed", sa.String(length=200), nullable=True)
        )
        batch_op.add_column(sa.Column("totp_last_step", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("language", sa.String(length=2), nullable=True))

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.drop_index("ix_outbox_ended_at_due_at")
        batch_op.create_index(
            "ix_outbox_ended_at_kind_due_at",
            ["ended_at", "kind", "due_at"],
            unique=False,
        )
