"""What the containers and systemd units run does what it should, as plain processes."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml
from lakes import PASSWORD, Server
from service import ROOT, Service

from flows.settings import PREFECT

pytestmark = pytest.mark.filterwarnings("ignore")

UNITS = sorted((ROOT / "docs/systemd").glob("*.service"))


@pytest.fixture
def services() -> dict[str, Any]:
    """The services of compose.yaml."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    return found


def test_the_dockerfile_has_nothing_to_complain_of() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "hadolint", ROOT / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_what_the_dockerfile_copies_is_not_ignored() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    wanted = {name.removeprefix("./") for line in copied for name in line.split()}
    assert wanted == kept
    assert [name for name in wanted if not (ROOT / name).exists()] == []


def test_compose_has_only_keys_that_compose_knows_and_no_secret(services: dict[str, Any]) -> None:
    known = {
        "image", "build", "init", "restart", "volumes", "environment", "healthcheck",
        "command", "ports", "depends_on", "stop_grace_period",
    }  # fmt: skip
    plan = yaml.safe_load((ROOT / "compose.yaml").read_text())
    assert {key for service in services.values() for key in service} <= known
    named = {str(volume).split(":")[0] for service in services.values() for volume in service.get("volumes", ())}
    assert {name for name in named if not name.startswith(".")} == set(plan["volumes"])
    for service in services.values():
        assert set(service.get("depends_on", ())) <= services.keys()
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or value.startswith("${")


def in_this_place(services: dict[str, Any], name: str, changes: dict[str, str]) -> dict[str, str]:
    """A container's variables, with other values where containers have names of their own."""
    declared = services[name]["environment"]
    return {key: changes.get(key, value) for key, value in declared.items()}


@pytest.fixture
def containers(services: dict[str, Any], tmp_path: Path, postgres_server: Server) -> Iterator[dict[str, Service]]:
    """Each container's command, in one folder and on one port as if it were one network; PostgreSQL is a real one."""
    database = {
        "HOST": "127.0.0.1",
        "PORT": str(postgres_server.port),
        "USER": "dateline",
        "NAME": postgres_server.new_database(),
        "PASSWORD": PASSWORD,
    }
    changes = {f"PREFECT_SERVER_DATABASE_{name}": value for name, value in database.items()}
    server = Service(tmp_path, **in_this_place(services, "server", changes | {"PREFECT_SERVER_API_HOST": "127.0.0.1"}))
    api = {"PREFECT_API_URL": f"{server.url}/api"}
    others = {name: Service(tmp_path, **in_this_place(services, name, api)) for name in ("deployments", "worker")}
    running = {"server": server} | others
    for name, one in running.items():
        one.port, one.url = server.port, server.url
        one.process = one.start(*services[name]["command"][1:])
    yield running
    processes = [part for one in running.values() for part in one.parts()]
    for name in ("worker", "server"):
        running[name].process.terminate()
        running[name].process.wait(30)
    assert psutil.wait_procs(processes, timeout=5)[1] == []


@pytest.mark.slow
def test_the_commands_of_the_containers_run_a_deployment_on_postgresql(containers: dict[str, Service]) -> None:
    server = containers["server"]
    assert containers["deployments"].process.wait(180) == 0, server.log.read_text()
    run = server.ended(server.order("publish", force=True), 180)
    assert run["state_type"] == "COMPLETED", run["state"]
    assert server.home.published.exists()
    assert not (server.home.root / "prefect" / "prefect.db").exists()


def test_prefect_knows_each_of_its_settings_that_we_change() -> None:
    """A name that Prefect does not know is silently without effect."""
    script = (
        "import json; from prefect.settings import get_current_settings as get; "
        "print(json.dumps(get().to_environment_variables(exclude_unset=True)))"
    )
    environment = {name: value for name, value in PREFECT.items() if name.startswith("PREFECT")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    understood = json.loads(done.stdout.splitlines()[-1])
    assert {name for name in environment if name not in understood} == set()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_accepts_the_units(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text()
    (program,) = re.findall(r"^ExecStart=(\S+) up", text, re.MULTILINE)
    here = tmp_path / unit.name
    here.write_text(text.replace(program, sys.executable))
    done = subprocess.run(["systemd-analyze", "verify", here], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
