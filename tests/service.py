"""`dateline up` in a process of its own, looked at from outside through Prefect's API."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil
import yaml
from lakes import free_port

from storage.home import Home

ROOT = Path(__file__).parents[1]
T = TypeVar("T")
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def until(look: Callable[[], T], seconds: float, what: str) -> T:
    """What `look` gives as soon as it is true."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        time.sleep(0.2)
    return found


def plan_without(*names: str) -> str:
    """prefect.yaml with the schedules of these deployments switched off: they would come in between."""
    plan = yaml.safe_load((ROOT / "prefect.yaml").read_text())
    for deployment in plan["deployments"]:
        if deployment["name"] in names:
            deployment["schedules"][0]["active"] = False
    return yaml.safe_dump(plan)


class Service:
    """Server, deployments and worker of one home; `environment` is added to what `dateline up` gets, and the parts."""

    def __init__(self, root: Path, **environment: str) -> None:
        self.root = root
        self.home = Home(root / "home")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = root / "up.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
        # The worker looks every second, so that tests need not wait.
        self.environment = kept | {"PYTHONPATH": str(ROOT), "PREFECT_WORKER_QUERY_SECONDS": "1"} | environment
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> list[str]:
        """The command line `dateline up`."""
        where = ["--home", str(self.home.root), "--port", str(self.port)]
        return [sys.executable, "-m", "flows.cli.main", "up", *arguments, *where]

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """`dateline up` in the background, in the service's folder."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command(*arguments), cwd=self.root, env=self.environment, stdout=log, stderr=log
            )

    def up(self) -> "Service":
        """Start all of it and wait until it says so."""
        self.root.mkdir(parents=True, exist_ok=True)
        said = self.said("Dateline is up:")
        self.process = self.start()
        try:
            until(lambda: self.said("Dateline is up:") > said or self.process.poll() is not None, 240, "up")
            assert self.process.poll() is None
        except AssertionError as error:
            self.process.terminate()
            raise AssertionError(self.log.read_text()) from error
        return self

    def said(self, words: str) -> int:
        """How often it has said so."""
        return self.log.read_text(errors="replace").count(words) if self.log.exists() else 0

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`dateline up`, waited for."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def down(self) -> list[psutil.Process]:
        """Ask it to end; gives the processes that it had."""
        assert self.process is not None
        parts = self.parts()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        return parts

    def kill(self) -> None:
        """Kill all of it at once, as a power cut does."""
        for part in self.parts():
            part.kill()
        assert self.process is not None
        self.process.wait(10)

    def parts(self) -> list[psutil.Process]:
        """All its processes."""
        assert self.process is not None
        try:
            up = psutil.Process(self.process.pid)
            return [up, *up.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def ask(self, path: str, **body: object) -> Any:
        """POST to the API of Prefect."""
        return self.send("POST", path, body).json()

    def send(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask Prefect's API; again where SQLite is locked for a moment, as Prefect's own clients do."""
        with httpx.Client(base_url=f"{self.url}/api", timeout=60) as client:
            answer = client.request(method, path, json=body)
            for _ in range(20):
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    break
                time.sleep(0.5)
                answer = client.request(method, path, json=body)
        return answer.raise_for_status()

    def deployment(self, name: str) -> dict[str, Any]:
        """A deployment by name."""
        found: dict[str, Any] = self.send("GET", f"/deployments/name/{name}/{name}").json()
        return found

    def order(self, name: str, at: datetime | None = None, **parameters: object) -> str:
        """A run of a deployment, now or as if it had been planned for then; gives its id."""
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": (at or datetime.now(UTC)).isoformat()}}
        path = f"/deployments/{self.deployment(name)['id']}/create_flow_run"
        return str(self.ask(path, parameters=parameters, state=state)["id"])

    def look(self, run_id: str) -> dict[str, Any]:
        """A run as it is now."""
        found: dict[str, Any] = self.send("GET", f"/flow_runs/{run_id}").json()
        return found

    def ended(self, run_id: str, seconds: float = 180) -> dict[str, Any]:
        """A run once it has ended."""
        until(lambda: self.look(run_id)["state_type"] in ENDED, seconds, f"end of {self.look(run_id)['name']}")
        return self.look(run_id)

    def artifacts(self, run_id: str) -> dict[str, str]:
        """Ids of a run's artifacts by their keys."""
        found = self.ask("/artifacts/filter", artifacts={"flow_run_id": {"any_": [run_id]}})
        return {str(one["key"]): str(one["id"]) for one in found}
