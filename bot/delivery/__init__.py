"""What the domain has done in Slack: a look at a channel, files, messages."""
