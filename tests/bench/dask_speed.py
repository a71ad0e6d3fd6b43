"""Extraction on Dask with one and with two workers beside extraction in one process, on the same articles in one run.

    make bench-dask [ARTICLES=N]

Articles as `make bench` has them. All sides take them in batches of 100 and use one thread a process; Dask has a real scheduler with TLS
and worker processes on this machine, and two batches under way. The sides take turns, and the least of each figure counts: wall seconds,
and CPU seconds of the process that asks and of the workers, which hold on a busy machine too. Starting is measured apart, and so is what
Dask costs by the clock, while there is nothing to do. Writes its part of docs/scaling.md.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from articles import article_of
from corpus import FEWEST_WORDS, MOST_WORDS, made_text, paragraphs

from flows.dask_cluster import connect
from flows.dask_runner import DaskExtraction
from flows.wiring import extract_batch
from storage.records import Article
from tasks.columnar import read_articles, read_found, write_articles, write_found
from tasks.extract._run import load_extractors
from tasks.garbage import collect_less_often
from tasks.pieces import cut, kinds_of

BATCH, ROUNDS, AT_ONCE, WORKERS = 100, 2, 2, (1, 2)
IDLE_SECONDS = 5.0
PAGE = Path(__file__).parents[2] / "docs/scaling.md"
BEGIN, END = "<!-- dask: begin -->", "<!-- dask: end -->"
Extract = Callable[[Sequence[Article]], object]


class Side(NamedTuple):
    """Seconds: on the clock, of CPU here and in the workers; until the first piece is back; of CPU in each second without work."""

    wall: float
    here: float
    workers: float = 0.0
    start: float = 0.0
    idle: float = 0.0


def articles() -> Iterator[Article]:
    """Articles without end, each another."""
    chance, pool = Random(7), paragraphs()
    while True:
        text = made_text(pool, chance.randint(FEWEST_WORDS, MOST_WORDS), chance)
        yield article_of(text, url=f"https://post.example/{chance.random()}")


def timed(extract: Extract, work: list[list[Article]], at_once: int, others: Callable[[], float]) -> Side:
    """One round."""
    wall, here, there = time.perf_counter(), time.process_time(), others()
    with ThreadPoolExecutor(at_once) as threads:
        list(threads.map(extract, work))
    return Side(time.perf_counter() - wall, time.process_time() - here, others() - there)


def on_dask(workers: int, work: list[list[Article]]) -> Side:
    """One round on a new cluster of so many workers."""
    started = time.perf_counter()
    cluster = connect("", workers)
    remote = DaskExtraction(lambda: cluster)
    remote.extract(work[0][:1])
    start = time.perf_counter() - started
    used = lambda: sum(cluster.client.run(time.process_time).values())  # noqa: E731
    side = timed(remote.extract, work, AT_ONCE, used)
    before = time.process_time() + used()
    time.sleep(IDLE_SECONDS)
    idle = (time.process_time() + used() - before) / IDLE_SECONDS
    remote.close()
    return side._replace(start=start, idle=idle)


def measured(work: list[list[Article]]) -> dict[str, Side]:
    """All sides by name, in turns."""
    sides: dict[str, Callable[[], Side]] = {"one process": lambda: timed(extract_batch, work, 1, lambda: 0.0)}
    for workers in WORKERS:
        name = f"Dask, {workers} worker{'s' * (workers > 1)}"
        sides[name] = lambda workers=workers: on_dask(workers, work)  # type: ignore[misc]
    rounds = [{name: side() for name, side in sides.items()} for _ in range(ROUNDS)]
    return {name: Side(*map(min, zip(*(one[name] for one in rounds), strict=True))) for name in sides}


def arrow(work: list[list[Article]]) -> float:
    """CPU seconds that all articles and their rows take to Arrow and back."""
    kinds = kinds_of(load_extractors())
    pieces = [piece for batch in work for piece in cut(batch)]
    found = [extract_batch(piece) for piece in pieces]
    before = time.process_time()
    for piece, one in zip(pieces, found, strict=True):
        read_articles(write_articles(piece))
        read_found(write_found(one, kinds), piece, kinds)
    return time.process_time() - before


def note(sides: Mapping[str, Side], travelling: float, work: list[list[Article]]) -> Iterator[str]:
    """The figures, for people."""
    number = sum(map(len, work))
    words = sum(len(article.text.split()) for batch in work for article in batch) / number
    base = sides["one process"]
    yield f"{number} articles of {words:.0f} words; Dask {version('distributed')}.\n"
    yield "| | ms of CPU an article, in the run | in the workers | in the workers against one process | in all | articles/s on the clock | against one process | started in |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, side in sides.items():
        here, there = (1000 * seconds / number for seconds in (side.here, side.workers))
        beside = f"{side.workers / base.here:.2f}" if side.workers else ""
        yield (
            f"| {name} | {here:.1f} | {there:.1f} | {beside} | {here + there:.1f} | {number / side.wall:.1f} | {base.wall / side.wall:.2f} "
            f"| {side.start:.1f} s |"
        )
    idle = ", ".join(f"{1000 * side.idle:.0f} ms ({name})" for name, side in sides.items() if side.idle)
    yield f"\nArrow takes {1000 * travelling / number:.1f} ms of it, there and back. Without work, a second costs {idle} of CPU, workers and run together."


def main(number: int, *, write: bool) -> None:
    """Measure and print; with `write` put it into docs/scaling.md."""
    collect_less_often()
    made = articles()
    extract_batch(list(islice(made, 20)))
    work = [list(islice(made, min(BATCH, number - start))) for start in range(0, number, BATCH)]
    told = "\n".join(note(measured(work), arrow(work), work))
    print(told)
    if write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{told}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main(int(next(iter(sys.argv[1:]), "200")), write="--write" in sys.argv)
