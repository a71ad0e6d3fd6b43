"""Documents become articles, or endings that say why not."""

from pathlib import Path

import pytest
from articles import NOW

from storage.records import Article, Candidate, Document, Ending
from tasks.clean.article import clean

BODY = "".join(
    f"<p>The harbour council met for the {word} time this year and decided, after a long debate in which many spoke, "
    "to keep the old crane where it stands until the spring, the mayor said on Monday.</p>"
    for word in ("first", "second", "third", "fourth", "fifth")
)
JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "The Post"},
  {"@type": "NewsArticle", "headline": "The crane stays &amp; stays", "datePublished": "2026-10-14T08:30:00+02:00",
   "author": [{"@type": "Person", "name": "Anna Lind"}, {"name": "By Piet Vos"}], "articleSection": "Port",
   "isAccessibleForFree": %s}]}</script>"""


def document(
    body: str | bytes, media_type: str = "text/html", url: str = "file:///a.html", charset: str | None = None
) -> Document:
    raw = body if isinstance(body, bytes) else body.encode()
    return Document(
        candidate=Candidate(url=url), url=url, body=raw, media_type=media_type, fetched_at=NOW, charset=charset
    )


def page(head: str = "", body: str = BODY) -> str:
    return f"<html lang='en'><head><title>Port news | The Post</title>{head}</head><body><article>{body}</article></body></html>"


def cleaned(doc: Document) -> Article:
    article = clean(doc, "key")
    assert isinstance(article, Article), article
    return article


def ended(doc: Document) -> Ending:
    ending = clean(doc, "key")
    assert isinstance(ending, Ending), ending
    return ending


def test_title_date_authors_and_section_come_from_json_ld_with_their_origin() -> None:
    article = cleaned(document(page(JSON_LD % "true")))
    assert article.title == "The crane stays & stays"
    assert article.authors == ("Anna Lind", "Piet Vos")
    assert article.section == "Port"
    assert article.published is not None
    assert article.published.at.isoformat() == "2026-10-14T06:30:00+00:00"
    assert (article.published.precision, article.published.tz_known) == ("second", True)
    assert dict(article.reasons)["title"] == "from json-ld"


def test_a_page_that_states_nothing_has_reasons_instead_of_values() -> None:
    article = cleaned(document(f"<html><body><article>{BODY}</article></body></html>"))
    assert (article.title, article.authors, article.published, article.canonical_url) == (None, (), None, None)
    reasons = dict(article.reasons)
    assert {reasons[name] for name in ("title", "authors", "published_at", "canonical_url")} == {"not stated"}


def test_a_date_without_a_zone_is_taken_as_utc_and_says_so() -> None:
    article = cleaned(document(page('<meta property="article:published_time" content="2026-10-14 08:30">')))
    assert article.published is not None
    assert (article.published.precision, article.published.tz_known) == ("minute", False)
    assert "no zone stated" in dict(article.reasons)["published_at"]


def test_a_date_in_the_future_is_not_believed() -> None:
    article = cleaned(document(page('<meta property="article:published_time" content="2031-01-01">')))
    assert article.published is None


def test_headings_are_kept_as_headings() -> None:
    article = cleaned(
        document(page(body=BODY + "<h2>What the port says</h2><p>The port says nothing, and says it often.</p>"))
    )
    assert [article.text[h.start_char : h.end_char] for h in article.headings] == ["What the port says"]


def test_a_short_page_that_is_not_free_is_a_paywall_teaser() -> None:
    ending = ended(document(page(JSON_LD % "false", BODY[:400] + "</p>")))
    assert ending.status == "paywalled"


def test_a_listing_page_is_no_article() -> None:
    listing = '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'
    assert ended(document(page(listing))).status == "not_article"


def test_broken_json_ld_costs_only_itself() -> None:
    broken = (
        '<script type="application/ld+json">{"@type": "NewsArticle", </script><meta property="og:title" content="T">'
    )
    assert cleaned(document(page(broken))).title == "T"


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"", "text/plain", "too_short"),
        (b" \n\t ", "text/html", "too_short"),
        (b"one two", "text/plain", "too_short"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "text/plain", "wrong_type"),
        (bytes(range(32)) * 40, "text/html", "wrong_type"),
        (b"%PDF-1.7 some text", "text/plain", "wrong_type"),
        (b"<html><body></body></html>", "text/html", "not_article"),
        (b"<html", "text/html", "not_article"),
        (b"a,b\n1,2\n", "text/csv", "wrong_type"),
        (b"word " * 100_000, "text/plain", "too_large"),
    ],
)
def test_what_is_no_article_ends_with_a_status(body: bytes, media_type: str, status: str) -> None:
    ending = ended(document(body, media_type))
    assert ending.status == status or (body == b"<html" and ending.status == "parse_error")
    assert ending.detail


@pytest.mark.parametrize(
    ("body", "text", "guessed"),
    [
        ("Le café est ouvert aujourd’hui.".encode(), "Le café est ouvert aujourd’hui.", False),
        ("\ufeffLe café est ouvert aujourd’hui.".encode(), "Le café est ouvert aujourd’hui.", False),
        ("Le café est ouvert aujourd’hui.".encode("utf-16"), "Le café est ouvert aujourd’hui.", False),
        ("Le café est ouvert aujourd’hui.".encode("windows-1252"), "Le café est ouvert aujourd’hui.", True),
        (b"Caf\x81 \x8d is open today.", "Caf\ufffd \ufffd is open today.", True),
        (b"one\0 two\r\nthree\rfour words", "one two\nthree\nfour words", False),
    ],
)
def test_any_encoding_gives_text_and_a_guess_gives_a_reason(body: bytes, text: str, guessed: bool) -> None:
    article = cleaned(document(body, "text/plain"))
    assert article.text == text
    assert ("text" in dict(article.reasons)) is guessed


def test_text_in_a_script_without_spaces_is_not_too_short() -> None:
    sentence = "市議会は月曜日、古い橋を一年間閉鎖することを決めた。市長は会見で市民に理解を求めた。"
    head = '<meta property="og:type" content="article">'
    article = cleaned(document(page(head, f"<p>{sentence * 9}</p>")))
    assert article.language == "ja"


def test_a_page_may_not_claim_to_be_another_sites_article() -> None:
    head = '<link rel="canonical" href="https://victim.example/story">'
    article = cleaned(document(page(head), url="https://copycat.example/x"))
    assert article.canonical_url is None
    assert "another site" in dict(article.reasons)["canonical_url"]


def test_a_saved_page_is_the_article_it_says_it_is() -> None:
    head = '<link rel="canonical" href="https://WWW.Post.example/crane#top">'
    assert cleaned(document(page(head))).canonical_url == "https://www.post.example/crane"


def test_cleaning_does_not_depend_on_where_the_file_is(tmp_path: Path) -> None:
    one = cleaned(document(page(JSON_LD % "true"), url="file:///a.html"))
    other = cleaned(document(page(JSON_LD % "true"), url=(tmp_path / "b.html").as_uri()))
    assert one.text == other.text
    assert one.content_sha256 == other.content_sha256


@pytest.mark.parametrize(
    ("encoding", "charset", "head"),
    [
        ("windows-1251", "windows-1251", ""),
        ("windows-1251", "windows-1251", '<meta charset="utf-8">'),
        ("utf-8-sig", "iso-8859-1", ""),
        ("utf-16", None, ""),
        ("iso-8859-2", None, '<meta charset="iso-8859-2">'),
        ("utf-8", "no-such-charset", ""),
    ],
)
def test_a_page_is_read_by_its_mark_then_by_http_then_by_its_own_word(
    encoding: str, charset: str | None, head: str
) -> None:
    word = "Варшава" if encoding == "windows-1251" else "Łódź"
    body = page(head, BODY.replace("The", f"{word}: the", 1)).encode(encoding, "xmlcharrefreplace")
    assert word in cleaned(document(body, charset=charset)).text
