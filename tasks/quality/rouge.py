"""ROUGE-LSum (Lin 2004, «ROUGE: A Package for Automatic Evaluation of Summaries», union LCS over lines), as Fundus scores bodies."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

WORD: Final = re.compile(r"\w+")


def rouge_lsum(gold: str, found: str) -> float:
    """F1 of the union of longest common subsequences, line by line; words in lower case, in any script."""
    wanted, given = (_lines(text) for text in (gold, found))
    left, right = (Counter(word for line in lines for word in line) for lines in (wanted, given))
    hits = 0
    for line in wanted:
        positions: set[int] = set()
        for other in given:
            positions |= common_positions(line, other)
        for position in sorted(positions):
            word = line[position]
            # A word counts as often as both texts have it.
            if left[word] > 0 and right[word] > 0:
                hits += 1
                left[word] -= 1
                right[word] -= 1
    total = sum(map(len, wanted)) + sum(map(len, given))
    return 2 * hits / total if total else 0.0


def common_positions(line: Sequence[str], other: Sequence[str]) -> set[int]:
    """Places in `line` of one longest common subsequence with `other`.

    Bit-parallel (Hyyrö 2004, «Bit-parallel LCS-length computation revisited»): one row is one integer, kept for the way back.
    """
    masks: dict[str, int] = {}
    for column, word in enumerate(other):
        masks[word] = masks.get(word, 0) | (1 << column)
    full = (1 << len(other)) - 1
    row, rows = full, [full]
    for word in line:
        matched = row & masks.get(word, 0)
        row = ((row + matched) | (row - matched)) & full
        rows.append(row)
    found: set[int] = set()
    column = len(other) - 1
    for place in range(len(line) - 1, -1, -1):
        # Zero bits up to a column count the length of the subsequence there: it grew in this line at the last zero that is new.
        while column >= 0 and (rows[place + 1] >> column) & 1:
            column -= 1
        if column < 0:
            break
        if (rows[place] >> column) & 1:
            found.add(place)
            column -= 1
    return found


def _lines(text: str) -> list[list[str]]:
    lines = (WORD.findall(line.lower()) for line in text.split("\n"))
    return [line for line in lines if line]
