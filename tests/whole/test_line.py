"""Batches under way side by side: the same rows as one after the other, bounded, and nobody waits for the slowest."""

import asyncio
import signal
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from articles import NOW, SEEDS, article_of
from desk import Desk
from internet import Internet
from news_sites import Publisher
from whole_runs import RUN_COLUMNS, load_into, start_dateline, stored_in

import flows.local_runner
from flows.runs import run_ingest
from flows.settings import Settings
from flows.wiring import Run, build_steps, clock, new_load
from storage.home import Home
from storage.records import Article, Candidate, Document, Ending, Extraction, Source, Version
from storage.running import running
from storage.warehouse import Warehouse
from storage.web_records import Poll
from tasks.compare.versions import Plan
from tasks.fetch import _all as fetching
from tasks.line import ARTICLE_CHARS, FETCHES, Stop, Way, ingest
from tasks.sources.read import path_sources
from tasks.steps import Archived, Cleaned, Fetched, Found, Steps, batches, by_turns, prepare

TABLES = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND table_name NOT IN ('loads', 'schema_migrations', 'upkeep')"
WAIT = 60.0


def all_rows(home: Home) -> dict[str, list[str]]:
    """All rows of all tables, without when and by which run."""
    with Warehouse(home).window() as con:
        rows = {}
        for (table,) in con.execute(TABLES).fetchall():
            columns = [name for name, *_ in con.execute(f"DESCRIBE {table}").fetchall() if name not in RUN_COLUMNS]
            found = con.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
            rows[table] = sorted(map(repr, found))
    return rows


def load_one_after_the_other(home: Home, batch_size: int) -> None:
    """The steps by hand, each batch to its end before the next begins."""
    settings, sources = Settings(home=home.root), path_sources([SEEDS])
    warehouse, load = Warehouse(home), new_load("load", settings, clock())
    with running(home, load.load_id):
        warehouse.start(load, sources)
        steps = build_steps(Run(warehouse, load, settings.web, {}))
        offered = steps.discover(sources)
        for batch in batches(by_turns(offered.candidates), batch_size):
            prepared = prepare(steps.fetch(batch), steps)
            steps.append(steps.extract(prepared.articles), prepared.endings, ())
        steps.append((), offered.endings, offered.polls)
        steps.close()
        warehouse.finish(load.load_id, "finished", clock())


@pytest.mark.slow
def test_rows_are_the_same_as_of_one_batch_after_the_other_ids_and_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flows.local_runner, "SHARED_CHARACTERS", 1)
    slow, here, elsewhere = (Home(tmp_path / name) for name in ("slow", "here", "elsewhere"))
    load_one_after_the_other(slow, 3)
    for home, processes in ((here, 1), (elsewhere, 3)):
        settings = Settings(home=home.root, batch_size=3, processes=processes)
        run_ingest("load", settings, path_sources([SEEDS]))
    wanted = all_rows(slow)
    assert wanted["mentions"]
    assert all_rows(here) == wanted
    assert all_rows(elsewhere) == wanted


class Office:
    """Steps that note how many batches are under way; `extract` takes as long as it is told."""

    def __init__(self, extract: Callable[[int], None] = lambda number: None) -> None:
        self._extract = extract
        self._lock = threading.Lock()
        self.under_way = self.most = 0
        self.appended: list[str] = []

    def steps(self, count: int) -> Steps:
        return Steps(
            discover=lambda sources: Found(tuple(Candidate(url=f"x:{n}") for n in range(count))),
            fetch=self._fetch,
            archive=lambda documents: [Archived(document, "") for document in documents],
            clean=lambda archived: Cleaned(
                tuple(article_of("A", candidate=one.document.candidate) for one in archived), ()
            ),
            compare=lambda articles: Plan((), tuple(self._ending(article) for article in articles)),
            extract=self._extracted,
            append=self._append,
            publish=lambda: None,  # type: ignore[arg-type, return-value]
            close=lambda: None,
        )

    def _fetch(self, candidates: Sequence[Candidate]) -> Fetched:
        with self._lock:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        return Fetched(
            tuple(Document(candidate=one, url=one.url, body=b"", media_type="", fetched_at=NOW) for one in candidates),
            (),
        )

    def _ending(self, article: Article) -> Ending:
        return Ending(candidate=article.candidate, status="unchanged", stage="compare", detail="")

    def _extracted(self, articles: Sequence[Article]) -> Sequence[Extraction]:
        self._extract(len(self.appended))
        return ()

    def _append(self, extractions: Sequence[Extraction], endings: Sequence[Ending], polls: Sequence[Poll]) -> None:
        with self._lock:
            self.under_way -= bool(endings)
        self.appended += [ending.candidate.url for ending in endings]


