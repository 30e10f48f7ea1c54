"""One person with something in every table that can hold something of a person."""

from datetime import date, timedelta

from sqlalchemy import insert, select

from domain.audit import AuditAct, Concerning, record
from domain.exports.model import PostedFile, PostingState
from domain.importing.model import StaffListUpload
from domain.letters.model import AccessLetter, EmailTemplate
from domain.letters.queueing import LetterKind, Recipient, queue_letter
from domain.logins.address_notices import AddressNotice
from domain.logins.links import Link, LinkPurpose
from domain.logins.model import Login, PasswordKind, SecondFactor, ShownPassword
from domain.logins.moves import Move
from domain.record_cards.model import RecordCard
from domain.runs.model import RowState, Run, RunPhase, RunRow
from domain.sign_in.model import (
    AttemptCounter,
    AttemptOutcome,
    CodeTry,
    CountedBy,
    Lockout,
    OneTimeCode,
    PasswordAttempt,
    PendingApp,
    PortalSession,
    RecoveryCode,
    RecoveryRequest,
    SlackLink,
    Stage,
    TrustedDevice,
)
from domain.slack_users import SlackUser

CARD = {
    "number": "KN90417",
    "first_name": "Kanarina",
    "prefix": "van der",
    "last_name": "Geelvogelstra",
    "email": "kanarie.geel@voliere.nl",
    "job_title": "Vogelkokkin",
    "contract": "Nulzitstok",
    "phone": "+31 6 55501234",
    "street": "Kooistraat 7B",
    "postal_code": "9417 KN",
    "city": "Vogelenzangberg",
    "birth_on": date(1987, 6, 5),
}
NETWORK = "203.0.113.77"
SLACK = ("T0OFFICE", "U0KANARIE")
HASH = "kanariehash"
# What no longer stands anywhere afterwards.
WORDS = (
    *(str(CARD[name]) for name in CARD if name != "prefix"),
    NETWORK,
    "U0KANARIE",
    HASH,
    "Kanarie in Slack",
    "geelvogelstra",
    "kanarieverzegeld",
    "Kanaal 12",
)


def settle_in(office, keyring, now):
    """Add the canary, with a second card whose data was moved to the first."""
    login_id = office.add_login(
        card=CARD,
        password_hash=HASH,
        password_kind=PasswordKind.OWN,
        second_factor=SecondFactor.APP,
        sealed_totp_seed="kanarieverzegeld",
        language="nl",
    )
    old_id = office.add_card(**CARD | {"number": "KN90416", "email": None})
    with office.database.transaction() as session:
        login = session.get_one(Login, login_id)
        card_id = login.record_card_id
        old = session.get_one(RecordCard, old_id)
        old.moved_to_card_id, old.closed_at = card_id, now
        _add_sign_ins(session, login_id, now)
        _add_letters(session, login, keyring, now)
        _add_run(session, office, login_id, now)
        moved = {"street": "Kanaal 12"}
        session.add_all(
            [
                Move(
                    from_card_id=old_id,
                    to_card_id=card_id,
                    login_id=login_id,
                    fields=["street"],
                    before=moved,
                    moved_by=office.hanna.administrator_id,
                    moved_at=now,
                ),
                SlackLink(
                    team_id=SLACK[0],
                    user_id=SLACK[1],
                    record_card_id=card_id,
                    linked_at=now,
                ),
                SlackUser(
                    team_id=SLACK[0],
                    user_id=SLACK[1],
                    display_name="Kanarie in Slack",
                    locale="nl-NL",
                    is_bot=False,
                    is_deleted=False,
                    is_guest=False,
                    is_outsider=False,
                    is_workspace_owner=False,
                    refreshed_at=now,
                ),
                StaffListUpload(
                    id="lijst",
                    administrator_id=office.hanna.administrator_id,
                    file_name="personeel.xlsx",
                    sealed_list="kanarieverzegeld",
                    expires_at=now + timedelta(minutes=30),
                ),
            ]
        )
        about = Concerning(office.utrecht, card_id, login_id)
        record(session, AuditAct.SIGNED_IN, about, actor=office.hanna, now=now)
    return login_id


