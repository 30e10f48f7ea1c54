"""The workspace in a browser: what one person's client shows, and what she does."""

from sandbox.page.pages import add_to

__all__ = ["add_to"]
