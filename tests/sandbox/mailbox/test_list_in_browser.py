"""The list of letters on the page, as somebody uses it."""

from playwright.sync_api import Page, expect

from sandbox.mailbox import Mailbox
from tests.sandbox.mailbox import letters
from tests.sandbox.mailbox.letters import MO

JAN = "jan@example.nl"


def lines(page: Page):
    return page.get_by_role("region", name="Letters").get_by_role("listitem")


def post_many(post, count):
    for number in range(1, count + 1):
        post(letters.text(subject=f"Brief {number}"))


def test_letters_appear_as_they_come(open_page, post, mailbox):
    page = open_page()
    expect(page.get_by_text("No letters yet")).to_be_visible()
    pane = page.get_by_role("region", name="Letter", exact=True)
    expect(pane).to_contain_text(f"sent to {mailbox.smtp_url} appears here")
    post(letters.text(subject="Eerst"))
    expect(lines(page)).to_have_count(1)
    post(letters.with_pdf(1000, JAN), JAN, MO)
    expect(lines(page).first).to_contain_text("Je contract")
    expect(lines(page).first).to_contain_text(f"{JAN} +1")
    expect(lines(page).first).to_contain_text("with attachments")
    expect(lines(page).last).to_contain_text("Eerst")
    expect(lines(page).last).not_to_contain_text("with attachments")
    expect(page.get_by_text("2 letters", exact=True)).to_be_visible()


def test_news_is_told_and_what_was_there_is_not(open_page, post):
    post(letters.text(subject="Oud"))
    page = open_page()
    expect(lines(page)).to_have_count(1)
    news = page.locator("#announcements")
    post(letters.text(subject="Nieuw"))
    expect(news).to_have_text(f"New letter for {MO}: Nieuw")


def test_mailbox_of_one_person_has_her_letters_only(open_page, post):
    post(letters.text(subject="Voor Mo"))
    post(letters.text(subject="Voor Jan"), JAN)
    post(letters.text(subject="Voor allebei"), JAN, "MO@example.nl")
    page = open_page()
    expect(lines(page)).to_have_count(3)
    page.get_by_label("Mailbox of").select_option(label=f"{MO} (2)")
    expect(lines(page)).to_have_count(2)
    expect(page.get_by_text("2 of 3 letters")).to_be_visible()
    expect(lines(page).filter(has_text="Voor Jan")).to_have_count(0)
    post(letters.text(subject="Nog een voor Jan"), JAN)
    post(letters.text(subject="Nog een voor Mo"))
    expect(lines(page)).to_have_count(3)
    page.reload()
    expect(page.get_by_label("Mailbox of")).to_have_value(MO)
    expect(lines(page)).to_have_count(3)


def test_address_of_the_page_can_be_somebody_without_letters(open_page, post):
    page = open_page("for=Fatima@Example.nl")
    chosen = page.get_by_label("Mailbox of")
    expect(chosen).to_have_value("fatima@example.nl")
    post(letters.text(subject="Eindelijk"), "fatima@example.nl")
    expect(lines(page)).to_have_count(1)
    expect(chosen.get_by_role("option")).to_have_text(
        ["Everybody (1)", "fatima@example.nl (1)"]
    )


def test_letters_are_found_by_words(open_page, post):
    post(letters.text("Het wachtwoord is nieuw", "Login"))
    post(letters.text("Tot morgen", "Rooster"))
    page = open_page()
    search = page.get_by_role("searchbox", name="Search")
    search.fill("wachtWOORD nieuw")
    expect(lines(page)).to_have_count(1)
    expect(lines(page)).to_contain_text("Login")
    search.fill("nergens")
    expect(page.get_by_text("No such letters")).to_be_visible()
    search.fill("")
    expect(lines(page)).to_have_count(2)


