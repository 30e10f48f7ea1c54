"""Word templates for ready letters: the list, an upload, the built-in ones."""
