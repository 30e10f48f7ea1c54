"""Every table and column was decided on: handed out, hidden, or nobody's."""

from domain.database import Record
from domain.privacy.belongings import KEPT, NOT_PERSONAL
from domain.tables import TABLES

# Written down by hand, so that who adds a column thinks of whom it speaks: is it to
# be handed out, hidden (KEPT) and emptied (erasing.py)?
DECIDED_COLUMNS = {
    "access_letter": (
        "id login_id run_row_id template_version_id message_id credential_version "
        "queued_at outcome error_code ended_at"
    ),
    "address_notice": "id token_hash record_card_id made_at expires_at disputed_at",
    "administrator": (
        "id team_id user_id account_type email appointed_at dismissed_at"
    ),
    "administrator_branch": "administrator_id branch_id",
    "attachment": "id file_name size content added_at",
    "attempt_counter": (
        "counted_by subject count lockouts window_began_at last_at paused_until"
    ),
    "audit_event": (
        "id at act actor_kind administrator_id surface branch_id record_card_id "
        "login_id run_id details"
    ),
    "audit_seal": "day version digests head sealed_head forgotten_at",
    "branch": (
        "id name name_key admin_channel_id initial_password_days "
        "second_factor_required wrong_attempts_allowed second_administrator_above "
        "weekly_digest created_at"
    ),
    "branch_week": "branch_id monday login_count signed_in_count",
    "code_try": "id login_id challenge_number at was_right",
    "company_rules": "id codes_for_all",
    "email_template": "id branch_id built_in current_number created_at deleted_at",
    "email_template_version": (
        "id template_id number name subject_nl body_nl subject_en body_en attached "
        "attachment_id made_by made_at"
    ),
    "link": (
        "id token_hash login_id purpose credential_version made_at expires_at "
        "held_until used_at team_id user_id"
    ),
    "lockout": (
        "id login_id branch_id alert_id locked_at attempts networks "
        "names_from_networks known_browser seconds_between ended_at end ended_by"
    ),
    "lockout_alert": (
        "id branch_id channel_id opened_at places show_at shown_at shown_count "
        "lease_number leased_until"
    ),
    "login": (
        "id record_card_id user_name user_name_key state password_kind password_hash "
        "password_set_at initial_password_expires_at credential_version sign_in_count "
        "last_sign_in_at second_factor sealed_totp_seed totp_last_step language "
        "closed_for_end_on created_at"
    ),
    "move": (
        "id from_card_id to_card_id login_id fields before moved_by moved_at "
        "undone_by undone_at"
    ),
    "one_time_code": (
        "id login_id challenge_number purpose code_digest credential_version sent_at "
        "expires_at ended_at"
    ),
    "outbox": (
        "id kind payload queued_at due_at attempts expires_at ended_at delivered "
        "last_error lease_number leased_until"
    ),
    "password_attempt": (
        "id at login_id name_digest network device_id credential_version outcome "
        "wrong_mark"
    ),
    "pending_app": "login_id sign_in_number credential_version sealed_seed begun_at",
    "portal_session": (
        "token_hash login_id stage credential_version sign_in_number started_at "
        "last_seen_at authenticated_at challenge_number has_been_in"
    ),
    "posted_file": (
        "id run_id kind branch_id requested_by file_name channel_id state "
        "slack_file_id sealed_opening_password created_at posted_at delete_at "
        "deletion_attempts lease_number leased_until"
    ),
    "record_card": (
        "id number number_key first_name prefix last_name name_key email email_key "
        "branch_id job_title contract start_on end_on phone street postal_code city "
        "birth_on moved_to_card_id closed_at erased_at created_at changed_at"
    ),
    "recovery_code": "id login_id code_digest used_at",
    "recovery_request": "id at subject",
    "reminder": "id run_id after_days due_at ended_at reminder_run_id",
    "run": (
        "id branch_id started_by retry_of_run_id kind template_version_id "
        "reminds_of_run_id ready_letters word_template_id phase failure channel_id "
        "message_channel_id message_ts progress_shown_at result_shown "
        "starter_confirmed_at approval_until approved_by approved_at "
        "approver_confirmed_at row_count password_expires_at due_at attempts "
        "created_at ended_at lease_number leased_until"
    ),
    "run_row": (
        "id run_id login_id state reason credential_version sealed_password "
        "password_hash applied_at lease_number leased_until"
    ),
    "scheduled_tick": "id job due_at done_at lease_number leased_until",
    "shown_password": (
        "login_id sealed_password password_hash credential_version prepared_at"
    ),
    "slack_delivery": "delivery_id received_at",
    "slack_link": "team_id user_id record_card_id linked_at",
    "slack_user": (
        "team_id user_id display_name locale is_bot is_deleted is_guest is_outsider "
        "is_workspace_owner refreshed_at language"
    ),
    "staff_list_upload": (
        "id administrator_id file_name sealed_list sealed_remarks result expires_at"
    ),
    "step_up": (
        "administrator_id way is_required sealed_totp_seed totp_last_step "
        "sealed_pending_seed pending_since code_digest code_expires_at mailed_at "
        "wrong_codes confirmed_at blocked_at"
    ),
    "trusted_device": "id token_hash login_id created_at last_used_at",
    "word_template": "id branch_id name content uploaded_by uploaded_at removed_at",
}


def test_every_table_is_decided_on_once():
    assert TABLES
    kept = {each.table.name for each in KEPT}
    assert set(Record.metadata.tables) == kept | NOT_PERSONAL.keys()
    assert not kept & NOT_PERSONAL.keys()


def test_every_column_is_decided_on():
    there = {
        name: [column.name for column in table.columns]
        for name, table in Record.metadata.tables.items()
    }
    decided = {name: columns.split() for name, columns in DECIDED_COLUMNS.items()}
    assert there == decided


def test_secrets_are_hidden():
    for each in KEPT:
        told = {column.name for column in each.table.columns} - each.hidden
        for word in ("hash", "sealed", "digest", "seed", "token", "mark"):
            assert not [name for name in told if word in name], each.table.name


def test_what_is_hidden_is_a_column():
    for each in KEPT:
        assert each.hidden <= {column.name for column in each.table.columns}
