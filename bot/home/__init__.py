"""The App Home: who you are here, what you can type, in which language."""
