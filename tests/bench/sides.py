"""One side of the measurement of throughput, in a process of its own: `sides.py SIDE FOLDER`; prints its figures as JSON.

What is loaded once (models, modules) is loaded before the clock starts. Seconds are of CPU, of this process and those it started.
"""

import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from copies import copied

from flows.settings import Settings
from flows.wiring import Run, build_steps, clock, extract_batch, new_load, workers
from storage.home import Home
from storage.records import Article, Candidate, Document
from storage.running import running
from storage.warehouse import Warehouse
from tasks.clean.article import clean
from tasks.garbage import collect_less_often
from tasks.load import Batch, append
from tasks.models import language
from tasks.sources.read import path_sources
from tasks.steps import batches

T = TypeVar("T")
Figures = dict[str, Any]
BATCH = 100
NOW = datetime.now(UTC)


def cpu() -> float:
    """CPU seconds so far, of this process and those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.stages: defaultdict[str, float] = defaultdict(float)

    def time(self, stage: str, work: Callable[..., T], *args: Any) -> T:
        """Do a piece of work and note what it took."""
        started = time.process_time()
        result = work(*args)
        self.stages[stage] += time.process_time() - started
        return result


def on_one_core() -> None:
    """All that this process does, and those that it starts, shares one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def documents(folder: Path) -> list[Document]:
    """The pages of a folder as read."""
    return [
        Document(candidate=Candidate(url=path.as_uri()), url=path.as_uri(), body=path.read_bytes(), media_type="text/html", fetched_at=NOW)
        for path in sorted(folder.iterdir())
    ]  # fmt: skip


def articles(folder: Path) -> list[Article]:
    """What cleaning makes of them."""
    return [found for document in documents(folder) if isinstance(found := clean(document, ""), Article)]


def warm_up(folder: Path) -> None:
    """Import, load, and run each step once."""
    collect_less_often()
    found = articles(folder)[:3]
    with TemporaryDirectory() as home:
        append(Warehouse(Home(Path(home))), "warm-up", NOW, Batch(extract_batch(found)))


def stages(folder: Path) -> Figures:
    """Every stage by itself, one after the other, on one core."""
    on_one_core()
    warm_up(folder)
    taken, words = Clock(), 0
    with TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        warehouse = Warehouse(Home(settings.home))
        load = new_load("load", settings, clock())
        sources = path_sources([folder])
        with running(warehouse.home, load.load_id):
            warehouse.start(load, sources)
            steps = build_steps(Run(warehouse, load, settings.web, {}))
            found = taken.time("read", steps.discover, sources)
            for batch in batches(found.candidates, BATCH):
                fetched = taken.time("read", steps.fetch, batch)
                archived = taken.time("archive", steps.archive, fetched.documents)
                cleaned = taken.time(
                    "clean", lambda kept: [clean(one.document, one.archive_key) for one in kept], archived
                )
                plan = taken.time("compare", steps.compare, [one for one in cleaned if isinstance(one, Article)])
                extracted = taken.time("extract", steps.extract, [version.article for version in plan.versions])
                taken.time("append", steps.append, extracted, plan.endings, ())
                words += sum(len(version.article.text.split()) for version in plan.versions)
            steps.close()
            warehouse.finish(load.load_id, "finished", clock())
            taken.time("publish", steps.publish)
    return {
        "articles": len(found.candidates),
        "words": words,
        "stages": dict(taken.stages),
        "cpu": sum(taken.stages.values()),
    }


def pipeline(folder: Path, processes: int) -> Figures:
    """The whole, as `dateline load` runs it."""
    from flows.runs import run_ingest

    warm_up(folder)
    sources = path_sources([folder])
    before, started = cpu(), time.perf_counter()
    with TemporaryDirectory() as home:
        summary = run_ingest("load", Settings(home=Path(home), processes=processes), sources)
        wall = time.perf_counter() - started
        with Warehouse(Home(Path(home))).window() as con:
            words = (con.execute("SELECT sum(word_count) FROM article_versions").fetchone() or (0,))[0]
            rows = (
                con.execute(
                    "SELECT sum(estimated_size) FROM duckdb_tables() WHERE table_name IN ('mentions', 'quotes', 'roles', 'places', 'times', 'quantities', 'credits')"
                ).fetchone()
                or (0,)
            )[0]
    workers().close()
    return {"articles": summary.candidates, "words": int(words), "rows": int(rows), "wall": wall, "cpu": cpu() - before}


