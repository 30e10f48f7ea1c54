"""What Slack's client will not let somebody do."""

from __future__ import annotations

from sandbox.slack.blocks import Block, Element
from sandbox.slack.client_sight import ClientSight, ImpossibleError, Surface
from sandbox.slack.conversations import Channel
from sandbox.slack.views import View

__all__ = ["ClientRules", "ImpossibleError", "Surface"]


class ClientRules(ClientSight):
    """The refusals of a client's acting side."""

    def is_before_her(self, surface: Surface) -> bool:
        """Whether she can act on this: the top modal, or behind no modal at all."""
        top = self.top_view()
        if top is not None:
            return surface is top
        if isinstance(surface, View):
            return surface is self.home()
        channel = self.workspace.channels[surface.channel_id]
        return surface in self.messages(channel)

    def _may_act(
        self, surface: Surface, block: Block, element: Element, *, confirming: bool
    ) -> None:
        self._alive()
        if not self.is_before_her(surface):
            raise ImpossibleError("that is not before her any more")
        if not self.workspace.manifest.interactive:
            raise ImpossibleError("this app is not configured to handle interactions")
        if isinstance(surface, View) and surface.submitting:
            raise ImpossibleError("the modal is being submitted")
        if block not in surface.blocks:
            raise ImpossibleError("that block is gone")
        asked = element.get("confirm")
        if bool(asked) != confirming:
            words = asked["title"]["text"] if asked else "nothing"
            raise ImpossibleError(f"asked to confirm: {words}; confirming={confirming}")

    def _on_top(self, view: View) -> None:
        if self.top_view() is not view:
            raise ImpossibleError("that modal is not on top")

    def _uncovered(self) -> None:
        if self.top_view() is not None:
            raise ImpossibleError("a modal covers everything else: close it first")

    def _alive(self) -> None:
        if self.user.deleted:
            raise ImpossibleError(f"{self.user.name} is deactivated")

    def _inside(self, channel: Channel) -> None:
        if self.user.id not in channel.members:
            raise ImpossibleError(f"{self.user.name} is not in #{channel.name}")
        if channel.is_archived:
            raise ImpossibleError(f"#{channel.name} is archived")
