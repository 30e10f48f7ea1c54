"""Text from people on its way to a screen."""

from hypothesis import given
from hypothesis import strategies as st

from bot.text import escaped, in_parts, on_one_line


def test_markup_dies():
    assert escaped("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


def test_line_breaks_and_control_characters_become_one_blank():
    assert on_one_line(" Jan\r\n\tvan\x00\x1b[31m Dijk ") == "Jan van [31m Dijk"


def test_long_text_ends_in_an_ellipsis():
    assert on_one_line("x" * 400, limit=10) == "x" * 9 + "…"


def test_an_emoji_is_not_cut_in_half():
    assert on_one_line("🍽🍽🍽", limit=4) == "🍽…"


def test_right_to_left_text_does_not_turn_its_neighbours():
    assert on_one_line("עברית") == "\u2068עברית\u2069"


def test_nothing_in_a_name_turns_text_or_ends_the_isolate_around_it():
    assert on_one_line("\u202eNALP\u202c") == "NALP"
    assert on_one_line("\u2069\u202eעברית\u2069\u2067") == "\u2068עברית\u2069"
    assert on_one_line("\u2066\u2069") == "–"


def test_nothing_to_see_is_a_dash():
    assert on_one_line("\x1b\n") == "–"


@given(st.text(max_size=500), st.integers(min_value=2, max_value=200))
def test_no_text_is_longer_than_allowed(text, limit):
    line = on_one_line(text, limit)
    isolates = line.count("\u2068") and 2
    assert 1 <= len(line.encode("utf-16-le")) // 2 <= limit + isolates
    assert "\n" not in line


def test_a_long_text_keeps_its_lines_and_comes_in_parts_that_fit():
    text = "Beste Jan,\n\n" + "👩‍🍳" * 1_000 + "\neinde"
    parts = in_parts(text, limit=900)
    assert "".join(parts) == text
    assert len(parts) > 5
    assert all(len(part.encode("utf-16-le")) <= 1_800 for part in parts)


def test_a_text_with_nothing_to_see_is_a_dash_and_nothing_turns_it():
    assert in_parts("") == in_parts(" \n") == ["–"]
    assert in_parts("a\u202eb") == ["ab"]
