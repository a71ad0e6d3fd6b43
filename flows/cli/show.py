"""`dateline show`: an article with what was found in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from flows.cli._options import home_option, settings_for

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from rich.console import Console
    from rich.text import Text

STYLES: Final = {
    "heading": "bold underline",
    "caption": "dim italic",
    "table_row": "dim",
    "code": "dim",
    "quote": "italic on grey19",
    "cue": "bold yellow",
    "person": "bold cyan",
    "org": "bold magenta",
    "gpe": "green",
    "loc": "green",
    "fac": "green",
    "time": "blue",
    "quantity": "bright_red",
    "credit": "reverse",
}


@click.command("show")
@click.argument("article")
@home_option
def command(article: str, home: Path | None) -> None:
    """Show an article with its quotes, speakers, names, times and quantities highlighted.

    ARTICLE is the start of an article or version id, or words of its URL or title.

    \b
    Examples:
      dateline show port-strike
      dateline show 000_f3864c178bfaef39
    """
    from flows.terminal import console
    from storage.reading import published

    with published(settings_for(home).place) as con:
        version_id = _find(con, article)
        if version_id:
            _show(con, version_id, console())


def _find(con: "DuckDBPyConnection", words: str) -> str | None:
    """The one version meant; several are listed instead. Raises DatelineError if there is none."""
    from storage.errors import DatelineError
    from storage.queries import statement

    matches = con.execute(statement("find_article"), {"words": words}).fetchall()
    if not matches:
        raise DatelineError(words, "no article has this id, URL or title")
    if len(matches) > 1 and matches[0][0] != words:
        click.echo(f"{len(matches)} articles match; which one?")
        for version_id, title, url, number in matches:
            click.echo(f"  {version_id[:12]}  version {number}  {title or '(no title)'}  {url}")
        return None
    return str(matches[0][0])


def _show(con: "DuckDBPyConnection", version_id: str, console: "Console") -> None:
    from rich.text import Text

    from storage.queries import statement

    version = con.execute(statement("show_version"), {"version_id": version_id}).to_arrow_table().to_pylist()[0]
    reasons = dict(version["reasons"] or ())
    console.print(Text(version["title"] or f"(no title: {reasons.get('title', 'not known')})", style="bold"))
    when = version["published_at"] or f"(no date: {reasons.get('published_at', 'not known')})"
    by = ", ".join(version["authors"]) or f"(no author: {reasons.get('authors', 'not known')})"
    told = [when, by, version["language"], f"version {version['version_no']}"]
    told += ["live blog"] if version["page_type"] == "live_blog" else []
    told += [f"a part of the article: {reasons.get('is_partial')}"] if version["is_partial"] else []
    for line in (str(version["url"]), " · ".join(map(str, told))):
        console.print(Text(line, style="dim"))
    console.print(_legend())
    console.print()
    console.print(highlighted(version, _spans(con, version_id)))
    _show_quotes(con, version_id, console)


def _spans(con: "DuckDBPyConnection", version_id: str) -> list[tuple[int, int, str]]:
    from storage.queries import statement

    return con.execute(statement("show_spans"), {"version_id": version_id}).fetchall()


def highlighted(version: dict[str, Any], spans: list[tuple[int, int, str]]) -> "Text":
    """The text with its spans in style, a blank line between paragraphs. Offsets in code points."""
    from rich.text import Text

    text = Text(version["text"])
    for start, end, kind in spans:
        text.stylize(STYLES.get(kind, ""), start, end)
    # Versions from before blocks were noted have headings only.
    blocks = version["blocks"] or [heading | {"kind": "heading"} for heading in version["headings"]]
    for block in blocks:
        text.stylize(STYLES.get(block["kind"], ""), block["start_char"], block["end_char"])
    return Text("\n\n").join(text.split("\n"))


def _legend() -> "Text":
    from rich.text import Text

    kinds = ("quote", "cue", "person", "org", "gpe", "time", "quantity", "credit")
    return Text(" ").join(Text(kind if kind != "gpe" else "place", style=STYLES[kind]) for kind in kinds)


def _show_quotes(con: "DuckDBPyConnection", version_id: str, console: "Console") -> None:
    from rich.table import Table
    from rich.text import Text

    from storage.queries import statement

    rows = con.execute(statement("show_quotes"), {"version_id": version_id}).fetchall()
    if not rows:
        return
    table = Table(title="Who said what", title_justify="left")
    for column in ("speaker", "role", "cue", "words", "how"):
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    console.print()
    console.print(table)
