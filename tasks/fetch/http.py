"""Scheme `http`: the web."""

from datetime import datetime
from typing import Final

from storage.records import Candidate, Document, Ending
from tasks.poll.retry import try_again_at
from tasks.web.answers import Ask, Page, Refusal
from tasks.web.client import WebClient

# A teaser is shorter: then the page is tried again.
MIN_FEED_WORDS: Final = 100


async def fetch(candidate: Candidate, now: datetime, web: WebClient) -> Document | Ending:
    """Get a page from the web; what may work another time ends with the time of the next try."""
    answer = await web.get(Ask(candidate.url))
    if isinstance(answer, Page):
        return Document(
            candidate=candidate,
            url=answer.url,
            body=answer.body,
            media_type=answer.media_type or "text/html",
            charset=answer.charset,
            fetched_at=now,
            http_status=answer.status,
            milliseconds=answer.milliseconds,
            request_headers=answer.sent,
            response_headers=answer.headers,
        )
    # Nothing conditional was asked for, so there is no «not modified».
    refusal = answer if isinstance(answer, Refusal) else Refusal("http_error", "HTTP 304 without a condition", 304)
    if document := _from_feed(candidate, refusal, now):
        return document
    final = refusal.status == "robots_denied" and refusal.retry_at is None
    return Ending(
        candidate=candidate,
        status=refusal.status,
        stage="fetch",
        detail=refusal.detail,
        http_status=refusal.http_status,
        robots_rule=refusal.robots_rule,
        retry_at=None if final else try_again_at(refusal.outcome, candidate.attempt, now, refusal.retry_at),
    )


def _from_feed(candidate: Candidate, refusal: Refusal, now: datetime) -> Document | None:
    """What the feed has of a page that can't be had; not of one that its publisher keeps from programs."""
    content = candidate.entry.content if candidate.entry else None
    if not content or refusal.status == "robots_denied" or len(content.split()) < MIN_FEED_WORDS:
        return None
    return Document(
        candidate=candidate,
        url=candidate.url,
        body=content.encode("utf-8", "replace"),
        media_type="text/html",
        charset="utf-8",
        fetched_at=now,
        from_feed=True,
    )
