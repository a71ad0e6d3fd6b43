"""Scores the shipped extractors on gold data, through the same reader and extractors as a run."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from storage.errors import GoldError
from storage.records import Article, Candidate, Record
from tasks.extract._run import extract
from tasks.extract.mentions import Mention
from tasks.extract.quotes import Quote
from tasks.quality import coreference, entities, quotes
from tasks.quality.golden import Golden, read_golden
from tasks.quality.measure import Counts, Figure, Report, measure, with_prefix, without_prefix

if TYPE_CHECKING:
    from tasks.extract.contract import Extractor
    from tasks.language.contract import Reader

TASKS: Final = ("quotes", "entities", "coreference")
DOCUMENTS_A_BATCH: Final = 32
BASELINE: Final = "baseline_"
# A genre of sets that mix several (GUM), whose figures are given apart.
NEWS: Final = "news"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
Tagger = Callable[[Sequence[str]], Sequence[entities.Names]]
Found = list[tuple[Golden, Sequence[Record]]]


def score(
    task: str, data: Path, reader: "Reader", extractors: "Sequence[Extractor]", baseline: Tagger | None = None
) -> Report:
    """The report of one task on one file. Raises GoldError if the file has no answers for the task."""
    golden = [document for document in read_golden(data) if _answers(document, task)]
    if not golden:
        raise GoldError(str(data), f"no answers for {task} in it")
    found = [(g, records) for g, records in _found(golden, reader, extractors)]
    counts, figures = _counted(task, found, baseline)
    return Report(task, data.resolve().parent.name, data.stem, len(golden), measure(counts, figures))


def answered(data: Path) -> list[str]:
    """The tasks that a file has answers for; none if it can't be read as gold data."""
    try:
        documents = read_golden(data)
    except GoldError:
        return []
    return [task for task in TASKS if any(_answers(document, task) for document in documents)]


def _answers(document: Golden, task: str) -> bool:
    return {"quotes": document.statements, "entities": document.names, "coreference": document.people}[task] is not None


def _found(
    golden: Sequence[Golden], reader: "Reader", extractors: "Sequence[Extractor]"
) -> Iterator[tuple[Golden, Sequence[Record]]]:
    for start in range(0, len(golden), DOCUMENTS_A_BATCH):
        batch = golden[start : start + DOCUMENTS_A_BATCH]
        for document, reading in zip(batch, reader.read([_article(g.text) for g in batch]), strict=True):
            extraction, errors = extract(reading, extractors)
            if errors:
                raise errors[0]
            yield document, [finding.record for finding in extraction.findings]


def _article(text: str) -> Article:
    return Article(
        candidate=Candidate(url="gold:"),
        document_url="gold:",
        text=text,
        raw_sha256="",
        archive_key="",
        cleaner="",
        cleaner_version="",
        seen_at=EPOCH,
        language="en",
    )


def _counted(task: str, found: Found, baseline: Tagger | None) -> tuple[Sequence[Counts], Mapping[str, Figure]]:
    if task == "quotes":
        return [quotes.count(g, [r for r in rs if isinstance(r, Quote)]) for g, rs in found], quotes.FIGURES
    mentions = [(g, [r for r in rs if isinstance(r, Mention)]) for g, rs in found]
    return _of_people(mentions) if task == "coreference" else _of_names(mentions, baseline)


Mentions = Sequence[tuple[Golden, Sequence[Mention]]]


def _of_people(mentions: Mentions) -> tuple[Sequence[Counts], Mapping[str, Figure]]:
    ours = [coreference.count(g, coreference.clusters_of(found)) for g, found in mentions]
    theirs = [coreference.count(g, coreference.by_surname(g.text, found), BASELINE) for g, found in mentions]
    both = [{**own, **other} for own, other in zip(ours, theirs, strict=True)]
    if not any(golden.genre == NEWS for golden, _ in mentions):
        return both, coreference.FIGURES
    news = [
        {f"{NEWS}_{name}": value for name, value in counts.items() if golden.genre == NEWS}
        for counts, (golden, _) in zip(both, mentions, strict=True)
    ]
    return [{**counts, **more} for counts, more in zip(both, news, strict=True)], {
        **coreference.FIGURES,
        **coreference.figures_of(NEWS),
    }


def _of_names(mentions: Mentions, baseline: Tagger | None) -> tuple[Sequence[Counts], Mapping[str, Figure]]:
    ours: list[Counts] = [entities.count(g, entities.names_of(found)) for g, found in mentions]
    if baseline is None:
        return ours, entities.FIGURES
    tagged = zip(mentions, baseline([g.text for g, _ in mentions]), strict=True)
    theirs = [with_prefix(BASELINE, entities.count(g, names)) for (g, _), names in tagged]
    figures = {BASELINE + name: without_prefix(BASELINE, figure) for name, figure in entities.FIGURES.items()}
    both = [{**own, **other} for own, other in zip(ours, theirs, strict=True)]
    return both, {**entities.FIGURES, **figures}
