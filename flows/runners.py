"""The place that extracts, as the settings say."""

from flows.runner import Runner
from flows.settings import Settings
from flows.wiring import open_runner


def build_runner(settings: Settings) -> Runner:
    """The runner of one run; close it at its end. Raises SettingError if it can't be had, ClusterError if a cluster can't be used."""
    if settings.runner == "dask":
        from flows.dask_runner import dask_runner

        return dask_runner(settings)
    return open_runner(settings.extracting, settings.device)
