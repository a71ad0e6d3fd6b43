"""The tagger: its file, its windows, and what its scores become."""

import json
from importlib.resources import files

import numpy as np
import pytest
from articles import article_of
from hypothesis import given
from hypothesis import strategies as st

from tasks.language.contract import Reader
from tasks.language.tagger.decode import SLICES, chunks, said
from tasks.language.tagger.labels import LAYERS, LINK_WIDTH, LINKS
from tasks.language.tagger.model import Model, Scores, load_model
from tasks.language.tagger.windows import MAX_PIECES, Cutter, Word, shape
from tasks.language.words import words

MAX_MEGABYTES = 30


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


def test_the_weights_are_one_small_file_that_says_what_they_were_made_from() -> None:
    path = files("tasks.language.tagger") / "tagger.onnx"
    assert len(path.read_bytes()) < MAX_MEGABYTES * 1_000_000
    from onnxruntime import InferenceSession

    metadata = InferenceSession(str(path)).get_modelmeta().custom_metadata_map
    card = json.loads(metadata["card"])
    assert {"base", "data", "command", "date"} <= set(card)
    assert "Apache-2.0" in card["data"]


def cut(model: Model, text: str, paragraphs: int = 1) -> list[list[int]]:
    found = [Word(*span, quoted=False) for span in words(text, 0, len(text))]
    size = -(-len(found) // paragraphs) or 1
    blocks = [range(at, min(at + size, len(found))) for at in range(0, len(found), size)]
    windows = list(Cutter(text, found, model.vocabulary).windows(blocks))
    for window in windows:
        assert len(window.pieces) == len(window.shapes) == len(window.quoted) <= MAX_PIECES
        assert len(window.words) == len(window.firsts)
    return [window.words[window.own :] for window in windows]


@given(text=st.text(max_size=60), repeats=st.integers(1, 40), paragraphs=st.integers(1, 9))
def test_each_word_is_some_windows_own_once_and_no_window_is_too_long(text: str, repeats: int, paragraphs: int) -> None:
    whole = (text + " ") * repeats
    model = load_cached()
    own = [word for window in cut(model, whole, paragraphs) for word in window]
    assert own == list(range(len(list(words(whole, 0, len(whole))))))


def load_cached(cache: list[Model] = []) -> Model:  # noqa: B006 - hypothesis has no module fixtures
    if not cache:
        cache.append(load_model())
    return cache[0]


def test_a_word_of_a_megabyte_is_read(model: Model) -> None:
    assert cut(model, "x" * 1_000_000) == [[0]]


@pytest.mark.parametrize(
    ("word", "number"),
    [("said", 1), ("Lind", 2), ("NATO", 3), ("A", 4), ("McNeil", 5), ("1,200", 6), ("G20", 7), ("”", 8)],
)
def test_shapes(word: str, number: int) -> None:
    assert shape(word) == number


def scores(labels: dict[str, list[str]], links: dict[str, list[int]] | None = None) -> Scores:
    """Scores in which each word has these labels; `links`: columns whose vector points to which column."""
    count = len(next(iter(labels.values()))) + 1
    layers = np.zeros((count, sum(map(len, LAYERS.values()))), np.float32)
    for name, sequence in labels.items():
        for column, label in enumerate(sequence, 1):
            layers[column, SLICES[name].start + LAYERS[name].index(label)] = 9.0
    vectors = np.zeros((count, LINK_WIDTH * len(LINKS)), np.float32)
    for name, columns in (links or {}).items():
        for column, direction in enumerate(columns):
            vectors[column, LINKS.index(name) * LINK_WIDTH + direction] = 5.0
    return Scores(layers, vectors, np.zeros(count, np.int64), np.zeros((count, 1), np.float32))


def test_an_i_without_a_b_begins_a_span_too() -> None:
    found = chunks(scores({"entity": ["O", "I-PERSON", "I-PERSON", "B-PERSON", "I-ORG", "O"]}), "entity")
    assert [(c.first, c.last, c.label) for c in found] == [(2, 3, "PERSON"), (4, 4, "PERSON"), (5, 5, "ORG")]
    assert all(0.9 < c.confidence <= 1 for c in found)


def test_content_is_linked_to_the_source_that_fits_best() -> None:
    # words: A said X , B said Y
    labels = {
        "source": ["B-S", "O", "O", "O", "B-S", "O", "O"],
        "cue": ["O", "B-C", "O", "O", "O", "B-C", "O"],
        "content": ["O", "O", "B-Q", "O", "O", "O", "B-Q"],
    }
    none = [9, 9, 9, 9, 9, 9, 9, 9]
    to_source = [9, 9, 9, 5, 9, 9, 9, 1]
    links = {"q_s_start": to_source, "s": [0, 1, 2, 3, 4, 5, 6, 7], "c": none, "q_c_start": [8] * 8}
    found = said(scores(labels, links))
    assert [(s.content.first, s.source and s.source.first) for s in found] == [(3, 5), (7, 1)]


def test_texts_of_every_kind_are_read(reader: Reader) -> None:
    texts = ["", " ", "\n\n", "“", "”””", "a", "“" * 500, "x" * 5000, "Ǘ" * 50, "said " * 2000, "👩‍🚀 said “no”."]
    for text, reading in zip(texts, reader.read([article_of(text) for text in texts]), strict=True):
        for token in reading.tokens:
            assert text[token.start_char : token.end_char] == token.text
        for statement in reading.statements:
            assert statement.content.start_char < statement.content.end_char <= len(text)


def test_a_batch_is_read_like_its_articles_one_by_one(reader: Reader) -> None:
    texts = [
        "“It rains,” said Anna Lind.",
        "The port of Gent will close, the mayor said on Monday.\n\n“Soon,” she added.",
    ]
    articles = [article_of(text) for text in texts]
    together = reader.read(articles)
    apart = [reader.read([article])[0] for article in articles]
    assert [r.statements for r in together] == [r.statements for r in apart]
    assert [r.names for r in together] == [r.names for r in apart]
