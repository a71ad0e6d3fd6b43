"""The capacity model of docs/scaling.md, and whether it holds: costs are measured step by step on a few articles, the model foretells
what whole runs of two other sizes cost, and those runs are made.

    make scaling

An article costs `clean` + `extract` + `append` seconds of CPU and so many bytes of warehouse and archive; a run costs `fixed` beside. The
steps are measured alone, in this process; the runs are the command `dateline load` on one process, measured from outside.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from math import ceil
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from clean_speed import NOW
from corpus import GOLD, REPORTERS, framed

from flows.settings import Settings
from flows.wiring import extract_batch, new_load
from storage.archive import Archive
from storage.home import Home
from storage.records import Article, Candidate, Document, Extraction
from storage.warehouse import Warehouse
from storage.web_state import read_archived
from tasks.clean.article import clean
from tasks.fetch._all import archive_all
from tasks.load import Batch, append
from tasks.train.markup import read_article

MEASURED, SIZES = 300, (100, 300)
# The warehouse grows in steps at first: its bytes are measured between two sizes, and foretold for two larger ones.
FROM, TO, GROWN = 1000, 2000, (3000, 4000)
BATCH = 100
PAGE = Path(__file__).parents[2] / "docs/scaling.md"
BEGIN, END = "<!-- scaling: begin -->", "<!-- scaling: end -->"
DAY = 86_400
VOLUMES = (1_000_000, 10_000_000, 100_000_000)
# Bytes an article in a warehouse of 102,512 articles, none like another: docs/performance.md, which `make bench-growth` writes.
WAREHOUSE_BYTES = 4_360
# Assumed, not measured: a news page as it comes over the wire, compressed.
WIRE_BYTES = 100_000
# A batch on DuckLake with an SQLite catalog and four writers, measured apart from this script: seconds that the catalog is busy.
CATALOG_SECONDS = 0.025
# Share of a core that is planned for; the rest is for peaks.
USED = 0.7


class Costs(NamedTuple):
    """What an article costs (CPU seconds by step, bytes of the archive), and what a run costs beside."""

    steps: dict[str, float]
    archive: float
    fixed: float = 0.0

    def cpu(self, articles: int) -> float:
        """Foretold CPU seconds of a run."""
        return self.fixed + articles * sum(self.steps.values())


def pages(seed: int) -> Iterator[tuple[str, bytes, int]]:
    """Addresses, pages and words of articles without end; another seed, other articles."""
    texts = [read_article(path).text for path in sorted(GOLD.glob("*.txt"))]
    chance = Random(seed)
    for number in count():
        text = f"{chance.choice(texts)}\nThis is report {seed}-{number} of our series."
        url = f"https://post.example/{seed}/{number}"
        yield url, framed(text, url, number, chance.choice(REPORTERS), range(400)), len(text.split())


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def read(number: int) -> list[Article]:
    """Articles, cleaned."""
    found = [clean(document, "") for document in documents(number)]
    return [article for article in found if isinstance(article, Article)]


def documents(number: int) -> list[Document]:
    """That many pages as fetched."""
    return [
        Document(candidate=Candidate(url=url), url=url, body=body, media_type="text/html", fetched_at=NOW)
        for (url, body, _), _ in zip(pages(1), range(number), strict=False)
    ]


def opened(folder: Path) -> tuple[Warehouse, str]:
    """An empty warehouse and the id of a run that writes to it."""
    warehouse = Warehouse(Home(folder))
    load = new_load("bench", Settings(home=folder), NOW)
    warehouse.start(load, ())
    return warehouse, load.load_id


def measured(folder: Path) -> Costs:
    """The costs of the steps, each alone, over MEASURED articles."""
    warehouse, load_id = opened(folder / "measured")
    archive = Archive(warehouse.home.archive, load_id, partial(read_archived, warehouse), "bench")
    raw, kept = documents(MEASURED), list[Article]()
    steps = {
        "archive": spent(lambda: archive_all(archive, raw)),
        "clean": spent(lambda: kept.extend(read(MEASURED))),
    }
    extract_batch(kept[:5])
    batches = [kept[start : start + BATCH] for start in range(0, len(kept), BATCH)]
    found: list[Sequence[Extraction]] = []
    steps["extract"] = spent(lambda: found.extend(extract_batch(batch) for batch in batches))
    steps["append"] = spent(lambda: [append(warehouse, load_id, NOW, Batch(batch)) for batch in found])
    return Costs({name: cost / len(raw) for name, cost in steps.items()}, size(warehouse.home.archive) / len(raw))


def grown(folder: Path) -> list[str]:
    """Bytes of the warehouse an article as batches are appended, and whether that holds for more of them: the lines of the note. The
    articles have the same rows again and again under other headlines and addresses."""
    warehouse, load_id = opened(folder / "grown")
    found = extract_batch(read(BATCH))
    sizes = {}
    for number in range(0, max(GROWN), BATCH):
        renamed = [
            replace(one, article=replace(one.article, title=f"Report {number}-{n}", identity=f"post.example/{number}-{n}",
                                         document_url=f"https://post.example/{number}-{n}"))
            for n, one in enumerate(found)
        ]  # fmt: skip
        append(warehouse, load_id, NOW, Batch(renamed))
        sizes[number + BATCH] = warehouse.home.warehouse.stat().st_size
    each = (sizes[TO] - sizes[FROM]) / (TO - FROM)
    rows = sum(len(one.findings) for one in found) / len(found)
    lines = [f"\nWarehouse, as batches of {BATCH} are appended, {rows:.0f} rows an article: {each:,.0f} bytes an article, from {FROM} to {TO} articles.",
             "\n| articles | warehouse MB foretold | measured | |", "|---|---|---|---|"]  # fmt: skip
    for articles in GROWN:
        model, real = (sizes[TO] + each * (articles - TO)) / 1e6, sizes[articles] / 1e6
        lines.append(f"| {articles:,} | {model:.1f} | {real:.1f} | {model / real - 1:+.0%} |")
    return lines


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def run(folder: Path, articles: int, seed: int) -> tuple[float, int]:
    """A whole run over that many pages: CPU seconds of the command with its processes, bytes of the archive."""
    files = folder / f"pages-{articles}"
    files.mkdir()
    for (_, body, _), number in zip(pages(seed), range(articles), strict=False):
        (files / f"{number:06}.html").write_bytes(body)
    home = Home(folder / f"home-{articles}")
    command = [sys.executable, "-m", "flows.cli.main", "load", str(files), "--home", str(home.root)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, size(home.archive)


def table(costs: Costs) -> Iterator[str]:
    """The costs, for people."""
    words = [number for (_, _, number), _ in zip(pages(1), range(MEASURED), strict=False)]
    yield (
        f"Articles of {sum(words) / len(words):.0f} words; CPU ms an article: "
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
            f"| {second * WIRE_BYTES * 8 / 1e6:,.0f} | {articles * WAREHOUSE_BYTES / 1e9:,.0f} | {articles * costs.archive / 1e9:,.0f} "
            f"| {second / BATCH:.2f} | {second / BATCH * CATALOG_SECONDS:.1%} |"
        )


def check(folder: Path) -> Iterator[str]:
    """Measure, foretell, run, compare; the lines of the note."""
    costs = measured(folder)
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
    yield from grown(folder)
    yield from plan(costs)


def main() -> None:
    """Print the note; with --write put it into docs/scaling.md."""
    with TemporaryDirectory() as folder:
        note = "\n".join(check(Path(folder)))
    print(note)
    if "--write" in sys.argv:
        text = PAGE.read_text(encoding="utf-8")
        head, tail = text.split(BEGIN)[0], text.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{note}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