def way(slots: int, stop: Stop | None = None) -> Way:
    return Way(1, slots, lambda done, total: None, stop or Stop())


SOURCES = [Source(source_id="s", name="", kind="files", url="x:")]


@pytest.mark.parametrize("slots", [1, 3])
def test_no_more_than_a_few_batches_are_under_way_and_they_are_appended_in_order(slots: int) -> None:
    office = Office(lambda number: time.sleep(0.005 * (number % 3)))
    ingest(SOURCES, office.steps(30), way(slots))
    assert office.appended == [f"x:{n}" for n in range(30)]
    assert 1 < office.most <= slots + 1 + FETCHES


def test_a_batch_of_much_text_is_extracted_and_appended_in_portions() -> None:
    office, sizes, most = Office(), list[int](), 6 * ARTICLE_CHARS
    texts = ["short", "x" * (most - len("short")), "y" * 10, "z" * (most + 1), "end"]
    articles = [article_of(text, candidate=Candidate(url=f"x:{n}")) for n, text in enumerate(texts)]
    versions = tuple(Version(article=article, version_id=str(n), version_no=1) for n, article in enumerate(articles))
    held = [0, 0]

    def extract(some: Sequence[Article]) -> Sequence[Extraction]:
        held[0] += 1
        held[1] = max(held)
        return [Extraction(article=article, findings=()) for article in some]

    def append(extractions: Sequence[Extraction], endings: Sequence[Ending], polls: Sequence[Poll]) -> None:
        time.sleep(0.05)
        held[0] -= bool(extractions)
        sizes.append(len(extractions))
        office.appended += [one.article.candidate.url for one in extractions] + [e.candidate.url for e in endings]

    ended = Ending(candidate=Candidate(url="x:known"), status="unchanged", stage="compare", detail="")
    steps = office.steps(6)._replace(compare=lambda _: Plan(versions, (ended,)), extract=extract, append=append)
    done: list[tuple[int, int]] = []
    ingest(SOURCES, steps, Way(6, 1, lambda so_far, total: done.append((so_far, total)), Stop()))
    assert sizes == [2, 1, 1, 1, 0]
    assert office.appended == ["x:0", "x:1", "x:2", "x:3", "x:4", "x:known"]
    assert done[-1] == (6, 6)
    assert held[1] <= 3


@pytest.mark.slow
def test_an_article_of_five_megabytes_costs_its_parser_some_seconds_and_nobody_else_anything(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(6):
        (pages / f"{number}.txt").write_text(f"Harbour {number}\n\n" + f"Crane {number} was moved. " * 20)
    paragraphs = "".join(
        f"<p>“Crane {n} will be moved,” the harbour master Ida Lund said on Monday.</p>" for n in range(75_000)
    )
    (pages / "2b.html").write_text(
        f"<html><head><title>All cranes</title></head><body><article>{paragraphs}</article></body></html>"
    )
    home = Home(tmp_path / "home")
    summary = run_ingest("load", Settings(home=home.root, batch_size=1), path_sources([pages]))
    assert summary.statuses == {"stored": 6, "too_large": 1}
    assert "characters of text, over" in summary.rejections[0].detail


def test_bodies_that_have_no_room_in_a_batch_are_read_later_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "BODY_BYTES", 5_000)
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(9):
        (pages / f"{number}.txt").write_text(f"Harbour {number}\n\n" + f"Crane {number} was moved. " * 100)
    held: list[int] = []
    fetch = fetching.fetch_all

    def measured(*args: Any) -> Fetched:
        fetched = fetch(*args)
        held.append(sum(len(document.body) for document in fetched.documents))
        return fetched

    monkeypatch.setattr(fetching, "fetch_all", measured)
    home = Home(tmp_path / "home")
    summary = run_ingest("load", Settings(home=home.root, batch_size=100), path_sources([pages]))
    assert summary.statuses == {"stored": 9}
    assert len(held) == 3
    assert max(held) < 3 * 5_000


