"""Which views people have before them: stacks of modals, and App Homes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import filled_in, starting_values
from sandbox.slack.files import READING
from sandbox.slack.limits import check_view
from sandbox.slack.refusals import RefusedError
from sandbox.slack.views import STACK_LIMIT, View, view_hash

if TYPE_CHECKING:
    from sandbox.slack.state import State


class Modals:
    """The views of everybody; callers hold the workspace's lock."""

    def __init__(self, workspace: State) -> None:
        self.workspace = workspace
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def top(self, user_id: str) -> View | None:
        """The modal this person looks at."""
        stack = self.stacks.get(user_id)
        return stack[-1] if stack else None

    def open(self, user_id: str, content: dict[str, Any]) -> View:
        """Show a modal as the first of a new stack."""
        self._check(content, "modal")
        view = self._new_view(user_id, content, None)
        self.stacks[user_id] = [view]
        return self._shown(view)

    def push(self, user_id: str, content: dict[str, Any]) -> View:
        """Show a modal on top of the one that is open."""
        self._check(content, "modal")
        stack = self.stacks.get(user_id)
        if not stack:
            raise RefusedError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise RefusedError("push_limit_reached")
        view = self._new_view(user_id, content, stack[-1])
        stack.append(view)
        return self._shown(view)

    def update(
        self, view: View, content: dict[str, Any], expected_hash: str | None = None
    ) -> View:
        """Put other content into a view that is open."""
        self._check(content, view.content["type"], view)
        if expected_hash and expected_hash != view.hash:
            raise RefusedError("hash_conflict")
        self._put_content(view, content)
        view.errors, view.trouble = {}, ""
        view.revision += 1
        return self._shown(view)

    def publish(
        self, user_id: str, content: dict[str, Any], expected_hash: str | None = None
    ) -> View:
        """Put this on somebody's App Home."""
        home = self.homes.get(user_id)
        if home:
            return self.update(home, content, expected_hash)
        self._check(content, "home")
        self.homes[user_id] = self._new_view(user_id, content, None)
        return self._shown(self.homes[user_id])

    def close(self, view: View) -> None:
        """Take one view off its stack, and whatever lies on it."""
        stack = self.stacks.get(view.user_id, [])
        if view in stack:
            del stack[stack.index(view) :]
        self.workspace.changed.notify_all()

    def clear(self, user_id: str) -> None:
        """Take the whole stack away."""
        self.stacks[user_id] = []
        self.workspace.changed.notify_all()

    def find(self, view_id: str | None, external_id: str | None) -> View | None:
        """An open view, by its id or the app's own."""
        everywhere = [view for stack in self.stacks.values() for view in stack]
        for view in everywhere + list(self.homes.values()):
            if view_id and view.id == view_id:
                return view
            if external_id and view.external_id == external_id:
                return view
        return None

    def _check(
        self, content: dict[str, Any], kind: str, updating: View | None = None
    ) -> None:
        problems = check_view(content)
        if problems:
            code = problems[0].code
            told = [
                f"{problem.text} [json-pointer:/view{problem.pointer}]"
                for problem in problems
            ]
            if code == "invalid_arguments":
                raise RefusedError.invalid_arguments(*told)
            raise RefusedError(code)
        self._check_scope(content)
        if content["type"] != kind:
            raise RefusedError.invalid_arguments(f"view is not of type {kind}")
        external_id = content.get("external_id")
        taken = self.find(None, external_id) if external_id else None
        if taken and taken is not updating:
            raise RefusedError("duplicate_external_id")

    def _check_scope(self, content: dict[str, Any]) -> None:
        granted = self.workspace.manifest.scopes
        asks = any(
            block["type"] == "input" and block["element"]["type"] == "file_input"
            for block in content["blocks"]
        )
        if asks and READING not in granted:
            provided = ",".join(sorted(granted))
            raise RefusedError("missing_scope", needed=READING, provided=provided)

    def _new_view(
        self, user_id: str, content: dict[str, Any], below: View | None
    ) -> View:
        view_id = self.workspace.new_id("V")
        view = View(
            id=view_id,
            user_id=user_id,
            content={},
            root_view_id=below.root_view_id if below else view_id,
            previous_view_id=below.id if below else None,
            external_id="",
            hash="",
        )
        self._put_content(view, content)
        return view

    def _put_content(self, view: View, content: dict[str, Any]) -> None:
        blocks = filled_in(content["blocks"], lambda: self.workspace.new_id("b"))
        view.content = content | {"blocks": blocks}
        view.values = starting_values(blocks, view.values)
        view.external_id = content.get("external_id", "")
        serial = int(self.workspace.new_id(""))
        view.hash = view_hash(view.content, self.workspace.now().timestamp(), serial)

    def _shown(self, view: View) -> View:
        self.workspace.changed.notify_all()
        return view
