"""Publishers on loopback: feeds and articles that tests publish, change and take down."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from internet import Internet, html


@dataclass
class Publisher:
    """A site with a feed; what it publishes is what a warehouse must hold in the end."""

    internet: Internet
    host: str
    feed_path: str = "/feed"
    items: dict[str, tuple[str, str, datetime]] = field(default_factory=dict)
    listed: int = 30
    now: datetime = datetime(2026, 10, 15, tzinfo=UTC)

    @property
    def feed_url(self) -> str:
        """Address of the feed."""
        return self.internet.url(self.host, self.feed_path)

    def publish(self, slug: str, words: str, at: datetime | None = None) -> str:
        """Publish an article, or change it, and list it in the feed; gives its address."""
        at = at or self.now
        first = self.items.pop(slug, ("", "", at))[2]
        title = f"{self.host}: {slug}"
        self.items[slug] = (title, words, at)
        own = f'<link rel="canonical" href="{self.internet.url(self.host, f"/{slug}")}">'
        dated = f'<meta property="article:published_time" content="{first.isoformat()}">'
        page = html(title, f"{words} " * 12, f"This report on {slug} was written at {self.host}.", head=own + dated)
        url = self.internet.put(self.host, f"/{slug}", page)
        self.internet.put(self.host, self.feed_path, self.feed())
        return url

    def feed(self, link: str = "/{slug}") -> str:
        """The feed as it is now, newest first."""
        items = "".join(
            f"<item><title>{escape(title)}</title><link>{escape(link.format(slug=slug))}</link><guid>{slug}</guid>"
            f"<pubDate>{format_datetime(at)}</pubDate><description>{escape(words)}</description></item>"
            for slug, (title, words, at) in list(reversed(self.items.items()))[: self.listed]
        )
        return f"<rss version='2.0'><channel><title>{self.host}</title>{items}</channel></rss>"
