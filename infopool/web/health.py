"""Whether this installation can serve, for whoever watches over it; it tells nothing else."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, json
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from infopool.directory.models import Offer
from infopool.search.engine import EngineBroken
from infopool.search.query import SearchQuery
from infopool.web.pool import Pool, pool

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 when database and index answer, 503 else."""
    parts = {"database": database_answers(pool()), "index": index_answers(pool())}
    well = all(parts.values())
    words = {"status": well, **parts}
    plain = {name: "ok" if good else "broken" for name, good in words.items()}
    reply = current_app.response_class(json.dumps(plain), 200 if well else 503, mimetype="application/json")
    reply.headers["Cache-Control"] = "no-store"
    return reply


def database_answers(pool: Pool) -> bool:
    """Whether an offer could be read; the tables must be there."""
    try:
        with pool.database.reading() as session:
            session.execute(select(Offer.id).limit(1)).all()
    except SQLAlchemyError:
        return False
    return True


def index_answers(pool: Pool) -> bool:
    """Whether the index can be searched."""
    try:
        pool.search.engine.count(SearchQuery("", "de", pool.today()))
    except EngineBroken:
        return False
    return True
