"""The front door: settings, command line, processes."""
