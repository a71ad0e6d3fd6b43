"""What the reader reads."""

import pytest
from articles import article_of

from tasks.language.contract import Reader
from tasks.language.reading import Reading


def read(reader: Reader, text: str, language: str | None = "en") -> Reading:
    [reading] = reader.read([article_of(text, language=language)])
    return reading


def names(reading: Reading, *types: str) -> list[str]:
    return [reading.words(name) for name in reading.names if name.entity_type in types]


NAMES = [
    ("Mr. Khalid al-Rashid met Ms Anna Lind in Oslo.", ["Khalid al-Rashid", "Anna Lind"]),
    ("President Vladimir Putin spoke. Putin’s speech was short.", ["Vladimir Putin", "Putin"]),
    ("Nur Izzati binti Kamaruddin led the case.", ["Nur Izzati binti Kamaruddin"]),
    ("Joost Verhoeven, the chief executive of the port, called it a gift.", ["Joost Verhoeven"]),
    ("Anna Lind spoke in Gent. Later Lind left.", ["Anna Lind", "Lind"]),
]


@pytest.mark.parametrize(("text", "people"), NAMES)
def test_names_of_people_have_no_titles_and_no_possessives(reader: Reader, text: str, people: list[str]) -> None:
    assert names(read(reader, text), "PERSON") == people


def test_two_countries_joined_by_a_hyphen_are_two_names(reader: Reader) -> None:
    assert names(read(reader, "They spoke of U.S.-Russia relations."), "GPE") == ["U.S.", "Russia"]


def test_a_large_city_in_a_list_is_no_person(reader: Reader) -> None:
    found = names(read(reader, "Russia controls large portions of Zaporizhzhia and Kherson."), "GPE")
    assert found == ["Russia", "Zaporizhzhia", "Kherson"]


def test_each_quotation_is_one_token_of_the_parse(reader: Reader) -> None:
    text = "“It rains,” said Anna Lind. “And it will rain,” she said, “for days.”"
    reading = read(reader, text)
    stand_ins = [token for token in reading.tokens if token.quotation is not None]
    assert [reading.words(token) for token in stand_ins] == ["“It rains,”", "“And it will rain,”", "“for days.”"]
    assert [token.quotation for token in stand_ins] == [0, 1, 2]


def test_tokens_sentences_and_heads_fit_together(reader: Reader) -> None:
    text = "Anna Lind said: “Go. Now. All of you.” Then she left.\nNobody moved, it is said."
    reading = read(reader, text)
    assert [token.index for token in reading.tokens] == list(range(len(reading.tokens)))
    for token in reading.tokens:
        sentence = reading.sentences[token.sentence_no]
        assert sentence.start_char <= token.start_char
        assert token.end_char <= sentence.end_char
        assert reading.text[token.start_char : token.end_char] == token.text
        assert 0 <= token.head < len(reading.tokens)
    ends = [0, *(sentence.end_char for sentence in reading.sentences)]
    assert all(end <= s.start_char for end, s in zip(ends, reading.sentences, strict=False))


def test_a_language_without_a_model_gives_paragraphs_and_a_reason(reader: Reader) -> None:
    reading = read(reader, "Der Regen kam. „Endlich“, sagte Anna Lind.", "de")
    assert reading.unread == "no model here reads de"
    assert reading.names == reading.tokens == ()
    assert len(reading.sentences) == 2


def test_runs_of_characters_that_are_no_words_are_not_read(reader: Reader) -> None:
    reading = read(reader, "Anna Lind spoke. " + "x" * 5_000 + "\nThen Omar Haddad left.")
    assert all(len(token.text) < 300 for token in reading.tokens)
    assert names(reading, "PERSON") == ["Anna Lind", "Omar Haddad"]
