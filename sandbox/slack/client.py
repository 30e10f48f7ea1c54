"""What a person's Slack client can do, and what it will not let her do.

Everything here a real client could know; tests and the browser act through it alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.slack import acks, events, payloads
from sandbox.slack.blocks import STATE, Block, Element
from sandbox.slack.client_choices import ClientChoices
from sandbox.slack.client_files import ClientFiles
from sandbox.slack.client_rules import ImpossibleError, Surface
from sandbox.slack.conversations import Channel, Message
from sandbox.slack.entry import refusals_of_submission
from sandbox.slack.posting import as_sent_on
from sandbox.slack.sending import Deed
from sandbox.slack.views import View

if TYPE_CHECKING:
    from sandbox.slack.record import Delivery

QUERY_LENGTH = 3
PRESSED = ("button", "overflow")


class Client(ClientChoices, ClientFiles):
    """The Slack client of one person."""

    # -- commands and messages -----------------------------------------------------

    def type_command(self, channel: Channel, typed: str) -> Delivery:
        """Send a slash command from a conversation."""
        self._alive()
        self._uncovered()
        command, _, text = typed.strip().partition(" ")
        if command not in self.workspace.manifest.commands:
            raise ImpossibleError(f"{command} is not a valid command here")
        self._inside(channel)
        with self.workspace.changed:
            payload = payloads.slash_command(
                self.workspace, self.user, channel, command, text.strip()
            )
            ticket = payload["response_url"].rpartition("/")[2]
            url = self.workspace.tickets.response_urls[ticket]
        deed = Deed(
            self.user.id,
            command,
            lambda answer: acks.to_command(self.workspace, url, answer),
        )
        return self.workspace.sockets.deliver("slash_commands", payload, deed)

    def send_message(
        self, channel: Channel, text: str, thread_ts: str | None = None
    ) -> Message:
        """Write something in a conversation, or in a thread of it."""
        self._alive()
        self._uncovered()
        self._inside(channel)
        manifest = self.workspace.manifest
        with_app = channel.is_im and self.workspace.bot_user.id in channel.members
        if with_app and (not manifest.messages_tab or manifest.messages_read_only):
            raise ImpossibleError("sending messages to this app has been turned off")
        if not text.strip():
            raise ImpossibleError("an empty message can't be sent")
        message = self.workspace.posting.by_person(
            channel, self.user.id, text, thread_ts=thread_ts
        )
        self.looks(message)
        return message

    def edit_message(self, message: Message, text: str) -> None:
        """Put other words in place of one's own."""
        self._own(message)
        if not text.strip():
            raise ImpossibleError("an empty message can't be kept")
        self.workspace.posting.change(message, as_sent_on(text), message.blocks)
        self.looks(message)

    def delete_message(self, message: Message) -> None:
        """Take back what one wrote."""
        self._own(message)
        self.workspace.posting.remove(message)

    def open_app(self, tab: str) -> None:
        """Open the app's `home` or `messages` tab."""
        self._alive()
        self._uncovered()
        manifest = self.workspace.manifest
        if not (manifest.home_tab if tab == "home" else manifest.messages_tab):
            raise ImpossibleError(f"this app has no {tab} tab")
        home = self.home() if tab == "home" else None
        view = payloads.view_object(self.workspace, home) if home else None
        events.home_opened(self.workspace, self.user, tab, view)

    # -- blocks --------------------------------------------------------------------

    def press(
        self,
        surface: Surface,
        block: Block,
        element: Element,
        *,
        chosen: dict[str, Any] | None = None,
        confirming: bool = False,
    ) -> Delivery:
        """Press a button, or choose from an overflow menu."""
        self._may_act(surface, block, element, confirming=confirming)
        if element["type"] not in PRESSED:
            raise ImpossibleError(f"a {element['type']} is not pressed")
        if bool(chosen) != (element["type"] == "overflow"):
            raise ImpossibleError("an option is chosen from an overflow menu, and only")
        value = {"selected_option": chosen} if chosen else None
        return self._act(surface, block, element, value)

    def enter(
        self,
        surface: Surface,
        block: Block,
        element: Element,
        value: Any,
        *,
        confirming: bool = False,
        is_quiet: bool = False,
    ) -> Delivery | None:
        """Give an element a value; the app hears of it unless it is an input.

        With `is_quiet` it does not hear of an input that asks for it either: what was
        typed and left without Enter, where only Enter tells.
        """
        self._may_act(surface, block, element, confirming=confirming)
        self._check_value(surface, block, element, value)
        entered = {"type": element["type"], STATE[element["type"]][0]: value}
        with self.workspace.changed:
            surface.values[(block["block_id"], element["action_id"])] = entered
            self.workspace.changed.notify_all()
        tells = block.get("dispatch_action") and not is_quiet
        if block["type"] == "input" and not tells:
            return None
        return self._act(surface, block, element, entered)

    def search(
        self, surface: Surface, block: Block, element: Element, typed: str
    ) -> tuple[Delivery, list[dict[str, Any]]]:
        """Type into an external select; the list fills once the app has answered."""
        self._may_act(surface, block, element, confirming="confirm" in element)
        if not element["type"].endswith("external_select"):
            raise ImpossibleError(f"nothing is searched in a {element['type']}")
        least = element.get("min_query_length", QUERY_LENGTH)
        if len(typed) < least:
            raise ImpossibleError(f"the search begins at {least} characters")
        offered: list[dict[str, Any]] = []

        def take(answer: acks.Answer) -> str:
            found, problem = acks.options_of(answer)
            offered.extend(found)
            self._found_by_search(surface, block, element).extend(found)
            return problem

        with self.workspace.changed:
            payload = payloads.suggestion(
                self.workspace, self.user, element, block["block_id"], typed
            ) | self._where(surface)
        payload.pop("response_url", None)
        deed = Deed(self.user.id, f"search in {element['action_id']}", take)
        sent = self.workspace.sockets.deliver("interactive", payload, deed)
        return sent, offered

    # -- modals --------------------------------------------------------------------

    def submit(self, view: View) -> Delivery:
        """Press the submit button of the top modal."""
        self._alive()
        self._on_top(view)
        if not view.text("submit"):
            raise ImpossibleError("this modal has no submit button")
        if view.submitting:
            raise ImpossibleError("it is being submitted")
        refusals = refusals_of_submission(view)
        if refusals:
            told = [f"{block['label']['text']}: {why}" for block, why in refusals]
            fields = {block["block_id"]: why for block, why in refusals}
            raise ImpossibleError("; ".join(told), fields)
        with self.workspace.changed:
            view.submitting, view.errors, view.trouble = True, {}, ""
            self.workspace.changed.notify_all()
            payload = self._view_payload("view_submission", view)
            payload |= {
                "trigger_id": self.workspace.tickets.new_trigger(self.user.id, view.id),
                "response_urls": [],
            }
        deed = Deed(
            self.user.id,
            f"submission of {view.content.get('callback_id', '')}",
            lambda answer: acks.to_submission(self.workspace, view, answer),
            lambda: acks.submission_failed(view),
        )
        return self.workspace.sockets.deliver("interactive", payload, deed)

    def close(self, view: View, *, whole_stack: bool) -> list[Delivery]:
        """Close the top modal by its close button, or all by the cross."""
        self._alive()
        self._on_top(view)
        with self.workspace.changed:
            stack = list(self.workspace.modals.stacks[self.user.id])
            cleared = whole_stack or bool(view.content.get("clear_on_close"))
            closing = stack if cleared else [view]
            notices = [
                self._view_payload("view_closed", each) | {"is_cleared": cleared}
                for each in closing
                if each.content.get("notify_on_close")
            ]
            self.workspace.modals.close(closing[0])
        deed = Deed(self.user.id, "view_closed")
        sockets = self.workspace.sockets
        return [sockets.deliver("interactive", each, deed) for each in notices]

    # -- within --------------------------------------------------------------------

    def _act(
        self, surface: Surface, block: Block, element: Element, value: Any
    ) -> Delivery:
        with self.workspace.changed:
            view_id = None
            if isinstance(surface, View) and not surface.is_home:
                view_id = surface.id
            stamp = self.workspace.new_stamp()
            done = payloads.action(element, block["block_id"], value, stamp)
            payload = payloads.interaction(self.workspace, "block_actions", self.user)
            payload |= self._where(surface) | {
                "trigger_id": self.workspace.tickets.new_trigger(self.user.id, view_id),
                "actions": [done],
            }
        deed = Deed(self.user.id, f"action {element['action_id']}")
        return self.workspace.sockets.deliver("interactive", payload, deed)

    def _own(self, message: Message) -> None:
        self._alive()
        self._uncovered()
        if message.author_id != self.user.id:
            raise ImpossibleError("only one's own messages can be changed")

    def _where(self, surface: Surface) -> dict[str, Any]:
        if isinstance(surface, View):
            return payloads.in_view(self.workspace, surface)
        return payloads.in_message(self.workspace, surface, self.user.id)

    def _view_payload(self, kind: str, view: View) -> dict[str, Any]:
        payload = payloads.interaction(self.workspace, kind, self.user)
        return payload | {"view": payloads.view_object(self.workspace, view)}
