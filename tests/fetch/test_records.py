"""Files that hold many documents: JSON Lines, WARC and ARC, such as other crawlers leave."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from articles import NOW
from internet import html
from whole_runs import load_into

from storage.archive import Archive
from storage.home import Home
from storage.reading import published
from storage.records import Candidate, Document
from storage.warc import list_records, read_at

pytestmark = pytest.mark.slow

WORDS = "A crane fell into the harbour of Delfzijl on Monday, and the port was closed until the evening. " * 3

OG_TITLE = '<meta property="og:title" content="Bridge">'


def load(home: Home, path: Path) -> dict[str, int]:
    return load_into(home, path).statuses


def stored(home: Home) -> list[tuple[object, ...]]:
    with published(home) as con:
        return con.execute(
            "SELECT document_url, title, authors, published_at::DATE::VARCHAR FROM article_versions ORDER BY 1"
        ).fetchall()


def ledger(home: Home) -> list[tuple[object, ...]]:
    with published(home) as con:
        return con.execute("SELECT status, detail FROM ledger WHERE status <> 'stored' ORDER BY url").fetchall()


def test_json_lines_with_text_or_html_are_articles(home: Home, tmp_path: Path) -> None:
    lines = [
        {
            "url": "https://post.example/a",
            "title": "Crane",
            "text": WORDS,
            "date": "2026-10-12",
            "authors": ["Mina Ek"],
        },
        {"link": "https://post.example/b", "html": html("Bridge", WORDS, head=OG_TITLE), "author": "Ola Berg"},
        {"headline": "No address", "maintext": WORDS + "No more."},
    ]
    path = tmp_path / "crawl.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n")
    assert load(home, path) == {"stored": 3}
    assert stored(home) == [
        (f"{path.as_uri()}#offset={len(json.dumps(lines[0])) + len(json.dumps(lines[1])) + 2}", "No address", [], None),
        ("https://post.example/a", "Crane", ["Mina Ek"], "2026-10-12"),
        ("https://post.example/b", "Bridge", ["Ola Berg"], None),
    ]


def test_bad_lines_end_in_the_ledger_and_the_good_one_is_stored(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    good = json.dumps({"text": WORDS, "title": "Crane"})
    path.write_bytes(
        b"\n".join([b"{", b"[1]", b"{}", b'{"text": 7}', b"\xff\xfe", good.encode()[:-1], good.encode(), b""])
    )
    assert load(home, path) == {"parse_error": 4, "too_short": 2, "stored": 1}


def test_half_an_emoji_in_a_line_costs_nothing_but_itself(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    line = {
        "url": "https://post.example/a",
        "title": "Crane \ud83d",
        "text": f"{WORDS}\udfff",
        "author": "Mina \ud800Ek",
    }
    path.write_text(json.dumps(line) + "\n")
    assert load(home, path) == {"stored": 1}
    assert stored(home)[0][1] == "Crane \ufffd"


def test_a_line_without_end_is_not_read_into_memory(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * 16_000_000)
    assert load(home, path) == {"too_large": 1}


def page(number: int) -> bytes:
    return html(f"Story {number}", f"{WORDS} It was report {number}.").encode()


def response(number: int, status: int = 200, kind: str = "text/html; charset=utf-8") -> Document:
    return Document(
        candidate=Candidate(url=f"https://post.example/{number}"),
        url=f"https://post.example/{number}",
        body=page(number),
        media_type="text/html",
        fetched_at=NOW,
        http_status=status,
        response_headers=(("content-type", kind),),
    )


def test_a_warc_file_gives_its_pages_and_says_why_others_are_none(home: Home, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", "crawl")
    archive.put([response(1), response(2, kind="image/png"), response(3, status=404), response(4)])
    (path,) = (tmp_path / "archive").rglob("*.warc.gz")
    assert load(home, path) == {"stored": 2, "http_error": 1, "wrong_type": 1}
    assert [url for url, *_ in stored(home)] == ["https://post.example/1", "https://post.example/4"]


def test_a_truncated_warc_file_gives_what_is_whole(home: Home, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", "crawl")
    archive.put([response(number) for number in range(5)])
    (path,) = (tmp_path / "archive").rglob("*.warc.gz")
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    assert load(home, cut)["stored"] >= 2


@pytest.mark.parametrize("content", [b"", b"no archive at all", gzip.compress(b"neither", mtime=0), b"\x1f\x8b\0\0"])
@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz", "x.arc", "x.arc.gz"])
def test_what_is_no_archive_is_one_line_in_the_ledger(home: Home, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert load(home, path) == {"parse_error": 1}


@pytest.mark.parametrize("name", ["x.arc", "x.arc.gz"])
def test_an_arc_file_gives_its_pages(home: Home, tmp_path: Path, name: str) -> None:
    version = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    records = [b"filedesc://x.arc 0.0.0.0 20050101000000 text/plain %d\n" % len(version) + version + b"\n"]
    for number in (1, 2):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(number)
        line = b"https://post.example/%d 192.0.2.1 20050101000000 text/html %d\n" % (number, len(block))
        records.append(line + block + b"\n")
    path = tmp_path / name
    path.write_bytes(b"".join(map(gzip.compress, records) if name.endswith("gz") else records))
    assert load(home, path) == {"stored": 2}
    assert [url for url, *_ in stored(home)] == ["https://post.example/1", "https://post.example/2"]


def _as_another_crawler_writes_it(encoding: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{encoding}\r\n".encode()
    block = head + body
    record = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/1\r\nWARC-Date: 2026-10-12T07:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(record.encode() + block + b"\r\n\r\n")


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    ("headers", "encode"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: br\r\n", brotli.compress),
        ("Transfer-Encoding: chunked\r\n", _chunked),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", lambda body: _chunked(gzip.compress(body))),
        ("Content-Encoding: gzip\r\n", bytes),
    ],
)
def test_bodies_are_read_as_other_crawlers_leave_them(
    tmp_path: Path, headers: str, encode: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(_as_another_crawler_writes_it(headers, encode(page(1))))
    (record,) = list_records(path)
    stored_record = read_at(path, record.offset)
    assert stored_record is not None
    assert (stored_record.body, stored_record.charset) == (page(1), "utf-8")


def test_a_record_that_decompresses_without_end_is_too_large(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(_as_another_crawler_writes_it("Content-Encoding: gzip\r\n", gzip.compress(bytes(100_000_000))))
    assert load(home, path) == {"too_large": 1}
