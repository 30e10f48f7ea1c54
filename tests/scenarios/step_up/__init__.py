"""Scenarios of the codes that administrators give."""
