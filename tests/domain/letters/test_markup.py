"""The light markup, written out as text and as HTML."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.letters.filling import filled_line, html_blocks, text_blocks, tidied
from domain.letters.markup import Alone, Paragraph, bad_links_in, parse
from domain.letters.placeholders import Placeholder

VALUES = tidied(
    {
        Placeholder.FIRST_NAME: "Sanne",
        Placeholder.NAME: "Sanne de Vries",
        Placeholder.BRANCH: "Utrecht",
        Placeholder.USER_NAME: "sanne@example.nl",
        Placeholder.VALID_UNTIL: "27 november",
        Placeholder.SIGN_IN_PAGE: "https://inloggen.example.nl",
        Placeholder.LINK: "https://inloggen.example.nl/herstel/t",
        Placeholder.PASSWORD: "kq7m-3xwe",
    }
)


FILLED_WITH_THEMSELVES = {each: each.value for each in Placeholder}


def text(source, values=VALUES):
    return "\n\n".join(text_blocks(parse(source), values, "Kies"))


def html(source, values=VALUES):
    return [
        (block.kind, [str(line) for line in block.lines] or block.value)
        for block in html_blocks(parse(source), values)
    ]


def test_a_blank_line_begins_a_paragraph():
    source = "Een\ntwee\n \t\n\n\ndrie"
    assert html(source) == [("paragraph", ["Een", "twee"]), ("paragraph", ["drie"])]
    assert text(source) == "Een\ntwee\n\ndrie"


@pytest.mark.parametrize("mark", ["-", "•", "*"])
def test_lines_that_begin_with_a_mark_are_a_list(mark):
    source = f"U krijgt:\n{mark} een\n{mark} twee\nKlaar"
    assert html(source) == [
        ("paragraph", ["U krijgt:"]),
        ("bullets", ["een", "twee"]),
        ("paragraph", ["Klaar"]),
    ]
    assert text(source) == "U krijgt:\n\n- een\n- twee\n\nKlaar"


def test_a_list_with_empty_lines_between_its_items_is_one_list():
    assert html("- een\n\n- twee\n\ndrie") == [
        ("bullets", ["een", "twee"]),
        ("paragraph", ["drie"]),
    ]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**vet** en *vet*", "<strong>vet</strong> en <strong>vet</strong>"),
        ("**Beste {{ voornaam }}**,", "<strong>Beste Sanne</strong>,"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a*b*c", "a*b*c"),
        ("**half", "**half"),
        ("half**", "half**"),
        ("*een **twee* drie**", "<strong>een **twee</strong> drie**"),
        ("** niets **", "** niets **"),
        ("****", "****"),
        ("**a** **b**", "<strong>a</strong> <strong>b</strong>"),
        ("***a***", "***a***"),
    ],
)
def test_words_between_stars_are_bold(source, shown):
    [(_, [line])] = html(source)
    assert line == shown


def test_bold_is_only_words_in_plain_text():
    assert text("**Let op:** *niet* delen") == "Let op: niet delen"


def test_a_link_shows_where_it_leads_in_plain_text():
    source = (
        "Lees [de uitleg](https://example.nl/a?c=d&e=f), "
        "mail [ons](mailto:hr@example.nl)."
    )
    assert not list(bad_links_in(source))
    assert text(source) == (
        "Lees de uitleg (https://example.nl/a?c=d&e=f), mail ons (hr@example.nl)."
    )
    [(_, [line])] = html(source)
    assert '<a href="https://example.nl/a?c=d&amp;e=f"' in line
    assert '<a href="mailto:hr@example.nl"' in line
    assert ">de uitleg</a>" in line


def test_a_bare_address_is_a_link_without_the_full_stop_behind_it():
    [(_, [line])] = html("Zie https://example.nl/a/b. En http://example.nl")
    assert 'href="https://example.nl/a/b"' in line
    assert line.endswith("</a>. En http://example.nl")


def test_words_can_lead_to_the_pages_of_sign_in():
    source = "Klik [hier]({{ link }}) of op [de inlogpagina]({{inlogpagina}})."
    assert not list(bad_links_in(source))
    [(_, [line])] = html(source)
    assert line.count("<a ") == 2
    assert 'href="https://inloggen.example.nl/herstel/t"' in line


@pytest.mark.parametrize(
    "target",
    [
        "http://example.nl",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.nl",
        "example.nl",
        "https:example.nl",
        "https://",
        "https:///x",
        "https://bank.nl@example.nl",
        "https://bank.nl\\@example.nl",
        "https://example.nl:99999",
        "https://[::1",
        "https://example.nl/{{ voornaam }}",
        "{{ wachtwoord }}",
        "{{ voornaam }}",
        "{{ niets }}",
        "https://example.nl/" + "a" * 500,
        "mailto:",
        "mailto:a@example.nl,b@example.nl",
        "mailto:a@example.nl?bcc=b@example.nl",
        "mailto:a@example.nl%0ABcc:b@example.nl",
        "",
        "https://example.nl/a b",
        "https://example.nl/\u202e",
        "https://example.nl/\u200b",
    ],
)
def test_a_link_leads_to_https_or_a_mail_address_only(target):
    source = f"Klik [hier]({target}) even."
    assert list(bad_links_in(source))
    [(_, [line])] = html(source)
    assert "[hier](" in line
    assert 'href="https://example.nl' in line or "<a " not in line


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/{{ wachtwoord }}",
        "https://evil.example/?p={{ link }}",
        "http://evil.example/{{ wachtwoord }}",
        "(https://evil.example/a{{ voornaam }}b{{ wachtwoord }}",
        "https://{{ naam }}.example",
        "evil.example/{{ wachtwoord }}",
        "Ga naar www.evil.example?x={{ wachtwoord }}",
        "ftp://evil.example/{{wachtwoord}}",
        "[x](https://example.nl) https://evil.example/{{ wachtwoord }}",
    ],
)
def test_no_value_becomes_a_part_of_an_address(text):
    assert list(bad_links_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "Wachtwoord:{{ wachtwoord }}",
        "gebruikersnaam/wachtwoord: {{ gebruikersnaam }}/{{ wachtwoord }}",
        "Zie https://example.nl/a. {{ wachtwoord }}",
        "({{ link }}), zie 1.5/{{ naam }}",
        "{{ inlogpagina }}/help",
        "Dag.{{ naam }}",
        "[hier]({{ link }})",
    ],
)
def test_a_value_may_stand_beside_other_words(text):
    assert not list(bad_links_in(text))


def test_a_link_says_no_other_address_than_it_leads_to():
    assert list(bad_links_in("[https://bank.nl](https://example.nl)"))
    assert list(bad_links_in("[www.bank.nl/a](https://example.nl/a)"))
    assert list(bad_links_in("[https://inloggen.example.nl]({{ link }})"))
    assert not list(bad_links_in("[https://example.nl](https://example.nl/)"))
    assert not list(bad_links_in("[www.example.nl](https://www.example.nl)"))
    assert "<a " not in html("[https://bank.nl](https://example.nl)")[0][1][0]


@pytest.mark.parametrize(
    ("source", "placeholder"),
    [
        ("{{ link }}", Placeholder.LINK),
        ("**{{ Link }}**", Placeholder.LINK),
        ("{{ wachtwoord }}", Placeholder.PASSWORD),
    ],
)
def test_a_way_in_on_its_own_is_a_button_or_a_framed_code(source, placeholder):
    assert parse(f"a\n\n{source}\n\nb")[1] == Alone(placeholder)
    assert isinstance(parse(f"Hier: {source}")[0], Paragraph)
    assert isinstance(parse("{{ voornaam }}")[0], Paragraph)


def test_a_button_is_its_words_and_address_in_plain_text():
    assert text("{{ link }}") == "Kies:\nhttps://inloggen.example.nl/herstel/t"
    assert text("a\n\n{{ wachtwoord }}") == "a\n\n    kq7m-3xwe"
    assert html("{{ link }}") == [("button", "https://inloggen.example.nl/herstel/t")]


@pytest.mark.parametrize(
    "value",
    [
        "**vet**",
        "[x](https://evil.example)",
        "https://evil.example",
        "- lijst",
        "{{ wachtwoord }}",
        "{{ link }}",
        "<b>x</b>",
        "&amp;",
        '" onclick="x',
    ],
)
def test_a_value_is_never_markup_or_a_placeholder(value):
    values = VALUES | {Placeholder.FIRST_NAME: value}
    for source in ("Dag {{ voornaam }}!", "- {{ voornaam }}", "**{{ voornaam }}**"):
        assert value in text(source, values)
        [(_, [line])] = html(source, values)
        shown = line.replace("<strong>", "").replace("</strong>", "")
        for sign in "<>":
            assert sign not in shown
        assert "kq7m" not in line
        assert '"' not in shown


def test_a_value_is_one_bounded_line_without_anything_unseen():
    values = tidied({Placeholder.NAME: "a\r\n\u202eb\x00\ud800" + "c" * 5000})
    assert values[Placeholder.NAME].startswith("a bcc")
    assert len(values[Placeholder.NAME]) == 150


@given(st.text(alphabet="*{}[]() -•\nalinkhtps:/._", max_size=200))
def test_no_letter_of_any_text_is_lost(source):
    letters = Counter(source.replace("-", "").replace("•", ""))
    told = Counter(text(source, FILLED_WITH_THEMSELVES))
    for letter in "alinkhtps:/._":
        assert told[letter] >= letters[letter]


@given(st.text(max_size=300))
def test_nothing_is_lost_of_a_text_without_markup(source):
    letters = [char for char in source if char.isalnum()]
    if any(sign in source for sign in "*[{-•"):
        return
    told = [char for char in text(source) if char.isalnum()]
    assert told == letters


def test_hostile_nesting_takes_no_longer_than_its_length():
    for source in (
        "[" * 3000,
        "[a](" * 750,
        "*a " * 1000,
        "**a *b " * 400,
        "{{" * 1500,
        "{{ a " * 600,
        "- " * 1500,
        "\n" * 3000,
        " \n" * 1500,
        "https://a" * 330,
        "[a](https://" * 250,
        "." + "a" * 2980 + "{{ link }}",
        ".a" * 1480 + "{{ link }}",
    ):
        assert len(text(source)) <= 4 * len(source)
        list(bad_links_in(source))


def test_a_link_in_words_is_one_link_only():
    line = parse("[{{ inlogpagina }}]({{ inlogpagina }})")[0].lines[0]
    assert filled_line(line, VALUES) == "https://inloggen.example.nl"
    [(_, [shown])] = html("[{{ inlogpagina }}]({{ inlogpagina }})")
    assert shown.count("<a ") == 1


@pytest.mark.parametrize(
    "text",
    [
        "[{{ inlogpagina }}](https://evil.nl/x)",
        "[{{ link }}](https://evil.nl/x)",
        "[inloggen.example.nl/in](https://evil.nl)",
        "{{ inlogpagina }}?p={{ wachtwoord }}",
        "{{ inlogpagina }}.evil.nl",
        "{{ inlogpagina }}@evil.nl/x",
        "{{ wachtwoord }}.evil.nl/x",
        "{{ wachtwoord }}@evil.nl",
        "{{ link }}{{ link }}",
        "{{ link }}/x",
    ],
)
def test_no_address_leads_elsewhere_by_what_is_filled_in(text):
    assert list(bad_links_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "[{{ inlogpagina }}]({{ inlogpagina }})",
        "[Kies een wachtwoord]({{ link }})",
        "(zie {{ inlogpagina }}).",
        "{{ inlogpagina }}/wachtwoord-vergeten.",
        "**{{ wachtwoord }}**, en daarna {{ link }}.",
        "Wachtwoord:{{ wachtwoord }}",
        "[bedrijf.nl](https://bedrijf.nl)",
        "[handleiding.pdf](https://bedrijf.nl/handleiding.pdf)",
        "[hr@bedrijf.nl](mailto:hr@bedrijf.nl)",
    ],
)
def test_what_people_write_around_an_address_is_no_part_of_it(text):
    assert not list(bad_links_in(text))
