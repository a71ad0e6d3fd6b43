"""What a Prefect server has to know of us: the work pool, the deployments, and what becomes of runs that give no sign of life."""

import asyncio
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.error import URLError
from urllib.request import urlopen

from storage.errors import ServiceError

if TYPE_CHECKING:
    from prefect.client.orchestration import PrefectClient

POOL: Final = "dateline"
# In the project's folder; a wheel does not have it.
PLAN: Final = Path(__file__).parents[1] / "prefect.yaml"
# Three signs of life missed: a sign a minute late is no crash, and the slot is free within two minutes.
SILENCE: Final = timedelta(seconds=90)
ZOMBIES: Final = "Dateline: runs without a sign of life have crashed"
POLL_SECONDS: Final = 0.2


def plan_file() -> Path:
    """The file with the deployments: that of the working folder, else the project's. Raises ServiceError."""
    for path in (Path("prefect.yaml"), PLAN):
        if path.exists():
            return path.absolute()
    raise ServiceError("prefect.yaml", "there is no file with the deployments")


def wait_for(api: str, seconds: float) -> None:
    """Wait until a server answers. Raises ServiceError if it does not in that time."""
    deadline = time.monotonic() + seconds
    while not answers(api):
        if time.monotonic() > deadline:
            raise ServiceError(api, f"Prefect's server does not answer for {seconds:g} s")
        time.sleep(POLL_SECONDS)


def answers(api: str) -> bool:
    """True if a Prefect server answers at the URL of its API."""
    try:
        with urlopen(f"{api}/health", timeout=5) as response:  # noqa: S310 - the operator's own URL
            return bool(response.status == 200)
    except (URLError, OSError, ValueError):
        return False


async def deploy(home: Path) -> None:
    """Create or renew pool, deployments and automation on the server that Prefect is set up for; a schedule that an operator has
    paused stays paused. Raises ServiceError."""
    import yaml
    from prefect import get_client

    plan: dict[str, Any] = yaml.safe_load(plan_file().read_text(encoding="utf-8"))
    async with get_client() as client:
        await create_pool(client)
        await watch_for_zombies(client)
        paused = await paused_schedules(client)
    target = home / "prefect" / "deployments.yaml"
    _write(target, plan, paused)
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(target)]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServiceError(str(target), f"the deployments were refused: {last_line(done.stdout + done.stderr)}")


def _write(target: Path, plan: dict[str, Any], paused: set[tuple[str, str]]) -> None:
    """The plan with what is paused switched off: deploying it switches nothing on, not even for a moment."""
    import yaml

    for deployment in plan["deployments"]:
        for schedule in deployment.get("schedules", ()):
            if (deployment["name"], schedule["slug"]) in paused:
                schedule["active"] = False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(yaml.safe_dump(plan, sort_keys=False), encoding="utf-8")


def last_line(text: str) -> str:
    """The last line that says something."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no reason given")


async def create_pool(client: "PrefectClient") -> None:
    """The work pool, if there is none; one that an operator has changed stays."""
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists
    from prefect.workers.process import ProcessWorker

    template = ProcessWorker.get_default_base_job_template()
    pool = WorkPoolCreate(name=POOL, type="process", base_job_template=template, description="Runs of Dateline.")
    with suppress(ObjectAlreadyExists):
        await client.create_work_pool(pool)


async def paused_schedules(client: "PrefectClient") -> set[tuple[str, str]]:
    """Deployments and slugs of the schedules that somebody has switched off."""
    return {
        (deployment.name, schedule.slug or "")
        for deployment in await client.read_deployments(limit=200)
        for schedule in deployment.schedules
        if not schedule.active
    }


async def watch_for_zombies(client: "PrefectClient") -> None:
    """The automation that marks runs as crashed whose machine or process is gone; one that an operator has changed stays."""
    from prefect.automations import AutomationCore
    from prefect.client.schemas.objects import StateType
    from prefect.events.actions import ChangeFlowRunState
    from prefect.events.schemas.automations import EventTrigger, Posture
    from prefect.events.schemas.events import ResourceSpecification

    if await client.read_automations_by_name(ZOMBIES):
        return
    trigger = EventTrigger(
        after={"prefect.flow-run.heartbeat"},
        # Any sign: the next heartbeat, or the end, whatever its state is called.
        expect={"prefect.flow-run.*"},
        match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=SILENCE,
    )
    crash = ChangeFlowRunState(state=StateType.CRASHED, message=f"No sign of life for {SILENCE.total_seconds():.0f} s.")
    await client.create_automation(AutomationCore(name=ZOMBIES, trigger=trigger, actions=[crash]))
