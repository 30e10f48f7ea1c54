"""A sign-in page as one would write it in an afternoon: one view, one hash.

`python -m benchmarks.bare_sign_in DATABASE_URL PORT`; three statements in two
transactions, no counting, no form token, on the same server with as many threads.
"""

import secrets
import sys
from contextlib import suppress

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import Flask, request
from sqlalchemy import text
from waitress import serve
from werkzeug.wrappers import Response

import domain.tables  # noqa: F401 (as in every process)
from domain.clock import utc_now
from domain.database import Database

_FIND = text("SELECT id, password_hash FROM login WHERE user_name_key = :name")
_COUNT = text(
    "UPDATE login SET sign_in_count = sign_in_count + 1, last_sign_in_at = :now"
    " WHERE id = :id"
)
_BEGIN = text("""
    INSERT INTO portal_session (token_hash, login_id, stage, credential_version,
        sign_in_number, started_at, last_seen_at, authenticated_at,
        challenge_number, has_been_in)
    VALUES (:token, :id, 'in', 1, 'x', :now, :now, :now, 'x', true)
""")


def application(database: Database) -> Flask:
    """The page on this database."""
    app = Flask(__name__)
    hasher = PasswordHasher()

    @app.get("/")
    def show() -> str:
        return "<form method=post><input name=user_name><input name=password></form>"

    @app.post("/")
    def sign_in() -> Response:
        with database.reading() as session:
            found = session.execute(_FIND, {"name": request.form["user_name"]}).one()
        with suppress(VerificationError):
            hasher.verify(found.password_hash, request.form["password"])
            values = {
                "id": found.id,
                "token": secrets.token_hex(32),
                "now": utc_now().isoformat(sep=" "),
            }
            with database.transaction() as session:
                session.execute(_COUNT, values)
                session.execute(_BEGIN, values)
            return Response("in", 303)
        return Response("wrong", 401)

    return app


if __name__ == "__main__":
    serve(
        application(Database(sys.argv[1])),
        listen=f"127.0.0.1:{sys.argv[2]}",
        threads=32,
        ident=None,
        _quiet=True,
    )
