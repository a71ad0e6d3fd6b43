"""Articles made from words, and where the seeds are."""

from datetime import UTC, datetime
from pathlib import Path

from storage.records import Article, Candidate

NOW = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
SEEDS = Path(__file__).parents[1] / "seeds"
USER_SEED = SEEDS / "000_f3864c178bfaef39.txt"


def article_of(text: str, *, url: str = "file:///news/a.txt", **changes: object) -> Article:
    """An English article with this text."""
    values: dict[str, object] = {
        "candidate": Candidate(url=url),
        "document_url": url,
        "text": text,
        "raw_sha256": "0" * 64,
        "archive_key": "0" * 64,
        "cleaner": "test",
        "cleaner_version": "1",
        "seen_at": NOW,
        "language": "en",
    }
    return Article(**(values | changes))  # type: ignore[arg-type]
