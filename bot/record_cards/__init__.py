"""Record cards (stamkaarten): found, opened, changed, added."""
