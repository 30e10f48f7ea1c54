"""The office: rules and records."""
