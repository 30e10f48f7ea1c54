"""What is said of each refusal, by the code of its DomainError."""

from typing import Final

from bot.locale import msgid

# Placeholders are the names of the error's fields.
WORDING: Final[dict[str, str]] = {
    "outsider": msgid(
        "Sleutelbos is for members of this workspace; it can do nothing for guests."
    ),
    "slack_silent": msgid(
        "Slack did not tell us who you are just now. Please try again in a moment."
    ),
    "too_slow": msgid(
        "That took too long for Slack. Please try again, or type the command again."
    ),
    "not_administrator": msgid(
        "You administer no logins in Sleutelbos. Should you? Then ask a manager."
    ),
    "already_managed": msgid("Sleutelbos has a manager already."),
    "not_permitted": msgid("Your account type may not do this."),
    "not_found": msgid("This is not there, or not in one of your branches."),
    "database_busy": msgid(
        "Somebody is changing a lot at this moment. Please try again in a moment."
    ),
    "wrong_number": msgid(
        "It concerns {count} people. Type exactly that number, or press Cancel."
    ),
    "nothing_to_do": msgid("There is nobody left for whom this would do something."),
    "stale_login": msgid(
        "Somebody changed this login meanwhile. Close this and open it again."
    ),
    "login_changed_meanwhile": msgid(
        "Somebody changed this login meanwhile. The password that was shown does "
        "not work; throw it away and ask for a new one."
    ),
    "shown_password_void": msgid(
        "The password that was shown does not work, because it could not be saved; "
        "throw it away and ask for a new one. If it stays so, give this number to "
        "whoever runs Sleutelbos: {reference}"
    ),
    "employment_ended": msgid(
        "The employment of this employee has ended. To let them in all the same, open "
        "the login, tick Active, and save."
    ),
    "too_many_events": msgid(
        "These are more than {most} events. Choose a shorter period, or less to look "
        "for."
    ),
    "log_not_sent": msgid(
        "Slack does not take the workbook just now. Please try again in a moment."
    ),
    "not_linkable": msgid(
        "Choose a member of this workspace: no guest, no bot, nobody of another "
        "workspace, and nobody who left."
    ),
    "slack_account_taken": msgid(
        "This Slack account is linked to another record card. Unlink it there first."
    ),
    "card_changed_meanwhile": msgid(
        "Somebody changed this record card meanwhile. Close this and open it again."
    ),
    "card_closed": msgid("This record card is closed and can't be changed any more."),
    "not_appointable": msgid(
        "Choose a member of this workspace: no guest, no bot, nobody of another "
        "workspace, and nobody who left."
    ),
    "appointee_unseen": msgid(
        "Slack did not tell us just now who this is. Please try again in a moment."
    ),
    "already_administrator": msgid(
        "This person is an administrator already. Open them in the list to change that."
    ),
    "administrator_changed": msgid(
        "Somebody changed this administrator meanwhile. Close this and open it again."
    ),
    "last_manager": msgid(
        "This is the only manager. Appoint another one first, or nobody could appoint "
        "anybody any more."
    ),
    "code_address_required": msgid("Type the e-mail address to which codes go."),
    "code_address_unusable": msgid("This is no usable e-mail address."),
    "code_address_out_of_reach": msgid(
        "This person administers other branches too, so a manager changes this address."
    ),
    "branches_required": msgid("Choose at least one branch."),
    "setting_out_of_range": msgid("Choose a number from {least} to {most}."),
    "branch_name_missing": msgid("Type what the branch is called."),
    "branch_name_too_long": msgid("Choose a name of at most {most} characters."),
    "branch_name_taken": msgid("Another branch is called so already."),
    "run_under_way": msgid("A task of this branch is under way already."),
    "approval_channel_missing": msgid(
        "For this number of people another administrator has to approve in the admin "
        "channel, and this branch has none that will do. Ask a manager to choose one "
        "under Branch settings."
    ),
    "own_run": msgid(
        "You started this task yourself; another administrator has to decide on it. "
        "You can withdraw it."
    ),
    "not_your_run": msgid("Only who started this task can withdraw it."),
    "nobody_to_reset": msgid("There is nobody left for whom this would do something."),
    "mail_not_set_up": msgid(
        "E-mail is not set up yet, so nothing was sent. Ask who set up Sleutelbos for "
        "you (IT) for it."
    ),
    "template_changed": msgid(
        "Somebody changed this template meanwhile. Close this and open it again."
    ),
    "template_built_in": msgid(
        "A built-in template stays as it is. Copy it, and change the copy."
    ),
    "no_colleague": msgid("First choose a colleague whose letter you want to see."),
    "template_gone": msgid(
        "The template of these e-mails was deleted. Send them with another one from "
        "the screen of the branch."
    ),
    "count_changed": msgid(
        "Meanwhile it concerns {count} people. Please close this and look once more."
    ),
    "already_retried": msgid(
        "The failed ones were tried again before. Look at the newer task's message."
    ),
    "channel_unsuitable": msgid(
        "The admin channel of this branch may not receive passwords. Open this again "
        "to read why."
    ),
    "channel_unseen": msgid(
        "Slack did not tell us just now who is in the admin channel. Please try "
        "again in a moment."
    ),
    "not_your_export": msgid(
        "Only who started this task gets to see the opening password. Ask them; a task "
        "of your own would make the passwords of this file invalid."
    ),
    "export_gone": msgid(
        "The workbook is deleted, and its opening password with it. The passwords "
        "that were handed out stay valid until they expire."
    ),
    "number_missing": msgid("Type your employee number."),
    "no_word_file": msgid("Choose one file: a Word document (.docx)."),
    "word_template_gone": msgid(
        "Somebody removed this Word template meanwhile. Choose another one."
    ),
    "word_template_not_sent": msgid(
        "Slack does not take the file just now. Please try again in a moment."
    ),
    "no_file": msgid("Choose one file: your staff list as an Excel workbook (.xlsx)."),
    "file_gone": msgid("Slack does not have this file any more. Choose it once more."),
    "file_too_big": msgid(
        "This file has more than 10 MB. Remove pictures and sheets that are no staff "
        "list, or split the list."
    ),
    "file_withheld": msgid(
        "Slack did not hand this file over. Choose it once more in a moment; if it "
        "stays so, ask who set up Sleutelbos for you (IT)."
    ),
    "upload_expired": msgid(
        "This preview can't be used any more: half an hour went by, or you chose "
        "another file since. Choose the file once more."
    ),
    "list_not_sent": msgid(
        "Slack did not take the list just now. Please try again in a moment."
    ),
    "step_up_blocked": msgid(
        "Five codes in a row were wrong, so no code is taken from you now. A manager "
        "can lift that under Administrators: {names}."
    ),
    "step_up_blocked_alone": msgid(
        "Five codes in a row were wrong, so no code is taken from you now, and you "
        "are the only manager. Ask who set up Sleutelbos for you (IT) to appoint "
        "another; that manager can lift it."
    ),
    "own_step_up_block": msgid("Your own block is lifted by another manager."),
    "own_code_app": msgid(
        "Your own codes are set up on the home page of Sleutelbos, under My codes."
    ),
    "code_address_unknown": msgid(
        "This takes a code, and no address for your codes is known. A manager fills "
        "it in under Administrators."
    ),
    "codes_required": msgid("A manager requires codes of you; they stay on."),
    "no_pending_step_up_app": msgid(
        "The key of this app is no longer valid. Let the key be shown again."
    ),
    "codes_unreachable": msgid(
        "Codes would not reach everybody: no address for codes is known of {names}. "
        "Fill it in first."
    ),
    "codes_unsendable": msgid(
        "E-mail is not set up yet, so codes can't be sent. Ask who set up Sleutelbos "
        "for you (IT) for it."
    ),
    "lease_lost": msgid("This work was taken over. Please look at the result again."),
}
