"""A stand-in Slack workspace for trying and testing; knows nothing of the product."""
