"""An Internet on loopback: one real HTTP server for many host names, which answers as the tests say and writes down what it sees."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from aiohttp import web

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Seen(NamedTuple):
    """One request as the server saw it."""

    at: float
    host: str
    path: str
    headers: dict[str, str]


@dataclass
class Internet:
    """Sites by host name; `pages[host][path]` is a body, or a function that answers. All names lead to this server."""

    pages: dict[str, dict[str, "bytes | Respond"]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    port: int = 0

    def url(self, host: str, path: str = "/") -> str:
        """Address of a page."""
        return f"http://{host}:{self.port}{path}"

    def put(self, host: str, path: str, page: "bytes | str | Respond") -> str:
        """Publish a page and give its address."""
        self.pages.setdefault(host, {})[path] = page.encode() if isinstance(page, str) else page
        return self.url(host, path)

    async def look_up(self, host: str) -> Sequence[str]:
        """The resolver of this Internet: every name that has a site is this machine; numbers are themselves."""
        if host in self.pages or host == "localhost":
            return ("127.0.0.1",)
        if host.replace(".", "").isdigit() or ":" in host:
            return (host,)
        raise OSError(f"no such host: {host}")

    def paths(self, host: str) -> list[str]:
        """What was asked of a host, well-known files aside."""
        return [
            s.path for s in self.seen if s.host == host and s.path not in {"/robots.txt", "/.well-known/tdmrep.json"}
        ]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        host = request.host.rsplit(":", 1)[0]
        self.seen.append(Seen(time.monotonic(), host, request.path_qs, dict(request.headers)))
        site = self.pages.get(host, {})
        page = site.get(request.path_qs, site.get(request.path))
        if page is None:
            return web.Response(status=404, text="not here")
        if isinstance(page, bytes):
            kind = "text/plain" if request.path.endswith(".txt") else "text/html"
            return web.Response(body=page, content_type=kind, charset="utf-8")
        return await page(request)


def start(internet: Internet, host: str = "0.0.0.0") -> Callable[[], None]:
    """Serve in a thread; gives what stops it."""
    ready, loop, ended = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    async def serve() -> None:
        runner = web.ServerRunner(web.Server(internet.answer), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, host, 0, backlog=1024).start()
        internet.port = runner.addresses[0][1]
        ready.set()
        await ended.wait()
        await runner.cleanup()

    def run() -> None:
        loop.run_until_complete(serve())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(10)

    def stop() -> None:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)

    return stop


def html(title: str, *paragraphs: str, head: str = "") -> str:
    """A page that states that it is an article."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title><meta property='og:type' content='article'>{head}</head>"
        f"<body><main><article><h1>{title}</h1>{body}</article></main></body></html>"
    )


def redirect(to: str, status: int = 302) -> Respond:
    """A page that has moved."""

    async def respond(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": to})

    return respond


def status(code: int, body: bytes = b"", **headers: str) -> Respond:
    """A page that answers with a status and headers (underscores for hyphens)."""

    async def respond(_: web.Request) -> web.StreamResponse:
        return web.Response(status=code, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return respond
