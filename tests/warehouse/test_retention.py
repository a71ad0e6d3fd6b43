"""Retention: what is too old goes, is counted, and nothing that a later run or a reader needs goes with it."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from articles import NOW, SEEDS, article_of
from whole_runs import dateline, load_into

from flows.settings import Settings
from flows.upkeep import run_maintain
from storage.archive import Archive
from storage.evidence import check_evidence
from storage.home import Home
from storage.pace import Keep
from storage.reading import published
from storage.records import Candidate, Document, Ending, Status, Version
from storage.retention import retain
from storage.warehouse import Warehouse
from storage.web_records import ArchivedBody, Poll

YEAR = timedelta(days=365)

pytestmark = pytest.mark.backends


def poll(source: str, at: datetime) -> Poll:
    return Poll(
        source_id=source,
        configured_url="http://post.example/feed",
        url="http://post.example/feed",
        polled_at=at,
        outcome="read",
        next_poll_at=at,
    )


def ending(url: str, status: Status) -> Ending:
    return Ending(candidate=Candidate(url=url, url_key=url, source_id="post"), status=status, stage="fetch")


def rows(warehouse: Warehouse, query: str) -> list[tuple[object, ...]]:
    with warehouse.window() as con:
        return con.execute(query).fetchall()


def test_of_old_polls_the_last_one_of_each_source_stays(warehouse: Warehouse) -> None:
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_web("polls", [poll("a", NOW - 3 * YEAR), poll("a", NOW - 2 * YEAR), poll("b", NOW)])
    done = retain(warehouse, Keep(requests=400), NOW)
    assert [(removal.target, removal.rows) for removal in done] == [("polls", 1)]
    assert rows(warehouse, "SELECT source_id, polled_at FROM polls ORDER BY ALL") == [("a", NOW - 2 * YEAR), ("b", NOW)]
    assert rows(warehouse, 'SELECT kind, target, "rows", detail FROM upkeep') == [
        ("removal", "polls", 1, "older than 400 days")
    ]


def test_of_old_endings_the_last_one_and_what_was_stored_stay(warehouse: Warehouse) -> None:
    old = NOW - 2 * YEAR
    runs: list[tuple[datetime, list[Ending]]] = [
        (old, [ending("u", "stored"), ending("v", "timeout")]),
        (old + YEAR / 10, [ending("u", "unchanged"), ending("v", "http_error"), ending("w", "timeout")]),
        (NOW, [ending("u", "unchanged")]),
    ]
    for at, endings in runs:
        with warehouse.transaction(f"load {at}", at) as transaction:
            transaction.add_endings(endings)
    done = retain(warehouse, Keep(ledger=365), NOW)
    assert [(removal.target, removal.rows) for removal in done] == [("ledger", 2)]
    left = rows(warehouse, "SELECT url, status FROM ledger ORDER BY ALL")
    assert left == [("u", "stored"), ("u", "unchanged"), ("v", "http_error"), ("w", "timeout")]


def test_texts_go_when_a_newer_one_has_followed_long_ago_and_the_newest_stays(warehouse: Warehouse) -> None:
    versions = [
        Version(article=article_of("First", seen_at=NOW - 3 * YEAR), version_id="v1", version_no=1),
        Version(article=article_of("Second", seen_at=NOW - 2 * YEAR), version_id="v2", version_no=2),
        Version(article=article_of("Third", seen_at=NOW - timedelta(days=3)), version_id="v3", version_no=3),
    ]
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_versions(versions)
    retain(warehouse, Keep(versions=365), NOW)
    assert rows(warehouse, "SELECT version_id FROM article_versions ORDER BY ALL") == [("v2",), ("v3",)]


def archived(warehouse: Warehouse, url: str, at: datetime) -> str:
    """One archived and stored document; gives the key of its body."""
    archive = Archive(warehouse.home.archive, f"{at:%Y}")
    document = Document(
        candidate=Candidate(url=url), url=url, body=url.encode(), media_type="text/plain", fetched_at=at
    )
    key = archive.put([document])[document.raw_sha256]
    with warehouse.transaction("load", at) as transaction:
        transaction.add_web("archived_bodies", [ArchivedBody(raw_sha256=document.raw_sha256, archive_key=key)])
        transaction.add_versions(
            [Version(article=article_of(url, url=url, archive_key=key), version_id=url, version_no=1)]
        )
    return key


def test_raw_documents_go_by_their_day_and_the_text_says_so(warehouse: Warehouse) -> None:
    gone, kept = archived(warehouse, "file:///a", NOW - 2 * YEAR), archived(warehouse, "file:///b", NOW)
    somebodys = warehouse.home.archive / "mine" / "x.warc.gz"
    somebodys.parent.mkdir()
    somebodys.write_bytes(b"")
    retain(warehouse, Keep(archive=365), NOW)
    assert not (warehouse.home.archive / gone.partition("#")[0]).exists()
    assert (warehouse.home.archive / kept.partition("#")[0]).exists()
    assert somebodys.exists()
    assert rows(warehouse, "SELECT archive_key FROM archived_bodies") == [(kept,)]
    said = rows(warehouse, "SELECT document_url, reasons['archive_key'] FROM article_versions ORDER BY ALL")
    assert said == [("file:///a", "removed, older than 365 days"), ("file:///b", None)]


def test_by_default_nothing_but_old_requests_ever_goes() -> None:
    assert Settings().keep == Keep(requests=400, ledger=0, archive=0, versions=0)


@pytest.mark.file_only
@pytest.mark.slow
def test_a_nights_work_leaves_all_facts_and_smaller_files(home: Home) -> None:
    load_into(home, *sorted(SEEDS.glob("*/*.html"))[:4])
    with Warehouse(home).window() as con:
        before = con.execute("SELECT count(*), sum(word_count) FROM article_versions").fetchone()
        con.execute("CREATE TABLE ballast AS SELECT range AS n, md5(range::VARCHAR) AS m FROM range(300000)")
        con.execute("CHECKPOINT")
        con.execute("DROP TABLE ballast")
    done = run_maintain(Settings(home=home.root))
    assert done.compacted is not None
    assert done.compacted.after < done.compacted.before
    with published(home) as con:
        assert con.execute("SELECT count(*), sum(word_count) FROM article_versions").fetchone() == before
        check_evidence(con)
        kinds = con.execute("SELECT kind FROM upkeep ORDER BY done_at").fetchall()
    assert kinds == [("publication",), ("compaction",)]
    assert run_maintain(Settings(home=home.root)).compacted is None


def test_the_published_file_is_one_that_any_client_opens_after_a_night(home: Home) -> None:
    run_maintain(Settings(home=home.root))
    with duckdb.connect(str(home.published), read_only=True) as con:
        assert con.execute("SELECT flow, status FROM loads").fetchall() == [("maintain", "finished")]


def test_leftovers_of_killed_runs_go_after_a_day(warehouse: Warehouse) -> None:
    folder = warehouse.home.archive / "2026" / "10" / "15"
    folder.mkdir(parents=True)
    for name, age in ((".old.warc.gz.partial", 200_000), (".young.warc.gz.partial", 10)):
        path = folder / name
        path.write_bytes(b"half")
        os.utime(path, (path.stat().st_mtime - age, path.stat().st_mtime - age))
    retain(warehouse, Keep(), NOW)
    assert [path.name for path in folder.iterdir()] == [".young.warc.gz.partial"]


def test_maintain_says_what_it_did(home: Home, tmp_path: Path) -> None:
    load_into(home, SEEDS / "000_f3864c178bfaef39.txt")
    done = dateline("maintain", "--home", home.root)
    assert done.returncode == 0, done.stderr
    assert "Compacted: " in done.stdout
    assert "1 articles, 1 texts: " in done.stdout
    again = dateline("publish", "--if-due", "--home", home.root)
    assert again.stdout == "Nothing new to publish.\n"
