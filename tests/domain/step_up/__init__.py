"""Tests of the codes that administrators give."""
