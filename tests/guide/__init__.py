"""The employees' guide: the sign-in pages photographed, laid out and printed."""
