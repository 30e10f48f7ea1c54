"""Leased ticks.

Ticks that were claimed before are not kept: the latest of each job is done once
more, which changes nothing where it was done.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Leased ticks."""
    op.drop_table("scheduled_tick")
    op.create_table(
        "scheduled_tick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=60), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_number", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_tick")),
        sa.UniqueConstraint("job", "due_at", name=op.f("uq_scheduled_tick_job_due_at")),
    )
