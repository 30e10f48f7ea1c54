"""The sign-in pages: what employees see in their browser."""
