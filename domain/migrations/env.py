"""Runs the steps on the connection that it is handed."""

from typing import Any, Literal, cast

from alembic import context
from sqlalchemy import String

from domain.database import Code, UtcDateTime
from domain.tables import METADATA


def _render_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Steps name the database's own types: they outlive our classes."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Code):
        return f"sa.String(length={cast('String', item.impl_instance).length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    render_item=_render_type,
)
with context.begin_transaction():
    context.run_migrations()
