"""What is kept of one person: found, handed out, and forgotten."""
