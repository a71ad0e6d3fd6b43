"""A long text costs in proportion to its length, whatever stands in it."""

import gc
import random
import time
from collections.abc import Callable

import pytest
from articles import article_of
from hypothesis import given
from hypothesis import strategies as st

from storage.records import Record
from tasks.extract._clusters import cluster_names, name_words
from tasks.extract._spans import Spans
from tasks.extract.contract import Found
from tasks.extract.mentions import Entity, Mention, Mentions
from tasks.extract.quantities import Quantities
from tasks.extract.quotes import Quotes
from tasks.extract.roles import Role
from tasks.extract.times import Times
from tasks.language.reading import Name, Quotation, Reading, Span, Statement

FEW, TIMES_MORE = 400, 8
# Eight times the text takes eight times as long, and 64 times where each part is compared with each.
MOST = 25.0
LINE = "On 5 May 2019 Ann Lee sold 300 tonnes of it for $5 million, a year earlier. "
SAID = "“It is so, and it stays so,” Ann Lee said. "
spans = st.tuples(st.integers(0, 60), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair)))


def long_reading(number: int) -> Reading:
    """One endless paragraph of sentences with dates and quantities in them."""
    starts = range(0, len(LINE) * number, len(LINE))
    sentences = tuple(Span(start, start + len(LINE) - 1) for start in starts)
    at = LINE.index("Ann")
    names = tuple(Name(start + at, start + at + 7, "PERSON") for start in starts)
    return Reading(
        article_of(LINE * number), paragraphs=(Span(0, len(LINE) * number),), sentences=sentences, names=names
    )


def times_and_quantities(number: int) -> Callable[[], int]:
    reading = long_reading(number)

    def read() -> int:
        times = list(Times().extract(reading, Found([])))
        return len(times) + len(list(Quantities().extract(reading, Found(times))))

    return read


def people(number: int) -> Callable[[], int]:
    """Twice as many people, each named in full and by surname."""
    chance = random.Random(7)
    words = ["".join(chance.choices("abdefgiklmnorstu", k=7)).capitalize() for _ in range(4 * number)]
    printed = [f"{first} {last}" for first, last in zip(words[::2], words[1::2], strict=True)] + words[1::2]
    text = ", ".join(printed)
    names, at = [], 0
    for word in printed:
        names.append(Name(at, at + len(word), "PERSON"))
        at += len(word) + 2

    def read() -> int:
        name_words.cache_clear()
        return len(cluster_names(text, names).clusters)

    return read


def quotations(number: int) -> Callable[[], int]:
    """As many quotations, each a statement of a person with a role."""
    starts = range(0, len(SAID) * number, len(SAID))
    source, cue, end = SAID.index("Ann"), SAID.index("said"), SAID.index("”") + 1
    reading = Reading(
        article_of(SAID * number),
        paragraphs=(Span(0, len(SAID) * number),),
        sentences=tuple(Span(start, start + len(SAID) - 1) for start in starts),
        names=tuple(Name(start + source, start + source + 7, "PERSON") for start in starts),
        quotations=tuple(Quotation(start, start + end) for start in starts),
        statements=tuple(
            Statement(
                Span(start, start + end),
                Span(start + source, start + source + 7),
                Span(start + cue, start + cue + 4),
                0.9,
            )
            for start in starts
        ),
    )
    found: list[Record] = list(Mentions().extract(reading, Found([])))
    ann = next(entity for entity in found if isinstance(entity, Entity)).entity_id
    found += [
        Role(
            start_char=m.start_char,
            end_char=m.end_char,
            role="mayor",
            person_entity_id=ann,
            person_text="Ann Lee",
            person_start_char=m.start_char,
            person_end_char=m.end_char,
        )
        for m in found
        if isinstance(m, Mention)
    ]
    return lambda: len(list(Quotes().extract(reading, Found(found))))


@pytest.mark.slow
@pytest.mark.parametrize("made", [times_and_quantities, people, quotations])
def test_eight_times_the_text_takes_no_longer_than_that(made: Callable[[int], Callable[[], int]]) -> None:
    few, many = made(FEW), made(FEW * TIMES_MORE)
    assert many() == TIMES_MORE * few()
    assert seconds(many) < MOST * seconds(few)


def seconds(work: Callable[[], int]) -> float:
    """Seconds of CPU, the least of three times."""
    taken = []
    gc.disable()
    for _ in range(3):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    gc.enable()
    return min(taken)


@given(st.lists(spans), spans)
def test_spans_overlap_that_have_a_character_in_common(
    stretches: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    touching = any(start < asked[1] and asked[0] < end for start, end in stretches)
    assert Spans(stretches).overlap(asked) == touching


@given(st.lists(st.integers(0, 9), max_size=20), spans)
def test_a_reading_gives_the_quotations_that_a_stretch_touches(lengths: list[int], asked: tuple[int, int]) -> None:
    quotations, at = [], 0
    for length in lengths:
        quotations.append(Quotation(at, at + length + 1))
        at += length + 1 + length % 3
    reading = Reading(article_of("x" * 300), quotations=tuple(quotations))
    touched = [q for q in quotations if q.start_char < asked[1] and asked[0] < q.end_char]
    assert list(reading.quotations_touching(*asked)) == touched
