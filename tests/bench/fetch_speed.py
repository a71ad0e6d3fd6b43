"""Speed, memory and manners of the fetcher on 10,000 feeds of 500 hosts, beside a bare loop of the same client, in one run.

    make bench-fetch

A server in a process of its own answers for 500 addresses of 127.0.0.0/8, 20 feeds each: half of them 304, one in twenty after a
second, one in twenty with 500. The bare loop asks for the same URLs with the same client and nothing else; the polite side checks
robots.txt, waits for its turn with each host, and keeps its log. All sides collect garbage as a run does. How close two requests to one host came is read from the server.
"""

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

HOSTS, FEEDS_A_HOST, SPACING, AT_ONCE = 500, 20, 0.2, 128
# The plain client is faster with fewer connections, as it looks through all of them at each request.
BARE_AT_ONCE = 64
SLOW_SECONDS = 1.0
ITEMS = 10
ETAG = '"1"'


def hosts() -> list[str]:
    """Addresses of our own, one a host."""
    return [f"127.1.{number // 250}.{number % 250 + 1}" for number in range(HOSTS)]


def urls(port: int) -> list[str]:
    """All feeds, as a list of sources would have them: host by host."""
    return [f"http://{host}:{port}/feed/{number}" for host in hosts() for number in range(FEEDS_A_HOST)]


