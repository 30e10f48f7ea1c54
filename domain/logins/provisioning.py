"""Giving the people of a branch their logins: created, then activated."""

from domain.logins.activation import (
    LEFT_UNLESS_TICKED,
    ActivationPlan,
    InactiveLogin,
    StaleLoginError,
    activate_logins,
    left_out_of_activation,
    plan_activation,
    set_active,
)
from domain.logins.creation import (
    BATCH,
    CardWithoutLogin,
    CreationPlan,
    create_logins,
    left_out_of_creation,
    plan_creation,
)
from domain.logins.eligibility import LeftOutReason

__all__ = [
    "BATCH",
    "LEFT_UNLESS_TICKED",
    "ActivationPlan",
    "CardWithoutLogin",
    "CreationPlan",
    "InactiveLogin",
    "LeftOutReason",
    "StaleLoginError",
    "activate_logins",
    "create_logins",
    "left_out_of_activation",
    "left_out_of_creation",
    "plan_activation",
    "plan_creation",
    "set_active",
]
