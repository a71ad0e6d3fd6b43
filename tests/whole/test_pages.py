"""What is shown to operators is words, whatever articles and addresses say."""

import pytest
from articles import NOW

from flows.pages import cell, drift, link, quotes, report
from storage.summary import Rejection, Summary
from storage.watch import Change


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://harbour.example/2026/crane?id=1", "`/2026/crane` [harbour.example](https://harbour.example/2026/crane?id=1)"),
        ("http://harbour.example:8080/", "`/` [harbour.example:8080](http://harbour.example:8080/)"),
        (
            "https://harbour.example/a)b|c`d<e>[f](javascript:g)",
            "`/a)b¦c'd<e>[f](javascript:g)` [harbour.example](https://harbour.example/a%29b%7Cc%60d%3Ce%3E%5Bf%5D%28javascript:g%29)",
        ),
        ("https://harbour.example/a b\nc", "`/a bc` [harbour.example](https://harbour.example/a%20b%0Ac)"),
        ("javascript:alert(1)", "`javascript:alert(1)`"),
        ("data:text/html,<script>", "`data:text/html,<script>`"),
        ("file:///news/a.html", "`file:///news/a.html`"),
        ("https://me:hush@harbour.example/", "`https://me:hush@harbour.example/`"),
        ("https://har]bour[.example/", "`https://har]bour[.example/`"),
        ("https://[::1", "`https://[::1`"),
        ("https://harbour.example/" + "a" * 3_000, f"`{('https://harbour.example/' + 'a' * 3_000)[:200]}`"),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links_and_nothing_breaks_out_of_one(url: str, shown: str) -> None:
    assert link(url) == shown


def test_words_are_neither_markup_nor_columns() -> None:
    assert cell("a | b\n# `c` <b>") == "`a ¦ b # 'c' <b>`"
    assert cell("") == ""


def test_quotes_have_a_link_to_their_article() -> None:
    row = {"speaker": "", "role": "minister", "words": "“So | be it”", "title": None, "url": "https://a.example/b"}
    assert (
        quotes([row]).splitlines()[-1] == "|  | `minister` | `“So ¦ be it”` |  `/b` [a.example](https://a.example/b) |"
    )


def test_the_summary_tells_what_was_stored_known_and_refused() -> None:
    statuses = {"stored": 3, "duplicate": 2, "paywalled": 4, "unchanged": 1}
    page = report(
        Summary("load", statuses, 2, 1, {"quotes": 5}, (Rejection("https://a.example/", "paywalled", "clean", None),))
    )
    for line in (
        "| stored: new articles | 2 |",
        "| stored: new versions | 1 |",
        "| known already: unchanged | 1 |",
        "| known already: duplicate | 2 |",
        "| refused: paywalled | 4 |",
        "| quotes | 5 |",
        "| `/` [a.example](https://a.example/) | paywalled |  |",
    ):
        assert line in page.splitlines()
    assert "not_modified" not in page


def test_drift_is_told_with_what_has_moved_most_first() -> None:
    change = Change("post", "quotes", 1.4, 1.4, 0.1, 50, 30, NOW, None)
    moved = change._replace(source_id="echo", measure="titles", now=0.1, usual=0.9, spread=0.0)
    assert drift([change, moved]) == [
        {"source": "echo", "measure": "titles", "now": "10%", "usual": "90%", "verdict": "unusual"},
        {"source": "post", "measure": "quotes", "now": "3.1", "usual": "3.1", "verdict": ""},
    ]
