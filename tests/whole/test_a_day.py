"""A day in the life: two hundred feeds with news, edits, outages, moves and duplicates. What is in the warehouse in the end is what
the publishers published, each version once."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from articles import NOW
from desk import Desk
from internet import Internet, Respond, redirect, status
from news_sites import Publisher

pytestmark = pytest.mark.slow

HOSTS, FEEDS_A_HOST = 40, 5
STEP, STEPS = timedelta(minutes=30), 48
# After the last news, the slowest feeds are looked at, and the last tries made.
AFTERMATH, PAUSES = timedelta(hours=4), 14
NEWS_A_STEP, EDITS_A_STEP = 8, 3
WORDS = "harbour crane bridge council budget water strike court school storm election tariff".split()


@dataclass
class Newsroom:
    """All publishers; `published` is what a complete warehouse holds: the words of each version by address."""

    internet: Internet
    random_: random.Random
    publishers: list[Publisher] = field(default_factory=list)
    published: dict[str, list[str]] = field(default_factory=dict)
    down: dict[str, dict[str, bytes | Respond]] = field(default_factory=dict)

    def open(self) -> None:
        """Each host has feeds of its own sections; each feed begins with one article."""
        for number in range(HOSTS):
            for section in range(FEEDS_A_HOST):
                host = f"127.2.{number}.1"
                self.publishers.append(Publisher(self.internet, host, f"/{section}/feed", now=NOW))
                self.report(self.publishers[-1])

    def report(self, publisher: Publisher) -> None:
        """A new article."""
        slug = f"{publisher.feed_path.split('/')[1]}-{self.random_.choice(WORDS)}-{len(self.published)}"
        words = f"The {slug.replace('-', ' ')} was in the news at {publisher.host} on Monday."
        self.published[publisher.publish(slug, words)] = [words]

    def edit(self, publisher: Publisher) -> None:
        """A correction of an article that has had a reader, and had no correction yet."""
        read = set(self.internet.paths(publisher.host))
        for slug in list(publisher.items):
            versions = self.published[self.internet.url(publisher.host, f"/{slug}")]
            if f"/{slug}" in read and len(versions) == 1:
                versions.append(versions[0].replace("Monday", "Tuesday"))
                publisher.publish(slug, versions[-1])
                return

    def move(self, publisher: Publisher) -> None:
        """The feed moves for good; the old address says where to."""
        old, publisher.feed_path = publisher.feed_path, f"{publisher.feed_path}.xml"
        self.internet.put(publisher.host, publisher.feed_path, publisher.feed())
        self.internet.put(publisher.host, old, redirect(publisher.feed_path, 301))

    def duplicate(self, publisher: Publisher) -> None:
        """The feed lists its articles under addresses with tracking parameters."""
        self.internet.put(publisher.host, publisher.feed_path, publisher.feed("/{slug}?utm_source=rss&utm_medium=feed"))

    def fail(self, host: str) -> None:
        """An outage: the whole site answers 503."""
        self.down[host] = self.internet.pages[host]
        self.internet.pages[host] = dict.fromkeys(self.down[host], status(503, Retry_After="900"))
        self.internet.pages[host]["/robots.txt"] = status(503)

    def recover(self) -> None:
        """All outages end."""
        for host, pages in self.down.items():
            self.internet.pages[host] = pages
        self.down.clear()

    def up(self) -> list[Publisher]:
        """Publishers whose site works."""
        return [publisher for publisher in self.publishers if publisher.host not in self.down]

    def half_an_hour(self, number: int) -> None:
        """What happens between two runs."""
        for publisher in self.random_.sample(self.up(), NEWS_A_STEP):
            publisher.now = NOW + number * STEP
            self.report(publisher)
        for publisher in self.random_.sample(self.up(), EDITS_A_STEP):
            self.edit(publisher)
        self.duplicate(self.random_.choice(self.up()))
        if number % 6 == 2:
            self.move(self.random_.choice(self.up()))
        if number % 5 == 4:
            self.recover()
            for publisher in self.random_.sample(self.publishers, 2):
                if publisher.host not in self.down:
                    self.fail(publisher.host)


def test_a_day_of_two_hundred_feeds_is_in_the_warehouse_exactly_once(internet: Internet, tmp_path: Path) -> None:
    desk, newsroom = Desk(tmp_path / "home"), Newsroom(internet, random.Random(5))
    newsroom.open()
    for publisher in newsroom.publishers:
        desk.follow(publisher.feed_url)
    for number in range(STEPS):
        desk.ingest(STEP)
        newsroom.half_an_hour(number)
    newsroom.recover()
    for _ in range(PAUSES):
        desk.ingest(AFTERMATH)

    stored = desk.sql(
        "SELECT canonical_url, text FROM article_versions JOIN articles USING (article_id) ORDER BY version_no"
    )
    versions = Counter(url for url, _ in stored)
    assert versions == Counter({url: len(texts) for url, texts in newsroom.published.items()})
    for url, texts in newsroom.published.items():
        said = [text for address, text in stored if address == url]
        assert all(words in text for words, text in zip(texts, said, strict=True)), url
    assert desk.sql("SELECT count(*) FROM article_versions") == desk.sql(
        "SELECT count(DISTINCT (article_id, content_sha256)) FROM article_versions"
    )
