"""Extraction on Dask with one and with two workers beside extraction in one process, on the same articles in one run.

    make bench-dask

Articles of the gold corpus, each with another last line. All sides take them in batches of 100 and use one thread a process; Dask has a
real scheduler with TLS and worker processes on this machine, and two batches under way. The sides take turns, and the best round of each
counts: wall seconds, and CPU seconds of the process that asks and of the workers. Starting is measured apart.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from articles import article_of

from flows.dask_cluster import connect
from flows.dask_runner import DaskExtraction
from flows.wiring import extract_batch
from storage.records import Article
from tasks.train.markup import read_article

GOLD = Path(__file__).parent.parent / "quality/gold/articles"
BATCH, ROUNDS, AT_ONCE = 100, 2, 2
Extract = Callable[[Sequence[Article]], object]


def batches(number: int) -> list[list[Article]]:
    """That many articles in batches."""
    texts = [read_article(path).text for path in sorted(GOLD.glob("*.txt"))]
    made = [article_of(f"{texts[n % len(texts)]}\nReport {n}.", url=f"https://post.example/{n}") for n in range(number)]
    return [made[start : start + BATCH] for start in range(0, number, BATCH)]


def timed(extract: Extract, work: list[list[Article]], at_once: int, others: Callable[[], float]) -> dict[str, float]:
    """One round: wall seconds, and CPU seconds here and of the others."""
    wall, here, there = time.perf_counter(), time.process_time(), others()
    with ThreadPoolExecutor(at_once) as threads:
        list(threads.map(extract, work))
    return {"wall": time.perf_counter() - wall, "here": time.process_time() - here, "workers": others() - there}


def on_dask(workers: int, work: list[list[Article]]) -> dict[str, float]:
    """Rounds on a cluster of so many workers; the best, and the seconds that starting it took."""
    started = time.perf_counter()
    cluster = connect("", workers)
    remote = DaskExtraction(lambda: cluster)
    remote.extract(work[0][:1])
    start = time.perf_counter() - started
    used = lambda: sum(cluster.client.run(time.process_time).values())  # noqa: E731
    rounds = [timed(remote.extract, work, AT_ONCE, used) for _ in range(ROUNDS)]
    remote.close()
    return {**min(rounds, key=lambda one: one["wall"]), "start": start}


def main(number: int) -> None:
    """All sides; a line each, and all figures as JSON."""
    work = batches(number)
    words = sum(len(article.text.split()) for batch in work for article in batch)
    extract_batch(work[0][:20])
    sides = {
        "in one process": min(
            (timed(extract_batch, work, 1, lambda: 0.0) for _ in range(ROUNDS)), key=lambda one: one["wall"]
        )
    }
    for workers in (1, 2):
        sides[f"Dask, {workers} worker{'s' * (workers > 1)}"] = on_dask(workers, work)
    print(f"{number} articles of {words // number} words")
    base = sides["in one process"]
    for name, side in sides.items():
        print(
            f"{name:>16}: {number / side['wall']:5.1f} articles/s, {base['wall'] / side['wall']:.2f} times one process; CPU ms an article: "
            f"{1000 * side['here'] / number:.2f} here, {1000 * side['workers'] / number:.1f} workers; started in {side.get('start', 0):.1f} s"
        )
    print(json.dumps(sides))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
