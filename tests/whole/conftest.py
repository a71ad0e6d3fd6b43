"""A newspaper and the desk that follows it."""

from pathlib import Path

import pytest
from articles import NOW
from desk import Desk
from internet import Internet
from news_sites import Publisher


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


@pytest.fixture
def post(internet: Internet, desk: Desk) -> Publisher:
    publisher = Publisher(internet, "127.0.1.1", now=NOW)
    publisher.publish("crane", "A crane fell into the harbour on Monday.")
    desk.follow(publisher.feed_url)
    return publisher
