"""The fingerprint of a plan: whether an import would still do what was shown; pure."""

import hashlib
import json
from dataclasses import fields
from datetime import date

from domain.importing.planning import Plan


def fingerprint(plan: Plan) -> str:
    """The same for two plans that came of the same list and the same cards.

    It covers every row, what each changed card was before, whether it had a login,
    and which branches there were: whatever the preview was reckoned from.
    """
    parts = [getattr(plan, field.name) for field in fields(plan)]
    text = json.dumps(parts, default=date.isoformat, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
