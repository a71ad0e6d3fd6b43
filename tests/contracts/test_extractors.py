"""Every extractor keeps the contract, whatever it extracts."""

from dataclasses import fields
from pathlib import Path

import duckdb
import pytest
from articles import article_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.migrate import migrate
from storage.records import Article, Row
from tasks.clean.plain_text import read_plain_text
from tasks.extract._run import extract, load_extractors
from tasks.extract.contract import Extractor
from tasks.language.contract import Reader

EXTRACTORS = load_extractors()
STAMPED = {"version_id", "exact", "sentence_no", "extractor", "extractor_version", "load_id"}

# Pieces that news is made of, and pieces that break programs.
PIECES = [
    "“", "”", "‘", "’", '"', "«", "»", "„", "(", ")", " — ", "\n", ". ", ", ", ": ", "said", " he ", " she ", "the mayor",
    "Anna Lind", "Dr. Omar al-Rashid", "Reuters", "(Reuters)", "$1.2bn", "€3 million to €4 million", "12%", "24 hours",
    "last Tuesday", "in 2024", "GENEVA, Oct. 12 — ", "U.S.", "Paris", "according to", "👩\u200d🚀", "e\u0301", "שלום",
    "\u200f", "…", "15-year-old", "1,000", "By ", "Correction: ", "’s", " of ", "whose", "3.14.15", "½",
]  # fmt: skip


@pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda extractor: extractor.name)
def test_an_extractor_says_who_it_is(extractor: Extractor) -> None:
    assert extractor.name.isidentifier()
    assert extractor.version
    assert set(extractor.needs) <= {other.name for other in EXTRACTORS}


@pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda extractor: extractor.name)
def test_the_fields_of_its_records_are_the_columns_of_their_tables(extractor: Extractor) -> None:
    with duckdb.connect() as con:
        migrate(con)
        for kind in extractor.records:
            columns = {name for name, *_ in con.execute(f"DESCRIBE {kind.table}").fetchall()}
            names = {field.name for field in fields(kind)}
            stamped = STAMPED if issubclass(kind, Row) else {"extractor", "extractor_version", "load_id"}
            assert names | stamped == columns


def test_extractors_come_after_those_they_need() -> None:
    order = [extractor.name for extractor in EXTRACTORS]
    assert all(order.index(need) < order.index(part.name) for part in EXTRACTORS for need in part.needs)


def read_all(reader: Reader, *texts: str) -> list[Article]:
    bodies = [read_plain_text(text) for text in texts]
    return [article_of(body.text, blocks=body.blocks) for body in bodies]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=150)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map("".join))
def test_no_text_makes_an_extractor_fail_and_every_row_stands_in_the_text(reader: Reader, text: str) -> None:
    [article] = read_all(reader, text)
    headings = [(heading.start_char, heading.end_char) for heading in article.headings]
    [reading] = reader.read([article])
    extraction, errors = extract(reading, EXTRACTORS)
    assert [repr(error.__cause__) for error in errors] == []
    for finding in extraction.findings:
        if isinstance(finding.record, Row):
            start, end = finding.record.start_char, finding.record.end_char
            assert article.text[start:end] == finding.exact
            assert not [heading for heading in headings if heading[0] < end and start < heading[1]]


def test_reading_in_a_batch_gives_what_reading_alone_gives(reader: Reader) -> None:
    texts = ["“Go,” said Anna Lind, the mayor of Gent.", "", "Er sagte: „Nein.“", "In 2024 the bank lent $3 million."]
    articles = read_all(reader, *texts)
    together = reader.read(articles)
    alone = [reader.read([article])[0] for article in articles]
    assert list(together) == alone


@pytest.mark.slow
@pytest.mark.parametrize(
    "hostile",
    [
        "“" * 90_000,
        "' " * 2_000,
        "Mr " * 2_000,
        "a" * 200_000,
        "1,000 " * 2_000,
        "said Anna Lind " * 1_000,
        "(((" * 30_000,
    ],
    ids=["marks", "apostrophes", "titles", "one word", "numbers", "speech tags", "brackets"],
)
def test_hostile_text_is_read_in_bounded_time(reader: Reader, hostile: str) -> None:
    """Not a timing assertion: a quadratic pattern would not end within the run."""
    [reading] = reader.read(read_all(reader, hostile))
    _, errors = extract(reading, EXTRACTORS)
    assert errors == ()


def test_the_same_text_gives_the_same_findings_twice(reader: Reader) -> None:
    text = (Path(__file__).parents[2] / "seeds" / "statement.txt").read_text(encoding="utf-8")
    [article] = read_all(reader, text)
    first, second = (extract(reader.read([article])[0], EXTRACTORS)[0] for _ in range(2))
    assert first == second
