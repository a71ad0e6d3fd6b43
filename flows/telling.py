"""What an operator sees of a run in Prefect: a name that says what came of it, a state that says why, and artifacts."""

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from prefect import get_client
from prefect.artifacts import acreate_link_artifact, acreate_markdown_artifact, acreate_table_artifact
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.report import headline
from storage.home import Home
from storage.queries import statement
from storage.reading import published

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

    from flows.reextraction import Outcome
    from storage.summary import Summary

MAX_CELL: Final = 200


async def tell(what: str, summary: "Summary", home: Home) -> "State[Any]":
    """Name the run after what came of it, write its artifacts, and give its final state, which has the summary as its result.

    The state of a run in which nothing could be used says so by its name.
    """
    await rename(f"{what} {summary.articles} new, {summary.later_versions} changed of {summary.candidates}")
    await acreate_markdown_artifact(_report(summary), key="summary", description=headline(summary))
    if quotes := _new_quotes(home, summary.load_id):
        await acreate_table_artifact(quotes, key="new-quotes", description="Some of the quotes of this run")
    if health := _health(home):
        await acreate_table_artifact(health, key="source-health", description="How each source fares")
    await acreate_link_artifact(
        home.published.resolve().as_uri(), key="published", link_text="The published warehouse", description="for SQL"
    )
    if summary.candidates and not summary.usable:
        return Completed(name="Nothing usable", message=f"{_statuses(summary)}. (load {summary.load_id})", data=summary)
    return Completed(message=headline(summary), data=summary)


async def tell_difference(outcome: "Outcome") -> "State[Any]":
    """The same of a re-extraction: what would change or has changed, with examples."""
    await rename(f"reextract {outcome.texts} texts {'applied' if outcome.applied else 'compared'}")
    rows = [
        {"table": one.table, "change": change, "text": some.version_id, "was": some.was, "becomes": some.becomes}
        for one in outcome.differences
        for change, samples in one.samples.items()
        for some in samples
    ]
    await acreate_markdown_artifact(_differences(outcome), key="reextract", description=outcome.headline)
    if rows:
        await acreate_table_artifact(rows, key="reextract-examples", description="Rows that differ")
    return Completed(message=outcome.headline, data=outcome)


async def rename(name: str) -> None:
    """Give the run that we are in another name."""
    async with get_client() as client:
        await client.update_flow_run(UUID(str(flow_run.get_id())), name=name)


def _statuses(summary: "Summary") -> str:
    return ", ".join(f"{number} {status}" for status, number in summary.statuses.items())


def _report(summary: "Summary") -> str:
    lines = [headline(summary), "", "| ended as | candidates |", "|---|--:|"]
    lines += [f"| {status} | {number} |" for status, number in summary.statuses.items()]
    if summary.rows:
        lines += ["", "| table | rows written |", "|---|--:|"]
        lines += [f"| {table} | {number} |" for table, number in summary.rows.items()]
    if summary.rejections:
        lines += ["", "| not stored | status | why |", "|---|---|---|"]
        lines += [f"| {cell(r.url)} | {r.status} | {cell(r.detail or '')} |" for r in summary.rejections]
    return "\n".join(lines)


def _differences(outcome: "Outcome") -> str:
    lines = [outcome.headline, "", "| table | before | added | gone | changed |", "|---|--:|--:|--:|--:|"]
    for one in outcome.differences:
        counts = " | ".join(str(one.counts[change]) for change in ("added", "gone", "changed"))
        lines.append(f"| {one.table} | {one.before} | {counts} |")
    return "\n".join(lines)


def cell(words: str) -> str:
    """Words from outside as plain text in a Markdown table: no markup, no links, no second column."""
    plain = " ".join(words[:MAX_CELL].split())
    return f"`{plain.replace('`', chr(39)).replace('|', '¦')}`" if plain else ""


def _new_quotes(home: Home, load_id: str) -> list[dict[str, Any]]:
    with published(home) as con:
        rows: list[dict[str, Any]] = (
            con.execute(statement("new_quotes"), {"load_id": load_id}).to_arrow_table().to_pylist()
        )
    return rows


def _health(home: Home) -> list[dict[str, Any]]:
    with published(home) as con:
        rows: list[dict[str, Any]] = con.execute(statement("health_told")).to_arrow_table().to_pylist()
    return rows
