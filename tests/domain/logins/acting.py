"""The acts on the logins of a branch as one line each: Ursula, in Utrecht, now."""

from domain.logins import provisioning

NOBODY = frozenset()


def plan_creation(office, *, actor=None, branch_id=None):
    with office.database.reading() as session:
        return provisioning.plan_creation(
            session,
            branch_id or office.utrecht,
            actor=actor or office.ursula,
            now=office.now,
        )


def create(office, *, actor=None, branch_id=None, **given):
    with office.database.transaction() as session:
        return provisioning.create_logins(
            session,
            branch_id or office.utrecht,
            actor=actor or office.ursula,
            now=office.now,
            **given,
        )


def left_out_of_creation(office, reason, *, actor=None, limit=10, **given):
    with office.database.reading() as session:
        return provisioning.left_out_of_creation(
            session,
            office.utrecht,
            reason,
            limit=limit,
            actor=actor or office.ursula,
            now=office.now,
            **given,
        )


def plan_activation(office, *, also=NOBODY, actor=None, branch_id=None):
    with office.database.reading() as session:
        return provisioning.plan_activation(
            session,
            branch_id or office.utrecht,
            also=frozenset(also),
            actor=actor or office.ursula,
            now=office.now,
        )


def activate(office, *, also=NOBODY, actor=None, branch_id=None, **given):
    with office.database.transaction() as session:
        return provisioning.activate_logins(
            session,
            branch_id or office.utrecht,
            also=frozenset(also),
            actor=actor or office.ursula,
            now=office.now,
            **given,
        )


def left_out_of_activation(office, reason):
    with office.database.reading() as session:
        return provisioning.left_out_of_activation(
            session,
            office.utrecht,
            reason,
            limit=10,
            actor=office.ursula,
            now=office.now,
        )


def set_active(office, login_id, active, *, version=1, actor=None):
    with office.database.transaction() as session:
        return provisioning.set_active(
            session,
            login_id,
            active,
            expected_version=version,
            actor=actor or office.ursula,
            now=office.now,
        )
