"""The capacity model of docs/scaling.md, and whether it holds: costs are measured step by step on a few articles, the model foretells
what whole runs of two other sizes cost, and those runs are made.

    make scaling

An article costs `archive` + `clean` + `compare` + `extract` + `append` + `publish` seconds of CPU and so many bytes of archive and warehouse; a run costs
`fixed` beside. Pages are those of `make bench`. The steps are measured alone, in this process; the runs are the command `dateline load` on
one process, measured from outside. All figures are of one run, and it writes its part of docs/scaling.md. It takes some minutes.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from clean_speed import NOW
from corpus import Made, made_pages
from growth import LETTERS, ROW_TABLES, printed

from flows.settings import Settings
from flows.wiring import extract_batch, new_load
from storage.archive import Archive
from storage.home import Home
from storage.publish import publish
from storage.records import Article, Candidate, Document, Extraction
from storage.warehouse import Warehouse
from storage.web_state import read_archived
from tasks.clean.article import clean
from tasks.compare.versions import plan_versions
from tasks.fetch._all import archive_all
from tasks.garbage import collect_less_often
from tasks.load import Batch, append

MEASURED, SIZES = 200, (100, 300)
# The warehouse grows in steps at first: its bytes are measured between two sizes, and foretold for two larger ones.
FROM, TO, GROWN = 1000, 2000, (3000, 4000)
BATCH = 100
PAGE = Path(__file__).parents[2] / "docs/scaling.md"
BEGIN, END = "<!-- scaling: begin -->", "<!-- scaling: end -->"
DAY = 86_400
VOLUMES = (1_000_000, 10_000_000, 100_000_000)
# Assumed, not measured: a news page as it comes over the wire, compressed.
WIRE_BYTES = 100_000
# A batch on DuckLake with an SQLite catalog and four writers, measured apart from this script: seconds that the catalog is busy.
CATALOG_SECONDS = 0.025
# Share of a core that is planned for; the rest is for peaks.
USED = 0.7


class Costs(NamedTuple):
    """What an article of so many words costs (CPU seconds by step, bytes), and what a run costs beside."""

    words: float
    steps: dict[str, float]
    archive: float
    warehouse: float = 0.0
    fixed: float = 0.0

    def cpu(self, articles: int) -> float:
        """Foretold CPU seconds of a run."""
        return self.fixed + articles * sum(self.steps.values())


def pages(seed: int, number: int) -> list[Made]:
    """That many pages, each another; another seed, other articles."""
    return list(islice((page for page in made_pages(seed) if not page.again), number))


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def fetched(made: Sequence[Made]) -> list[Document]:
    """Pages as fetched."""
    return [
        Document(
            candidate=Candidate(url=page.url), url=page.url, body=page.body, media_type="text/html", fetched_at=NOW
        )
        for page in made
    ]


def read(documents: Sequence[Document]) -> list[Article]:
    """Their articles."""
    found = [clean(document, "") for document in documents]
    return [article for article in found if isinstance(article, Article)]


def opened(folder: Path) -> tuple[Warehouse, str]:
    """An empty warehouse and the id of a run that writes to it."""
    warehouse = Warehouse(Home(folder))
    load = new_load("bench", Settings(home=folder), NOW)
    warehouse.start(load, ())
    return warehouse, load.load_id


def measured(folder: Path) -> tuple[Costs, list[Extraction]]:
    """The costs of the steps, each alone, over MEASURED articles; and what was found in them."""
    warehouse, load_id = opened(folder / "measured")
    archive = Archive(warehouse.home.archive, load_id, partial(read_archived, warehouse), "bench")
    made, kept = pages(1, MEASURED), list[Article]()
    documents = fetched(made)
    read(documents[:5])
    steps = {
        "archive": spent(lambda: archive_all(archive, documents)),
        "clean": spent(lambda: kept.extend(read(documents))),
    }
    steps["compare"] = spent(lambda: plan_versions(kept, warehouse.known(kept)))
    extract_batch(kept[:5])
    batches = [kept[start : start + BATCH] for start in range(0, len(kept), BATCH)]
    found: list[Sequence[Extraction]] = []
    steps["extract"] = spent(lambda: found.extend(extract_batch(batch) for batch in batches))
    steps["append"] = spent(lambda: [append(warehouse, load_id, NOW, Batch(batch)) for batch in found])
    steps["publish"] = spent(lambda: publish(warehouse, NOW))
    words = sum(page.words for page in made) / MEASURED
    each = {name: cost / MEASURED for name, cost in steps.items()}
    return Costs(words, each, size(warehouse.home.archive) / MEASURED), [one for batch in found for one in batch]


def rewritten(one: Extraction, number: int, words: dict[str, list[str]]) -> Extraction:
    """An article in an alphabet with letters exchanged, so that no words, names and quotes are those of another; rows stay where they
    are. `words`: the fields that hold printed words, by table."""
    turn = number % (len(LETTERS) - 1) + 1
    alphabet = str.maketrans(LETTERS, LETTERS[turn:] + LETTERS[:turn])
    url = f"https://post.example/{number}"
    article = replace(
        one.article, text=one.article.text.translate(alphabet), title=f"Report {number}", identity=url, document_url=url
    )
    findings = []
    for found in one.findings:
        fields = [name for name in words.get(found.record.table, ()) if getattr(found.record, name, None)]
        record = replace(found.record, **{name: getattr(found.record, name).translate(alphabet) for name in fields})
        findings.append(replace(found, record=record, exact=found.exact and found.exact.translate(alphabet)))
    return replace(one, article=article, findings=tuple(findings))


def grown(folder: Path, found: Sequence[Extraction]) -> tuple[float, list[str]]:
    """Bytes of the warehouse an article as batches are appended, and whether that holds for more of them: the lines of the note."""
    warehouse, load_id = opened(folder / "grown")
    with warehouse.window() as con:
        words = {table: printed(con, table) for table in ROW_TABLES}
    sizes = {}
    for first in range(0, max(GROWN), BATCH):
        batch = [rewritten(found[n % len(found)], n, words) for n in range(first, first + BATCH)]
        append(warehouse, load_id, NOW, Batch(batch))
        sizes[first + BATCH] = warehouse.home.warehouse.stat().st_size
    each = (sizes[TO] - sizes[FROM]) / (TO - FROM)
    rows = sum(len(one.findings) for one in found) / len(found)
    lines = [f"\nWarehouse, as batches of {BATCH} are appended, {rows:.0f} rows an article: {each:,.0f} bytes an article, from {FROM:,} to {TO:,} articles.",
             "\n| articles | warehouse MB foretold | measured | |", "|---|---|---|---|"]  # fmt: skip
    for articles in GROWN:
        model, real = (sizes[TO] + each * (articles - TO)) / 1e6, sizes[articles] / 1e6
        lines.append(f"| {articles:,} | {model:.1f} | {real:.1f} | {model / real - 1:+.0%} |")
    return each, lines


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def run(folder: Path, articles: int, seed: int) -> tuple[float, int]:
    """A whole run over that many pages: CPU seconds of the command with its processes, bytes of the archive."""
    files = folder / f"pages-{articles}"
    files.mkdir()
    for number, page in enumerate(pages(seed, articles)):
        (files / f"{number:06}.html").write_bytes(page.body)
    home = Home(folder / f"home-{articles}")
    command = [sys.executable, "-m", "flows.cli.main", "load", str(files), "--home", str(home.root)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, check=True, capture_output=True, env={**os.environ, "DATELINE_PROCESSES": "1", "OMP_NUM_THREADS": "1"}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, size(home.archive)


def table(costs: Costs) -> Iterator[str]:
    """The costs, for people."""
    yield (
        f"Articles of {costs.words:.0f} words; CPU ms an article: "
        + ", ".join(f"{name} {1000 * cost:.1f}" for name, cost in costs.steps.items())
        + f", in all {1000 * sum(costs.steps.values()):.1f}; a run beside: {costs.fixed:.1f} s."
    )
    yield f"Archive: {costs.archive:,.0f} bytes an article. A core does {DAY / sum(costs.steps.values()):,.0f} articles a day, if it does nothing else."


def plan(costs: Costs) -> Iterator[str]:
    """What volumes ask for, by the model."""
    yield "\n| articles a day | a second | cores | of them for extraction | writers | fetched Mbit/s | warehouse GB a day | archive GB a day | batches a second | catalog busy |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for articles in VOLUMES:
        second = articles / DAY
        cores = {name: second * cost / USED for name, cost in costs.steps.items()}
        yield (
            f"| {articles:,} | {second:,.0f} | {sum(cores.values()):,.1f} | {cores['extract']:,.1f} | {ceil(cores['append'])} "
            f"| {second * WIRE_BYTES * 8 / 1e6:,.0f} | {articles * costs.warehouse / 1e9:,.0f} | {articles * costs.archive / 1e9:,.0f} "
            f"| {second / BATCH:.2f} | {second / BATCH * CATALOG_SECONDS:.1%} |"
        )


def check(folder: Path) -> Iterator[str]:
    """Measure, foretell, run, compare; the lines of the note."""
    costs, found = measured(folder)
    fixed, _ = run(folder, 1, 2)
    costs = costs._replace(fixed=fixed - sum(costs.steps.values()))
    yield from table(costs)
    yield "\n| articles | CPU s foretold | measured | | archive MB foretold | measured | |"
    yield "|---|---|---|---|---|---|---|"
    for articles in SIZES:
        cpu, archived = run(folder, articles, articles)
        pairs = ((costs.cpu(articles), cpu), (articles * costs.archive / 1e6, archived / 1e6))
        told = " | ".join(f"{model:.1f} | {real:.1f} | {model / real - 1:+.0%}" for model, real in pairs)
        yield f"| {articles} | {told} |"
    each, lines = grown(folder, found)
    yield from lines
    yield from plan(costs._replace(warehouse=each))


def main() -> None:
    """Print the note; with --write put it into docs/scaling.md."""
    collect_less_often()
    with TemporaryDirectory() as folder:
        note = "\n".join(check(Path(folder)))
    print(note)
    if "--write" in sys.argv:
        text = PAGE.read_text(encoding="utf-8")
        head, tail = text.split(BEGIN)[0], text.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{note}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