class Watched(list[Extraction]):
    """A list of which one can tell whether somebody still has it."""


def test_what_was_appended_is_kept_by_nobody() -> None:
    office, found, kept = Office(), list[weakref.ref[Watched]](), list[int]()
    articles = [article_of("x" * ARTICLE_CHARS, candidate=Candidate(url=f"x:{n}")) for n in range(12)]
    versions = tuple(Version(article=article, version_id=str(n), version_no=1) for n, article in enumerate(articles))

    def extract(some: Sequence[Article]) -> Sequence[Extraction]:
        extracted = Watched(Extraction(article=article, findings=()) for article in some)
        found.append(weakref.ref(extracted))
        return extracted

    def append(extractions: Sequence[Extraction], endings: Sequence[Ending], polls: Sequence[Poll]) -> None:
        kept.append(sum(one() is not None for one in found))

    steps = office.steps(1)._replace(compare=lambda _: Plan(versions, ()), extract=extract, append=append)
    ingest(SOURCES, steps, way(1))
    assert len(found) == 12
    # The one in hand, the one before it, and those that wait.
    assert max(kept) <= 4


def test_when_asked_to_stop_the_batch_in_hand_is_the_last() -> None:
    stop = Stop()

    def extract(number: int) -> None:
        stop.asked = number >= 3

    office = Office(extract)
    with pytest.raises(KeyboardInterrupt):
        ingest(SOURCES, office.steps(30), way(1, stop))
    assert office.appended == [f"x:{n}" for n in range(len(office.appended))]
    assert 3 <= len(office.appended) < 20


def test_an_error_in_a_stage_ends_the_run_with_it() -> None:
    def extract(number: int) -> None:
        if number >= 2:
            raise ZeroDivisionError

    office = Office(extract)
    with pytest.raises(ZeroDivisionError):
        ingest(SOURCES, office.steps(30), way(2))
    assert 2 <= len(office.appended) < 30


def test_a_slow_host_does_not_hold_up_the_others(
    internet: Internet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LEAST_PATIENCE", 0.2)
    released = threading.Event()

    async def dawdle(_: web.Request) -> web.Response:
        await asyncio.to_thread(released.wait, WAIT)
        return web.Response(status=404)

    desk = Desk(tmp_path)
    for number in (1, 2, 3):
        post = Publisher(internet, f"127.0.{number}.1", now=NOW)
        post.publish("bridge", f"Bridge number {number} was closed.")
        desk.follow(post.feed_url)
    slow = Publisher(internet, "127.0.4.1", now=NOW)
    slow.publish("crane", "The crane fell.")
    internet.put(slow.host, "/crane", dawdle)
    desk.follow(slow.feed_url)
    stored: list[int] = []

    def look() -> None:
        deadline = time.monotonic() + WAIT
        while not (stored and stored[-1] >= 3) and time.monotonic() < deadline:
            time.sleep(0.1)
            stored.append(desk.sql("SELECT count(*) FROM article_versions")[0][0])
        released.set()

    looker = threading.Thread(target=look)
    looker.start()
    statuses = desk.ingest().statuses
    looker.join()
    assert stored[-1] == 3
    assert statuses == {"stored": 3, "http_error": 1}
    assert internet.paths(slow.host).count("/crane") == 1


@pytest.mark.slow
def test_ctrl_c_finishes_the_batch_in_hand_and_says_so(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    process = start_dateline("load", SEEDS, "--home", home.root, "--batch-size", "1")
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline and process.poll() is None and stored_in(home) < 1:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=WAIT)
    assert process.returncode == 130, err
    assert "Finishing the batch in hand" in err
    assert "finished batches are kept" in err
    with Warehouse(home).window() as con:
        assert con.execute("SELECT status FROM loads").fetchall() == [("interrupted",)]
    whole = Home(tmp_path / "whole")
    load_into(whole, SEEDS)
    load_into(home, SEEDS)
    assert all_rows(home)["quotes"] == all_rows(whole)["quotes"]
