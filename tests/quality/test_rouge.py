"""ROUGE-LSum against its definition."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tasks.quality.rouge import common_positions, rouge_lsum

WORDS = st.lists(st.sampled_from("abcd"), max_size=9)


def longest(left: Sequence[str], right: Sequence[str]) -> int:
    row = [0] * (len(right) + 1)
    for word in left:
        above, row = row, [0]
        for column, other in enumerate(right):
            row.append(above[column] + 1 if word == other else max(above[column + 1], row[column]))
    return row[-1]


@given(WORDS, WORDS)
def test_the_positions_are_those_of_a_longest_common_subsequence(left: list[str], right: list[str]) -> None:
    positions = sorted(common_positions(left, right))
    rest = iter(right)
    assert len(positions) == longest(left, right)
    assert all(any(word == left[position] for word in rest) for position in positions)


def test_the_same_text_scores_one_and_another_zero() -> None:
    assert rouge_lsum("The crane stays.\nIt is green.", "The crane stays.\nIt is green.") == 1.0
    assert rouge_lsum("The crane stays.", "Nobody knows why") == 0.0


def test_lines_in_another_order_still_count_and_repeated_ones_count_once() -> None:
    assert rouge_lsum("a b c\nd e f", "d e f\na b c") == 1.0
    assert rouge_lsum("a b c", "a b c\na b c") == 2 * 3 / 9
