"""Roles that go away while somebody is at work."""
