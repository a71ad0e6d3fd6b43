"""Speed and memory of the step clean beside a bare trafilatura call with metadata, on the same pages in one run.

    make bench-clean [PAGES=DIR]

Pages are made of the gold corpus's articles in the frame of a news site (navigation, JSON-LD, meta tags, related stories, comments,
scripts), each with other numbers in it; or they are saved ones, from a folder of sets as `dateline quality clean` reads them.
"""

import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from corpus import GOLD, REPORTERS, framed

from storage.records import Candidate, Document

COMPARED, ROUNDS, LOADED = 300, 3, 20_000
NOW = datetime.now(UTC)


def made_pages() -> Iterator[tuple[str, bytes]]:
    """Addresses and pages without end, each another."""
    from tasks.train.markup import read_article

    texts = [read_article(path).text for path in sorted(GOLD.glob("*.txt"))]
    chance = random.Random(7)
    for number, text in enumerate(cycle(texts)):
        url = f"https://www.post{number % 50}.example/2026/10/{number % 28 + 1:02}/story-number-{number}"
        yield url, framed(text, url, number, chance.choice(REPORTERS), range(400))


def saved_pages(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The pages of all sets in a folder, again and again."""
    from tasks.quality.pages import page_sets, read_pages

    yield from cycle([(page.url, page.body) for path in page_sets(folder, None) for page in read_pages(path)])


def documents(pages: Iterator[tuple[str, bytes]], count: int) -> Iterator[Document]:
    """Some of them as fetched."""
    for url, body in islice(pages, count):
        yield Document(candidate=Candidate(url=url), url=url, body=body, media_type="text/html", fetched_at=NOW)


def compare(batch: list[Document]) -> tuple[float, float, float]:
    """CPU seconds of both, and of the slowest page of ours."""
    from trafilatura import bare_extraction

    from tasks.clean.article import clean

    slowest = 0.0
    started = time.process_time()
    for document in batch:
        before = time.process_time()
        clean(document, "")
        slowest = max(slowest, time.process_time() - before)
    ours = time.process_time() - started
    started = time.process_time()
    for document in batch:
        bare_extraction(document.body, url=document.url, with_metadata=True, include_comments=False)
    return ours, time.process_time() - started, slowest


def megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Compare, then clean 20,000 pages and look at the memory."""
    from tasks.clean.article import clean

    pages = saved_pages(Path(sys.argv[1])) if len(sys.argv) > 1 else made_pages()
    batch = list(documents(pages, COMPARED))
    compare(batch)
    figures = [compare(batch) for _ in range(ROUNDS)]
    ours, bare, slowest = min(figures)
    ratios = ", ".join(f"{one / other:.2f}" for one, other, _ in figures)
    print(f"clean            {len(batch) / ours:6.1f} pages/s a core, slowest page {slowest:.2f} s")
    print(f"bare trafilatura {len(batch) / bare:6.1f} pages/s a core; clean takes {ratios} times as long")
    for number, document in enumerate(documents(pages, LOADED), 1):
        clean(document, "")
        if number in {LOADED // 20, LOADED // 4, LOADED // 2, LOADED}:
            print(f"after {number:6} pages {megabytes():.0f} MB at most")


if __name__ == "__main__":
    main()
