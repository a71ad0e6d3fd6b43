"""`dateline sources inspect`, as somebody who writes a site rule uses it."""

from pathlib import Path

import pytest
from clean.pages import PARAGRAPHS, page
from click.testing import CliRunner, Result
from internet import Internet, html

from flows.cli.main import cli
from storage.errors import SettingError

HEAD = (
    '<link rel="canonical" href="https://www.post.example/crane"><meta property="og:type" content="article">'
    '<meta property="og:title" content="The crane stays"><meta name="author" content="Mina Ek">'
)
RULES = '[[site]]\nhost = "post.example"\ntitle = "h2.big"\ndrop = ".junk"\n'


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def inspect(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["sources", "inspect", *map(str, arguments)])


def test_a_saved_page_shows_what_is_stated_where_and_what_it_is_taken_for(tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(page(head=HEAD))
    shown = inspect(tmp_path / "saved.html")
    assert shown.exit_code == 0, shown.output
    for words in (
        "article: goes on",
        "The crane stays",
        "og:title",
        "Mina Ek",
        "No rule for this site",
        "The harbour council",
    ):
        assert words in shown.output


def test_each_selector_of_a_rule_shows_what_it_takes_from_a_saved_page_of_its_site(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(RULES)
    saved = page(
        head=HEAD, above="<h2 class=big>The old crane stays</h2>", body=PARAGRAPHS + "<p class=junk>Buy a crane.</p>"
    )
    (tmp_path / "saved.html").write_text(saved)
    shown = inspect(tmp_path / "saved.html", "--rules", tmp_path / "rules.toml", "--text")
    assert shown.exit_code == 0, shown.output
    for words in (
        "Rule for post.example",
        "title = h2.big",
        "The old crane stays",
        "site rule",
        "drop = .junk",
        "Buy a crane.",
    ):
        assert words in shown.output


@pytest.mark.slow
def test_a_page_on_the_web_is_fetched_politely(internet: Internet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE", "127.0.0.0/8")
    url = internet.put("127.0.1.1", "/crane", html("The crane stays", PARAGRAPHS))
    shown = inspect(url)
    assert shown.exit_code == 0, shown.output
    assert "article: goes on" in shown.output
    assert next(request.path for request in internet.seen) == "/robots.txt"


@pytest.mark.parametrize(
    ("name", "content", "told"), [("none.html", None, "can't be read"), ("empty.html", b"", "no HTML in it")]
)
def test_what_is_no_page_is_one_clear_line(tmp_path: Path, name: str, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    shown = inspect(tmp_path / name)
    assert shown.exit_code == 1
    assert isinstance(shown.exception, SettingError)
    assert told in str(shown.exception)