def serve(log: Path) -> None:
    """Child: the server; writes when it was asked for what, and how many requests a host had at one time, when it is told to stop."""
    from aiohttp import web

    seen: list[tuple[float, str, str]] = []
    busy: Counter[str] = Counter()
    most: Counter[str] = Counter()

    async def answer(request: web.Request) -> web.StreamResponse:
        host = request.host.partition(":")[0]
        seen.append((time.monotonic(), host, request.path))
        busy[host] += 1
        most[host] = max(most[host], busy[host])
        try:
            return await respond(request)
        finally:
            busy[host] -= 1

    async def respond(request: web.Request) -> web.StreamResponse:
        if request.path == "/robots.txt":
            return web.Response(text="User-agent: *\nDisallow: /private\n")
        if not request.path.startswith("/feed/"):
            return web.Response(status=404)
        number = int(request.path.rpartition("/")[2])
        if number == 3:
            await asyncio.sleep(SLOW_SECONDS)
        if number == 7:
            return web.Response(status=500)
        if request.headers.get("If-None-Match") == ETAG:
            return web.Response(status=304, headers={"ETag": ETAG})
        return web.Response(text=feed(request.host, number), content_type="application/rss+xml", headers={"ETag": ETAG})

    async def run() -> None:
        runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "0.0.0.0", 0, backlog=4096).start()
        print(runner.addresses[0][1], flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        await runner.cleanup()

    asyncio.run(run())
    log.write_text(json.dumps({"seen": seen, "most_at_once": max(most.values(), default=0)}))


def feed(host: str, number: int) -> str:
    """A feed of a few items."""
    items = "".join(
        f"<item><title>Report {number}-{n} from {host}</title><link>/story/{number}/{n}</link><guid>{number}-{n}</guid>"
        f"<description>{'Words on what happened. ' * 10}</description></item>"
        for n in range(ITEMS)
    )
    return f"<rss version='2.0'><channel><title>{host} {number}</title>{items}</channel></rss>"


def condition(number: int) -> str | None:
    """Half of all feeds were read before."""
    return ETAG if number % 2 else None


async def bare(port: int) -> Counter[str]:
    """A plain client over the same URLs, with nothing that polite fetching needs."""
    import httpx2

    limits = httpx2.Limits(max_connections=BARE_AT_ONCE, max_keepalive_connections=BARE_AT_ONCE)
    http = httpx2.AsyncClient(http2=True, limits=limits, timeout=30)
    free, outcomes = asyncio.Semaphore(BARE_AT_ONCE), Counter[str]()

    async def get(number: int, url: str) -> None:
        etag = condition(number)
        async with free:
            response = await http.get(url, headers={"If-None-Match": etag} if etag else {})
            outcomes[str(response.status_code)] += 1

    await asyncio.gather(*(get(number, url) for number, url in enumerate(urls(port))))
    await http.aclose()
    return outcomes


async def polite(port: int) -> Counter[str]:
    """The fetcher as a run uses it."""
    from datetime import UTC, datetime

    from tasks.web.answers import Ask, Refusal
    from tasks.web.client import WebClient
    from tasks.web.limits import WebLimits

    limits = WebLimits(allowed=("127.0.0.0/8",), host_delay=SPACING, host_jitter=0, concurrency=AT_ONCE)
    web, outcomes = WebClient(limits, lambda: datetime.now(UTC)), Counter[str]()

    async def get(number: int, url: str) -> None:
        answer = await web.get(Ask(url, condition(number)))
        status = answer.http_status if isinstance(answer, Refusal) else getattr(answer, "status", 304)
        outcomes[str(status)] += 1

    await asyncio.gather(*(get(number, url) for number, url in enumerate(urls(port))))
    return outcomes


def whole(port: int) -> Counter[str]:
    """The step `discover` of a run: fetched, parsed in worker processes, with the time of the next look."""
    from datetime import UTC, datetime

    from storage.records import Source
    from storage.web_records import Poll
    from tasks.discover._all import Memory, discover_all
    from tasks.discover.contract import Reach
    from tasks.steps import SOURCES_AT_ONCE, batches, by_turns
    from tasks.web.client import WebClient
    from tasks.web.limits import WebLimits
    from tasks.workers import Workers

    limits = WebLimits(allowed=("127.0.0.0/8",), host_delay=SPACING, host_jitter=0, concurrency=AT_ONCE)
    now = datetime.now(UTC)
    reach = Reach(WebClient(limits, lambda: datetime.now(UTC)), Workers(2, 30.0))
    feeds = [Source(source_id=f"s{n}", name="", kind="feed", url=url) for n, url in enumerate(urls(port))]
    polls = {
        feed.source_id or "": Poll(
            source_id=feed.source_id or "", configured_url=feed.url, url=feed.url, polled_at=now, outcome="read",
            etag=condition(n), body_sha256="known", next_poll_at=now,
        )
        for n, feed in enumerate(feeds)
    }  # fmt: skip
    outcomes, candidates = Counter[str](), 0
    for group in batches(by_turns(feeds), SOURCES_AT_ONCE):
        found = discover_all(reach, Memory(polls, lambda _: {}, lambda ids, at: ()), group, now)
        outcomes.update(poll.outcome for poll in found.polls)
        candidates += len(found.candidates)
    return outcomes + Counter(candidates=candidates)


def side(name: str, port: int) -> None:
    """Child: one side; prints seconds, outcomes and peak memory."""
    from tasks.garbage import collect_less_often

    collect_less_often()
    started, cpu = time.perf_counter(), time.process_time()
    outcomes = whole(port) if name == "whole" else asyncio.run({"bare": bare, "polite": polite}[name](port))
    result = {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "outcomes": outcomes,
    }
    print(json.dumps(result))


def measured(name: str) -> tuple[dict[str, float], dict[str, object]]:
    """One side against a fresh server; gives what it measured and what the server saw."""
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log.json"
        command = [sys.executable, __file__]
        server = subprocess.Popen(
            [*command, "serve", str(log)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert server.stdin
        assert server.stdout
        port = server.stdout.readline().strip()
        done = subprocess.run([*command, name, port], check=True, capture_output=True, text=True)
        server.communicate("\n")
        return json.loads(done.stdout.strip().splitlines()[-1]), json.loads(log.read_text())


def closest(seen: list[tuple[float, str, str]]) -> float:
    """The shortest time between two requests to one host, in seconds."""
    times: defaultdict[str, list[float]] = defaultdict(list)
    for at, host, _ in seen:
        times[host].append(at)
    return min(later - earlier for asked in times.values() for earlier, later in pairwise(sorted(asked)))


def main() -> None:
    """Bare and polite in turn, twice, the better round of each counts; then once the whole step of a run."""
    rounds = [(measured("bare"), measured("polite")) for _ in range(2)]
    total = HOSTS * FEEDS_A_HOST
    best = [min((pair[n] for pair in rounds), key=lambda found: found[0]["seconds"]) for n in (0, 1)]
    print(f"{total} feeds on {HOSTS} hosts, half 304, 5 % slow ({SLOW_SECONDS:g} s), 5 % failing; best of two rounds")
    for name, (result, log) in zip(("bare", "polite", "whole"), (*best, measured("whole")), strict=True):
        asked: list[tuple[float, str, str]] = log["seen"]  # type: ignore[assignment]
        print(
            f"{name:>7}: {total / result['seconds']:>5.0f} feeds/s, {result['seconds']:.1f} s, CPU {result['cpu']:.1f} s, "
            f"peak {result['peak_mb']:.0f} MB, {len(asked)} requests, {result['outcomes']}"
        )
        if name != "bare":
            gap = f"never closer than {closest(asked):.3f} s (set: {SPACING} s)"
            print(f"         at most {log['most_at_once']} request at a time to a host, {gap}")
    print(f"  ratio: {best[0][0]['seconds'] / best[1][0]['seconds']:.2f} of the bare loop")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    elif sys.argv[1] == "serve":
        serve(Path(sys.argv[2]))
    else:
        side(sys.argv[1], int(sys.argv[2]))
