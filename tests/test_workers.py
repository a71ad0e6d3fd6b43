"""Parsing under a hard time limit: what hangs, dies or raises costs only itself."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from tasks.workers import WorkError, Workers, WorkTimeoutError


@pytest.fixture
def workers() -> Iterator[Workers]:
    some = Workers(2, 1.0)
    yield some
    some.close()


def test_results_come_in_order(workers: Workers) -> None:
    assert list(workers.map(str.upper, "dateline")) == list("DATELINE")


def test_work_that_hangs_is_killed_and_the_next_is_done(workers: Workers) -> None:
    started = time.monotonic()
    outcomes = list(workers.map(time.sleep, [0, 60, 0]))
    assert [type(outcome) for outcome in outcomes] == [type(None), WorkTimeoutError, type(None)]
    assert time.monotonic() - started < 20


def test_work_that_kills_its_process_is_an_error_and_the_next_is_done(workers: Workers) -> None:
    with pytest.raises(WorkError, match="died"):
        workers.call(os.abort)
    assert workers.call(len, "abc") == 3


def test_what_work_raises_is_an_error_with_its_words(workers: Workers) -> None:
    with pytest.raises(WorkError, match="ZeroDivisionError: "):
        workers.call(divmod, 1, 0)


def test_ctrl_c_leaves_a_process_alone_from_its_first_moment_on(workers: Workers) -> None:
    before = set(psutil.Process().children())
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(workers.call, len, "abc")
        while not (started := set(psutil.Process().children()) - before):
            time.sleep(0.001)
        for process in started:
            process.send_signal(signal.SIGINT)
        assert answer.result() == 3


def test_memory_is_bounded(workers: Workers) -> None:
    with pytest.raises(WorkError, match="MemoryError"):
        workers.call(bytearray, 6 * 1024**3)


def test_no_process_is_left_when_it_is_closed() -> None:
    some = Workers(1, 5.0)
    number = some.call(os.getpid)
    some.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
