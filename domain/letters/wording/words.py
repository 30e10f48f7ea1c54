"""What a letter is made of, before it becomes text and HTML."""

from dataclasses import dataclass

from domain.secret import Secret


@dataclass(frozen=True)
class Letterhead:
    """What is the same in every letter: whose it is, and where people sign in."""

    company: str
    portal_url: str

    def link(self, token: Secret) -> Secret:
        """The address behind the button; built from the configured one only."""
        return Secret(f"{self.portal_url}/herstel/{token.reveal()}")

    def dispute_link(self, token: Secret) -> Secret:
        """The address behind *Dit klopt niet*."""
        return Secret(f"{self.portal_url}/klopt-niet/{token.reveal()}")


@dataclass(frozen=True)
class Button:
    """A link to press."""

    label: str
    url: Secret


@dataclass(frozen=True)
class Words:
    """A letter without its greeting and signature, in plain text.

    `code` or `button` stands between the paragraphs `before` and `after`.
    """

    subject: str
    before: tuple[str, ...]
    code: Secret | None = None
    button: Button | None = None
    after: tuple[str, ...] = ()
