"""One HTTP request and its answer, bounded in time and size."""

import asyncio
import time
from datetime import datetime
from typing import Final, NamedTuple

import httpx2

from tasks.web.answers import Answer, Ask, NotModified, Page, Refusal
from tasks.web.caching import fresh_until, retry_at
from tasks.web.limits import MIB, WebLimits

PERMANENT: Final = frozenset({301, 308})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
DRAINED_BYTES: Final = 65_536
OVERLOADED: Final = frozenset({429, 503})
# Media types that hold no article and no feed; others, also wrong ones, are looked at.
UNREAD_TYPES: Final = (
    "image/",
    "video/",
    "audio/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/msword",
)


class Moved(NamedTuple):
    """A redirect."""

    to: str
    permanent: bool


class Exchanged(NamedTuple):
    """An answer with what the log wants of it."""

    answer: Answer | Moved
    http_status: int
    http_version: str
    headers: httpx2.Headers
    milliseconds: int


async def exchange(http: httpx2.AsyncClient, ask: Ask, limits: WebLimits, now: datetime) -> Exchanged:
    """Make one request. Raises TimeoutError, OSError, httpx2.HTTPError, BlockedAddressError."""
    started = time.monotonic()
    async with asyncio.timeout(limits.total), http.stream("GET", ask.url, headers=_conditions(ask)) as response:
        answer = await _answer(response, ask, limits, now, started)
        milliseconds = round(1000 * (time.monotonic() - started))
        if isinstance(answer, Page | NotModified):
            answer = answer._replace(milliseconds=milliseconds)
        return Exchanged(answer, response.status_code, response.http_version, response.headers, milliseconds)


def _conditions(ask: Ask) -> dict[str, str]:
    wanted = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    return {name: value for name, value in wanted.items() if value}


async def _answer(
    response: httpx2.Response, ask: Ask, limits: WebLimits, now: datetime, started: float
) -> Answer | Moved:
    status, headers = response.status_code, response.headers
    if status != httpx2.codes.OK:
        await _drain(response)
    if status in REDIRECTS and headers.get("location"):
        return Moved(headers["location"], status in PERMANENT)
    if status == httpx2.codes.NOT_MODIFIED and (ask.etag or ask.last_modified):
        return NotModified(ask.url, 0, fresh_until=fresh_until(headers, now))
    if status != httpx2.codes.OK:
        again = retry_at(headers.get("retry-after"), now)
        return Refusal("http_error", f"HTTP {status}", status, retry_at=again)
    media_type = headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type.startswith(UNREAD_TYPES) and ask.first_bytes is None:
        return Refusal("wrong_type", f"{media_type} is not read", status)
    body = await _body(response, limits) if ask.first_bytes is None else await _beginning(response, ask.first_bytes)
    if isinstance(body, Refusal):
        return body
    return Page(
        url=ask.url,
        status=status,
        media_type=media_type,
        charset=response.charset_encoding,
        body=body,
        milliseconds=round(1000 * (time.monotonic() - started)),
        sent=_pairs(response.request.headers),
        headers=_pairs(headers),
        fresh_until=fresh_until(headers, now),
    )


async def _body(response: httpx2.Response, limits: WebLimits) -> bytes | Refusal:
    """The body, decompressed in bounded pieces, up to the limit."""
    too_large = Refusal("too_large", f"over {limits.max_body / MIB:g} MiB", response.status_code)
    stated = response.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > limits.max_body:
        return too_large
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limits.max_body:
            return too_large
    return bytes(body)


async def _beginning(response: httpx2.Response, most: int) -> bytes:
    """The first bytes of a body; the rest is left unread."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) >= most:
            break
    return bytes(body[:most])


async def _drain(response: httpx2.Response) -> None:
    """Read a small body that is not wanted: the connection can be used again then."""
    read = 0
    async for chunk in response.aiter_raw():
        read += len(chunk)
        if read > DRAINED_BYTES:
            return


def _pairs(headers: httpx2.Headers) -> tuple[tuple[str, str], ...]:
    return tuple((name.lower(), value) for name, value in headers.multi_items())
