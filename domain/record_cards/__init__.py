"""Record cards (stamkaarten): one employment of one person."""