def one(folder: Path) -> Figures:
    """The whole on one core."""
    on_one_core()
    return pipeline(folder, 1)


def two(folder: Path) -> Figures:
    """The whole on two cores."""
    return pipeline(folder, 2)


def floor(folder: Path) -> Figures:
    """What cannot be left out: trafilatura alone, the network alone on the same windows, the texts alone into a table."""
    on_one_core()
    import duckdb
    import pyarrow as pa
    from trafilatura import bare_extraction

    warm_up(folder)
    pages, taken = documents(folder), Clock()
    for page in pages:
        taken.time(
            "trafilatura", partial(bare_extraction, page.body, url=page.url, with_metadata=True, include_comments=False)
        )
    # A page that is there twice is extracted once, by us, too.
    texts = {one.content_sha256: one for one in articles(folder)}
    for text in texts.values():
        for arrays in windows_of(text):
            taken.time("network", session().run, None, arrays)
    with TemporaryDirectory() as home:
        con = duckdb.connect(str(Path(home) / "bare.duckdb"))
        con.execute("CREATE TABLE texts (url VARCHAR, text VARCHAR)")
        for batch in batches(texts.values(), BATCH):
            rows = pa.table({"url": [one.document_url for one in batch], "text": [one.text for one in batch]})
            con.register("incoming", rows)
            taken.time("insert", con.execute, "INSERT INTO texts SELECT * FROM incoming")
    words = sum(len(text.text.split()) for text in texts.values())
    return {"articles": len(pages), "words": words, "stages": dict(taken.stages), "cpu": sum(taken.stages.values())}


def session() -> Any:
    """The network that the reader runs."""
    reader: Any = language()[0]
    return reader._model._session


def windows_of(article: Article) -> list[dict[str, Any]]:
    """The arrays that the network reads of an article."""
    from tasks.language.read import _frame
    from tasks.language.tagger.windows import Cutter, batch

    reader: Any = language()[0]
    frame = _frame(article)
    cutter = Cutter(frame.article.text, frame.words, reader._model.vocabulary)
    return [batch([window])._asdict() for window in cutter.windows(frame.blocks)]


def growth(folder: Path, number: int) -> Figures:
    """CPU seconds of an article, at the thousandth and at the last one, while extracted articles are appended as others up to `number`."""
    on_one_core()
    collect_less_often()
    extracted = extract_batch(articles(folder)[:BATCH])
    taken: list[float] = []
    with TemporaryDirectory() as home:
        warehouse = Warehouse(Home(Path(home)))
        for begin in range(0, number, BATCH):
            made = [copied(one, f"https://courier.example/{begin + n}", begin + n) for n, one in enumerate(extracted)]
            started = time.process_time()
            append(warehouse, f"load-{begin:08}", NOW, Batch(made))
            taken.append((time.process_time() - started) / len(extracted))
    at_first = 1_000 // BATCH
    tenth = max(1, len(taken) // 10)
    return {
        "articles": number,
        "first": median(taken[at_first // 2 : at_first * 3 // 2]),
        "last": median(taken[-tenth:]),
    }


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return sorted(values)[len(values) // 2]


def main() -> None:
    """Run one side."""
    side, folder = sys.argv[1], Path(sys.argv[2])
    if side == "growth":
        print(json.dumps(growth(folder, int(sys.argv[3]))))
        return
    if side == "texts":
        texts = [article.text for article in articles(folder)]
        Path(sys.argv[3]).write_text(json.dumps(texts), encoding="utf-8")
        print(json.dumps({"articles": len(texts)}))
        return
    print(json.dumps({"stages": stages, "one": one, "two": two, "floor": floor}[side](folder)))


if __name__ == "__main__":
    main()
