"""Which act each listener of the bot is behind, written down by hand."""

from domain.permissions import Act

ADMINISTRATION = {
    Act.SEE_LOGINS: """
        action branches.manage_logins, action branches.staff_logins
        action branches.open, action branches.other, action branches.search
        action branches.show_all, action branches.turn_back, action branches.turn_page
        options branches.search, options logins.search
        action board.all_branches, action board.open_branch, action board.show_locked
        action board.show_without_address
        action lockouts.open_login, action lockouts.show_locked
        action logins.open, action logins.search
        action left_out.from_start, action left_out.further
        action resets.show_reason
    """,
    Act.CREATE_LOGINS: """
        action logins.plan_creation, action logins.left_out_of_creation
        view_submission logins.create
    """,
    Act.ACTIVATE_LOGINS: """
        action logins.plan_activation, action logins.left_out_of_activation
        action logins.tick_also, action lockouts.activate
        action lockouts.leave_locked, view_submission logins.activate
        view_submission logins.save
    """,
    Act.RESET_PASSWORDS: """
        action lockouts.activate_and_reset, action logins.show_new_password
    """,
    Act.EXPORT_PASSWORDS: """
        action exports.show_opening_password, action resets.plan_export
        action resets.look_again, action resets.choose_scope, action resets.tick_also
        action resets.tick_letters, action resets.choose_word_template
        action resets.show_left_out, view_submission resets.export
    """,
    Act.MAIL_PASSWORDS: """
        action logins.send_access, action resets.plan_mailing
        action resets.plan_mailing_new, action resets.tick_again
        action resets.choose_template, action resets.tick_remind
        action resets.show_example, action resets.stop_reminders
        action resets.retry_failed, view_submission resets.mail
        view_submission resets.retry
    """,
    Act.APPROVE_RUNS: """
        action resets.approve, action resets.decline, action resets.withdraw
    """,
    Act.REMOVE_SECOND_FACTOR: "action logins.remove_second_factor",
    Act.SEE_TIMELINE: """
        action logins.show_timeline, action logins.timeline_newest
        action logins.timeline_older, action record_cards.show_timeline
    """,
    Act.IMPORT_RECORD_CARDS: """
        action importing.choose, action board.import, action importing.send_list
        view_submission importing.read, view_submission importing.confirm
        view_closed importing.confirm
    """,
    Act.SEE_RECORD_CARDS: """
        action record_cards.open, action record_cards.find
        action record_cards.open_disputed, action record_cards.open_other
        action record_cards.open_login, options record_cards.find
        action left_out.open_card
    """,
    Act.EDIT_RECORD_CARDS: """
        action record_cards.new, options record_cards.choose_branch
        view_submission record_cards.save, view_submission record_cards.add
    """,
    Act.LINK_SLACK_ACCOUNTS: """
        action record_cards.link_slack, action record_cards.unlink_slack
        action logins.unlink_slack
    """,
    Act.MOVE_EMPLOYEE_DATA: """
        action moves.open, action moves.open_clash, action moves.open_pair
        action moves.compare_chosen, action moves.turn_pairs
        action moves.turn_pairs_back, action moves.show_recent, action moves.newest
        action moves.older, action moves.open_undo, action moves.undo_here
        action moves.swap, action moves.tick, options moves.search_new
        options moves.search_old, view_submission moves.move
        view_submission moves.undo
    """,
    Act.SEE_ADMINISTRATORS: """
        action administrators.open_list, action administrators.turn_back
        action administrators.turn_page
    """,
    Act.APPOINT_ADMINISTRATORS: """
        action administrators.new, action administrators.open
        action administrators.dismiss, options administrators.choose_branches
        view_submission administrators.save
    """,
    Act.REQUIRE_CODES: "action administrators.codes_for_all",
    Act.LIFT_STEP_UP: """
        action administrators.lift, action administrators.mail_instead
        action step_up.lift
    """,
    Act.GIVE_CODES: """
        action step_up.open_own, action step_up.send_again, action step_up.set_up_app
        action step_up.set_up_mail, action step_up.turn_off
        view_submission step_up.give_code, view_submission step_up.confirm_app
        view_submission step_up.confirm_mail
    """,
    Act.SET_UP_BRANCHES: """
        action branch_settings.open, action branch_settings.open_form
        action branch_settings.search, action branch_settings.choose_channel
        action branch_settings.tick_second_factor, options branch_settings.search
        view_submission branch_settings.save
    """,
    Act.SEE_AUDIT_LOG: """
        action audit_log.open, action audit_log.branch, action audit_log.person
        action audit_log.administrator, action audit_log.group
        action audit_log.since, action audit_log.until, action audit_log.clear
        action audit_log.older, action audit_log.newest, action audit_log.export
        options audit_log.branch, options audit_log.person
        options audit_log.administrator
    """,
    Act.EDIT_TEMPLATES: """
        action templates.open_list, action templates.turn_back
        action templates.turn_page, action templates.new, action templates.open
        action templates.copy, action templates.delete, action templates.versions
        action templates.show_history, action templates.newest_versions
        action templates.older_versions, action templates.show_version
        action templates.preview, action templates.search_colleague
        action templates.send_test, options templates.search_colleague
        options templates.choose_branch, view_submission templates.save
        action word_templates.open, action word_templates.upload
        action word_templates.remove, action word_templates.download_nl
        action word_templates.download_en, options word_templates.choose_branch
        view_submission word_templates.add
    """,
    Act.OPEN_MANAGEMENT_MENU: "command /beheer, command /manage",
    Act.OPEN_STAFF_MENU: "command /personeel, command /staff",
}
# For anybody, and why.
ANYBODY = {
    "command /wachtwoord": "who cannot sign in asks for a way in of their own",
    "command /password": "the same in English",
    "action help.new_password": "a way in of one's own, mailed to one's own address",
    "action help.other_number": "asks for a number and says nothing of it",
    "view_submission help.ask": "a way in, mailed to the address of that card",
    "action home.choose_dutch": "one's own language",
    "action home.choose_english": "one's own language",
    "view_submission administrators.begin": "owners of Slack while nobody manages",
    "action moves.search_new": "nothing is done; the button beside it reads the choice",
    "action moves.search_old": "nothing is done; the button beside it reads the choice",
    "event app_home_opened": "everybody has a Home, with what is theirs on it",
    "event message": "everybody who writes gets an answer about their own login",
    "event user_change": "Slack itself tells this",
}


def behind() -> dict[str, Act]:
    """The act by the kind and name of each listener."""
    rows: dict[str, Act] = {}
    for act, listed in ADMINISTRATION.items():
        for name in listed.replace("\n", ",").split(","):
            if name.strip():
                assert name.strip() not in rows
                rows[name.strip()] = act
    return rows
