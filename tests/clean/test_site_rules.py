"""Rules for single sites are data: validated when read, used in place of what the page states."""

from pathlib import Path

import pytest
from clean.pages import PARAGRAPHS, document, lines_of

from storage.errors import SettingError
from storage.records import Article
from tasks.clean.article import clean
from tasks.clean.site_rules import NO_RULE, SiteRule, load_rules, read_rules, rule_for

RULE = SiteRule(
    host="harbour-post.example", body="div.story, div.more", title=".big", author=".who b", date=".when", drop=".junk"
)
PAGE = f"""<html><head><meta property="og:title" content="Wrong"></head><body><div class=other>{PARAGRAPHS.replace("crane", "bridge")}</div>
<div class=big>The crane stays</div><div class=who><b>Mina Ek</b><b>Ola Berg</b></div><div class=when>14 October 2026</div>
<div class=story>{PARAGRAPHS}<p class=junk>Buy a crane of your own today, while there are cranes to be had.</p></div>
<div class=more><p>One more thing: the crane will be painted green in the spring, and the rails with it.</p></div></body></html>"""


def test_a_rule_decides_body_title_authors_and_date() -> None:
    article = clean(document(PAGE), "key", {RULE.host: RULE})
    assert isinstance(article, Article)
    assert (article.title, article.authors) == ("The crane stays", ("Mina Ek", "Ola Berg"))
    assert article.published is not None
    assert (article.published.origin, str(article.published.day)) == ("site rule", "2026-10-14")
    assert article.text.count("\n") == 5
    assert "bridge" not in article.text
    assert "of your own" not in article.text
    assert dict(article.reasons)["text"] == "from the page, by its site rule"


def test_the_nearest_domain_has_the_rule() -> None:
    rules = {"post.example": SiteRule(host="post.example"), "a.post.example": SiteRule(host="a.post.example")}
    assert rule_for(rules, "www.a.post.example").host == "a.post.example"
    assert rule_for(rules, "b.post.example").host == "post.example"
    assert rule_for(rules, "otherpost.example") == NO_RULE


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("site = 3", "list of tables"),
        ("[[site]]\nbody = 'p'", "host is missing"),
        ("[[site]]\nhost = 'https://post.example/'", "no host"),
        ("[[site]]\nhost = 'post.example'\nbdy = 'p'", "bdy is not known"),
        ("[[site]]\nhost = 'post.example'\nbody = 'p:::'", "no CSS selector"),
        ("[[site]]\nhost = 'post.example'\nbody = ''", "not empty"),
        ("[[site]]\nhost = 'post.example'\n[[site]]\nhost = 'post.example'", "two rules"),
        ("[[site]", "can't be read"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_place(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(content)
    with pytest.raises(SettingError, match=problem) as caught:
        read_rules(path)
    assert str(path) in str(caught.value)


def test_ones_own_rules_win_over_those_that_come_along(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("[[site]]\nhost = 'post.example'\ntitle = 'h2'\n")
    assert load_rules(path)["post.example"].title == "h2"
    assert "post.example" not in load_rules(None)


def test_captions_inside_the_rules_body_stay_captions() -> None:
    figure = "<figure><img src=a><figcaption>The crane in March, from the east.</figcaption></figure>"
    html = PAGE.replace("<p class=junk>", f"{figure}<p class=junk>")
    assert lines_of(article_of_rule(html), "caption") == ["The crane in March, from the east."]


def article_of_rule(html: str) -> Article:
    found = clean(document(html), "key", {RULE.host: RULE})
    assert isinstance(found, Article)
    return found
