"""What was filled in on the form of an administrator."""

from dataclasses import dataclass
from typing import Any

from bot import payload
from bot.administrators.form import (
    BRANCHES_BLOCK,
    CHOOSE_BRANCHES,
    CODES,
    CODES_BLOCK,
    EMAIL,
    EMAIL_BLOCK,
    PERSON,
    PERSON_BLOCK,
    TYPE,
    TYPE_BLOCK,
    shown_in,
)
from domain.actor import AccountType, AdministratorId, BranchId
from domain.errors import NotFoundError


@dataclass(frozen=True)
class Wanted:
    """What was filled in; `administrator_id` is None for a new one.

    `codes_required` is None where the tick was left as it was shown.
    """

    administrator_id: AdministratorId | None
    user_id: str
    account_type: AccountType
    branch_ids: tuple[BranchId, ...]
    email: str
    codes_required: bool | None
    mark: str | None
    page: int


def parse(body: payload.Body) -> Wanted:
    """What stands in the form. Raises NotFoundError for what no form sends."""
    ids = payload.remembered(body)
    chosen = _entry(body, BRANCHES_BLOCK, CHOOSE_BRANCHES).get("selected_options")
    return Wanted(
        administrator_id=administrator_of(body) if "administrator" in ids else None,
        user_id=str(_entry(body, PERSON_BLOCK, PERSON).get("selected_user") or ""),
        account_type=_account_type(body),
        branch_ids=tuple(_branch_id(option) for option in chosen or ()),
        email=str(_entry(body, EMAIL_BLOCK, EMAIL).get("value") or ""),
        codes_required=_codes_required(body),
        mark=shown_in(body).mark,
        page=payload.whole_number(ids.get("page") or 0),
    )


def administrator_of(body: payload.Body) -> AdministratorId:
    """Whom the form is of. Raises NotFoundError."""
    return AdministratorId(
        payload.whole_number(payload.remembered(body).get("administrator"))
    )


def _account_type(body: payload.Body) -> AccountType:
    if TYPE_BLOCK not in payload.values(body):
        return AccountType.USER
    option = payload.mapping(_entry(body, TYPE_BLOCK, TYPE).get("selected_option"))
    try:
        return AccountType(str(option.get("value")))
    except ValueError as error:
        raise NotFoundError(kind="view") from error


def _branch_id(option: Any) -> BranchId:
    return BranchId(payload.whole_number(payload.mapping(option).get("value")))


def _codes_required(body: payload.Body) -> bool | None:
    if CODES_BLOCK not in payload.values(body):
        return None
    is_ticked = bool(_entry(body, CODES_BLOCK, CODES).get("selected_options"))
    return None if is_ticked == shown_in(body).codes_required else is_ticked


def _entry(body: payload.Body, block_id: str, action_id: str) -> Any:
    return payload.mapping(
        payload.mapping(payload.values(body).get(block_id)).get(action_id)
    )
