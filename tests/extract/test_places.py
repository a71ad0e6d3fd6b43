"""Places: which place on the map a name means, and when we do not say."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.records import Article, Candidate
from tasks.extract.contract import Found
from tasks.extract.mentions import Mention
from tasks.extract.places import Place, build
from tasks.language.reading import EntityType, Reading, Span, Token


def reading_of(text: str, tokens: tuple[Token, ...] = ()) -> Reading:
    article = Article(
        candidate=Candidate(url="file:///a.txt"),
        document_url="file:///a.txt",
        text=text,
        raw_sha256="",
        archive_key="",
        cleaner="",
        cleaner_version="",
        seen_at=datetime(2026, 10, 15, tzinfo=UTC),
        language="en",
    )
    return Reading(article=article, paragraphs=(Span(0, len(text)),), sentences=(Span(0, len(text)),), tokens=tokens)


def mention(start: int, end: int, entity_type: EntityType = "GPE") -> Mention:
    return Mention(start_char=start, end_char=end, prefix="", suffix="", entity_type=entity_type, mention_kind="name")


def places_of(marked: str, entity_type: EntityType = "GPE") -> dict[str, Place]:
    """Places by printed name; the names are marked with brackets."""
    text, mentions = "", []
    for piece in re.split(r"(\[[^]]*\])", marked):
        if piece.startswith("["):
            mentions.append(mention(len(text), len(text) + len(piece) - 2, entity_type))
        text += piece.strip("[]") if piece.startswith("[") else piece
    rows = [row for row in build().extract(reading_of(text), Found(mentions)) if isinstance(row, Place)]
    return {text[row.start_char : row.end_char]: row for row in rows}


CASES = [
    ("Talks in [Nairobi] continue.", "Nairobi", "Nairobi KEN P"),
    ("[NAIROBI], Oct 15 - Talks continue.", "NAIROBI", "Nairobi KEN P"),
    ("The [U.S.] and [Britain] agreed.", "U.S.", "United States USA A"),
    ("The [U.S.] and [Britain] agreed.", "Britain", "United Kingdom GBR A"),
    ("Cocoa from [Ivory Coast] is dear.", "Ivory Coast", "Ivory Coast CIV A"),
    ("[The Netherlands] voted.", "The Netherlands", "The Netherlands NLD A"),
    ("Voters in [Ohio] chose.", "Ohio", "Ohio USA A"),
    ("Voters in [Scotland] chose.", "Scotland", "Scotland GBR A"),
    ("He lives in [Springfield], [Illinois].", "Springfield", "Springfield USA P"),
    ("She lives in [Buffalo], [N.Y.], near [Canada].", "Buffalo", "Buffalo USA P"),
    ("She lives in [Cambridge], [Mass].", "Cambridge", "Cambridge USA P"),
    ("In [France], [Paris] is calm.", "Paris", "Paris FRA P"),
    ("The mayor of [Paris], [Texas], spoke.", "Paris", "Paris USA P"),
    ("Talks in [Geneva] and [Washington] go on.", "Washington", "Washington USA P"),
    ("[Seattle] is far from [Ohio].", "Seattle", "Seattle USA P"),
    ("[Kyiv] and [Kiev] are one city.", "Kiev", "Kyiv UKR P"),
    ("Africa: all of [Africa] waits.", "Africa", "Africa None L"),
]


@pytest.mark.parametrize(("marked", "name", "expected"), CASES)
def test_a_name_is_put_on_the_map(marked: str, name: str, expected: str) -> None:
    row = places_of(marked)[name]
    assert f"{row.name} {row.country_iso3} {row.feature_class}" == expected


@pytest.mark.parametrize(
    ("marked", "name", "reason"),
    [
        ("A fire in [Springfield] is out.", "Springfield", r"\d+ cities share the name"),
        ("A fire in [Kinasserom] is out.", "Kinasserom", "not in the gazetteer"),
        ("A vote in [Georgia] is near.", "Georgia", "a country and a US state share the name"),
        ("In [Kenya], a man from [Gent] sings.", "Gent", "in a country or region that the article does not name"),
        ("In [Ohio], [Dublin] votes.", "Dublin", r"\d+ cities share the name"),
    ],
)
def test_where_there_is_doubt_nothing_is_said_but_why(marked: str, name: str, reason: str) -> None:
    row = places_of(marked)[name]
    assert row.geonames_id is None
    assert re.fullmatch(reason, row.reason or "")


def test_georgia_among_its_neighbours_is_the_country_and_among_states_the_state() -> None:
    assert places_of("[Georgia] and [Russia] talk.")["Georgia"].country_iso3 == "GEO"
    assert places_of("[Georgia] and [Ohio] vote.")["Georgia"].country_iso3 == "USA"


def test_a_city_has_coordinates_and_its_region() -> None:
    row = places_of("A fire in [Chicago] is out.")["Chicago"]
    assert row.lat is not None
    assert row.lon is not None
    assert (round(row.lat), round(row.lon), row.admin1) == (42, -88, "IL")


def test_a_country_has_no_coordinates_and_says_why() -> None:
    row = places_of("[Kenya] votes.")["Kenya"]
    assert (row.lat, row.lon, row.reason) == (None, None, "the gazetteer gives no coordinates for areas")


def test_organisations_and_pronouns_give_no_place() -> None:
    assert places_of("[Kenya] votes.", "ORG") == {}


def test_a_name_that_stands_for_a_government_says_so() -> None:
    text = "Washington warned Moscow."
    government = replace(mention(0, 10), sense="metonymic")
    rows = list(build().extract(reading_of(text), Found([government, mention(18, 24)])))
    assert [row.sense for row in rows] == ["metonymic", None]


@settings(deadline=None)
@given(st.text(min_size=1), st.data())
def test_any_text_gives_valid_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (row,) = build().extract(reading_of(text), Found([mention(start, end)]))
    assert (row.start_char, row.end_char) == (start, end)
    assert row.geonames_id is not None or row.reason


def test_many_names_cost_linear_time() -> None:
    text = "Springfield, " * 5_000
    mentions = [mention(match.start(), match.end() - 2) for match in re.finditer("Springfield, ", text)]
    assert len(list(build().extract(reading_of(text), Found(mentions)))) == 5_000
