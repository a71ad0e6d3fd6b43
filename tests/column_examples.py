"""An example of each column of the codebook, from a warehouse of our seeds and of a small site."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from articles import NOW, SEEDS
from codebook import Column, schema
from desk import Desk
from duckdb import DuckDBPyConnection
from internet import Internet, start
from news_sites import Publisher

from flows.runs import Manner, run_ingest
from flows.settings import Settings
from storage.reading import published
from tasks.sources.read import path_sources, read_sources

# What differs from run to run, or from machine to machine.
ALWAYS: dict[str, object] = {
    "load_id": "20261015T120000Z-5f3a9c1e", "archive_key": "2026/10/15/20261015T120000Z-5f3a9c1e-1b2c.warc.gz#0", "ms": 12, "milliseconds": 12,
    "waited_ms": 0, "seconds": 0.8, "bytes_before": 20_197_376, "bytes_after": 15_740_928, "code_version": "0.1.0", "bytes": 14_075, "next_poll_at": NOW + timedelta(minutes=30), "target": "news-000001.duckdb",
    "upkeep.detail": "1 texts indexed; writers waited 0.01 s", "digest": "9f86d081884c7d65…", "applied_at": NOW,
}  # fmt: skip
# What may stand in columns that nothing in the seeds fills.
GIVEN: dict[str, object] = {
    "alarms.name": "source_dead", "alarms.subject": "harbour-post", "alarms.state": "raised", "alarms.detail": "harbour-post has not answered since Monday",
    "alarms.figures": {"failures": 12.0}, "alarms.since": NOW, "told_at": NOW, "license_url": "https://creativecommons.org/licenses/by/4.0/",
    "confidence": 0.93, "reason": "the only name in the sentence", "wikidata_id": "Q42", "geonames_id": 186301, "country_iso3": "KEN", "version_id": "0" * 32,
    "event_id": "0" * 32, "start_char": 118, "end_char": 160, "exact": "met the minister", "event_type": "CONSULT", "mode": "meet", "context": ["diplomatic"],
    "modality": "planned", "actor_text": "The president", "actor_start_char": 104, "actor_end_char": 117, "actor_entity_id": "0" * 32,
    "recipient_text": "the minister", "recipient_start_char": 122, "recipient_end_char": 134, "recipient_entity_id": "0" * 32,
    "action_text": "met", "action_start_char": 118, "action_end_char": 121, "event_date": NOW.date(), "place_geonames_id": 186301, "sentence_no": 3,
    "ledger.detail": "the page says it is a CollectionPage", "http_status": 404, "retry_at": NOW, "entry": {"title": "A crane falls"}, "polls.status": "timeout",
    "polls.detail": "no answer within 20 s", "etag": '"5f3a9c"', "last_modified": "Thu, 15 Oct 2026 12:00:00 GMT", "quality.extractor": "quotes",
    "extractor": "events", "extractor_version": "1", "dataset": "dateline", "split": "unseen", "metric": "quotes: direct_speaker_accuracy", "quality.value": 0.91,
    "quality.n": 812, "measured_at": NOW, "table_name": "quotes", "written_by": "20261015T120000Z-5f3a9c1e", "replaced_by": "20261016T030000Z-77aa0b12",
    "row": '{"exact": "met the minister"}', "story_id": "0" * 32, "first_seen_at": NOW, "article_id": "0" * 32, "relation": "syndicated",
    "similarity": 0.97, "tombstones.kind": "article", "tombstone": "0" * 32, "removed_at": NOW, "medtop": "medtop:04000000", "topics.name": "economy, business and finance",
    "score": 0.88, "upkeep.rows": 1204, "bytes_before": 20_197_376, "cache_control": "max-age=300", "retry_after": "120",
    "paused_until": NOW, "tdm_reserved": True, "ai_agents_denied": ["GPTBot"], "visits.detail": "the page states noai", "load_id": "20261015T120000Z-5f3a9c1e",
    "robots_rule": "Disallow: /draft (User-agent: *)",
}  # fmt: skip
HASH = re.compile(r"[0-9a-f]{32,64}")
MOST_SHOWN = 40


@cache
def examples() -> dict[tuple[str, str], str]:
    """A value of each column that our seeds fill, or a site on loopback."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "home")
        port = f":{polite(desk)}"
        fill(desk)
        tables = {name for name, _ in schema().tables}
        with published(desk.home) as con:
            return {
                (column.table, column.name): example(con, column, port)
                for column in schema().columns
                if column.table in tables
            }


def polite(desk: Desk) -> int:
    """Ingest from a site on loopback that forbids one of its pages; gives its port."""
    world = Internet()
    stop = start(world)
    try:
        paper = Publisher(world, "127.0.1.1", now=NOW)
        paper.publish("crane", "A crane fell into the harbour on Monday.")
        paper.publish("draft", "Nobody may read this yet.")
        rules = "User-agent: *\nDisallow: /draft\nCrawl-delay: 0.1\n\nUser-agent: GPTBot\nDisallow: /\n"
        world.put(paper.host, "/robots.txt", rules)
        desk.follow(paper.feed_url)
        desk.ingest()
    finally:
        stop()
    return world.port


def fill(desk: Desk) -> None:
    """The seeds, as sources and as files."""
    settings, manner = Settings(home=desk.home.root, lock_seconds=30), Manner(clock=lambda: desk.now)
    run_ingest("ingest", settings, read_sources(SEEDS / "sources.toml").sources, manner)
    run_ingest("load", settings, path_sources([SEEDS]), manner)


def example(con: DuckDBPyConnection, column: Column, port: str) -> str:
    """The most frequent value of a column, for people; empty where nothing is known of what may stand there."""
    name = f'"{column.name}"'
    if (always := ALWAYS.get(f"{column.table}.{column.name}", ALWAYS.get(column.name))) is not None:
        return told(always, port)
    filled = f"AND len({name}) > 0" if column.type.endswith("[]") or column.type == "VARCHAR" else ""
    found = con.execute(
        f'SELECT {name} FROM "{column.table}" WHERE {name} IS NOT NULL {filled} '
        f"GROUP BY 1 ORDER BY count(*) DESC, cast({name} AS VARCHAR) LIMIT 1"
    ).fetchone()
    value = found[0] if found else GIVEN.get(f"{column.table}.{column.name}", GIVEN.get(column.name))
    return "" if value is None else told(value, port)


def told(value: Any, port: str) -> str:
    """A value in a cell of Markdown."""
    if isinstance(value, dict):
        value = ", ".join(f"{key}: {one}" for key, one in sorted(value.items())[:2])
    elif isinstance(value, list):
        value = ", ".join(str(min(one.items())[1]) if isinstance(one, dict) else str(one) for one in value[:2])
    words = (
        (f"{value:.4g}" if isinstance(value, float) else str(value))
        .replace(port, "")
        .replace(SEEDS.as_uri(), "file:///news")
        .replace(str(SEEDS), "/news")
    )
    words = " ".join(HASH.sub("9f86d081884c7d65…", words).replace("`", "'").replace("|", "\\|").split())
    return f"`{words if len(words) <= MOST_SHOWN else words[: MOST_SHOWN - 1].rstrip() + '…'}`" if words else ""
