"""Text is normalised once, and what comes out stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.body import Line, compose
from tasks.clean.normalise import normalise_line, split_lines

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


@given(ANY_TEXT)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise_line(normalise_line(text)) == normalise_line(text)


@given(ANY_TEXT)
def test_a_normalised_line_can_always_be_written_as_utf_8(text: str) -> None:
    assert normalise_line(text).encode("utf-8").decode("utf-8") == normalise_line(text)


@given(ANY_TEXT)
def test_a_normalised_line_has_no_line_break_and_no_nul(text: str) -> None:
    line = normalise_line(text)
    assert not set(line) & set("\n\r\0\ufeff")
    assert line == line.strip()


@given(st.lists(st.tuples(ANY_TEXT, st.booleans()), max_size=8))
def test_the_offsets_of_headings_give_their_words(lines: list[tuple[str, bool]]) -> None:
    body = compose(Line(text, "heading" if heading else None) for text, heading in lines)
    expected = [normalise_line(text) for text, heading in lines if heading and normalise_line(text)]
    assert [body.text[h.start_char : h.end_char] for h in body.blocks] == expected


def test_all_kinds_of_line_breaks_separate_lines() -> None:
    assert split_lines("a\r\nb\rc\u2028d\u2029e\x85f\vg") == list("abcdefg")


def test_accents_are_composed_and_joiners_in_emoji_are_kept() -> None:
    assert normalise_line("Cafe\u0301 \u200b👩\u200d🚀\ufeff") == "Café 👩\u200d🚀"


def test_direction_marks_of_hebrew_and_arabic_are_kept() -> None:
    assert normalise_line("\u200fשלום\u200f  עולם") == "\u200fשלום\u200f עולם"
