"""What growth costs: appending, publishing, the example queries and the size of the file, at a million articles beside an empty warehouse.

    make bench-growth                # a million articles
    make bench-growth ARTICLES=20000
    make bench-growth KEEP=DIR       # makes the warehouse in a folder, where it stays; only measures if it is there

Articles are made from the paragraphs of our seeds, drawn anew for each and written in one of 13,000 alphabets with letters exchanged,
so that words, names and quotes differ; the rows that stand in each paragraph are moved to where it stands now and written the same
way: every row's evidence holds, as the last step checks on a sample. Then batches of 500 are appended in turn to this
warehouse and to an empty one, and the queries of docs/sql.md are asked of the published file.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from articles import NOW, SEEDS
from copies import copied
from duckdb import DuckDBPyConnection
from whole_runs import load_into

from storage.evidence import spans as evidence_spans
from storage.home import Home
from storage.publish import publish
from storage.queries import statement
from storage.reading import published
from storage.records import Article, Candidate, Extraction
from storage.registry import part_names
from storage.warehouse import Warehouse
from tasks.load import Batch, append

# The line with its number that tells each article from all others: «Report no. 00000001» and a line break.
HEADER = 20
PARAGRAPHS, CHUNK, BATCH, ROUNDS = 6, 50_000, 500, 7
DAYS = 365
ROW_TABLES = ("credits", "mentions", "places", "quantities", "quotes", "roles", "times")
PAGE = Path(__file__).parents[2] / "docs/performance.md"
BEGIN, END = "<!-- growth: begin -->", "<!-- growth: end -->"

POOL = """
CREATE TEMP TABLE lines AS
SELECT version_id, line, ordinality AS no,
    sum(len(line) + 1) OVER (PARTITION BY version_id ORDER BY ordinality) - len(line) - 1 AS begins
FROM (SELECT version_id, unnest(string_split(text, chr(10))) AS line, generate_subscripts(string_split(text, chr(10)), 1) AS ordinality
      FROM current_versions WHERE language = 'en');
