"""Extractors that die, for the tests of runners; worker processes import them by name."""

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from storage.records import Article, Extraction


def extract(articles: Sequence[Article]) -> Sequence[Extraction]:
    """Articles without findings, but: «poison» kills the process always, «once PATH» the first time, «sleep SECONDS» takes that long."""
    for article in articles:
        word, _, rest = article.text.partition(" ")
        if word == "poison" or (word == "once" and not Path(rest).exists()):
            Path(rest or os.devnull).touch()
            os.abort()
        if word == "sleep":
            time.sleep(float(rest))
    return [Extraction(article=article, findings=()) for article in articles]


def sign(articles: Sequence[Article]) -> Sequence[Extraction]:
    """Articles without findings that say in which process they were."""
    time.sleep(0.05)
    reasons = (("extraction", f"process {os.getpid()}"),)
    return [Extraction(article=replace(article, reasons=reasons), findings=()) for article in articles]
