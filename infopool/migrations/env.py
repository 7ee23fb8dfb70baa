"""How Alembic meets the database of an installation."""

from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy import TypeDecorator

from infopool import queue
from infopool.curation import models as curation_models
from infopool.db import Base
from infopool.directory import models as directory_models

TABLES = (directory_models, curation_models, queue)
"""Imported for their tables."""


def _as_stored(kind: str, item: object, autogen: object) -> str | Literal[False]:
    """A migration names what the database stores, not today's Python class, which may change or go."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=_as_stored,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
