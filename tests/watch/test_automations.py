"""Prefect notifies operators of alarms: a real server, real automations, and a receiver on loopback."""

import asyncio
import gc
import json
import os
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from articles import NOW
from click.testing import CliRunner
from post_office import Office, post_office

from flows.cli.main import cli
from flows.watching import watch_over
from storage.home import Home
from storage.warehouse import Warehouse
from storage.watch import Change, Facts, Polls, Publications, Room

# Prefect's own server and client leave sockets and deprecated calls behind.
pytestmark = [pytest.mark.soak, pytest.mark.filterwarnings("ignore")]

KINDS = {"source_dead", "articles_refused", "extraction_drift", "publication_old", "disk_low"}
DAYS_AGO = NOW.replace(day=1)


class Receiver(NamedTuple):
    """An HTTP server of an operator, and what it was sent: path and body."""

    url: str
    got: list[tuple[str, Any]]

    def wait_for(self, path: str, number: int, seconds: float = 30) -> list[Any]:
        """What came to this path, as soon as there is this much of it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and sum(there == path for there, _ in self.got) < number:
            time.sleep(0.05)
        return [body for there, body in self.got if there == path]


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    got: list[tuple[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Receiver(f"http://127.0.0.1:{server.server_port}", got)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Prefect server with all its services."""
    import httpx
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("prefect")
    environment = {**os.environ, "PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    command = [
        sys.executable,
        "-m",
        "prefect",
        "server",
        "start",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-ui",
    ]
    url = f"http://127.0.0.1:{port}/api"
    with (home / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if httpx.get(f"{url}/health", trust_env=False).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        else:
            pytest.fail((home / "log").read_text())
        with temporary_settings({PREFECT_API_URL: url}):
            yield url
    finally:
        process.terminate()
        process.wait(30)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            gc.collect()


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with post_office() as opened:
        yield opened


@pytest.fixture(scope="module")
def blocks(server: str, receiver: Receiver, office: Office) -> list[str]:
    """The blocks of an operator: one for people, one for programs, one for letters."""
    from prefect.blocks.notifications import CustomWebhookNotificationBlock
    from prefect.blocks.webhook import Webhook

    from flows.mail import Mail

    people = CustomWebhookNotificationBlock(
        name="operators", url=f"{receiver.url}/people", json_data={"title": "{{subject}}", "text": "{{body}}"}
    )
    people.save("operators")
    Webhook(url=f"{receiver.url}/programs").save("pager")
    Mail(
        host="127.0.0.1", port=office.port, security="none", sender="a@news.example", recipients=["b@desk.example"]
    ).save("night")  # type: ignore[call-arg]
    return ["custom-webhook/operators", "webhook/pager", "mail/night"]


def automations(*arguments: str) -> str:
    done = CliRunner().invoke(cli, ["automations", *arguments])
    if done.exception:
        raise done.exception
    return done.output


def notify(blocks: list[str]) -> str:
    return automations(*(word for block in blocks for word in ("--notify", block)))


def everything_wrong() -> Facts:
    """Facts that raise each of the alarms."""
    change = Change("post", "refused", 0.9, 0.1, 0.0, 50, 30, DAYS_AGO, "robots_denied")
    return Facts(
        now=NOW,
        polls=(Polls("post", DAYS_AGO, None, 9, "hard", None, "<!channel> no such host"),),
        changes=(change, change._replace(measure="quotes", now=0.0, usual=1.4)),
        publications=Publications(waiting_since=DAYS_AGO),
        room=Room("/srv/news", 0, 2**30),
    )


def run_with(home: Home, facts: Facts) -> None:
    """A flow run that ends with these facts."""
    from prefect import flow

    @flow(name="ingest")
    async def ingest() -> None:
        with Warehouse(home).window() as con:
            await asyncio.to_thread(watch_over, con, facts)

    asyncio.run(ingest())


@pytest.mark.usefixtures("server")
def test_each_alarm_and_its_end_reach_the_operator(
    tmp_path: Path, blocks: list[str], receiver: Receiver, office: Office
) -> None:
    from prefect import get_client

    home = Home(tmp_path / "home")
    assert notify(blocks).count("created, on, notifies 3") == len(KINDS)
    # The server takes in new automations within a second or so.
    time.sleep(3)
    run_with(home, everything_wrong())
    told = receiver.wait_for("/programs", len(KINDS))
    assert {one["name"] for one in told} == KINDS
    assert {one["state"] for one in told} == {"raised"}
    (refused,) = (one for one in told if one["name"] == "articles_refused")
    assert refused["subject"] == "post"
    assert refused["figures"] == {"now": 0.9, "usual": 0.1, "articles": 30.0}
    letters = {one["title"]: one["text"] for one in receiver.wait_for("/people", len(KINDS))}
    assert len(letters) == len(KINDS)
    assert letters["Dateline: source_dead raised: post"] == (
        "Alarm: source dead: post has never answered since 2026-10-01 12:00 UTC: ‹!channel› no such host"
    )
    deadline = time.monotonic() + 30
    while len(office.taken) < len(KINDS) and time.monotonic() < deadline:
        time.sleep(0.05)
    subjects = {str(message_from_bytes(letter.mail)["Subject"]) for letter in office.taken}
    assert subjects == set(letters)

    async def switch_off() -> None:
        async with get_client() as client:
            (one,) = await client.read_automations_by_name("Dateline: disk low")
            await client.pause_automation(one.id)

    asyncio.run(switch_off())
    again = notify(blocks)
    assert again.count("is there, on, notifies 3") == len(KINDS) - 1
    assert "Dateline: disk low: is there, off, notifies 3" in again
    fewer = notify(blocks[1:2])
    assert fewer.count("updated, on, notifies 1") == len(KINDS) - 1
    assert "Dateline: disk low: updated, off, notifies 1" in fewer
    time.sleep(3)
    receiver.got.clear()
    run_with(home, Facts(NOW))
    over = receiver.wait_for("/programs", len(KINDS) - 1)
    time.sleep(2)
    assert {(one["name"], one["state"]) for one in over} == {(name, "over") for name in KINDS - {"disk_low"}}
    assert receiver.wait_for("/programs", 0) == over
    assert receiver.wait_for("/people", 0) == []


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("operators", "a block is named by its type and its name"),
        ("custom-webhook/nobody", "there is no such block in Prefect"),
        ("nothing/operators", "there is no such block in Prefect"),
        ("secret/password", "can't notify anybody"),
    ],
)
def test_a_block_that_can_not_notify_is_named_and_nothing_is_made(block: str, told: str) -> None:
    from prefect.blocks.system import Secret

    Secret(value="hush").save("password", overwrite=True)  # type: ignore[arg-type]
    before = automations()
    with pytest.raises(Exception, match=told):
        notify([block])
    assert automations() == before


def test_without_a_server_the_command_says_so() -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    nowhere = temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"})
    with nowhere, pytest.raises(Exception, match="the Prefect server can't be reached"):
        automations()
    with temporary_settings(restore_defaults={PREFECT_API_URL}), pytest.raises(Exception, match="need a running"):
        automations()
