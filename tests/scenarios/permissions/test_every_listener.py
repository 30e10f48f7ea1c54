"""Every listener that changes something has a journey, or a reason to have none."""

from tests.bot.permission_rows import ANYBODY, behind
from tests.scenarios.permissions.every_journey import EVERY_JOURNEY

# Nothing is written there; for each kind the reason why no role need be lost before.
LOOKING = {
    "opens a screen, which the journeys of those screens begin with": """
        command /beheer, command /manage, command /personeel, command /staff
        action branches.manage_logins, action branches.staff_logins
        action record_cards.open, action record_cards.new, action moves.open
        action moves.show_recent, action moves.open_undo, action importing.choose
        action board.import
        action administrators.open_list, action administrators.new
        action branch_settings.open, action templates.open_list, action templates.new
        action word_templates.open, action word_templates.upload
        action step_up.open_own
    """,
    "opens a branch, a login or a card, as `branches.open` and the like do": """
        action branches.open, action branches.other, action branches.show_all
        action board.all_branches, action board.show_locked
        action board.show_without_address, action lockouts.open_login
        action lockouts.show_locked, action record_cards.open_disputed
        action record_cards.open_other, action record_cards.open_login
        action left_out.open_card, action moves.open_clash, action moves.compare_chosen
        action moves.undo_here
    """,
    "tells who was left out and why": """
        action logins.left_out_of_creation, action logins.left_out_of_activation
        action resets.show_left_out, action resets.show_reason
        action left_out.from_start, action left_out.further
    """,
    "another page of what is on the screen": """
        action branches.turn_page, action branches.turn_back
        action logins.timeline_newest, action logins.timeline_older
        action administrators.turn_page, action administrators.turn_back
        action moves.turn_pairs, action moves.turn_pairs_back, action moves.newest
        action moves.older, action templates.turn_page, action templates.turn_back
        action templates.newest_versions, action templates.older_versions
        action audit_log.older, action audit_log.newest
    """,
    "a choice on a screen, written by the submit or press that has a journey": """
        action branches.search, action logins.search, action logins.tick_also
        action record_cards.find, action moves.swap, action moves.tick
        action resets.choose_scope, action resets.tick_also, action resets.tick_again
        action resets.tick_letters, action resets.tick_remind
        action resets.choose_template, action resets.choose_word_template
        action branch_settings.search, action branch_settings.choose_channel
        action branch_settings.tick_second_factor, action templates.search_colleague
        action audit_log.branch, action audit_log.person
        action audit_log.administrator, action audit_log.since
        action audit_log.until, action audit_log.clear
    """,
    "looks at the admin channel, or at a letter as somebody would get it": """
        action resets.look_again, action resets.show_example
        action templates.preview, action templates.versions
        action templates.show_version
    """,
    "offers what can be chosen, or nothing": """
        options branches.search, options logins.search, options record_cards.find
        options record_cards.choose_branch, options moves.search_new
        options moves.search_old, options administrators.choose_branches
        options branch_settings.search, options templates.search_colleague
        options templates.choose_branch, options word_templates.choose_branch
        options audit_log.branch, options audit_log.person
        options audit_log.administrator
    """,
}


def looking():
    """The reason by listener."""
    rows = {}
    for reason, listed in LOOKING.items():
        for name in listed.replace("\n", ",").split(","):
            if name.strip():
                assert name.strip() not in rows, name
                rows[name.strip()] = reason
    return rows


def taken_away():
    """The listeners before which a role is taken away."""
    return {each.listener for each in EVERY_JOURNEY}


def test_no_listener_changes_something_without_a_journey():
    unseen = behind().keys() - taken_away() - looking().keys()
    assert sorted(unseen) == []


def test_exceptions_are_listeners_without_a_journey():
    assert sorted(looking().keys() - behind().keys()) == []
    assert sorted(looking().keys() & taken_away()) == []


def test_journeys_are_made_by_those_who_need_a_role():
    assert sorted(taken_away() - behind().keys()) == []
    assert not taken_away() & ANYBODY.keys()


def test_journeys_have_names_of_their_own():
    names = [each.name for each in EVERY_JOURNEY]
    assert len(set(names)) == len(names)
