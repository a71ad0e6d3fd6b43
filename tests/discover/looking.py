"""Looking at sources in tests: one of each, and what a look gave."""

from collections.abc import Callable
from importlib import import_module

from storage.records import Candidate, Source
from storage.web_records import Poll
from tasks.discover.contract import Discover, Discovered, Reach
from tasks.web.client import WebClient
from tasks.workers import Workers

Browse = Callable[..., WebClient]
HOST = "post.example"
FEED_URL = "http://post.example/feed"


def source(url: str = FEED_URL, kind: str = "feed") -> Source:
    return Source(source_id="post", name="Post", kind=kind, url=url)


def look(kind: str, url: str, client: WebClient, workers: Workers, last: Poll | None = None) -> Discovered:
    discover: Discover = import_module(f"tasks.discover.{kind}").discover
    return client.run(discover(source(url, kind), last, Reach(client, workers)))  # type: ignore[arg-type]


def urls(found: Discovered) -> list[str]:
    return [candidate.url for candidate in found.candidates]


def only(found: Discovered) -> Candidate:
    (candidate,) = found.candidates
    return candidate


RSS = """<rss version="2.0"><channel><title>Post</title><link>http://post.example/</link>
<item><title>Crane &amp; bridge</title><link>/crane</link><pubDate>Mon, 12 Oct 2026 07:00:00 +0200</pubDate>
<author>desk@post.org (Mina Ek)</author><description>It fell.</description>
<enclosure url="http://post.example/crane.mp3" type="audio/mpeg" length="1"/></item></channel></rss>"""
