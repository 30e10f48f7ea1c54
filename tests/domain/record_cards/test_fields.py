from datetime import date

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from domain.record_cards import fields
from domain.record_cards.dates import parse_date
from domain.record_cards.fields import Reason, UnusableValueError
from tests.domain.record_cards.addresses import UNUSABLE, USABLE

TEXTS = st.text(max_size=60)


def _reason(parse, *arguments):
    with pytest.raises(UnusableValueError) as caught:
        parse(*arguments)
    return caught.value.reason


@pytest.mark.parametrize("text", UNUSABLE)
def test_what_is_not_exactly_one_address_is_no_address(text):
    assert fields.parse_email(text) is None
    assert fields.email_key(text) is None


def test_the_corpus_of_unusable_addresses_has_more_than_two_hundred():
    assert len(UNUSABLE) > 200


@pytest.mark.parametrize(("typed", "text", "key"), USABLE)
def test_an_address_is_kept_as_meant_and_compared_folded(typed, text, key):
    assert fields.parse_email(typed) == (text, key)


@pytest.mark.parametrize(("_typed", "text", "key"), USABLE)
def test_a_stored_address_reads_as_itself(_typed, text, key):
    assert fields.parse_email(text) == (text, key)


def test_letters_that_look_alike_stay_two_addresses():
    assert fields.email_key("mıke@example.nl") != fields.email_key("mike@example.nl")
    assert fields.email_key("pаul@example.nl") != fields.email_key("paul@example.nl")


def test_an_address_in_an_ordinary_column_of_numbers_is_unusable():
    assert _reason(fields.parse_optional_email, 612345678.0) is Reason.ADDRESS_UNUSABLE
    assert fields.parse_optional_email("\u00a0 \u200b") is None
    assert fields.parse_optional_email(None) is None


ADDRESS_LIKE = st.from_regex(
    r"[a-zA-Z0-9._%+'-]{1,20}@[a-z0-9A-Z.-]{1,30}\.[a-z]{1,9}", fullmatch=True
)


@given(ADDRESS_LIKE)
def test_the_short_way_to_an_address_never_contradicts_email_validator(text):
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        assert fields.parse_email(text) is None
    else:
        assert fields.parse_email(text).text == found.normalized


@given(st.one_of(TEXTS, ADDRESS_LIKE))
def test_no_address_holds_what_would_end_it_early(text):
    address = fields.parse_email(text)
    if address is not None:
        for form in address:
            assert form.count("@") == 1
            assert not set(form) & set(' \t\r\n<>()[],;:\\"')
            assert form.isprintable()
            assert len(form) <= 254


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("00104", "00104"),
        (115.0, "115"),
        (115, "115"),
        (0.0, "0"),
        (999_999_999_999_999.0, "999999999999999"),
        ("12E45", "12E45"),
        (" A-7\u00a0", "A-7"),
        ("1e5", "1e5"),
    ],
)
def test_a_personnel_number_is_text(cell, number):
    assert fields.parse_number(cell) == number


@pytest.mark.parametrize(
    "cell", [115.5, -1e15, 12e45, -3.0, float("nan"), float("inf"), float("-inf")]
)
def test_a_number_that_a_spreadsheet_has_broken_is_no_personnel_number(cell):
    assert _reason(fields.parse_number, cell) is Reason.NOT_A_WHOLE_NUMBER


@pytest.mark.parametrize("cell", [None, "", "  ", "\u200b", "\u3164", "\x00"])
def test_a_number_last_name_or_branch_that_nobody_sees_is_missing(cell):
    for parse in (fields.parse_number, fields.parse_last_name, fields.parse_branch):
        assert _reason(parse, cell) is Reason.MISSING


def test_a_name_of_a_hundred_characters_is_taken_and_one_more_is_not():
    assert fields.parse_last_name("X" * 100) == "X" * 100
    for parse in (fields.parse_last_name, fields.parse_text, fields.parse_branch):
        assert _reason(parse, "X" * 101) is Reason.TOO_LONG
    assert _reason(fields.parse_number, "1" * 41) is Reason.TOO_LONG


def test_what_grows_when_folded_still_fits_its_column():
    # U+FDFA is one character and eighteen letters in its compatibility form.
    assert _reason(fields.parse_number, "\ufdfa" * 40) is Reason.TOO_LONG
    assert _reason(fields.parse_branch, "\ufdfa" * 100) is Reason.TOO_LONG
    key = fields.card_name_key("\ufdfa" * 100, "\ufdfa" * 100, None, "00104")
    assert len(key) == 700
    assert fields.email_key("\ufdfa" * 30 + "@example.nl") is None


