"""Employee logins (werknemerslogins): creating, activating, resetting, closing."""
