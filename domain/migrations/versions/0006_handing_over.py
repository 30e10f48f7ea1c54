"""Handing over: templates of letters, letters of access, mailings, reminders."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Templates, attachments, letters of access, reminders, Word templates."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_table(
        "email_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("built_in", sa.String(length=20), nullable=True),
        sa.Column("current_number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name=op.f("fk_email_template_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_template")),
        sa.UniqueConstraint("built_in", name=op.f("uq_email_template_built_in")),
    )
    op.create_table(
        "word_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=75), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name=op.f("fk_word_template_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"],
            ["administrator.id"],
            name=op.f("fk_word_template_uploaded_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_template")),
    )
    op.create_table(
        "email_template_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=75), nullable=False),
        sa.Column("subject_nl", sa.String(length=150), nullable=False),
        sa.Column("body_nl", sa.Text(), nullable=False),
        sa.Column("subject_en", sa.String(length=150), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("attached", sa.String(length=10), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_email_template_version_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["administrator.id"],
            name=op.f("fk_email_template_version_made_by"),
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["email_template.id"],
            name=op.f("fk_email_template_version_template_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_template_version")),
        sa.UniqueConstraint(
            "template_id",
            "number",
            name=op.f("uq_email_template_version_template_id_number"),
        ),
    )
    op.create_table(
        "access_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("run_row_id", sa.Integer(), nullable=True),
        sa.Column("template_version_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("credential_version", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("error_code", sa.String(length=100), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["template_version_id"],
            ["email_template_version.id"],
            name=op.f("fk_access_letter_template_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_access_letter_message_id")),
        sa.UniqueConstraint("run_row_id", name=op.f("uq_access_letter_run_row_id")),
    )
    with op.batch_alter_table("access_letter", schema=None) as batch_op:
        batch_op.create_index(
            "ix_access_letter_login_id_queued_at",
            ["login_id", "queued_at"],
            unique=False,
        )

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminder_run_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reminder_run_id"], ["run.id"], name=op.f("fk_reminder_reminder_run_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name=op.f("fk_reminder_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "run_id", "after_days", name=op.f("uq_reminder_run_id_after_days")
        ),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reminder_ended_at_due_at", ["ended_at", "due_at"], unique=False
        )

    with op.batch_alter_table("posted_file", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind", sa.String(length=10), server_default="workbook", nullable=False
            )
        )
        batch_op.drop_constraint(batch_op.f("uq_posted_file_run_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_posted_file_run_id_kind"), ["run_id", "kind"]
        )

    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind", sa.String(length=10), server_default="export", nullable=False
            )
        )
        batch_op.add_column(
            sa.Column("ready_letters", sa.String(length=20), nullable=True)
        )
    # In plain SQL: Alembic would make the table anew on SQLite, which the rows that
    # refer to it forbid.
    for column, table in (
        ("template_version_id", "email_template_version"),
        ("reminds_of_run_id", "run"),
        ("word_template_id", "word_template"),
    ):
        op.execute(
            f"ALTER TABLE run ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_run_{column} REFERENCES {table} (id)"
        )

    with op.batch_alter_table("run_row", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True)
        )

    _add_built_in_templates()


def _add_built_in_templates() -> None:
    """The two that are there from the start; their words are in the program."""
    begun = datetime(2026, 11, 22, tzinfo=UTC)
    template = sa.table(
        "email_template",
        sa.column("built_in", sa.String),
        sa.column("current_number", sa.Integer),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    version = sa.table(
        "email_template_version",
        *(
            sa.column(name, sa.String)
            for name in ("subject_nl", "body_nl", "subject_en", "body_en")
        ),
        sa.column("template_id", sa.Integer),
        sa.column("number", sa.Integer),
        sa.column("name", sa.String),
        sa.column("attached", sa.String),
        sa.column("made_at", sa.DateTime(timezone=True)),
    )
    texts = dict.fromkeys(("subject_nl", "body_nl", "subject_en", "body_en"), "")
    for built_in in ("link", "password"):
        op.bulk_insert(
            template,
            [{"built_in": built_in, "current_number": 1, "created_at": begun}],
        )
        template_id = op.get_bind().scalar(
            sa.text("SELECT id FROM email_template WHERE built_in = :built_in"),
            {"built_in": built_in},
        )
        row = {"template_id": template_id, "number": 1, "name": built_in}
        op.bulk_insert(
            version, [{**row, **texts, "attached": "guide", "made_at": begun}]
        )
