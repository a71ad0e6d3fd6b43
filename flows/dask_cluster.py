"""The way to a Dask cluster: one that is there, or one of a few processes on this machine."""

import logging
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack, nullcontext
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from storage.errors import ClusterError, SettingError
from tasks.workers import deaf_to_ctrl_c

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS: Final = 10
# What Dask does by the clock, on a cluster that is ours alone: each of its processes looks whether it still answers 50 times a second,
# at its memory 10 times, at its stack 100 times. That is CPU that nobody asked for, most of it on a busy machine.
SELDOM: Final = {
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.worker.profile.enabled": False,
}
# A piece whose worker died goes to the parent's own process at once; a cluster of others has Dask's own limit of 3.
DEATHS: Final = 1


class Cluster(NamedTuple):
    """A connection to a scheduler, its address for messages, and how to end it with all that was started for it."""

    client: "Client"
    address: str
    close: Callable[[], None]


def connect(scheduler: str, workers: int) -> Cluster:
    """Connect to a scheduler; without one, start `workers` processes here. In a Prefect run, prefect-dask does it.

    Raises SettingError without Dask or certificates, ClusterError if the scheduler can't be reached.
    """
    # It logs a lost connection with its traceback; we say it in one line.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    where = {"address": scheduler} if scheduler else {"cluster_kwargs": local_cluster(workers)}
    stack = ExitStack()
    try:
        _check_certificates(scheduler)
        # Multiprocessing's tracker would unblock Ctrl-C again if it were started only then.
        resource_tracker.ensure_running()
        with nullcontext() if scheduler else deaf_to_ctrl_c():
            client = _through_prefect(stack, where) if in_prefect() else _directly(stack, where)
    except ImportError as error:
        raise missing() from error
    except (OSError, ValueError) as error:
        stack.close()
        raise ClusterError(scheduler or "local", "can't connect to the Dask scheduler") from error
    return Cluster(client, scheduler or "the local Dask cluster", stack.close)


def missing() -> SettingError:
    """What to say where Dask is not installed."""
    return SettingError("DATELINE_RUNNER=dask", "Dask is not installed, say pip install 'dateline[dask]'")


def _check_certificates(scheduler: str) -> None:
    """Raises SettingError where certificates are missing that Dask would look for only after a while, in a traceback."""
    import dask

    if scheduler.startswith("tls://") and not dask.config.get("distributed.comm.tls.ca-file"):
        raise SettingError(
            "DASK_DISTRIBUTED__COMM__TLS__CA_FILE", f"{scheduler} asks for certificates, see docs/scaling.md"
        )


def in_prefect() -> bool:
    """Whether this is part of a flow run."""
    context = sys.modules.get("prefect.context")
    return context is not None and context.FlowRunContext.get() is not None


def local_cluster(workers: int) -> dict[str, Any]:
    """A cluster of processes on this machine that nobody else can use: its connections ask for a certificate made just now."""
    import dask
    from distributed.security import Security

    # Workers started here take this over.
    dask.config.set(SELDOM)
    return {
        "n_workers": workers,
        "threads_per_worker": 1,
        "protocol": "tls",
        "security": Security.temporary(),
        "dashboard_address": "127.0.0.1:0",
        "scheduler_kwargs": {"allowed_failures": DEATHS},
        "preload": ["tasks.pieces"],
        # Which worker died and came back is Dask's own business, and ours where it costs something.
        "silence_logs": logging.ERROR,
    }


def _directly(stack: ExitStack, where: Mapping[str, Any]) -> "Client":
    from distributed import Client, LocalCluster

    target = where.get("address") or stack.enter_context(LocalCluster(**where["cluster_kwargs"]))
    client: Client = stack.enter_context(Client(target, timeout=CONNECT_SECONDS, set_as_default=False))
    return client


def _through_prefect(stack: ExitStack, where: Mapping[str, Any]) -> "Client":
    """Prefect's own client of Dask; the flow run's log says where its dashboard is."""
    from prefect_dask.task_runners import DaskTaskRunner

    runner = stack.enter_context(DaskTaskRunner(**where, client_kwargs={"timeout": CONNECT_SECONDS}))
    client: Client = runner.client
    return client
