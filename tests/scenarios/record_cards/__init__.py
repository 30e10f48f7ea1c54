"""Stamkaarten: found, opened, changed, added, linked."""
