"""Every screen as it stands in the running demo, for README and docs/screens.md."""
