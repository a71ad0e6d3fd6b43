"""Statements beyond quotation marks: indirect speech, content in pieces, governments that speak, and who «I» is."""

import pytest
from articles import article_of

from tasks.extract import mentions, quotes, roles
from tasks.extract._run import extract
from tasks.extract.mentions import Entity, Mention
from tasks.extract.quotes import Quote
from tasks.language.contract import Reader

EXTRACTORS = (mentions.build(), roles.build(), quotes.build())


def records_of(text: str, reader: Reader, language: str = "en") -> list[object]:
    (reading,) = reader.read([article_of(text, language=language)])
    extraction, errors = extract(reading, EXTRACTORS)
    assert not errors
    return [finding.record for finding in extraction.findings]


def rows(text: str, reader: Reader) -> list[Quote]:
    return [record for record in records_of(text, reader) if isinstance(record, Quote)]


# The sentence | what is said, a part of it | the source, a part of it | a word of the cue
INDIRECT = [
    "The minister said on Monday that the bridge would stay closed. | bridge would stay closed | minister | said",
    "Anna Lind argued that the port needs a new quay. | the port needs a new quay | Anna Lind | argued",
    "According to the police, nobody was hurt. | nobody was hurt | police | According to",
    "Nobody was hurt, officials said. | Nobody was hurt | officials | said",
    "The report found that half of the wells were dry. | half of the wells were dry | report | found",
    "Vos denied that he had met the owner. | he had met the owner | Vos | denied",
    "The company said it would pay “every last cent” by May. | it would pay “every last cent” | company | said",
]


@pytest.mark.parametrize("case", INDIRECT)
def test_indirect_and_mixed_speech_has_content_source_and_cue(case: str, reader: Reader) -> None:
    text, content, source, cue = case.split(" | ")
    found = [row for row in rows(text, reader) if content in text[row.start_char : row.end_char]]
    assert found
    assert source in (found[0].speaker_text or "")
    assert cue in (found[0].cue or "")
    assert found[0].kind == ("mixed" if "“" in content else "indirect")
    assert found[0].confidence


def test_pieces_of_one_statement_have_one_number(reader: Reader) -> None:
    text = "“We waited for hours,” Anna Lind said, “and nobody came.”\n\nVos said the road was closed."
    found = rows(text, reader)
    assert [row.statement_no for row in found[:2]] == [found[0].statement_no] * 2
    assert found[-1].statement_no != found[0].statement_no


def test_an_odd_quotation_mark_does_not_lose_the_rest(reader: Reader) -> None:
    text = "Anna Lind said the “plan was dead.\n\n“It will not come back,” she said.\n\n“Never,” said Omar Haddad."
    said = [text[row.start_char : row.end_char] for row in rows(text, reader)]
    assert "“It will not come back,”" in said
    assert "“Never,”" in said


def test_a_capital_that_warns_is_a_government_and_not_the_place(reader: Reader) -> None:
    text = "Washington said on Friday it would cut aid. The envoy then left Washington for Berlin."
    records = records_of(text, reader)
    senses = [
        (m.sense, m.entity_id) for m in records if isinstance(m, Mention) and m.start_char in {0, text.rindex("Wash")}
    ]
    names = {e.entity_id: (e.name, e.entity_type) for e in records if isinstance(e, Entity)}
    assert [sense for sense, _ in senses] == ["metonymic", None]
    assert names[senses[0][1] or ""] == ("Washington (government)", "ORG")
    assert senses[0][1] != senses[1][1]


def test_i_in_a_quotation_is_the_one_who_is_quoted(reader: Reader) -> None:
    text = "Anna Lind sat down. “I lost my boat,” she told reporters. Omar Haddad looked away."
    records = records_of(text, reader)
    ids = {e.name: e.entity_id for e in records if isinstance(e, Entity)}
    found = {text[m.start_char : m.end_char]: m.entity_id for m in records if isinstance(m, Mention)}
    assert found["I"] == found["my"] == ids["Anna Lind"]


def test_english_rules_do_not_touch_german(reader: Reader) -> None:
    text = "„Wir warten seit Stunden“, sagte Anna Lind. Vos erklärte, die Straße sei gesperrt."
    assert records_of(text, reader, language="de") == []
