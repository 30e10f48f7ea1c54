"""Employee logins: creating, activating, one login, its password and its past."""
