"""The scores of cleaned pages are what their definitions say."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from articles import NOW
from internet import html

from storage.errors import GoldError
from tasks.quality.page_counts import normal
from tasks.quality.pages import page_sets, score_pages

WORDS = (
    "The harbour council met on Monday and decided, after a long debate, to keep the old crane where it stands. " * 4
)
HEAD = '<meta property="og:title" content="{}"><meta name="author" content="Mina Ek"><meta property="article:published_time" content="2026-10-12">'


def a_set(folder: Path, *records: tuple[str, dict[str, Any], str | None]) -> Path:
    """A set of pages with answers."""
    (folder / "html").mkdir(parents=True)
    lines = []
    for number, (page, gold, page_type) in enumerate(records):
        name = f"html/{number}.html.gz"
        (folder / name).write_bytes(gzip.compress(page.encode()))
        record = {"id": str(number), "url": f"https://post.example/{number}", "html": name, "gold": gold}
        lines.append(json.dumps(record | ({"page_type": page_type} if page_type else {})))
    (folder / "dev.jsonl").write_text("\n".join(lines))
    return folder / "dev.jsonl"


def values(path: Path) -> dict[str, float]:
    return {name: round(m.value, 3) for name, m in score_pages(path, NOW).metrics.items()}


def test_a_page_that_is_read_as_the_answers_say_scores_one(tmp_path: Path) -> None:
    gold = {"title": "The crane stays", "authors": ["Mina Ek"], "date": "2026-10-12", "body": WORDS}
    page = html("x", WORDS, head=HEAD.format("The crane stays")).replace("<h1>x</h1>", "")
    found = values(a_set(tmp_path, (page, gold, None)))
    assert {found[name] for name in ("title_exact", "author_set_exact", "author_recall", "date_exact")} == {1.0}
    assert (found["body_f1_shingle"], found["body_f1_word"]) == (1.0, 1.0)
    assert found["baseline_body_f1_word"] == 1.0


def test_what_is_wrong_or_missing_lowers_its_score(tmp_path: Path) -> None:
    gold = {
        "title": "Another title",
        "authors": ["Mina Ek", "Ola Berg"],
        "date": "2026-10-13",
        "body": "Other words here now",
    }
    found = values(a_set(tmp_path, (html("x", WORDS, head=HEAD.format("The crane stays")), gold, None)))
    assert (found["title_exact"], found["author_set_exact"], found["author_recall"], found["date_exact"]) == (
        0,
        0,
        0.5,
        0,
    )
    assert found["body_f1_shingle"] == 0


def test_other_pages_count_for_the_page_type_only(tmp_path: Path) -> None:
    article = (html("x", WORDS), {"body": WORDS}, "article")
    listing = (
        "<html><body><ul><li><a href=/a>One</a></li></ul></body></html>",
        {"body": "One", "title": "y"},
        "listing",
    )
    found = values(a_set(tmp_path, article, listing))
    assert found["page_type_f1"] == 1.0
    assert "title_exact" not in found


def test_snippets_that_must_not_be_there_count_against_the_text(tmp_path: Path) -> None:
    gold = {"with": ["keep the old crane", "nowhere to be found"], "without": ["after a long debate"]}
    assert values(a_set(tmp_path, (html("x", WORDS), gold, None)))["snippet_f1"] == 0.5


@pytest.mark.parametrize(
    ("one", "other"), [("“Crane” – stays", '"crane" - Stays'), (" Two\n lines", "two lines"), ("ﬁne", "fine")]
)
def test_titles_are_compared_without_what_typesetting_changes(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_sets_are_found_by_name_and_a_folder_without_one_is_an_error(tmp_path: Path) -> None:
    path = a_set(tmp_path / "papers", (html("x", WORDS), {"body": WORDS}, None))
    assert page_sets(tmp_path, "papers") == page_sets(tmp_path / "papers", None) == page_sets(tmp_path, None) == [path]
    with pytest.raises(GoldError, match="none"):
        page_sets(tmp_path, "none")
    path.write_text("{")
    with pytest.raises(GoldError, match="no pages"):
        score_pages(path, NOW)
