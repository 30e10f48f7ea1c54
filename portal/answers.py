"""Pages as answers."""

from typing import Any

from flask import make_response, render_template
from werkzeug.wrappers import Response


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A template filled in, as an answer with this status."""
    return make_response(render_template(template, **values), status)