def _add_sign_ins(session, login_id, now):
    device = TrustedDevice(
        token_hash=HASH, login_id=login_id, created_at=now, last_used_at=now
    )
    session.add(device)
    session.flush()
    made = {"login_id": login_id, "credential_version": 1}
    until = now + timedelta(minutes=10)
    session.add_all(
        [
            PortalSession(
                **made,
                token_hash=HASH,
                stage=Stage.IN,
                sign_in_number="1",
                started_at=now,
                last_seen_at=now,
                authenticated_at=now,
                challenge_number="1",
                has_been_in=True,
            ),
            *(
                PasswordAttempt(
                    at=now,
                    login_id=of,
                    name_digest="kanariehash van naam",
                    network=NETWORK,
                    device_id=device.id,
                    outcome=AttemptOutcome.WRONG,
                )
                for of in (login_id, None)
            ),
            *(
                AttemptCounter(
                    counted_by=counted_by,
                    subject=subject,
                    count=1,
                    window_began_at=now,
                    last_at=now,
                )
                for counted_by, subject in (
                    (CountedBy.LOGIN, f"{login_id}.1"),
                    (CountedBy.DEVICE, f"{device.id}.1"),
                    (CountedBy.NAME, "kanariehash van naam"),
                )
            ),
            OneTimeCode(
                **made,
                challenge_number="1",
                purpose="sign_in",
                code_digest=HASH,
                sent_at=now,
                expires_at=until,
            ),
            CodeTry(login_id=login_id, challenge_number="1", at=now),
            PendingApp(
                **made, sign_in_number="1", sealed_seed="kanarieverzegeld", begun_at=now
            ),
            RecoveryCode(login_id=login_id, code_digest=HASH),
            RecoveryRequest(at=now, subject=f"login {login_id}"),
            Link(
                **made,
                token_hash=HASH,
                purpose=LinkPurpose.RECOVERY,
                made_at=now,
                expires_at=until,
                team_id=SLACK[0],
                user_id=SLACK[1],
            ),
            ShownPassword(
                **made,
                sealed_password="kanarieverzegeld",
                password_hash=HASH,
                prepared_at=now,
            ),
        ]
    )


def _add_letters(session, login, keyring, now):
    to = Recipient(CARD["email"], "Kanarina", "nl", login.record_card_id)
    queue_letter(session, LetterKind.FACTOR_REMOVED, to, keyring=keyring, now=now)
    template = session.scalars(select(EmailTemplate)).first()
    assert template is not None
    session.add_all(
        [
            AddressNotice(
                token_hash=HASH,
                record_card_id=login.record_card_id,
                made_at=now,
                expires_at=now,
            ),
            AccessLetter(
                login_id=login.id,
                template_version_id=1,
                credential_version=1,
                queued_at=now,
            ),
        ]
    )


def _add_run(session, office, login_id, now):
    run = Run(
        branch_id=office.utrecht,
        started_by=office.hanna.administrator_id,
        phase=RunPhase.PREPARING,
        channel_id="C0BEHEER",
        row_count=1,
        due_at=now,
        created_at=now,
    )
    session.add(run)
    session.flush()
    session.execute(
        insert(RunRow).values(
            run_id=run.id,
            login_id=login_id,
            state=RowState.PREPARED,
            credential_version=1,
            sealed_password="kanarieverzegeld",
            password_hash=HASH,
            lease_number=0,
        )
    )
    session.add(
        PostedFile(
            run_id=run.id,
            branch_id=office.utrecht,
            requested_by=office.hanna.administrator_id,
            file_name="werknemerslogins-utrecht.xlsx",
            channel_id="C0BEHEER",
            state=PostingState.PREPARED,
            created_at=now,
        )
    )
    session.add(
        Lockout(
            login_id=login_id,
            branch_id=office.utrecht,
            locked_at=now,
            attempts=10,
            networks=1,
            names_from_networks=1,
            known_browser=False,
            seconds_between=3,
        )
    )
