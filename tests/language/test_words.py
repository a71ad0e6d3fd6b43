"""Words as the tagger gets them, and their base forms."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract._cues import CUE_VERBS
from tasks.language.lemmas import lemma
from tasks.language.words import words


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He doesn’t.", ["He", "does", "n’t", "."]),
        ("Lind’s “plan,”", ["Lind", "’s", "“", "plan", ",", "”"]),
        ("Mr. O’Brien of the U.S. left.", ["Mr.", "O’Brien", "of", "the", "U.S.", "left", "."]),
        ("a co-founder", ["a", "co", "-", "founder"]),
        ("$24,500.50 or 12%", ["$", "24,500.50", "or", "12", "%"]),
        ("see https://example.org/a?b=1 now", ["see", "https://example.org/a?b=1", "now"]),
        ("J. K. Lind, the 24th", ["J.", "K.", "Lind", ",", "the", "24th"]),
    ],
)
def test_words_are_cut_like_a_treebank_cuts_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text())
def test_words_lose_nothing_but_white_space_and_overlap_nowhere(text: str) -> None:
    spans = list(words(text, 0, len(text)))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("word", "tag", "base"),
    [
        ("said", "VBD", "say"), ("told", "VBD", "tell"), ("argued", "VBD", "argue"), ("denies", "VBZ", "deny"),
        ("admitted", "VBN", "admit"), ("stopping", "VBG", "stop"), ("telling", "VBG", "tell"), ("quoted", "VBD", "quote"),
        ("agreed", "VBD", "agree"), ("added", "VBD", "add"), ("visited", "VBD", "visit"), ("spokesmen", "NNS", "spokesman"),
        ("ministers", "NNS", "minister"), ("countries", "NNS", "country"), ("’s", "VBZ", "be"), ("n’t", "RB", "not"),
    ],
)  # fmt: skip
def test_base_forms(word: str, tag: str, base: str) -> None:
    assert lemma(word, tag) == base


@pytest.mark.parametrize("verb", sorted(CUE_VERBS - {"point-out", "bemoan"}))
def test_every_cue_verb_is_found_again_in_its_third_person(verb: str) -> None:
    third = verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"
    third = verb + "es" if verb.endswith(("sh", "ss", "ch", "o")) else third
    assert lemma(third, "VBZ") == verb
