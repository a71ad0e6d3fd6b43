"""How far a run is, for whoever watches it in Prefect."""

import asyncio
import time
from typing import Final
from uuid import UUID

from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact
from prefect.logging import get_run_logger

# A call costs the server 20 ms; nobody looks more often.
EVERY_SECONDS: Final = 5.0


class ProgressBar:
    """A bar in the run's artifacts, drawn from the first batch on; called in the thread of the steps, which has no event loop.

    A server that does not answer costs the bar, not the run.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._artifact: UUID | None = None
        self._drawn_at = 0.0
        self._lost = False

    def __call__(self, done: int, total: int) -> None:
        """Done so far, and what there is to do as far as is known."""
        if self._lost or not done:
            return
        if self._artifact and done < total and time.monotonic() - self._drawn_at < EVERY_SECONDS:
            return
        try:
            asyncio.run(self._draw(100.0 * done / total, f"{done} of {total} {self._what}"))
        except Exception as error:  # noqa: BLE001 - whatever Prefect's client raises
            self._lost = True
            get_run_logger().warning("no progress can be shown any more: %s", error)

    async def _draw(self, share: float, told: str) -> None:
        self._drawn_at = time.monotonic()
        if self._artifact is None:
            created = await acreate_progress_artifact(share, key="progress", description=told)
            self._artifact = UUID(str(created))
        else:
            await aupdate_progress_artifact(self._artifact, share, description=told)
