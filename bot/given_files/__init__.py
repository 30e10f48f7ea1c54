"""Files that people put into a modal: named, read, and taken out of Slack again."""
