"""One article, one key, whatever address leads to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.web.urls import host_of, parse_url, url_key, web_url

STORY = "post.example/city/crane?id=7"


@pytest.mark.parametrize(
    "url",
    [
        "https://post.example/city/crane?id=7",
        "http://post.example/city/crane?id=7",
        "https://www.post.example/city/crane?id=7",
        "https://m.post.example/city/crane?id=7",
        "https://mobile.post.example/city/crane?id=7",
        "https://POST.example:443/city/crane?id=7",
        "https://post.example/city/crane/?id=7",
        "https://post.example/city/crane?id=7#comments",
        "https://post.example/city/./x/../crane?id=7",
        "https://post.example/city/crane?utm_source=rss&id=7&utm_medium=feed",
        "https://post.example/city/crane?id=7&fbclid=IwAR0",
        "https://post.example/city/crane?id=7&ref=home",
        "https://post.example/city/crane/index.html?id=7",
        "https://post.example/city//crane?id=7&mc_cid=1a2b&mc_eid=77",
        "https://post.example/city/crane?cid=rss_world&id=7&at_medium=RSS&source=newsletter",
        "https://post.example/city/crane?id=7&gclid=x&msclkid=y&igshid=z&srsltid=q",
        "https://post.example/city/crane?utm_source=a&amp;id=7&amp;utm_medium=b",
        "<![CDATA[https://post.example/city/crane?id=7]]>",
        'https://post.example/city/crane?id=7"</link>',
        "https://post.example/city/crane/amp?id=7",
        "https://post.example/city/crane/amp/?id=7",
        "https://amp.post.example/city/crane?id=7",
        "https://post.example/amp/city/crane?id=7",
        "https://post.example/city/crane?id=7&amp=1",
        "https://post.example/city/crane?id=7&outputType=amp",
        "https://www.google.com/amp/s/post.example/city/crane%3Fid=7",
        "https://post-example.cdn.ampproject.org/c/s/post.example/city/crane?id=7",
    ],
)
def test_other_addresses_of_an_article_have_its_key(url: str) -> None:
    assert url_key(url) == STORY


@pytest.mark.parametrize(
    "url",
    [
        "https://post.example/city/crane?id=8",
        "https://post.example/city/crane",
        "https://post.example/city/cranes?id=7",
        "https://post.example/City/crane?id=7",
        "https://sport.post.example/city/crane?id=7",
        "https://post.example:8443/city/crane?id=7",
        "https://post.example/amplify/city/crane?id=7",
        "https://post.example/city/crane/2?id=7",
        "https://post.example/city/crane?id=7&page=2",
    ],
)
def test_another_article_has_another_key(url: str) -> None:
    assert url_key(url) != STORY


@pytest.mark.parametrize(
    "name",
    [
        "id",
        "uid",
        "eid",
        "cid",
        "aid",
        "p",
        "game",
        "gallery",
        "glossary",
        "keywords",
        "edition",
        "affair",
        "uids",
        "art_uid",
    ],
)
def test_a_parameter_that_may_say_which_article_is_kept(name: str) -> None:
    assert url_key(f"https://a.example/show?{name}=1") != url_key(f"https://a.example/show?{name}=2")


def test_the_order_of_parameters_does_not_matter() -> None:
    assert url_key("https://a.example/?b=2&a=1") == url_key("https://a.example/?a=1&b=2")


def test_a_local_file_is_its_own_key() -> None:
    assert url_key("file:///news/a.html#offset=12") == "file:///news/a.html#offset=12"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("http://2130706433/", "127.0.0.1"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://0177.0.0.1/", "127.0.0.1"),
        ("http://zürich.example/", "xn--zrich-kva.example"),
        ("http://a.example\\@b.example/", "a.example"),
        ("http://a.example@b.example/", "b.example"),
        ("no address", ""),
    ],
)
def test_hosts_are_read_as_browsers_read_them(written: str, read: str) -> None:
    assert host_of(written) == read


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "//", "", "http://"])
def test_what_is_no_web_address_is_none(url: str) -> None:
    assert web_url(url) is None


def test_credentials_and_fragments_are_not_sent() -> None:
    assert web_url("http://user:secret@a.example/x#y") == "http://a.example/x"


@given(st.text())
def test_no_text_breaks_the_reading_of_addresses(text: str) -> None:
    assert parse_url(text, "http://a.example/") is None or isinstance(web_url(text, "http://a.example/"), str | None)
    assert isinstance(url_key(f"http://a.example/{text}"), str)


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), max_size=40))
def test_the_key_of_a_key_is_itself(path: str) -> None:
    key = url_key(f"https://a.example/{path}")
    assert url_key(f"https://{key}") == key
