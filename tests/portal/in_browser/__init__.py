"""Journeys in the machine's Chromium, over real HTTP and with real letters."""
