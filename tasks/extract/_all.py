"""Extract over a batch: the model reads the batch once, then each extractor goes through each reading."""

import logging
from collections.abc import Sequence

from storage.records import Article, Extraction
from tasks.extract._run import extract
from tasks.extract.contract import Extractor
from tasks.language.contract import Reader

logger = logging.getLogger(__name__)


def extract_all(articles: Sequence[Article], reader: Reader, extractors: Sequence[Extractor]) -> tuple[Extraction, ...]:
    """Everything found in a batch. An extractor's fault is logged, noted with its article, and costs only its rows."""
    extractions = []
    for reading in reader.read(articles):
        extraction, errors = extract(reading, extractors)
        for error in errors:
            logger.error("%s", error, exc_info=error.__cause__)
        extractions.append(extraction)
    return tuple(extractions)
