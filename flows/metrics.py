"""The file for Prometheus: figures of a home in the text format that node_exporter's textfile collector reads.

Names and types follow Prometheus' conventions: base units, timestamps instead of ages, a HELP and a TYPE for each.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows.settings import code_version
from storage.figures import Figure
from storage.registry import part_names

if TYPE_CHECKING:
    from storage.watch import Alarm, Facts

PREFIX: Final = "dateline_"
# In the order of the file. All are gauges: what is stored can be taken down again.
HELP: Final = {
    "info": "Always 1; the version of Dateline as a label.",
    "articles": "Articles stored.",
    "article_versions": "Texts stored: of some articles more than one.",
    "rows": "Extracted rows by table.",
    "candidates": "Candidates in the ledger by final status.",
    "run_finished_timestamp_seconds": "End of the last run of a flow.",
    "run_duration_seconds": "Duration of the last run of a flow.",
    "run_success": "1 if the last run of a flow finished, 0 if it failed.",
    "run_candidates": "Candidates of the last run of a flow by final status.",
    "source_last_success_timestamp_seconds": "When a source that is followed answered last; missing if it never did.",
    "source_first_poll_timestamp_seconds": "When a source that is followed was first looked at (within 45 days).",
    "alarms": "Alarms that hold, by name.",
    "publication_timestamp_seconds": "When news.duckdb was published last.",
    "publication_duration_seconds": "Duration of the last publication.",
    "unpublished_since_timestamp_seconds": "Since when a run's work waits to be published; missing if nothing waits.",
    "file_size_bytes": "Size of the warehouse, of the published file and of the archive.",
    "disk_free_bytes": "Free on the disk of the home folder.",
    "disk_size_bytes": "Size of the disk of the home folder.",
}
# Readable for the exporter, which runs as another user.
MODE: Final = 0o644


def told_figures(facts: "Facts", alarms: "Iterable[Alarm]") -> Iterator[Figure]:
    """Figures of what is watched over."""
    yield Figure("info", 1, {"version": code_version()})
    for polls in facts.polls:
        source = {"source": polls.source_id}
        yield Figure("source_first_poll_timestamp_seconds", polls.first_polled_at.timestamp(), source)
        if polls.answered_at:
            yield Figure("source_last_success_timestamp_seconds", polls.answered_at.timestamp(), source)
    names = [alarm.name for alarm in alarms]
    for name in part_names("tasks.watch"):
        yield Figure("alarms", names.count(name), {"alarm": name})
    published_at, seconds, waiting_since, _ = facts.publications
    if published_at is not None and seconds is not None:
        yield Figure("publication_timestamp_seconds", published_at.timestamp())
        yield Figure("publication_duration_seconds", seconds)
    if waiting_since is not None:
        yield Figure("unpublished_since_timestamp_seconds", waiting_since.timestamp())


def exposition(figures: Iterable[Figure]) -> str:
    """Figures in Prometheus' text format, version 0.0.4."""
    order = list(HELP)
    ordered = sorted(figures, key=lambda figure: order.index(figure.name))
    groups = (_family(name, group) for name, group in groupby(ordered, key=lambda figure: figure.name))
    return "\n".join(chain.from_iterable(groups)) + "\n"


def _family(name: str, figures: Iterable[Figure]) -> Iterator[str]:
    yield f"# HELP {PREFIX}{name} {HELP[name]}"
    yield f"# TYPE {PREFIX}{name} gauge"
    for figure in figures:
        labels = ",".join(f'{label}="{_escaped(value)}"' for label, value in figure.labels.items())
        yield f"{PREFIX}{name}{{{labels}}} {float(figure.value)!r}" if labels else f"{PREFIX}{name} {figure.value!r}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def write_metrics(file: Path, figures: Iterable[Figure]) -> None:
    """Write the file in one step: a reader sees the old one or the new one, whole. Raises OSError."""
    text = exposition(figures)
    # A dot in front and no .prom behind: the collector reads *.prom.
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}.", suffix=".partial", delete=False
    ) as partial:
        try:
            partial.write(text)
            partial.flush()
            os.fchmod(partial.fileno(), MODE)
            os.fsync(partial.fileno())
            Path(partial.name).replace(file)
        except BaseException:
            Path(partial.name).unlink(missing_ok=True)
            raise
