"""The gold corpus keeps its own rules."""

import random
from pathlib import Path

import pytest

from tasks.train.augment import names_in, renamed
from tasks.train.markup import NAME_TYPES, Annotated, MarkupError, is_held_out, read_article

GOLD = Path(__file__).parent / "gold"
PATHS = sorted([*GOLD.glob("articles/*.txt"), *GOLD.glob("unseen/*.txt")])


@pytest.fixture(scope="module")
def articles() -> list[Annotated]:
    return [read_article(path) for path in PATHS]


def test_there_are_two_hundred_articles_and_one_in_eight_is_held_out() -> None:
    articles = [path for path in PATHS if path.parent.name == "articles"]
    assert len(articles) >= 200
    assert 0.08 < sum(map(is_held_out, articles)) / len(articles) < 0.18
    assert all(is_held_out(path) for path in PATHS if path not in articles)


def test_most_attributions_have_a_source_and_half_are_not_between_marks(articles: list[Annotated]) -> None:
    found = [(article, a) for article in articles for a in article.attributions]
    with_source = sum(bool(a.source) for _, a in found)
    indirect = sum(not any(c in text.text[s:e] for s, e in a.content for c in '“‘"«') for text, a in found)
    assert with_source / len(found) > 0.9
    assert 0.4 < indirect / len(found) < 0.8


def test_a_role_belongs_to_somebody_who_is_mentioned(articles: list[Annotated]) -> None:
    for path, article in zip(PATHS, articles, strict=True):
        people = {m.ids[0] for m in article.marks if m.kind in {"PERSON", "NOM", "PRO"}}
        roles = {m.ids[0] for m in article.marks if m.kind == "ROLE"}
        assert roles <= people, f"{path.name}: {roles - people}"


def test_other_names_leave_every_mark_on_its_words(articles: list[Annotated]) -> None:
    pool, random_ = names_in(articles), random.Random(3)
    for article in articles[::5]:
        other = renamed(article, pool, random_)
        assert len(other.marks) == len(article.marks)
        for before, after in zip(article.marks, other.marks, strict=True):
            words = other.text[after.start_char : after.end_char]
            assert words == words.strip()
            if before.kind not in NAME_TYPES and before.kind != "ROLE":
                assert words
        for before, after in zip(article.attributions, other.attributions, strict=True):
            for old, new in zip(before.cue, after.cue, strict=True):
                assert article.text[slice(*old)] == other.text[slice(*new)] or any(
                    m.start_char >= old[0] and m.end_char <= old[1] for m in article.marks
                )


HEADER = "outlet: A\nregion: B\ntopic: C\nstyle: D\ndate: 2026-01-01\n\n"
BROKEN = [
    ("outlet: A\n\nText", "header lacks"),
    (HEADER + "[PERSON:lind|Anna Lind", "never closed"),
    (HEADER + "[PERSN:lind|Anna Lind]", "no such type"),
    (HEADER + "<s1>She</s1> left.", "has no content"),
    (HEADER + "<q1>“Yes”</q2>", "closes nothing"),
    (HEADER + "<q1>“Yes” </q1>", "spaces at its edge"),
    (HEADER + "<q1>“Yes\n\nNo”</q1>", "over a line end"),
    (HEADER + "[ROLE:lind:port|mayor] [PERSON:lind|Lind]", "never marked"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_what_breaks_the_rules_is_said_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MarkupError, match=message) as caught:
        read_article(path)
    assert str(path) in str(caught.value)
