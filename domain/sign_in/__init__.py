"""Signing in: the gate, attempts, sessions, the second step, recovery."""