def test_going_back_brings_what_was_there_before(open_page, post):
    post_many(post, 2)
    page = open_page()
    page.get_by_role("link", name="Brief 1").click()
    expect(page.get_by_role("heading", name="Brief 1")).to_be_focused()
    page.get_by_role("link", name="Brief 2").click()
    expect(page.get_by_role("heading", name="Brief 2")).to_be_visible()
    expect(page).to_have_title("Brief 2 - Mailbox")
    page.go_back()
    expect(page.get_by_role("heading", name="Brief 1")).to_be_visible()
    current = page.locator("[aria-current=true]")
    expect(current).to_contain_text("Brief 1")
    page.go_back()
    expect(page.get_by_text("Choose a letter")).to_be_visible()
    expect(page).to_have_title("Mailbox")
    page.go_forward()
    expect(page.get_by_role("heading", name="Brief 1")).to_be_visible()


def test_arrows_go_through_the_list(open_page, post):
    post_many(post, 5)
    page = open_page()
    expect(lines(page)).to_have_count(5)
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    focused = page.locator("a:focus")
    expect(focused).to_contain_text("Brief 5")
    for key, subject in (
        ("ArrowDown", "Brief 4"),
        ("ArrowDown", "Brief 3"),
        ("ArrowUp", "Brief 4"),
        ("End", "Brief 1"),
        ("ArrowDown", "Brief 1"),
        ("Home", "Brief 5"),
    ):
        page.keyboard.press(key)
        expect(focused).to_contain_text(subject)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Brief 5")).to_be_focused()


def test_focus_stays_on_a_letter_when_others_come(open_page, post):
    post_many(post, 2)
    page = open_page()
    page.get_by_role("link", name="Brief 1").focus()
    post(letters.text(subject="Brief 3"))
    expect(lines(page)).to_have_count(3)
    expect(page.locator("a:focus")).to_contain_text("Brief 1")


def test_clearing_is_asked_twice_and_reaches_every_window(open_page, post, mailbox):
    post_many(post, 3)
    page, other = open_page("letter=1"), open_page()
    expect(lines(page)).to_have_count(3)
    clear = page.get_by_role("banner").get_by_role("button", name="Clear all")
    clear.click()
    dialog = page.get_by_role("dialog", name="Clear all letters?")
    expect(dialog).to_contain_text("3 letters will be gone for good")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert len(mailbox.letters) == 3
    clear.click()
    dialog.get_by_role("button", name="Cancel").click()
    expect(clear).to_be_focused()
    clear.click()
    dialog.get_by_role("button", name="Clear all").click()
    for window in (page, other):
        expect(window.get_by_text("No letters yet")).to_be_visible()
    expect(clear).to_be_disabled()
    assert mailbox.letters == ()


def test_page_says_that_the_mailbox_has_stopped_and_goes_on(windows):
    windows.tolerate("ERR_")
    mailbox = Mailbox()
    with mailbox.serve():
        port, smtp_port = int(mailbox.url.rpartition(":")[2]), mailbox.smtp_port
        page = windows.open(mailbox.url)
        expect(page.get_by_text("No letters yet")).to_be_visible()
    expect(page.get_by_text("The mailbox has stopped")).to_be_visible()
    with mailbox.serve(port, smtp_port):
        expect(page.get_by_text("The mailbox has stopped")).to_be_hidden()


def test_narrow_window_shows_the_list_or_a_letter(open_page, post):
    post_many(post, 2)
    page = open_page(width=400)
    page.get_by_role("link", name="Brief 1").click()
    expect(page.get_by_role("heading", name="Brief 1")).to_be_focused()
    expect(page.get_by_role("region", name="Letters")).to_be_hidden()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.get_by_role("link", name="Brief 1")).to_be_focused()
    expect(page.get_by_role("region", name="Letter", exact=True)).to_be_hidden()


def test_a_thousand_letters_are_listed(open_page, smtp, mailbox):
    for number in range(1000):
        smtp.sendmail("hr@example.nl", MO, letters.text(subject=f"Brief {number}"))
    page = open_page()
    expect(lines(page)).to_have_count(1000)
    limits = "Keeps the newest 1,000 letters, 200 MB at most."
    expect(page.get_by_text(limits)).to_be_visible()
    smtp.sendmail("hr@example.nl", MO, letters.text(subject="Nog een"))
    expect(page.get_by_text("1 older letter made room.")).to_be_visible()
    expect(lines(page).first).to_contain_text("Nog een")
