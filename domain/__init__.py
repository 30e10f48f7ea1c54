"""The office: rules and records. Knows no Slack, no web, no scheduler."""
