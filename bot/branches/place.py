"""Where somebody is on the branch screen: which branch, which page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot import payload
from domain.actor import BranchId
from domain.errors import NotFoundError
from domain.logins.paging import PageKey

_LOCKED: Final = "locked"


@dataclass(frozen=True)
class Place:
    """A branch and a page of its logins; every view above carries it along.

    `only_locked` leaves out the logins that are in another state.
    """

    branch_id: BranchId
    at: PageKey | None = None
    backwards: bool = False
    only_locked: bool = False

    def remembered(self, **more: int | str | None) -> str:
        """For `private_metadata`, with other ids beside it."""
        return payload.to_remember(
            branch=self.branch_id,
            page=page_value(self.at, self.backwards),
            only=_LOCKED if self.only_locked else None,
            **more,
        )


def to_choose(*, only_locked: bool) -> str:
    """For `private_metadata` of a view in which a branch is chosen."""
    return payload.to_remember(only=_LOCKED) if only_locked else ""


def chosen(branch_id: BranchId, body: payload.Body) -> Place:
    """The chosen branch, as the view means it. Raises NotFoundError."""
    return Place(branch_id, only_locked=_is_of_locked(payload.remembered(body)))


def _is_of_locked(ids: Mapping[str, Any]) -> bool:
    return ids.get("only") == _LOCKED


def page_value(at: PageKey | None, backwards: bool) -> str | None:
    """A page as the value of a button."""
    if at is None:
        return None
    return f"{'<' if backwards else '>'}{at.encode()}"


def read(body: payload.Body) -> Place:
    """The place that the view carries. Raises NotFoundError when it has none.

    Buttons outside modals, on the App Home and in messages, carry their branch.
    """
    if payload.view(body).get("type") != "modal":
        return Place(BranchId(payload.whole_number(payload.action_value(body))))
    ids = payload.remembered(body)
    branch_id = BranchId(payload.whole_number(ids.get("branch")))
    here = Place(branch_id, only_locked=_is_of_locked(ids))
    return turned(here, str(ids.get("page") or ""))


def turned(place: Place, page: str) -> Place:
    """The same branch at the page that a button names; "" is the first."""
    if not page:
        return replace(place, at=None, backwards=False)
    if page[0] not in "<>":
        raise NotFoundError(kind="page")
    return replace(place, at=PageKey.decode(page[1:]), backwards=page[0] == "<")
