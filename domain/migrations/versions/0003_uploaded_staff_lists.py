"""Staff lists between their preview and its confirmation."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Staff lists between their preview and its confirmation."""
    op.create_table(
        "staff_list_upload",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("administrator_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sealed_list", sa.Text(), nullable=True),
        sa.Column("sealed_remarks", sa.Text(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["administrator_id"],
            ["administrator.id"],
            name=op.f("fk_staff_list_upload_administrator_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_list_upload")),
    )
    with op.batch_alter_table("staff_list_upload", schema=None) as batch_op:
        batch_op.create_index(
            "ix_staff_list_upload_administrator_id", ["administrator_id"]
        )
        batch_op.create_index("ix_staff_list_upload_expires_at", ["expires_at"])