CREATE TEMP TABLE pool AS
SELECT row_number() OVER (ORDER BY version_id, no) - 1 AS pid, * FROM lines WHERE len(line) > 80;
"""
LETTERS = "aeioubcdfghjklmnpqrstvwxzABCDEFGHIJKLMNOPQRSTUVWXYZ"
PICK = """
CREATE OR REPLACE TEMP MACRO turned(letters, n) AS letters[n + 1:] || letters[:n];
CREATE OR REPLACE TEMP TABLE picks AS
SELECT art, k, pid, line,
    turned('aeiou', art % 5) || turned('bcdfghjklm', art // 5 % 10) || turned('npqrstvwxz', art // 50 % 10)
    || turned('ABCDEFGHIJKLMNOPQRSTUVWXYZ', art // 500 % 26) AS alphabet,
    {header} + sum(len(line) + 1) OVER (PARTITION BY art ORDER BY k) - len(line) - 1 AS off
FROM (SELECT art, k, hash(art * 64 + k) % (SELECT count(*) FROM pool) AS pid
      FROM range($first, $last) AS a (art), range({paragraphs}) AS b (k)) AS drawn
INNER JOIN pool USING (pid);
"""
VERSIONS = """
INSERT INTO article_versions BY NAME
SELECT t.* REPLACE (
    md5('v' || art) AS version_id, md5('a' || art) AS article_id, 1 AS version_no, made AS text, sha256(made) AS content_sha256,
    'Report ' || art AS title, moment AS published_at, cast(moment AS DATE) AS published_day, [] AS headings, [] AS blocks, '{}' AS stated,
    'https://post.example/' || art AS document_url, sha256('raw' || art) AS raw_sha256, moment AS seen_at, 'growth' AS load_id
) FROM (SELECT art, printf('Report no. %08d', art) || chr(10) || string_agg(translate(line, $letters, alphabet), chr(10) ORDER BY k) AS made,
        $now::TIMESTAMPTZ - to_hours(art * 7919 % ($days * 24)) AS moment FROM picks GROUP BY art),
    (SELECT * FROM article_versions LIMIT 1) AS t;
"""
ARTICLES = """
INSERT INTO articles BY NAME
SELECT DISTINCT md5('a' || art) AS article_id, 'https://post.example/' || art AS canonical_url, 'https://post.example/' || art AS first_url,
    'source-' || art % 200 AS source_id, $now::TIMESTAMPTZ AS first_seen_at, 'growth' AS load_id FROM picks;
INSERT INTO ledger BY NAME
SELECT DISTINCT 'growth' AS load_id, 'https://post.example/' || art AS url, 'source-' || art % 200 AS source_id, 'stored' AS status,
    'append' AS stage, md5('a' || art) AS article_id, md5('v' || art) AS version_id, $now::TIMESTAMPTZ AS ended_at,
    'post.example/' || art AS url_key FROM picks;
"""
# Names written in another alphabet are other people, whom the registry has to know, too.
REGISTRY = """
CREATE OR REPLACE TEMP TABLE named AS
SELECT DISTINCT alphabet, entity_id AS seed, md5(entity_id || alphabet) AS entity_id
FROM picks INNER JOIN pool_mentions USING (pid)
ANTI JOIN entities AS e ON md5(pool_mentions.entity_id || alphabet) = e.entity_id
WHERE entity_id IS NOT NULL;
INSERT INTO entities BY NAME
SELECT e.* REPLACE (n.entity_id AS entity_id, translate(name, $letters, alphabet) AS name, 'growth' AS load_id)
FROM named AS n INNER JOIN pool_entities AS e ON n.seed = e.entity_id;
INSERT INTO entity_aliases BY NAME
SELECT a.* REPLACE (
    n.entity_id AS entity_id, translate(alias, $letters, alphabet) AS alias, 'growth' AS load_id,
    entity_type || ':' || translate(substr(block, strpos(block, ':') + 1), $letters, alphabet) AS block
) FROM named AS n INNER JOIN pool_entity_aliases AS a ON n.seed = a.entity_id;
"""


def spans(con: DuckDBPyConnection, table: str) -> list[str]:
    """The offset columns of a table."""
    return [
        name for name, *_ in con.execute(f"DESCRIBE {table}").fetchall() if name.endswith(("start_char", "end_char"))
    ]


def printed(con: DuckDBPyConnection, table: str) -> list[str]:
    """The columns with words as printed, which must stand at the offsets, and the names made from them."""
    names = {name for name, *_ in con.execute(f"DESCRIBE {table}").fetchall()}
    return sorted({span.words for span in evidence_spans(names)} | names & {"speaker_name"})


def linked(con: DuckDBPyConnection, table: str) -> list[str]:
    """The columns with ids of entities."""
    return [name for name, *_ in con.execute(f"DESCRIBE {table}").fetchall() if name.endswith("entity_id")]


def prepare(con: DuckDBPyConnection) -> None:
    """The pool of paragraphs with the rows that stand wholly inside each, offsets from the paragraph's start."""
    con.execute(POOL)
    for table in ("entities", "entity_aliases"):
        con.execute(
            f"CREATE TEMP TABLE pool_{table} AS FROM {table} WHERE load_id NOT IN ('growth') AND load_id NOT LIKE 'load-%'"
        )
    for table in ROW_TABLES:
        offsets = spans(con, table)
        inside = " AND ".join(
            f"(r.{name} IS NULL OR r.{name} BETWEEN p.begins AND p.begins + len(p.line))" for name in offsets
        )
        moved = ", ".join(f"r.{name} - p.begins AS {name}" for name in offsets)
        con.execute(
            f"CREATE TEMP TABLE pool_{table} AS SELECT p.pid, r.* REPLACE ({moved}) FROM {table} AS r "
            f"INNER JOIN pool AS p ON r.version_id = p.version_id AND {inside}"
        )


def grow(con: DuckDBPyConnection, first: int, last: int) -> None:
    """Articles of these numbers, with their rows, in one transaction."""
    con.execute("BEGIN")
    macro, picks = PICK.format(paragraphs=PARAGRAPHS, header=HEADER).split(";")[:2]
    con.execute(macro)
    con.execute(picks, {"first": first, "last": last})
    con.execute(VERSIONS, {"now": NOW, "days": DAYS, "letters": LETTERS})
    for sql in ARTICLES.split(";")[:-1]:
        con.execute(sql, {"now": NOW})
    for table in ROW_TABLES:
        moved = ", ".join(
            [f"r.{name} + p.off AS {name}" for name in spans(con, table)]
            + [f"translate(r.{name}, '{LETTERS}', p.alphabet) AS {name}" for name in printed(con, table)]
            + [f"md5(r.{name} || p.alphabet) AS {name}" for name in linked(con, table)]
        )
        con.execute(
            f"INSERT INTO {table} BY NAME SELECT r.* EXCLUDE (pid) REPLACE ({moved}, md5('v' || p.art) AS version_id, "
            f"'growth' AS load_id) FROM picks AS p INNER JOIN pool_{table} AS r USING (pid)"
        )
    for sql in REGISTRY.split(";")[:-1]:
        con.execute(sql, {"letters": LETTERS} if "$letters" in sql else None)
    con.execute("COMMIT")


def build(home: Home, articles: int) -> None:
    """A warehouse of so many articles; none but the missing are made."""
    if not home.warehouse.exists():
        load_into(home, SEEDS)
    with Warehouse(home).window() as con:
        prepare(con)
        made = (con.execute("SELECT count(*) FROM article_versions WHERE load_id = 'growth'").fetchone() or (0,))[0]
        for first in range(made, articles, CHUNK):
            grow(con, first, min(articles, first + CHUNK))
            print(f"\r{min(articles, first + CHUNK):>9,} articles", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def extracted() -> list[Extraction]:
    """Articles as the extractors give them, from our seeds."""
    from flows.wiring import extract_batch

    with TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        load_into(home, SEEDS)
        with Warehouse(home).window() as con:
            rows = con.execute("SELECT text, title FROM current_versions WHERE language = 'en'").fetchall()
    made = [
        Article(
            candidate=Candidate(url="x"), document_url="x", text=text, title=title, raw_sha256="0" * 64, archive_key="0",
            cleaner="bench", cleaner_version="1", seen_at=NOW, language="en",
        )
        for text, title in rows
    ]  # fmt: skip
    return list(extract_batch(made))


def batch(found: list[Extraction], begin: int) -> Batch:
    """A batch of new articles with rows of the extractors, from this number on."""
    numbers = range(BATCH)
    return Batch([copied(found[n % len(found)], f"https://courier.example/{begin}/{n}", begin + n) for n in numbers])


class Cost(NamedTuple):
    """What a batch takes: seconds as they pass, and seconds of the processor, which others on the machine do not change."""

    seconds: float
    processor: float


def appends(homes: list[Home]) -> list[Cost]:
    """What a batch costs in each home, the median of some rounds in turn."""
    found = extracted()
    costs: list[list[Cost]] = [[] for _ in homes]
    # A warehouse that is measured again has the batches of the last time.
    begin = int(time.time())
    for number in range(ROUNDS):
        made = batch(found, begin * 1_000 + number * BATCH)
        for home, taken in zip(homes, costs, strict=True):
            started, worked = time.perf_counter(), time.process_time()
            append(Warehouse(home), f"load-{begin}-{number}", NOW, made)
            taken.append(Cost(time.perf_counter() - started, time.process_time() - worked))
    return [Cost(*map(median, zip(*taken, strict=True))) for taken in costs]


def queries(home: Home) -> Iterator[tuple[str, float, int]]:
    """Each example of docs/sql.md: its question, seconds (the better of two), rows."""
    for name in part_names("storage.sql.examples", ".sql"):
        sql = statement(name, "examples")
        best, rows = 1e9, 0
        for _ in range(2):
            with published(home) as con:
                started = time.perf_counter()
                rows = len(con.execute(sql).fetchall())
                best = min(best, time.perf_counter() - started)
        yield sql.splitlines()[0].removeprefix("-- "), best, rows


def sample_holds(home: Home) -> None:
    """Evidence of some thousand rows: the made articles are as good as read ones."""
    with published(home) as con:
        for table in ROW_TABLES:
            wrong = con.execute(
                f"SELECT count(*) FROM (SELECT * FROM {table} USING SAMPLE 2000 ROWS) AS r INNER JOIN article_versions USING (version_id) "
                "WHERE substr(text, start_char + 1, end_char - start_char) <> exact"
            ).fetchone()
            assert wrong == (0,), (table, wrong)


def main(articles: int, keep: Path | None) -> str:
    """Run all, give the report as Markdown."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        big, empty = Home((keep or folder) / "big"), Home(folder / "empty")
        build(big, articles)
        with Warehouse(empty).window():
            pass
        whole = publish(Warehouse(big), NOW)
        in_empty, in_big = appends([empty, big])
        publication = publish(Warehouse(big), NOW)
        sample_holds(big)
        with published(big) as con:
            stored = con.execute("SELECT count(*) FROM article_versions").fetchone() or (0,)
            rows = sum((con.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,))[0] for table in ROW_TABLES)
        asked = list(queries(big))
    size = publication.bytes
    indexing = f"{whole.indexed:,} texts indexed for `search` first: {whole.seconds:.0f} s; " if whole.indexed else ""
    lines = [
        f"{stored[0]:,} articles with {rows / stored[0]:.0f} rows each; {size / 2**30:.2f} GiB with the index of `search`, {size / stored[0]:,.0f} bytes an article.",
        "",
        (
            f"- a batch of {BATCH} articles: {in_big.seconds:.2f} s, in an empty warehouse {in_empty.seconds:.2f} s, ratio {in_big.seconds / in_empty.seconds:.2f}; "
            f"of the processor {in_big.processor:.2f} and {in_empty.processor:.2f} s, ratio **{in_big.processor / in_empty.processor:.2f}**"
        ),
        f"- publishing: {indexing}then, with {publication.indexed:,} new texts, {publication.seconds:.1f} s, in which writers wait {publication.locked_seconds:.1f} s",
        "",
        "| question of [sql.md](sql.md) | seconds | rows |",
        "|---|---|---|",
        *(f"| {question} | {seconds:.2f} | {count} |" for question, seconds, count in asked),
    ]
    return "\n".join(lines)


def write(report: str) -> None:
    """Put the report into its place in docs/performance.md."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{report}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("articles", type=int, nargs="?", default=1_000_000)
    arguments.add_argument("--keep", type=Path, help="folder in which the warehouse is made, and stays")
    arguments.add_argument("--write", action="store_true", help="put the report into docs/performance.md")
    told = arguments.parse_args()
    made = main(told.articles, told.keep)
    print(made)
    if told.write:
        write(made)
