"""What a built Bolt app listens for, read from its listeners."""

import inspect
from collections import defaultdict

from slack_bolt import App


def registered(app: App) -> dict[str, set[str]]:
    """Names by kind: command, event, action, options, view_submission, view_closed."""
    names = defaultdict(set)
    for listener in app._listeners:
        (matcher,) = listener.matchers
        (name,) = inspect.getclosurevars(matcher.func).nonlocals.values()
        assert isinstance(name, str)
        kind = matcher.func.__qualname__.partition(".")[0]
        names["action" if kind == "block_action" else kind].add(name)
    return names
