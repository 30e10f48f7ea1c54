"""Everything that answers over HTTP, on one server: pages, Slack's calls, health."""
