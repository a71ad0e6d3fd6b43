"""HTTP/2 over TLS, with a certificate that is checked."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from hypercorn.asyncio import serve
from hypercorn.config import Config

from tasks.web.answers import Answer, Ask, Page, Refusal
from tasks.web.client import WebClient
from tasks.web.limits import WebLimits

Scope = dict[str, Any]
HOST = "news.example"


async def app(scope: Scope, _: Any, send: Callable[[Scope], Awaitable[None]]) -> None:
    """Says which protocol it was asked by."""
    found = scope["path"] == "/a"
    headers = [(b"content-type", b"text/html; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200 if found else 404, "headers": headers})
    await send({"type": "http.response.body", "body": str(scope["http_version"]).encode()})


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A TLS server that speaks HTTP/2 and 1.1, with a certificate of an authority that the client trusts."""
    authority = trustme.CA()
    certificate = authority.issue_cert(HOST)
    certificate.private_key_and_cert_chain_pem.write_to_path(tmp_path / "site.pem")
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    listening = socket.create_server(("127.0.0.1", 0))
    config = Config.from_mapping(
        bind=[f"fd://{listening.fileno()}"],
        certfile=str(tmp_path / "site.pem"),
        keyfile=str(tmp_path / "site.pem"),
        errorlog=None,
    )
    loop, ended = asyncio.new_event_loop(), asyncio.Event()
    work = serve(app, config, shutdown_trigger=ended.wait)  # type: ignore[arg-type]
    thread = threading.Thread(target=loop.run_until_complete, args=(work,))
    thread.start()
    yield f"https://{HOST}:{listening.getsockname()[1]}/a"
    loop.call_soon_threadsafe(ended.set)
    thread.join(10)
    loop.close()
    listening.detach()


def get(url: str) -> tuple[Answer, list[str | None]]:
    async def look_up(_: str) -> Sequence[str]:
        return ("127.0.0.1",)

    limits = WebLimits(host_delay=0, allowed=("127.0.0.0/8",), respect_tdm=False)
    client = WebClient(limits, lambda: datetime.now(UTC), look_up=look_up)
    try:
        return client.run(client.get(Ask(url))), [visit.http_version for visit in client.take_visits()]
    finally:
        client.close()


def test_http_2_is_spoken_where_it_is_offered_and_the_log_says_so(site: str) -> None:
    answer, versions = get(site)
    assert isinstance(answer, Page)
    assert (answer.body, versions) == (b"2", ["HTTP/2", "HTTP/2"])


def test_a_certificate_for_another_name_is_not_accepted(site: str) -> None:
    answer, _ = get(site.replace(HOST, "other.example"))
    assert isinstance(answer, Refusal)
    assert "certificate" in answer.detail.lower()


def test_a_certificate_of_an_unknown_authority_is_not_accepted(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "another.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "another.pem"))
    answer, _ = get(site)
    assert isinstance(answer, Refusal)
    assert (answer.status, "certificate" in answer.detail.lower()) == ("http_error", True)
