"""The figures of quality are those of the literature."""

import json
from pathlib import Path

import pytest

from storage.errors import GoldError
from tasks.extract.quotes import Quote
from tasks.quality import coreference, entities, quotes
from tasks.quality.golden import Golden, GoldStatement, Spans, read_golden
from tasks.quality.measure import f1, measure

TEXT = "“We lost it,” said Anna Lind, the mayor. Vos denied that he knew."


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def quote(content: str, speaker: str | None, number: int = 0) -> Quote:
    start, end = span(content)
    places = span(speaker) if speaker else (None, None)
    return Quote(
        start_char=start, end_char=end, kind="direct", statement_no=number, speaker_text=speaker,
        speaker_start_char=places[0], speaker_end_char=places[1],
    )  # fmt: skip


GOLDEN = Golden(
    TEXT,
    statements=(
        GoldStatement((span("Anna Lind, the mayor"),), (span("said"),), (span("“We lost it,”"),), direct=True),
        GoldStatement((span("Vos"),), (span("denied"),), (span("that he knew"),), direct=False),
    ),
)


def figures_of_quotes(*found: Quote) -> dict[str, float]:
    measured = measure([quotes.count(GOLDEN, found)], quotes.FIGURES)
    return {name: figure.value for name, figure in measured.items()}


def test_a_speaker_is_right_if_he_stands_in_the_source() -> None:
    figures = figures_of_quotes(quote("“We lost it,”", "Anna Lind"), quote("that he knew", "mayor", 1))
    assert figures["direct_speaker_accuracy"] == 1.0
    assert figures["speaker_accuracy"] == 0.5
    assert figures["content_f1_exact"] == 1.0


def test_no_answer_costs_accuracy_and_not_precision() -> None:
    figures = figures_of_quotes(quote("“We lost it,”", None), quote("that he knew", "Vos", 1))
    assert figures["direct_speaker_accuracy"] == 0.0
    assert "direct_speaker_precision" not in figures
    assert figures["speaker_precision"] == 1.0


def test_half_the_words_are_enough_at_a_third_and_not_at_four_fifths() -> None:
    figures = figures_of_quotes(quote("We lost", "Anna Lind"))
    assert figures["content_f1_overlap_30"] > 0
    assert figures["content_f1_overlap_80"] == 0


def test_names_count_by_span_and_by_type() -> None:
    golden = Golden(TEXT, names=((18, 27, "PER"), (41, 44, "ORG")))
    counts = entities.count(golden, [(18, 27, "PER"), (41, 44, "PER")])
    figures = measure([counts], entities.FIGURES)
    assert figures["f1"].value == 0.5
    assert figures["f1_span_only"].value == 1.0


def clusters(*groups: str) -> list[Spans]:
    return [tuple((ord(c), ord(c) + 1) for c in group) for group in groups]


def test_coreference_scores_are_those_of_a_worked_example() -> None:
    # Key {a b c} {d e f g}, response {a b} {c d} {f g}: Luo (2005) and the CoNLL scorer give these values.
    golden = Golden(" " * 200, people=tuple(clusters("abc", "defg")))
    counts = coreference.count(golden, clusters("ab", "cd", "fg"))
    assert counts["muc.recall.part"] / counts["muc.recall.whole"] == pytest.approx(2 / 5)
    assert counts["muc.precision.part"] / counts["muc.precision.whole"] == pytest.approx(2 / 3)
    assert counts["b_cubed.recall.part"] / counts["b_cubed.recall.whole"] == pytest.approx(35 / 84)
    assert counts["b_cubed.precision.part"] / counts["b_cubed.precision.whole"] == pytest.approx(5 / 6)
    assert counts["ceaf_e.recall.part"] == pytest.approx(4 / 5 + 4 / 6)


def test_intervals_hold_the_value_and_are_the_same_each_time() -> None:
    counts = [{"x.both": n % 3, "x.gold": 3, "x.found": 3} for n in range(40)]
    one, two = (measure(counts, {"x": f1("x")})["x"] for _ in range(2))
    assert one == two
    assert one.low < one.value < one.high


def test_the_shapes_of_public_sets_are_read(tmp_path: Path) -> None:
    attribution = {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 14]], "direct": False}
    records = {
        "quotes.jsonl": {"text": "Lind said this", "attributions": [attribution]},
        "names.jsonl": {"text": "Lind left", "entities": [{"start": 0, "end": 4, "label": "Person", "text": "Lind"}]},
        "people.jsonl": {
            "text": "Lind left",
            "entities": [{"start": 0, "end": 4, "type": "person", "text": "Lind", "cluster": 1}],
        },
    }
    for name, record in records.items():
        (tmp_path / name).write_text(json.dumps(record) + "\n", encoding="utf-8")
    (tmp_path / "dev.conll").write_text(
        "Anna\tB-person\nLind\tI-person\nleft\tO\n\nGent\tB-location\n", encoding="utf-8"
    )
    assert read_golden(tmp_path / "quotes.jsonl")[0].statements
    assert read_golden(tmp_path / "names.jsonl")[0].names == ((0, 4, "PER"),)
    assert read_golden(tmp_path / "people.jsonl")[0].people == (((0, 4),),)
    (document,) = read_golden(tmp_path / "dev.conll")
    assert document.text == "Anna Lind left\nGent\n"
    assert document.names == ((0, 9, "PER"), (15, 19, "LOC"))


@pytest.mark.parametrize("content", ["{", "[]", '{"text": 1}', '{"text": "a"}', "\x00\xff"])
def test_what_is_no_gold_data_is_said_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(GoldError, match=r"no gold data.*dev\.jsonl"):
        read_golden(path)
