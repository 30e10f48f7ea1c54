"""The weekly digest of a branch: its message, and where it goes."""
