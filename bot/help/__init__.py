"""Help for who can't sign in: direct messages, commands, buttons, a modal."""
