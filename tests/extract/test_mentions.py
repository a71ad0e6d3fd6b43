"""Who is named, and which mentions mean the same."""

import pytest
from articles import article_of

from tasks.extract.contract import Found
from tasks.extract.mentions import Entity, Mention, build
from tasks.language.contract import Reader


def people(reader: Reader, text: str) -> dict[str, list[str]]:
    """Name of each person -> the words that mean her or him, in order."""
    [reading] = reader.read([article_of(text)])
    records = list(build().extract(reading, Found(())))
    entities = {r.entity_id: r for r in records if isinstance(r, Entity)}
    found: dict[str, list[str]] = {e.name: [] for e in entities.values() if e.entity_type == "PERSON"}
    for record in records:
        if isinstance(record, Mention) and record.entity_type == "PERSON":
            name = entities[record.entity_id].name if record.entity_id else "?"
            found.setdefault(name, []).append(text[record.start_char : record.end_char])
    return found


CASES = [
    (
        "Vladimir Putin spoke on Monday. Mr Putin said that he was ready.",
        {"Vladimir Putin": ["Vladimir Putin", "Putin", "he"]},
    ),
    (
        "Anna Lind met Omar Haddad. Haddad thanked Lind.",
        {"Anna Lind": ["Anna Lind", "Lind"], "Omar Haddad": ["Omar Haddad", "Haddad"]},
    ),
    (
        "Ms Salma Haddad and Mr Khalid Haddad came late. Haddad spoke first.",
        {"Salma Haddad": ["Salma Haddad"], "Khalid Haddad": ["Khalid Haddad"], "?": ["Haddad"]},
    ),
    (
        "Ngozi Okafor, the director of the museum, arrived. The director was tired.",
        {"Ngozi Okafor": ["Ngozi Okafor", "The director"]},
    ),
    ("“He is mad,” said Anna Lind of Omar Haddad.", {"Anna Lind": ["Anna Lind"], "Omar Haddad": ["Omar Haddad"]}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_one_person_is_one_entity(reader: Reader, text: str, expected: dict[str, list[str]]) -> None:
    assert people(reader, text) == expected


def test_an_ambiguous_surname_has_no_entity_and_a_reason(reader: Reader) -> None:
    [reading] = reader.read([article_of("Ms Salma Haddad and Mr Khalid Haddad came late. Haddad spoke first.")])
    mentions = [record for record in build().extract(reading, Found(())) if isinstance(record, Mention)]
    assert [(m.entity_id, m.reason) for m in mentions if m.entity_id is None] == [
        (None, "2 people here share this name")
    ]


def test_a_full_name_has_the_same_id_in_every_article_and_a_single_name_has_not(reader: Reader) -> None:
    def ids(text: str, url: str) -> dict[str, str]:
        [reading] = reader.read([article_of(text, url=url)])
        return {r.name: r.entity_id for r in build().extract(reading, Found(())) if isinstance(r, Entity)}

    one = ids("Anna Lind met Putin in Oslo.", "file:///one")
    two = ids("Putin met Anna Lind in Oslo.", "file:///two")
    assert one["Anna Lind"] == two["Anna Lind"]
    assert one["Oslo"] == two["Oslo"]
    assert one["Putin"] != two["Putin"]


def test_names_of_one_country_are_one_entity(reader: Reader) -> None:
    [reading] = reader.read([article_of("They met in the U.S. in May. The United States has 50 states.")])
    entities = [r.name for r in build().extract(reading, Found(())) if isinstance(r, Entity)]
    assert entities == ["United States"]


def test_an_acronym_in_brackets_is_the_organisation(reader: Reader) -> None:
    [reading] = reader.read([article_of("The World Health Organization (WHO) met. WHO said so.")])
    names = {r.name for r in build().extract(reading, Found(())) if isinstance(r, Entity)}
    assert names == {"World Health Organization"}


def test_prefix_and_suffix_are_the_words_around(reader: Reader) -> None:
    text = "On Monday evening in the old town hall of Gent Anna Lind spoke for almost an hour to the crowd."
    [reading] = reader.read([article_of(text)])
    mention = next(
        r for r in build().extract(reading, Found(())) if isinstance(r, Mention) and r.entity_type == "PERSON"
    )
    assert text[: mention.start_char].endswith(mention.prefix)
    assert text[mention.end_char :].startswith(mention.suffix)
    assert len(mention.prefix) == len(mention.suffix) == 32
