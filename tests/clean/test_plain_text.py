"""Plain text: paragraphs and headings."""

import pytest
from articles import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.body import Body
from tasks.clean.plain_text import read_plain_text, without_marks


def headings(body: Body) -> list[str]:
    return [body.text[h.start_char : h.end_char] for h in body.blocks if h.kind == "heading"]


def test_a_short_line_before_a_paragraph_is_a_heading() -> None:
    body = read_plain_text(
        "Signals of Cooperation\nThe minister expressed cautious optimism about the campaign on Monday."
    )
    assert headings(body) == ["Signals of Cooperation"]


def test_the_three_section_headings_of_the_first_seed_are_headings_and_nothing_else_is() -> None:
    body = read_plain_text((SEEDS / "000_f3864c178bfaef39.txt").read_text(encoding="utf-8"))
    assert headings(body) == [
        "Signals of Cooperation on Ukraine",
        "Russia’s Position on U.S.-Russia Relations",
        "Humor Amid Tensions",
    ]


@pytest.mark.parametrize(
    "line",
    ["(With inputs from Reuters)", "It rained.", "- first point", "“Go home,”", "lower case words", "Why?"],
)
def test_sentences_credits_and_list_items_are_no_headings(line: str) -> None:
    body = read_plain_text(f"{line}\nThe minister expressed cautious optimism about the campaign on Monday, she said.")
    assert headings(body) == []


def test_a_headline_over_a_byline_is_a_heading_and_the_byline_is_not() -> None:
    text = "Storm shuts bridge to the islands\nBy Clara Nwachukwu\nPolice closed the bridge on Friday after heavy gusts of wind tore panels from it."
    assert headings(read_plain_text(text)) == ["Storm shuts bridge to the islands"]


def test_the_last_line_is_never_a_heading() -> None:
    assert headings(read_plain_text("It rained all day in the town.\nAnna Lind")) == []


def test_verse_has_no_headings() -> None:
    assert headings(read_plain_text("Roses are red\nViolets are blue\nSugar is sweet\nAnd so are you")) == []


def test_markdown_headings_lose_their_marks() -> None:
    body = read_plain_text("## The vote\nThe council voted on Monday, and the mayor left before the end of it.")
    assert headings(body) == ["The vote"]
    assert body.blocks[0].level == 2


def test_text_wrapped_by_a_mail_program_is_put_together_again() -> None:
    wrapped = (
        "The council of the city voted on Monday evening to close the old\n"
        "bridge for a year, which the traders of the quarter had feared for\n"
        "a long time, and which the mayor had ruled out as late as in the\n"
        "spring of this year when she was asked about it by the newspaper.\n"
        "\n"
        "Work begins in March."
    )
    lines = read_plain_text(wrapped).text.split("\n")
    assert len(lines) == 2
    assert lines[0].startswith("The council")
    assert lines[0].endswith("newspaper.")


@given(st.text(st.characters(exclude_categories=()), max_size=400))
def test_any_text_gives_a_body_whose_headings_are_lines_of_it(text: str) -> None:
    body = read_plain_text(text)
    assert set(headings(body)) <= set(body.text.split("\n"))


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    marked = "---\ntitle: x\n---\nThe **old** crane [stays](https://post.example/a_b), says *Mina Ek*.\n\n![A crane](a.jpg)\n\n***\n\nUse `crane_keep`."
    assert read_plain_text(without_marks(marked)).text == "The old crane stays, says Mina Ek.\nUse crane_keep."


@given(st.text(st.sampled_from("*_[]()!`# ab\n-"), max_size=60))
def test_no_markdown_is_too_odd(text: str) -> None:
    assert len(without_marks(text)) <= len(text)


def test_quotations_and_items_of_a_text_keep_their_kind() -> None:
    body = read_plain_text("The mayor wrote:\n> Nobody will see it go.\n- the crane stays\n- the rails go")
    assert [(b.kind, body.text[b.start_char : b.end_char]) for b in body.blocks] == [
        ("quote", "Nobody will see it go."),
        ("list_item", "- the crane stays"),
        ("list_item", "- the rails go"),
    ]
