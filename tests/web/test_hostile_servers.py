"""Servers that want to cost us time or memory: each costs its limit, and ends as a status."""

import asyncio
import gzip
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime

import brotli
import pytest
from backports import zstd
from internet import Internet, status

from tasks.web.answers import Answer, Ask, Refusal
from tasks.web.client import WebClient
from tasks.web.limits import MIB, WebLimits

Browse = Callable[..., WebClient]
SITE = "127.0.3.1"
ZEROS = bytes(256 * MIB)


def refused(answer: Answer) -> Refusal:
    assert isinstance(answer, Refusal), answer
    return answer


def ask(client: WebClient, url: str) -> Refusal:
    return refused(client.run(client.get(Ask(url))))


def _brotli(data: bytes) -> bytes:
    return brotli.compress(data, quality=1)


def _twice(data: bytes) -> bytes:
    return gzip.compress(gzip.compress(data, 1))


@pytest.mark.parametrize(
    ("encoding", "compress"),
    [("br", _brotli), ("zstd", zstd.compress), ("gzip, gzip", _twice), ("gzip", gzip.compress)],
)
def test_a_bomb_is_left_before_it_fills_the_memory(
    internet: Internet, browse: Browse, encoding: str, compress: Callable[[bytes], bytes]
) -> None:
    url = internet.put(SITE, "/bomb", status(200, compress(ZEROS), Content_Encoding=encoding))
    client = browse()
    tracemalloc.start()
    try:
        found = ask(client, url)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.status == "too_large"
    # The limit for a body is 15 MiB; pieces of it and a copy are on top.
    assert peak < 64 * MIB


def test_six_layers_of_compression_are_not_taken_off(internet: Internet, browse: Browse) -> None:
    url = internet.put(SITE, "/layers", status(200, b"x", Content_Encoding=", ".join(["gzip"] * 6)))
    assert ask(browse(), url).status == "http_error"


@pytest.mark.parametrize("body", [b"no gzip at all", gzip.compress(b"x" * 1000, mtime=0)[:20]])
def test_a_body_that_is_not_encoded_as_stated_does_not_break_the_run(
    internet: Internet, browse: Browse, body: bytes
) -> None:
    client = browse()
    answer = client.run(client.get(Ask(internet.put(SITE, "/a", status(200, body, Content_Encoding="gzip")))))
    assert isinstance(answer, Refusal) is body.startswith(b"no gzip")


@contextmanager
def raw_server(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that speaks no HTTP of its own accord: `serve` gets each connection; gives the port."""
    listening, ended = socket.create_server((SITE, 0)), threading.Event()

    def accept() -> None:
        while not ended.is_set():
            with suppress(OSError):
                connection, _ = listening.accept()
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            asked = connection.recv(65536)
            if b"/robots.txt" in asked:
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                serve(connection)

    threading.Thread(target=accept, daemon=True).start()
    yield listening.getsockname()[1]
    ended.set()
    listening.close()


def test_headers_that_drip_in_cost_the_total_time(browse: Browse) -> None:
    def drip(connection: socket.socket) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"z" * 1000:
            connection.sendall(bytes([letter]))
            time.sleep(0.05)

    with raw_server(drip) as port:
        started = time.monotonic()
        assert ask(browse(total=0.6, idle=5.0), f"http://{SITE}:{port}/a").status == "timeout"
        assert time.monotonic() - started < 3


@pytest.mark.parametrize("line", [b"X-%d: y\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: <%d>\r\n\r\n"])
def test_headers_without_end_are_left(browse: Browse, line: bytes) -> None:
    def flood(connection: socket.socket) -> None:
        if not line.startswith(b"HTTP"):
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(10_000_000):
            connection.sendall(b"".join(line % (number + n) for n in range(100)))

    with raw_server(flood) as port:
        started = time.monotonic()
        assert ask(browse(total=1.0), f"http://{SITE}:{port}/a").status in {"http_error", "timeout"}
        assert time.monotonic() - started < 5


def test_a_server_that_speaks_no_http_is_an_error(browse: Browse) -> None:
    with raw_server(lambda connection: connection.sendall(b"220 mail.example ESMTP\r\n")) as port:
        assert ask(browse(), f"http://{SITE}:{port}/a").status == "http_error"


def test_a_server_that_takes_no_connection_costs_the_time_to_connect() -> None:
    with ExitStack() as stack:
        full = stack.enter_context(socket.create_server((SITE, 0), backlog=0))
        # The queue of one that nobody takes from.
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        limits = WebLimits(host_delay=0, allowed=("127.0.0.0/8",), connect=0.3, total=20.0)
        client = WebClient(limits, lambda: datetime.now(UTC))
        started = time.monotonic()
        found = ask(client, f"http://{SITE}:{full.getsockname()[1]}/a")
        client.close()
        assert (found.status, found.outcome) == ("timeout", "temporary")
        assert time.monotonic() - started < 5


def test_others_are_served_while_one_drips(internet: Internet, browse: Browse) -> None:
    def drip(connection: socket.socket) -> None:
        for _ in range(100):
            connection.sendall(b"H")
            time.sleep(0.05)

    async def both(client: WebClient, slow: str, quick: str) -> tuple[Answer, float]:
        started = time.monotonic()
        waiting = asyncio.create_task(client.get(Ask(slow)))
        await client.get(Ask(quick))
        took = time.monotonic() - started
        return await waiting, took

    with raw_server(drip) as port:
        client = browse(total=1.0)
        quick = internet.put("127.0.3.2", "/a", "x")
        answer, took = client.run(both(client, f"http://{SITE}:{port}/a", quick))
    assert refused(answer).status == "timeout"
    assert took < 0.9
