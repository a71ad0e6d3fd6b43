"""What an operator sees of a run in Prefect: its log, a name that says what came of it, a state that says why, and artifacts."""

import logging
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from prefect import get_client, get_run_logger
from prefect.artifacts import acreate_link_artifact, acreate_markdown_artifact, acreate_table_artifact
from prefect.logging.handlers import APILogHandler
from prefect.runtime import flow_run
from prefect.states import Completed

from flows import pages
from flows.report import headline
from flows.watching import plain, under_prefect
from flows.wiring import clock
from storage.queries import statement
from storage.reading import published
from storage.watch import read_changes

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

    from flows.reextraction import Outcome
    from storage.home import Home
    from storage.summary import Rejection, Summary

ROOMS: Final = ("flows", "tasks", "storage")
# What somebody may have to look at. What publishers forbid, lock or take away is expected.
WORTH_A_LOOK: Final = frozenset({"parse_error", "quarantined", "blocked_address"})


def listen() -> None:
    """What the steps log stands in the log of the run that they belong to."""
    for room in ROOMS:
        logger = logging.getLogger(room)
        if not any(isinstance(handler, APILogHandler) for handler in logger.handlers):
            handler = APILogHandler()
            handler.addFilter(lambda record: under_prefect())
            logger.addHandler(handler)
            logger.setLevel(logging.INFO)


async def tell(what: str, summary: "Summary", home: "Home") -> "State[Any]":
    """Name the run after what came of it, write its log and artifacts, and give its final state, which has the summary as its result.

    The state of a run in which nothing could be used says so by its name.
    """
    log(summary)
    await show(rename(f"{what} {summary.articles} new, {summary.later_versions} changed of {summary.candidates}"))
    await show(acreate_markdown_artifact(pages.report(summary), key="summary", description=headline(summary)))
    await _tell_of_what_is_published(summary, home)
    if summary.candidates and not summary.usable:
        return Completed(name="Nothing usable", message=f"{_statuses(summary)}. (load {summary.load_id})", data=summary)
    return Completed(message=headline(summary), data=summary)


async def _tell_of_what_is_published(summary: "Summary", home: "Home") -> None:
    with published(home) as con:
        quotes = con.execute(statement("new_quotes"), {"load_id": summary.load_id}).to_arrow_table().to_pylist()
        health = con.execute(statement("health_told")).to_arrow_table().to_pylist()
        drift = pages.drift(read_changes(con, clock()))
    if quotes:
        told = "Some of the quotes of this run"
        await show(acreate_markdown_artifact(pages.quotes(quotes), key="new-quotes", description=told))
    if health:
        await show(acreate_table_artifact(health, key="source-health", description="How each source fares"))
    if drift:
        told = "The newest articles of each source compared with those before"
        await show(acreate_table_artifact(drift, key="quality-drift", description=told))
    file, told = home.published.resolve().as_uri(), "The published warehouse"
    await show(acreate_link_artifact(file, key="published", link_text=told, description="for SQL"))


async def tell_difference(outcome: "Outcome") -> "State[Any]":
    """The same of a re-extraction: what would change or has changed, with examples."""
    get_run_logger().info(outcome.headline)
    await show(rename(f"reextract {outcome.texts} texts {'applied' if outcome.applied else 'compared'}"))
    page = pages.differences(outcome)
    await show(acreate_markdown_artifact(page, key="reextract", description=outcome.headline))
    if rows := pages.examples(outcome):
        await show(acreate_table_artifact([*rows], key="reextract-examples", description="Rows that differ"))
    return Completed(message=outcome.headline, data=outcome)


def log(summary: "Summary") -> None:
    """The run in one line, and what was not stored with its address and why."""
    logger = get_run_logger()
    logger.info(headline(summary))
    for rejection in summary.rejections:
        level = logging.WARNING if rejection.status in WORTH_A_LOOK else logging.INFO
        logger.log(level, "%s", _refused(rejection))
    refused = summary.candidates - sum(summary.statuses.get(s, 0) for s in ("stored", "unchanged", "not_modified"))
    if refused > len(summary.rejections):
        logger.info("%s more are in the ledger", refused - len(summary.rejections))


def _refused(rejection: "Rejection") -> str:
    why = f" ({plain(rejection.detail)})" if rejection.detail else ""
    return f"{plain(rejection.url)}: {rejection.status}{why}"


async def show(work: Awaitable[Any]) -> None:
    """Something for people to see: a server that does not take it costs that, not the run."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - whatever Prefect's client raises
        get_run_logger().warning("could not be shown: %s", plain(str(error)))


async def rename(name: str) -> None:
    """Give the run that we are in another name."""
    async with get_client() as client:
        await client.update_flow_run(UUID(str(flow_run.get_id())), name=name)


def _statuses(summary: "Summary") -> str:
    return ", ".join(f"{number} {status}" for status, number in summary.statuses.items())
