"""Locked logins: the alert about them, and what is pressed in it."""
