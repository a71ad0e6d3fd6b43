"""Scheme `http`: the web."""

from datetime import datetime

from storage.records import Candidate, Document, Ending
from tasks.web.client import Page, WebClient


def fetch(candidate: Candidate, now: datetime, web: WebClient) -> Document | Ending:
    """Get a page from the web."""
    answer = web.get(candidate.url)
    if isinstance(answer, Page):
        return Document(
            candidate=candidate,
            url=answer.url,
            body=answer.body,
            media_type=answer.media_type,
            charset=answer.charset,
            fetched_at=now,
            http_status=answer.status,
            milliseconds=answer.milliseconds,
        )
    return Ending(
        candidate=candidate,
        status=answer.status,
        stage="fetch",
        detail=answer.detail,
        http_status=answer.http_status,
        robots_rule=answer.robots_rule,
    )
