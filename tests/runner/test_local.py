"""Extraction in this process and in others: in order, shared, and nothing lost when one dies."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import dying
import pytest
from articles import article_of

from flows.local_runner import ClosedError, local_runner
from storage.records import Article, Extraction

WAIT = 60.0


def extract_all_at_once(
    extract: Callable[[Sequence[Article]], Sequence[Extraction]], texts: Sequence[Sequence[str]]
) -> list[list[Extraction]]:
    """Batches from threads of their own, results in order."""
    results: list[list[Extraction]] = [[] for _ in texts]

    def one(number: int) -> None:
        results[number] = list(extract([article_of(text) for text in texts[number]]))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
        # The first one takes this process, the others find it busy.
        time.sleep(0.1)
    for thread in threads:
        thread.join(WAIT)
    return results


@pytest.fixture
def _workers_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


@pytest.mark.usefixtures("_workers_find_the_tests")
def test_a_batch_whose_process_dies_is_extracted_again_and_what_kills_it_costs_only_its_rows(tmp_path: Path) -> None:
    runner = local_runner(dying.extract, 2)
    batch = ["fine", f"once {tmp_path / 'mark'}", "poison", "well"]
    _, found = extract_all_at_once(runner.extract, [["sleep 1"], batch])
    runner.close()
    assert [extraction.article.text for extraction in found] == batch
    reasons = [dict(extraction.article.reasons).get("extraction", "") for extraction in found]
    assert [bool(reason) for reason in reasons] == [False, False, True, False]
    assert "the process died of it" in reasons[2]


@pytest.mark.usefixtures("_workers_find_the_tests")
def test_a_runner_that_is_closed_stops_in_the_middle() -> None:
    runner = local_runner(dying.extract, 2)
    failed: list[type[BaseException]] = []

    def extract(*texts: str) -> None:
        try:
            runner.extract([article_of(text) for text in texts])
        except ClosedError as error:
            failed.append(type(error))

    here = threading.Thread(target=extract, args=["sleep 0.5"] * 60)
    elsewhere = threading.Thread(target=extract, args=["sleep 600"])
    started = time.monotonic()
    for thread in (here, elsewhere):
        thread.start()
        time.sleep(0.2)
    time.sleep(1.0)
    runner.close()
    for thread in (here, elsewhere):
        thread.join(WAIT)
    assert failed == [ClosedError, ClosedError]
    assert time.monotonic() - started < 25


@pytest.mark.usefixtures("_workers_find_the_tests")
def test_a_batch_of_much_text_is_shared_by_the_processes_and_comes_back_in_order() -> None:
    runner = local_runner(dying.sign, 2)
    texts = [f"{number} " + "word " * 4_000 for number in range(40)]
    found = runner.extract([article_of(text) for text in texts])
    runner.close()
    assert [one.article.text for one in found] == texts
    assert len({dict(one.article.reasons)["extraction"] for one in found}) == 2


def test_little_work_starts_no_other_process(tmp_path: Path) -> None:
    runner = local_runner(
        lambda articles: [
            Extraction(
                article=a,
                findings=(),
            )
            for a in articles
            if os.getpid() == own
        ],
        8,
    )
    own = os.getpid()
    assert len(runner.extract([article_of("A"), article_of("B")])) == 2
    assert not runner.extract([])
    runner.close()
