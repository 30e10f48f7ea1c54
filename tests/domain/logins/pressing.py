"""A process of its own that presses the buttons of a branch, batch by batch.

    python -m tests.domain.logins.pressing URL BRANCH_ID ADMINISTRATOR_ID [--stay]

Prints how many each batch served. With `--stay` it stops in the middle of its
second batch, says so, and waits there to be killed.
"""

import sys
from datetime import UTC, datetime

from domain.actor import AdministratorId, BranchId
from domain.administrators import actor_of
from domain.database import Database
from domain.logins import provisioning

BATCH = 20
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def main() -> None:
    url, branch_id, administrator_id = sys.argv[1:4]
    stays = "--stay" in sys.argv
    database = Database(url)
    with database.reading() as session:
        actor = actor_of(session, AdministratorId(int(administrator_id)))
    for act in (provisioning.create_logins, provisioning.activate_logins):
        count, batches = -1, 0
        while count:
            with database.transaction() as session:
                count = act(
                    session,
                    BranchId(int(branch_id)),
                    limit=BATCH,
                    actor=actor,
                    now=NOW,
                )
                batches += 1
                if stays and batches == 2:
                    say("in the second batch")
                    sys.stdin.read()
            say(f"{act.__name__} {count}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
