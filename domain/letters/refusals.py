"""Why a mail server did not take a letter."""


class LetterError(Exception):
    """A letter did not go out; `code` says why, and names nobody."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LetterRefusedError(LetterError):
    """It will never be taken; trying again is of no use."""


class LetterDeferredError(LetterError):
    """It was not taken now; other letters may be."""


class ServerAwayError(LetterError):
    """No letter can be handed in now."""


class ConnectionLostError(ServerAwayError):
    """The server ended the connection before the letter was on its way."""