def test_personnel_numbers_are_compared_without_case_and_blanks():
    assert fields.number_key("A 7") == fields.number_key("ａ7") == "a7"
    assert fields.number_key("0104") != fields.number_key("104")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (31612345678.0, "31612345678"),
        (-3.5, "-3.5"),
        (1.2e46, "1.2e+46"),
        (float("nan"), "nan"),
        (True, "TRUE"),
        (None, None),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("regel 1\r\nregel 2", "regel 1 regel 2"),
        ("Jan\x0bsen\x07", "Jan sen"),
    ],
)
def test_other_fields_say_what_the_cell_says(cell, text):
    assert fields.parse_text(cell) == text


@pytest.mark.parametrize(
    "text",
    [
        "2023-03-04", "2023-3-4", "2023/03/04", "20230304", "2023-03-04 00:00:00",
        "2023-03-04T12:30:00Z", "4-3-2023", "04-03-2023", "4/3/2023", "4.3.2023",
        "04-03-2023 00:00", "4 mrt 2023", "4 MRT. 2023", "4-mrt-2023", "4 maart 2023",
        "4 mar 2023", "4 March 2023", "March 4, 2023", "mrt 4 2023",
        "4\u201103\u20112023",
    ],
)  # fmt: skip
def test_one_day_may_be_written_in_many_ways(text):
    assert fields.parse_day(text) == date(2023, 3, 4)


MONTHS = [
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
    "september", "oktober", "november", "december",
    "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]  # fmt: skip


def test_every_month_has_its_dutch_and_its_english_name():
    months = [parse_date(f"1 {name} 2024").month for name in MONTHS]
    assert months == list(range(1, 13)) * 4


@pytest.mark.parametrize(
    "text",
    [
        "01-13-2024", "30-2-2024", "29-02-2023", "2023-13-01", "0-1-2024", "32-1-2024",
        "4-3-23", "4 smarch 2024", "gisteren", "2024", "45000", "-", "1-1-1899",
        "00:00:00", "4-3-20233", "٤-٣-٢٠٢٣", "4-3", "4 - - 3 2024", "1" * 500,
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(text):
    assert _reason(fields.parse_day, text) is Reason.NOT_A_DATE


def test_a_number_past_what_excel_keeps_shows_the_digits_that_it_kept():
    cell = 1234567890123456789.0
    assert _reason(fields.parse_number, cell) is Reason.NUMBER_INEXACT
    assert fields.text_of(cell) == "1234567890123460000"
    assert fields.text_of(1e300) == "1e+300"


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\u00ad", "\x07", "\u3164"])
def test_an_address_with_an_invisible_character_inside_is_told_so(hidden):
    address = f"jan{hidden}@example.nl"
    reason = _reason(fields.parse_optional_email, address)
    assert reason is Reason.ADDRESS_INVISIBLE
    assert fields.parse_optional_email(f"{hidden}jan@example.nl{hidden}")


def test_a_bare_number_is_no_day():
    assert _reason(fields.parse_day, 45000.0) is Reason.DATE_AS_NUMBER
    assert fields.parse_day(20230304.0) == date(2023, 3, 4)
    assert fields.parse_day(None) is None


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_day_reads_back_from_how_it_is_written(day):
    for text in (
        day.isoformat(),
        f"{day.day}-{day.month}-{day.year:04}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year:04}",
    ):
        assert parse_date(text) == day


def test_an_employment_begins_before_it_ends_and_after_birth():
    start, end, birth = date(2020, 1, 1), date(2021, 1, 1), date(2000, 1, 1)
    assert fields.find_disorder(start, end, birth) is None
    assert fields.find_disorder(start, start, None) is None
    assert fields.find_disorder(None, end, end) is None
    assert fields.find_disorder(end, start, birth) is Reason.ENDS_BEFORE_START
    assert fields.find_disorder(start, None, start) is Reason.BORN_AFTER_START


def test_cards_sort_by_last_name_first_name_prefix_and_number():
    key = fields.card_name_key("De Wit", "Jan", "van der", "00104")
    assert key == "dewit jan vander 00104"
    assert fields.card_name_key("Wit", None, None, "1") == "wit 1"
