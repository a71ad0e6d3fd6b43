"""Credits: who wrote it, where, for which agency, and what was corrected."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.records import Article, Candidate
from tasks.extract.contract import Found
from tasks.extract.credits import Credit, build
from tasks.language.paragraphs import find_paragraphs, split_sentences
from tasks.language.reading import Reading

SEED = Path(__file__).parents[2] / "seeds" / "000_f3864c178bfaef39.txt"


def read(text: str) -> Reading:
    article = Article(
        candidate=Candidate(url="file:///a.txt"),
        document_url="file:///a.txt",
        text=text,
        raw_sha256="",
        archive_key="",
        cleaner="",
        cleaner_version="",
        seen_at=datetime(2026, 10, 15, tzinfo=UTC),
    )
    paragraphs = find_paragraphs(article)
    sentences = tuple(s for p in paragraphs for s in split_sentences(text, p))
    return Reading(article=article, paragraphs=paragraphs, sentences=sentences)


def credits_of(text: str) -> list[tuple[str, str | None, str]]:
    """Kind, value (agency, place or author) and words of each credit."""
    rows = [row for row in build().extract(read(text), Found(())) if isinstance(row, Credit)]
    return [(r.kind, r.place or r.agency or r.author, text[r.start_char : r.end_char]) for r in rows]


CREDITS = [
    ("(With Inputs from Reuters)", [("wire", "Reuters", "(With Inputs from Reuters)")]),
    ("(Reuters)", [("wire", "Reuters", "(Reuters)")]),
    ("— AP", [("wire", "Associated Press", "— AP")]),
    ("The port reopened on Monday. (PTI)", [("wire", "PTI", "(PTI)")]),
    ("The port reopened on Monday. — AFP", [("wire", "AFP", "— AFP")]),
    ("- Agence France-Presse", [("wire", "AFP", "- Agence France-Presse")]),
    ("AFP/Reuters", [("wire", "AFP", "AFP"), ("wire", "Reuters", "Reuters")]),
    ("(With reporting by Meridian Press)", [("wire", "Meridian Press", "(With reporting by Meridian Press)")]),
    ("- Meridian Press", [("wire", "Meridian Press", "- Meridian Press")]),
    ("(With inputs from agencies)", [("wire", None, "(With inputs from agencies)")]),
    ("(With inputs from Zenit)", [("wire", "Zenit", "(With inputs from Zenit)")]),
    ("Mit Material von dpa", [("wire", "DPA", "Mit Material von dpa")]),
    ("© 2026 Agence France-Presse", [("wire", "AFP", "© 2026 Agence France-Presse")]),
    ("The Associated Press contributed to this report.", [("wire", "Associated Press", "The Associated Press")]),
    (
        "(Reporting by Anna Lind in Nairobi; Editing by Piet Vos)",
        [("byline", "Anna Lind", "Anna Lind"), ("byline", "Piet Vos", "Piet Vos")],
    ),
    (
        "(Reporting by Anna Lind and Piet Vos in Gent, additional reporting by Mo Farouk; editing by Kim Bo.)",
        [("byline", name, name) for name in ("Anna Lind", "Piet Vos", "Mo Farouk", "Kim Bo")],
    ),
    (
        "Associated Press writers Anna Lind in Nairobi and Piet Vos in Gent contributed to this report.",
        [
            ("wire", "Associated Press", "Associated Press"),
            ("byline", "Anna Lind", "Anna Lind"),
            ("byline", "Piet Vos", "Piet Vos"),
        ],
    ),
    (
        "NAIROBI, Oct 15 (Meridian Press) - Dockers walked out.",
        [
            ("dateline", "NAIROBI", "NAIROBI, Oct 15 (Meridian Press)"),
            ("wire", "Meridian Press", "Meridian Press"),
        ],
    ),
    ("GENEVA, Oct. 12 — Talks began.", [("dateline", "GENEVA", "GENEVA, Oct. 12")]),
    (
        "LONDON (AP) — Talks began.",
        [("dateline", "LONDON", "LONDON (AP)"), ("wire", "Associated Press", "AP")],
    ),
    (
        "New Delhi, Oct 15 (PTI) Talks began.",
        [("dateline", "New Delhi", "New Delhi, Oct 15 (PTI)"), ("wire", "PTI", "PTI")],
    ),
    ("Berlin (dpa) - Die Gespräche begannen.", [("dateline", "Berlin", "Berlin (dpa)"), ("wire", "DPA", "dpa")]),
    ("London/Teheran - Die Gespräche begannen.", []),
    (
        "Santa Barbara, California—He worked there.",
        [("dateline", "Santa Barbara, California", "Santa Barbara, California")],
    ),
    ("MUMBAI: The port reopened.", [("dateline", "MUMBAI", "MUMBAI")]),
    ("By Anna Lind and Piet Vos", [("byline", "Anna Lind", "Anna Lind"), ("byline", "Piet Vos", "Piet Vos")]),
    ("By Anna Lind, Political Editor", [("byline", "Anna Lind", "Anna Lind")]),
    ("By Anna Lind in Nairobi", [("byline", "Anna Lind", "Anna Lind")]),
    ("BY ANNA M. VAN DER LIND | October 15, 2026", [("byline", "ANNA M. VAN DER LIND", "ANNA M. VAN DER LIND")]),
    ("Von Anna Lind", [("byline", "Anna Lind", "Anna Lind")]),
    ("By Reuters Staff", [("wire", "Reuters", "Reuters Staff")]),
    (
        "Correction: An earlier version gave the wrong tonnage.",
        [("correction", None, "Correction: An earlier version gave the wrong tonnage.")],
    ),
    (
        "This article was amended on 16 October 2026 to correct a name.",
        [("correction", None, "This article was amended on 16 October 2026 to correct a name.")],
    ),
    (
        "An earlier version of this article misstated the year.",
        [("correction", None, "An earlier version of this article misstated the year.")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CREDITS)
def test_a_credit_is_read_as_printed(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert credits_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "By Friday the port had reopened.",
        "By Friday Morning",
        "WATCH — The port reopens.",
        "Analysis - The port will reopen.",
        "Artificial intelligence (AI) is changing the trade — and fast.",
        "The American Dental Association (ADA) emphasizes that daily care is crucial.",
        "The harbour is run by the Kenya Ports Authority (KPA)",
        "Reuters reported on Monday that the port reopened.",
        "The House committee voted 19-11 on Monday.",
        "Find Item Details, 3 - Images",
        "Source: NATO.",
        "This article was edited by Anna Lind and Piet Vos.",
        "Editing by hand is slow work.",
        "The storm contributed to this report of damage.",
        "“I told Reuters,” he said.",
        "Update your address before Friday.",
    ],
)
def test_prose_that_only_looks_like_a_credit_gives_none(text: str) -> None:
    assert credits_of(text) == []


def test_the_middle_of_a_story_has_no_credits() -> None:
    text = "One.\nTwo.\nThree.\nFour.\n(Reuters)\nFive.\nSix.\nSeven.\nEight."
    assert credits_of(text) == []


def test_the_wire_credit_of_the_seed_is_its_last_line() -> None:
    assert credits_of(SEED.read_text()) == [("wire", "Reuters", "(With Inputs from Reuters)")]


def test_a_credit_to_unnamed_agencies_says_why_there_is_no_agency() -> None:
    (row,) = build().extract(read("(Agencies)"), Found(()))
    assert row.reason == "agency not named"


PIECES = st.sampled_from(
    [
        "By ",
        "(",
        ")",
        "Reuters",
        " — ",
        "Anna Lind",
        "\n",
        "Reporting by ",
        "; ",
        "NAIROBI, Oct 15",
        ".",
        "Correction: ",
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=3))).map("".join)))
def test_any_text_gives_valid_offsets(text: str) -> None:
    for row in build().extract(read(text), Found(())):
        assert isinstance(row, Credit)
        assert 0 <= row.start_char < row.end_char <= len(text)


@pytest.mark.parametrize("unit", ["(", "By A ", "A,", "- ", "contributed ", "reporting by ", "A 1 (", "note "])
def test_hostile_text_costs_linear_time(unit: str) -> None:
    list(build().extract(read(unit * (200_000 // len(unit))), Found(())))
