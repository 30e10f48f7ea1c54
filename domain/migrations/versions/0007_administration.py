"""Administration: closed cards, moves, codes of administrators, approvals, weeks."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def upgrade() -> None:
    """New tables, and new columns of cards, branches, runs and seals."""
    _add_columns()
    _add_step_ups()
    _add_moves()
    op.create_table(
        "branch_week",
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("login_count", sa.Integer(), nullable=False),
        sa.Column("signed_in_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name=op.f("fk_branch_week_branch_id")
        ),
        sa.PrimaryKeyConstraint("branch_id", "monday", name=op.f("pk_branch_week")),
    )
    for columns in ("record_card_id", "administrator_id"):
        op.create_index(f"ix_audit_event_{columns}_id", "audit_event", [columns, "id"])
    for column in ("birth_on", "phone", "moved_to_card_id"):
        op.create_index(f"ix_record_card_{column}", "record_card", [column])


def _add_columns() -> None:
    with op.batch_alter_table("branch", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("second_administrator_above", sa.Integer(), nullable=True)
        )
    # Not in a batch: a default that is an expression has Alembic make the table anew on
    # SQLite, which the rows that refer to it forbid.
    op.add_column(
        "branch",
        sa.Column(
            "weekly_digest", sa.Boolean(), server_default=sa.false(), nullable=False
        ),
    )
    for table, columns in (
        ("record_card", ("closed_at", "erased_at")),
        ("audit_seal", ("forgotten_at",)),
        ("run", ("starter_confirmed_at", "approval_until")),
        ("run", ("approved_at", "approver_confirmed_at")),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.add_column(sa.Column(column, _instant(), nullable=True))
    # In plain SQL: Alembic would make the table anew on SQLite, which the rows that
    # refer to it forbid.
    for table, column, other in (
        ("record_card", "moved_to_card_id", "record_card"),
        ("run", "approved_by", "administrator"),
    ):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_{table}_{column} REFERENCES {other} (id)"
        )


def _add_step_ups() -> None:
    rules = op.create_table(
        "company_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "codes_for_all", sa.Boolean(), server_default=sa.false(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_rules")),
    )
    op.bulk_insert(rules, [{"id": 1, "codes_for_all": False}])
    op.create_table(
        "step_up",
        sa.Column("administrator_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=True),
        sa.Column(
            "is_required", sa.Boolean(), server_default=sa.false(), nullable=False
        ),
        sa.Column("sealed_totp_seed", sa.String(length=200), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("sealed_pending_seed", sa.String(length=200), nullable=True),
        sa.Column("pending_since", _instant(), nullable=True),
        sa.Column("code_digest", sa.String(length=80), nullable=True),
        sa.Column("code_expires_at", _instant(), nullable=True),
        sa.Column("mailed_at", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("wrong_codes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("confirmed_at", _instant(), nullable=True),
        sa.Column("blocked_at", _instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["administrator_id"],
            ["administrator.id"],
            name=op.f("fk_step_up_administrator_id"),
        ),
        sa.PrimaryKeyConstraint("administrator_id", name=op.f("pk_step_up")),
    )


def _add_moves() -> None:
    op.create_table(
        "move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_card_id", sa.Integer(), nullable=False),
        sa.Column("to_card_id", sa.Integer(), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("moved_by", sa.Integer(), nullable=False),
        sa.Column("moved_at", _instant(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", _instant(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_move_{column}")
            )
            for column, other in (
                ("from_card_id", "record_card"),
                ("to_card_id", "record_card"),
                ("login_id", "login"),
                ("moved_by", "administrator"),
                ("undone_by", "administrator"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move")),
    )
    for column in ("from_card_id", "to_card_id", "moved_at"):
        op.create_index(f"ix_move_{column}", "move", [column])
    op.create_table(
        "address_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("record_card_id", sa.Integer(), nullable=False),
        sa.Column("made_at", _instant(), nullable=False),
        sa.Column("expires_at", _instant(), nullable=False),
        sa.Column("disputed_at", _instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_card_id"],
            ["record_card.id"],
            name=op.f("fk_address_notice_record_card_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_notice")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_address_notice_token_hash")),
    )
    op.create_index(
        "ix_address_notice_record_card_id", "address_notice", ["record_card_id"]
    )
