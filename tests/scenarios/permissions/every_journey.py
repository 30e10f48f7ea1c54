"""Every journey there is, by who makes it and what they may lose before its end."""

from tests.scenarios.permissions.of_administrators import (
    OF_OWN_CODES,
    OF_WHO_APPOINTS,
    OF_WHO_REQUIRES_CODES,
)
from tests.scenarios.permissions.of_cards import (
    CLOSING,
    HANDING_IN,
    OF_CARDS,
    OF_OWN_LISTS,
)
from tests.scenarios.permissions.of_logins import OF_LOGINS
from tests.scenarios.permissions.of_managers import OF_MANAGERS
from tests.scenarios.permissions.of_runs import OF_DECIDING, OF_RUNS
from tests.scenarios.permissions.of_screens import (
    OPENING_OF_A_BRANCH,
    OPENING_OF_MANAGERS,
)

# Each is made by whoever administers the branch.
OF_A_BRANCH = (*OF_LOGINS, *OF_CARDS, *OF_RUNS)
BY_BRAM = (*OF_A_BRANCH, *OF_DECIDING, *OPENING_OF_A_BRANCH)
# What is one's own goes with the role alone.
OF_ONESELF = (*OF_OWN_LISTS, *OF_OWN_CODES)
BY_HANNA = (
    *OF_WHO_APPOINTS,
    *OF_WHO_REQUIRES_CODES,
    *OF_MANAGERS,
    *OPENING_OF_MANAGERS,
)
EVERY_JOURNEY = (*BY_BRAM, *OF_ONESELF, *BY_HANNA, HANDING_IN, CLOSING)
