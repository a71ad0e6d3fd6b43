"""What small runs cost: one file into a new home, one question, and a look at 200 feeds that have nothing new. Prints JSON."""

import asyncio
import json
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import web

SEED = Path(__file__).parents[2] / "seeds/statement.txt"
FEEDS, ROUNDS = 200, 3
FEED = "<rss version='2.0'><channel><title>Post</title></channel></rss>"


def seconds(*arguments: str | Path, **environment: str) -> tuple[float, float]:
    """Seconds on the clock and of CPU of a command, the best of some rounds."""
    command = [sys.executable, "-m", "flows.cli.main", *map(str, arguments)]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=os.environ | environment)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best(rounds: list[tuple[float, float]]) -> tuple[float, float]:
    """The least of each."""
    return min(wall for wall, _ in rounds), min(cpu for _, cpu in rounds)


class Feeds:
    """A server on loopback with feeds that say «not modified» to whoever knows their tag."""

    def __init__(self) -> None:
        self.not_modified = 0
        self.port = 0
        self._ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._ready.wait()

    async def _serve(self) -> None:
        app = web.Application()
        app.router.add_get("/feed/{number}", self._feed)
        app.router.add_get("/robots.txt", self._robots)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        self._ready.set()
        await asyncio.Event().wait()

    async def _robots(self, _: web.Request) -> web.Response:
        return web.Response(text="User-agent: *\nAllow: /\n")

    async def _feed(self, request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            self.not_modified += 1
            return web.Response(status=304)
        return web.Response(text=FEED, content_type="application/rss+xml", headers={"ETag": '"1"'})


def ingest(folder: Path) -> float:
    """CPU seconds of a run in which all feeds have nothing new."""
    feeds = Feeds()
    listed = folder / "sources.toml"
    listed.write_text(
        "\n".join(f'[feed-{n}]\nkind = "feed"\nurl = "http://127.0.0.1:{feeds.port}/feed/{n}"\n' for n in range(FEEDS))
    )
    settings = {
        "DATELINE_HOME": str(folder / "home"),
        "DATELINE_SOURCES": str(listed),
        "DATELINE_ALLOW_PRIVATE": "127.0.0.0/8",
        "DATELINE_HOST_DELAY_SECONDS": "0",
        "DATELINE_HOST_CONCURRENCY": "8",
    }
    named = [part for n in range(FEEDS) for part in ("--source", f"feed-{n}")]
    seconds("ingest", **settings)
    taken = [seconds("ingest", *named, **settings)[1] for _ in range(ROUNDS)]
    if feeds.not_modified != FEEDS * ROUNDS:
        raise SystemExit(f"{feeds.not_modified} answers were «not modified»")
    return min(taken)


def main() -> None:
    """All of them."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        loads = [seconds("load", SEED, "--home", folder / f"home-{n}") for n in range(ROUNDS)]
        asked = [seconds("sql", "SELECT count(*) FROM quotes", "--home", folder / "home-0") for _ in range(ROUNDS)]
        (load_wall, load_cpu), (sql_wall, sql_cpu) = best(loads), best(asked)
        found = {"load_wall": load_wall, "load_cpu": load_cpu, "sql_wall": sql_wall, "sql_cpu": sql_cpu}
        print(json.dumps(found | {"ingest_cpu": ingest(folder)}))


if __name__ == "__main__":
    main()
