"""Where somebody is on the branch screen: which branch, which page."""

from dataclasses import dataclass

from bot import payload
from domain.actor import BranchId
from domain.errors import NotFoundError
from domain.logins.paging import PageKey


@dataclass(frozen=True)
class Place:
    """A branch and a page of its logins; every view above carries it along."""

    branch_id: BranchId
    at: PageKey | None = None
    backwards: bool = False

    def remembered(self, **more: int | str | None) -> str:
        """For `private_metadata`, with other ids beside it."""
        return payload.to_remember(
            branch=self.branch_id, page=page_value(self.at, self.backwards), **more
        )


def page_value(at: PageKey | None, backwards: bool) -> str | None:
    """A page as the value of a button."""
    if at is None:
        return None
    return f"{'<' if backwards else '>'}{at.encode()}"


def read(body: payload.Body) -> Place:
    """The place that the view carries. Raises NotFoundError when it has none."""
    ids = payload.remembered(body)
    branch_id = BranchId(payload.whole_number(ids.get("branch")))
    return turned(Place(branch_id), str(ids.get("page") or ""))


def turned(place: Place, page: str) -> Place:
    """The same branch at the page that a button names; "" is the first."""
    if not page:
        return Place(place.branch_id)
    if page[0] not in "<>":
        raise NotFoundError(kind="page")
    return Place(place.branch_id, PageKey.decode(page[1:]), page[0] == "<")
