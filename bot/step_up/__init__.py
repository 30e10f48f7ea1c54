"""Step-up: the codes that administrators give before they hand out access."""
