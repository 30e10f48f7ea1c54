"""The lists of who is left out of an act, behind the buttons of its dry run."""
