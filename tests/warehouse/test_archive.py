"""The raw archive: every body once, in files that other WARC tools open."""

import gzip
from hashlib import sha256
from pathlib import Path

import pytest
from articles import NOW
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from storage.archive import Archive
from storage.erase import EMPTY, erase, filler
from storage.errors import HomeError
from storage.records import Candidate, Document, FeedEntry
from storage.warc import list_records

PAGE = b"<html><p>The caf\xc3\xa9 is open.</p></html>"


def document(body: bytes = PAGE, url: str = "http://post.example/a?b=1", **changes: object) -> Document:
    values: dict[str, object] = {
        "candidate": Candidate(url=url),
        "url": url,
        "body": body,
        "media_type": "text/html",
        "fetched_at": NOW,
        "http_status": 200,
        "request_headers": (("host", "post.example"), ("user-agent", "Dateline/0.1")),
        "response_headers": (("content-type", "text/html; charset=utf-8"), ("content-encoding", "gzip")),
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


def key_of(archive: Archive, one: Document) -> str:
    return archive.put([one])[one.raw_sha256]


def test_a_body_comes_back_by_its_key(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "run")
    one, other = document(), document(b"another", "file:///b.txt", http_status=None)
    keys = archive.put([one, other])
    assert [archive.get(keys[d.raw_sha256]) for d in (one, other)] == [PAGE, b"another"]


@given(st.binary(max_size=300))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    page, file = document(body), document(body + b"2", "file:///a.txt", http_status=None)
    archive = Archive(tmp_path_factory.mktemp("archive"), "run")
    keys = archive.put([page, file])
    assert [archive.get(keys[one.raw_sha256]) for one in (page, file)] == [body, body + b"2"]


def test_warcio_reads_what_we_write_and_finds_every_digest_right(tmp_path: Path) -> None:
    entry = FeedEntry(feed_url="http://post.example/feed", title="Café")
    one = document(candidate=Candidate(url="http://post.example/a?b=1", entry=entry))
    Archive(tmp_path, "run").put([one, document(b"plain", "file:///b.txt", http_status=None)])
    (path,) = tmp_path.rglob("*.warc.gz")
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            found.append(
                (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            )
            assert record.rec_headers.protocol == "WARC/1.1"
            if record.rec_type == "response":
                assert record.http_headers.get_statuscode() == "200"
                assert record.http_headers.get_header("x-archive-orig-content-encoding") == "gzip"
    url = "http://post.example/a?b=1"
    assert [(kind, address) for kind, address, _ in found] == [
        ("warcinfo", None), ("metadata", url), ("response", url), ("request", url), ("resource", "file:///b.txt"),
    ]  # fmt: skip
    assert found[2][2] == PAGE


def test_a_body_that_is_known_is_not_written_again(tmp_path: Path) -> None:
    known = {sha256(PAGE).hexdigest(): "2026/10/14/old-00000.warc.gz#210"}
    archive = Archive(tmp_path, "run", lambda _: known)
    assert key_of(archive, document()) == "2026/10/14/old-00000.warc.gz#210"
    assert (list(tmp_path.iterdir()), archive.take_new()) == ([], [])


def test_the_same_body_twice_in_a_batch_is_written_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "run")
    archive.put([document(), document(url="http://post.example/copy")])
    (path,) = tmp_path.rglob("*.warc.gz")
    assert [record.url for record in list_records(path)] == ["http://post.example/a?b=1"]
    archive.settle()
    assert len(archive.take_new()) == 1


def test_what_a_feed_said_of_an_article_is_in_the_archive(tmp_path: Path) -> None:
    entry = FeedEntry(feed_url="http://post.example/feed", title="Crane", authors=("Mina Ek",), published="2026-10-12")
    Archive(tmp_path, "run").put(
        [document(candidate=Candidate(url="http://post.example/a", entry=entry)), document(b"x")]
    )
    (path,) = tmp_path.rglob("*.warc.gz")
    assert [record.entry for record in list_records(path)] == [entry, None]


def test_a_key_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(HomeError):
        Archive(tmp_path).get("2026/10/14/none.warc.gz#0")
    archive = Archive(tmp_path, "run")
    name = key_of(archive, document()).partition("#")[0]
    with pytest.raises(HomeError):
        archive.get(f"{name}#99999999")


def test_a_header_cannot_break_out_of_its_line(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "run")
    hostile = document(url="http://post.example/a%0d%0aX:1", response_headers=(("x-a", "b"),))
    assert archive.get(key_of(archive, hostile)) == PAGE


def test_a_body_taken_out_leaves_all_others_at_their_keys_and_a_file_that_warcio_reads(tmp_path: Path) -> None:
    entry = FeedEntry(feed_url="http://post.example/feed", title="Secret title")
    secret = document(
        b"secret " * 50_000, "http://post.example/secret?token=1", candidate=Candidate(url="x", entry=entry)
    )
    others = [document(), document(b"plain", "file:///b.txt", http_status=None)]
    archive = Archive(tmp_path, "run")
    keys = archive.put([others[0], secret, others[1]])
    (path,) = tmp_path.rglob("*.warc.gz")
    size = path.stat().st_size
    assert erase(path, lambda body: body.digest == secret.raw_sha256) == 1
    assert path.stat().st_size == size
    assert [archive.get(keys[one.raw_sha256]) for one in others] == [PAGE, b"plain"]
    assert b"secret" not in gzip.decompress(path.read_bytes()).lower()
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert [kind for kind in kinds if kind != "metadata"] == ["warcinfo", "response", "request", "resource"]


@given(st.integers(min_value=124, max_value=400_000))
def test_what_stands_in_for_a_record_has_any_length_and_says_nothing(length: int) -> None:
    made = filler(length)
    assert len(made) == length
    said = gzip.decompress(made)
    assert said == EMPTY * (len(said) // len(EMPTY))
