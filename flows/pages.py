"""What a run did, as Markdown for Prefect's pages. Words and addresses of articles are from outside: they become neither markup nor links
to anything but http and https."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from flows.report import headline
from tasks.watch._unusual import distance, in_words, is_unusual

if TYPE_CHECKING:
    from flows.reextraction import Outcome
    from storage.summary import Summary
    from storage.watch import Change

MAX_CELL: Final = 200
MAX_URL: Final = 2_000
MOST_CHANGES: Final = 30
# Characters of an address that stand for themselves (RFC 3986), but for those that mean something in Markdown or HTML.
AS_THEY_ARE: Final = "/:?#@!$&+,;=%~-._"
HOST: Final = re.compile(r"[a-z0-9.-]+(:\d+)?", re.ASCII)
KNOWN: Final = ("unchanged", "duplicate", "not_modified")


def report(summary: "Summary") -> str:
    """A run: what was stored, what was known already, what was refused and why."""
    rows = [("stored: new articles", summary.articles), ("stored: new versions", summary.later_versions)]
    rows += [(f"known already: {status}", summary.statuses.get(status, 0)) for status in KNOWN]
    refused = {status: n for status, n in summary.statuses.items() if status not in {"stored", *KNOWN}}
    rows += [(f"refused: {status}", number) for status, number in refused.items()]
    lines = [headline(summary), "", "| what | candidates |", "|---|--:|"]
    lines += [f"| {what} | {number} |" for what, number in rows if number or what.startswith("stored")]
    if summary.rows:
        lines += ["", "| table | rows written |", "|---|--:|"]
        lines += [f"| {table} | {number} |" for table, number in summary.rows.items()]
    if summary.rejections:
        lines += ["", "| not stored | status | why |", "|---|---|---|"]
        lines += [f"| {link(r.url)} | {r.status} | {cell(r.detail or '')} |" for r in summary.rejections]
    return "\n".join(lines)


def quotes(rows: Iterable[Mapping[str, Any]]) -> str:
    """Some of the quotes of a run, each with a link to where it can be read."""
    lines = ["| who | as | words | in |", "|---|---|---|---|"]
    for row in rows:
        told = (
            cell(row["speaker"]),
            cell(row["role"]),
            cell(row["words"]),
            f"{cell(row['title'] or '')} {link(row['url'])}",
        )
        lines.append(f"| {' | '.join(told)} |")
    return "\n".join(lines)


def drift(changes: "Iterable[Change]") -> list[dict[str, Any]]:
    """What the newest articles of each source have compared with those before, what has moved most first."""
    moved = sorted(changes, key=lambda change: -abs(distance(change)))[:MOST_CHANGES]
    rows = []
    for change in moved:
        now, usual = in_words(change)
        verdict = "unusual" if is_unusual(change) else ""
        rows.append(
            {"source": change.source_id, "measure": change.measure, "now": now, "usual": usual, "verdict": verdict}
        )
    return rows


def differences(outcome: "Outcome") -> str:
    """What a re-extraction changes, table by table."""
    lines = [outcome.headline, "", "| table | before | added | gone | changed |", "|---|--:|--:|--:|--:|"]
    for one in outcome.differences:
        counts = " | ".join(str(one.counts[change]) for change in ("added", "gone", "changed"))
        lines.append(f"| {one.table} | {one.before} | {counts} |")
    return "\n".join(lines)


def examples(outcome: "Outcome") -> Sequence[dict[str, Any]]:
    """Rows that a re-extraction changes."""
    return [
        {"table": one.table, "change": change, "text": some.version_id, "was": some.was, "becomes": some.becomes}
        for one in outcome.differences
        for change, samples in one.samples.items()
        for some in samples
    ]


def cell(words: str) -> str:
    """Words from outside as plain text in a Markdown table: no markup, no links, no second column."""
    plain = " ".join(words[:MAX_CELL].split())
    return f"`{plain.replace('`', chr(39)).replace('|', '¦')}`" if plain else ""


def link(url: str) -> str:
    """An address as a link named by its host, if it is one of the web; else as plain words."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return cell(url)
    if parts.scheme not in {"http", "https"} or not HOST.fullmatch(parts.netloc) or len(url) > MAX_URL:
        return cell(url)
    return f"{cell(parts.path)} [{parts.netloc}]({quote(url, safe=AS_THEY_ARE)})"
