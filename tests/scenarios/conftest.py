"""Scenarios play in the sandbox's Slack."""

from tests.bot.in_slack import (
    company,
    language,
    locale,
    office,
    rate_limits,
    slack,
)

__all__ = ["company", "language", "locale", "office", "rate_limits", "slack"]
