"""Warehouses in which sources have brought articles for weeks, made from figures alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pyarrow as pa
from articles import NOW

from flows.settings import code_version
from storage.pace import Pace
from storage.records import Load
from storage.warehouse import Warehouse
from storage.watch import Facts, read_facts

ARTICLES = """
INSERT INTO articles BY NAME
SELECT 'a' || id AS article_id, 'https://' || source_id || '.example/' || id AS first_url, source_id,
       "at" AS first_seen_at, $load AS load_id
FROM made WHERE status = 'stored'
"""
VERSIONS = """
INSERT INTO article_versions BY NAME
SELECT 'v' || id AS version_id, 'a' || id AS article_id, 1 AS version_no, '“Words.”' AS text, '' AS content_sha256,
       CASE WHEN title THEN 'A title' END AS title, [] AS authors, CASE WHEN dated THEN "at" END AS published_at,
       [] AS published_candidates, [] AS keywords, [] AS headings, MAP {} AS reasons, words AS word_count,
       'https://' || source_id || '.example/' || id AS document_url, '' AS archive_key, '' AS raw_sha256, 'test' AS cleaner,
       '1' AS cleaner_version, "at" AS seen_at, false AS boring, $load AS load_id
FROM made WHERE status = 'stored'
"""
QUOTES = """
INSERT INTO quotes BY NAME
SELECT 'v' || id AS version_id, 0 AS start_char, 8 AS end_char, '“Words.”' AS exact, 'direct' AS kind,
       CASE WHEN n < speakers THEN 'Somebody' END AS speaker_name, 'test' AS extractor, '1' AS extractor_version, $load AS load_id
FROM made, unnest(range(quotes)) AS q (n) WHERE status = 'stored'
"""
MENTIONS = """
INSERT INTO mentions BY NAME
SELECT 'v' || id AS version_id, 1 AS start_char, 6 AS end_char, 'Words' AS exact, '“' AS prefix, '.”' AS suffix,
       'PERSON' AS entity_type, 'name' AS mention_kind, 'test' AS extractor, '1' AS extractor_version, $load AS load_id
FROM made, unnest(range(names)) AS q (n) WHERE status = 'stored'
"""
LEDGER = """
INSERT INTO ledger BY NAME
SELECT $load AS load_id, 'https://' || source_id || '.example/' || id AS url, source_id, status, 'fetch' AS stage, "at" AS ended_at
FROM made
"""


class Made(NamedTuple):
    """An article that a source brought, or (status) a candidate that was refused."""

    source_id: str
    at: datetime
    status: str = "stored"
    words: int = 400
    quotes: int = 3
    speakers: int = 2
    names: int = 10
    title: bool = True
    dated: bool = True


def bring(warehouse: Warehouse, made: Iterable[Made], *, flow: str = "ingest") -> None:
    """Put them into a warehouse, as one run at a time before all of them."""
    rows = [one._asdict() | {"id": f"{one.source_id}-{number}"} for number, one in enumerate(made)]
    bring_table(warehouse, pa.Table.from_pylist(rows), flow=flow)


def bring_table(warehouse: Warehouse, made: pa.Table, *, flow: str = "ingest") -> None:
    """The same for a table with the columns of `Made` and an id."""
    started = NOW - timedelta(days=80)
    load_id = f"{started:%Y%m%dT%H%M%SZ}-{flow}"
    warehouse.start(Load(load_id=load_id, flow=flow, started_at=started, code_version=code_version(), config_sha256=""))
    warehouse.finish(load_id, "finished", started)
    with warehouse.window() as con:
        con.register("made", made)
        for sql in (ARTICLES, VERSIONS, QUOTES, MENTIONS, LEDGER):
            con.execute(sql, {"load": load_id})
        con.unregister("made")


def steady(source_id: str, count: int, *, until: datetime = NOW, hours: float = 1, **values: Any) -> list[Made]:
    """Articles of a source at even times, the last one just before `until`."""
    return [
        Made(source_id, until - timedelta(hours=hours * (count - number), seconds=-1), **values)
        for number in range(count)
    ]


def facts_of(warehouse: Warehouse, now: datetime = NOW) -> Facts:
    """All facts at that time."""
    with warehouse.window() as con:
        return read_facts(con, warehouse.home, Pace(), now)
