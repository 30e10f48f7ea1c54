"""Appointments: who becomes an administrator, what they may, and when that ends."""
