"""dateline quality: how right the extractors are, on data with answers."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tasks.quality.measure import Report


TASKS = ("quotes", "entities", "coreference")


@click.command("quality")
@click.argument("task", type=click.Choice([*TASKS, "clean", "all"]))
@click.option(
    "--data",
    required=True,
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A .jsonl or .conll file, or our corpus; may be given several times.",
)
@click.option("--set", "set_name", help="For clean: only the set of this name below DATA.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a task and file.")
@click.option("--markdown", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures as a page, too.")
@click.option("--baseline/--no-baseline", default=True, help="Score spaCy's names beside ours, where it is installed.")
@click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), help="Note the figures in this home's warehouse."
)
def command(
    task: str,
    data: tuple[Path, ...],
    *,
    set_name: str | None,
    as_json: bool,
    markdown: Path | None,
    baseline: bool,
    home: Path | None,
) -> None:
    """Score the shipped extractors on DATA, with 95 % intervals.

    DATA holds documents with answers: JSON lines with `text` and `attributions` (quotes), `entities` (names), or
    `entities` with `cluster` (coreference); CoNLL columns; or the folder tests/quality/gold/articles. With `all`, each
    dev or test file below the folder DATA is scored for whatever it has answers for. For `clean`, DATA is a folder of saved
    pages with answers (dev.jsonl and html/), or a folder of such sets; plain trafilatura is scored beside.

    \b
    Examples:
      dateline quality quotes --data tests/quality/gold/articles
      dateline quality entities --data dev.jsonl --json
      dateline quality clean --data benchmarks --set newspapers
      dateline quality all --data benchmarks --markdown docs/quality.md
    """
    from flows.scoring import score_cleaning, score_extractors
    from tasks.quality.baseline import spacy_names

    tagger = spacy_names() if baseline and task in {"all", "entities"} else None
    reports = list(score_cleaning(data, set_name) if task == "clean" else score_extractors(task, data, tagger))
    for report in reports:
        _show(report, as_json=as_json)
    if markdown:
        from flows.figures import as_page

        markdown.write_text(as_page(reports), encoding="utf-8")
    if home:
        from flows.cli._options import settings_for
        from flows.runs import note_quality

        note_quality(settings_for(home), reports)


def _show(report: "Report", *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_rounded(report)))
        return
    from flows.figures import print_quality

    print_quality(report)


def _rounded(report: "Report") -> dict[str, object]:
    figures = {
        name: {key: round(value, 4) for key, value in asdict(measured).items()}
        for name, measured in report.metrics.items()
    }
    return {
        "task": report.task,
        "dataset": report.dataset,
        "split": report.split,
        "n": report.n,
        "metrics": figures,
    }
