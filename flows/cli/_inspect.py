"""`dateline sources inspect`: what cleaning makes of one page, and what its site's rule takes."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli._options import settings_for

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from storage.records import Article
    from tasks.clean.inspect import Inspection

FIELDS = ("title", "authors", "canonical_url", "section", "site_name", "image_url", "license_url")
MAX_SHOWN = 160


@click.command("inspect")
@click.argument("page", metavar="URL|FILE")
@click.option("--rules", type=click.Path(path_type=Path, dir_okay=False), help="Site rules to try.")
@click.option("--text", "whole", is_flag=True, help="Show the whole text, each line with what it is.")
def command(page: str, rules: Path | None, whole: bool) -> None:
    """Show what Dateline reads from one page: every value stated with its origin, the text, what the page is taken for, and what each
    selector of its site's rule takes. Stores nothing.

    \b
    Examples:
      dateline sources inspect https://www.example.org/2026/10/14/crane
      dateline sources inspect saved.html --rules my_rules.toml --text
    """
    from rich.console import Console

    from flows.looks import inspect_page

    settings = settings_for(None, **({"site_rules": rules} if rules else {}))
    _show(inspect_page(settings, page), Console(soft_wrap=False), whole=whole)


def _show(inspection: "Inspection", console: "Console", *, whole: bool) -> None:
    from rich.text import Text

    article, decision = inspection.article, inspection.decision
    verdict = "goes on" if decision.status is None else f"ends as {decision.status}"
    console.print(Text(article.document_url, style="bold"))
    console.print(Text(f"{decision.page_type}: {verdict}. {decision.detail[:1].upper()}{decision.detail[1:]}."))
    if article.is_partial:
        console.print(Text(f"A part of the article: {dict(article.reasons)['is_partial']}."))
    console.print(_stated(article))
    console.print(_taken(inspection) if inspection.rule.host else Text("No rule for this site."))
    kinds = Counter(block.kind for block in article.blocks)
    kinds_told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    words = len(article.text.split())
    console.print(Text(f"{words} words, {dict(article.reasons)['text']}{': ' if kinds_told else ''}{kinds_told}"))
    console.print(Text("\n".join(_lines(article, whole=whole))))


def _stated(article: "Article") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Stated, the winner first", title_justify="left")
    for column in ("field", "value", "origin"):
        table.add_column(column, overflow="fold")
    stated, reasons = json.loads(article.stated), dict(article.reasons)
    rows = [(field, one["value"], one["origin"]) for field in FIELDS for one in stated.get(field, ())]
    rows += [(field, "", reasons.get(field, "not stated")) for field in FIELDS if field not in stated]
    rows += [
        ("published_at", f"{date.at:%Y-%m-%d %H:%M} ({date.precision})", date.origin)
        for date in article.published_candidates
    ]
    origins: dict[tuple[str, str], list[str]] = {}
    for field, value, origin in rows:
        origins.setdefault((field, value), []).append(origin)
    shown = ""
    for (field, value), places in origins.items():
        style = "dim" if field == shown else ""
        cells = ("" if field == shown else field, value[:MAX_SHOWN], ", ".join(places))
        table.add_row(*(Text(cell, style=style) for cell in cells))
        shown = field
    return table


def _taken(inspection: "Inspection") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"Rule for {inspection.rule.host}", title_justify="left")
    for column in ("selector", "takes", "words"):
        table.add_column(column, overflow="fold")
    for key, taken in inspection.taken.items():
        selector = f"{key} = {getattr(inspection.rule, key)}"
        for number, words in enumerate(taken or ("nothing",)):
            table.add_row(Text("" if number else selector), Text(words[:MAX_SHOWN]), Text(str(len(words.split()))))
    return table


def _lines(article: "Article", *, whole: bool) -> list[str]:
    """The lines of the text with what they are; without `whole` only their beginnings, and of the first ones."""
    from tasks.clean.body import lines_with_kinds

    lines = lines_with_kinds(article.text, article.blocks)
    told = [f"{kind or '':>10} │ {line if whole else line[:100]}" for kind, line in lines]
    return told if whole else [*told[:12], f"           … {len(told) - 12} more lines"] if len(told) > 12 else told
