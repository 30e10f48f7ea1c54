"""What happens when Slack says that the app calls too often."""

from typing import Any, Final

from slack_sdk.http_retry import HttpResponse
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

# The SDK waits in the thread that asked, of which there are few.
LONGEST_WAIT: Final = 2
_RETRY_AFTER: Final = "retry-after"


class ShortWaitRetryHandler(RateLimitErrorRetryHandler):
    """Waits and calls again when Slack asks for two seconds at most.

    A longer wait is an error of the call at once, so that nobody else's thread is
    held up by it (Slack, "Rate limits").
    """

    def _can_retry(self, *, response: HttpResponse | None = None, **more: Any) -> bool:
        if response is None or not super()._can_retry(response=response, **more):
            return False
        waits = [
            value
            for name, values in response.headers.items()
            if name.lower() == _RETRY_AFTER
            for value in values
        ]
        return all(wait.isdecimal() and int(wait) <= LONGEST_WAIT for wait in waits)
