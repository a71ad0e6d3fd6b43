"""Quotes: who said what, and by which word we know."""

import time
from dataclasses import replace

import pytest
from articles import article_of
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.records import Block
from tasks.extract import mentions, quotes, roles
from tasks.extract._run import extract
from tasks.extract.quotes import Quote
from tasks.language.contract import Reader

EXTRACTORS = (mentions.build(), roles.build(), quotes.build())


def quotes_of(text: str, reader: Reader, *, headings: tuple[str, ...] = ()) -> dict[str, Quote]:
    """Quotes by their words, in order."""
    places = [(text.index(words), text.index(words) + len(words)) for words in headings]
    article = replace(article_of(text), blocks=tuple(Block("heading", start, end) for start, end in places))
    (reading,) = reader.read([article])
    extraction, errors = extract(reading, EXTRACTORS)
    assert not errors
    rows = [finding.record for finding in extraction.findings if isinstance(finding.record, Quote)]
    return {text[row.start_char : row.end_char]: row for row in rows}


def holding(found: dict[str, Quote], words: str) -> Quote:
    """The row whose content is or holds these words; «…» stands for any words."""
    start, _, end = words.partition("…")
    return next(row for content, row in found.items() if start in content and (end or start) in content)


# The words | the speaker as printed | the cue; «-» where there is none, «*» where several will do. Lines of one article are joined by «/».
PATTERNS = {
    "said behind it": ["“We lost the light,” Omar Rahman said.", "“We lost the light,” | Omar Rahman | said"],
    "said before the name": ["“We lost the light,” said Omar Rahman.", "“We lost the light,” | Omar Rahman | said"],
    "a pronoun": ["Omar Rahman sat down. “We lost it,” he said.", "“We lost it,” | he | said"],
    "a name with its title": [
        "“The quay is closed,” Port Minister Piet Vos said on Monday.",
        "“The quay is closed,” | Piet Vos | said",
    ],
    "a name with an apposition": ["“It is over,” Anna Lind, the mayor, said.", "“It is over,” | Anna Lind | said"],
    "a question": ["“What do we do now?” asked the captain.", "“What do we do now?” | the captain | asked"],
    "an uncommon verb": ["“You will never get away with it,” Anna Lind hissed.", "“You… | Anna Lind | hissed"],
    "a colon": ["Anna Lind told reporters: “I will go on.”", "“I will go on.” | Anna Lind | told"],
    "a colon without a cue": ["Anna Lind gave him one piece of advice: “Go home.”", "“Go home.” | Anna Lind | gave"],
    "a colon in the paragraph before": ["Anna Lind wrote:/“Go home.”", "“Go home.” | Anna Lind | wrote"],
    "interrupted": [
        "“We lost the light,” Vos said, “and then we lost the road.”",
        "“We lost the light,” | Vos | said",
        "“and then we lost the road.” | Vos | said",
    ],
    "more in the same paragraph": [
        "“Nobody called us,” said Omar Rahman. “We called them.”",
        "“Nobody called us,” | Omar Rahman | said",
        "“We called them.” | Omar Rahman | said",
    ],
    "two joined by and": [
        "Anna Lind called the plan “a gift” and “a trap.”",
        "“a gift” | Anna Lind | called",
        "“a trap.” | Anna Lind | called",
    ],
    "inside a clause": ["Piet Vos said the quay was “closed for good.”", "“closed for good.” | Piet Vos | said"],
    "a quotation that goes on with its own verb": [
        "Carla Ferro said Piet Vos “says whatever he needs to say.”",
        "“says whatever he needs to say.” | Carla Ferro | said",
    ],
    "a participle": [
        "Anna Lind greeted the crew on Monday, praising their patience and calling them “the best of us.”",
        "“the best of us.” | Anna Lind | calling",
    ],
    "a participle as complement": [
        "On Friday Anna Lind praised the pilot, describing him as having acted “like an old sailor.”",
        "“like an old sailor.” | Anna Lind | describing",
    ],
    "a participle before its subject": [
        "Describing the verdict as “a disgrace,” Anna Lind left the court.",
        "“a disgrace,” | Anna Lind | Describing",
    ],
    "a participle behind what somebody says of others": [
        "Anna Lind said that the owners left, calling it “a flight.”",
        "“a flight.” | Anna Lind | calling",
    ],
    "a remark and its answer": [
        "Asked about Mayor Anna Lind’s remark that the port would “eat the town,” Piet Vos laughed, saying, “No.”",
        "“No.” | Piet Vos | saying",
    ],
    "passive": ["The plan was described by Anna Lind as “a gift.”", "“a gift.” | Anna Lind | described"],
    "passive without a speaker": ["The director was asked, “Who pays?”", "“Who pays?” | - | asked"],
    "a statement": ["Maas Lines wrote in a statement that it had “no fear.”", "“no fear.” | Maas Lines | wrote"],
    "a statement saying": [
        "Maas Lines sent an email to clients saying, “We have nothing to hide.”",
        "“We have nothing to hide.” | Maas Lines | saying",
    ],
    "according to, before": ["According to Piet Vos, it is “as good as shut.”", "“as… | Piet Vos | According to"],
    "according to, behind": ["It is “as good as shut,” according to Piet Vos.", "“as… | Piet Vos | according to"],
    "in the words of": ["In the words of Anna Lind, “the sea does not wait.”", "“the… | Anna Lind | words"],
    "a parenthesis": [
        "Most of his neighbours, Omar Rahman said at a meeting, believe “that the dam will break.”",
        "“that the dam will break.” | Omar Rahman | *",
    ],
    "what she called": ["Anna Lind rejected what she called a “cheap trick.”", "“cheap trick.” | she | *"],
    "which a report said was": [
        "Anna Lind criticised the dam, which the auditors said was “held by hope.”",
        "“held by hope.” | the auditors | said",
    ],
    "the mayor, who": ["Anna Lind, who called the plan “a trap,” resigned.", "“a trap,” | Anna Lind | called"],
    "a signature": ["“The harbour is dead.” — Anna Lind", "“The harbour is dead.” | Anna Lind | -"],
    "a signature below": ["“The harbour is dead.”/— Anna Lind", "“The harbour is dead.” | Anna Lind | -"],
    "several paragraphs, speaker first": [
        "Anna Lind said: “We are not for sale./“We never will be.”",
        "“We are not for sale. | Anna Lind | said",
        "“We never will be.” | Anna Lind | said",
    ],
    "several paragraphs, speaker last": [
        "“We are not for sale./“We never will be,” said Anna Lind.",
        "“We are not for sale. | Anna Lind | said",
        "“We never will be,” | Anna Lind | said",
    ],
    "a paragraph that goes on": [
        "“It is hard,” said Anna Lind./“It will get harder.”",
        "“It is hard,” | Anna Lind | said",
        "“It will get harder.” | Anna Lind | said",
    ],
    "an answer by nobody we know": [
        "“It is hard,” said Anna Lind. Piet Vos disagreed with her./“It will get better.”",
        "“It is hard,” | Anna Lind | said",
        "“It will get better.” | - | -",
    ],
    "the speaker of the sentence before": [
        "Anna Lind denied it on Monday. “I was at home all night.”",
        "“I was at home all night.” | Anna Lind | denied",
    ],
    "a new sentence by another": [
        "Piet Vos insisted that Anna Lind “must go at once.” The Port Union said nothing of the kind.",
        "“must go at once.” | Piet Vos | insisted",
    ],
    "single marks": ["‘I can stand a little longer,’ said Omar Rahman.", "‘I… | Omar Rahman | said"],
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_who_says_it_and_by_which_word_we_know(pattern: str, reader: Reader) -> None:
    text, *expected = PATTERNS[pattern]
    found = quotes_of(text.replace("/", "\n"), reader)
    for line in expected:
        words, speaker, cue = line.split(" | ")
        row = holding(found, words)
        assert speaker in (row.speaker_text or "-")
        assert cue == "*" or cue in (row.cue or "-")


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “Dunroamin” scheme was dropped in May.",
        "Visitors queued for hours to see “The Night Watch” and left.",
        "Anna Lind said on “Meet the Town” that the plan was dead.",
        "Jan “The Anchor” Vos won the race.",
        "A class called “Perception” began in May.",
        "The ship, named “Hope,” sank.",
        "The “temporary” bridge is fifty years old.",
    ],
)
def test_titles_nicknames_and_doubts_are_nobodys_words(text: str, reader: Reader) -> None:
    assert [words for words, row in quotes_of(text, reader).items() if row.kind == "direct"] == []


def test_a_speaker_has_the_full_name_and_the_role_printed_elsewhere(reader: Reader) -> None:
    text = "Harbour director Piet Vos arrived at noon.\n“The quay is closed,” Vos said."
    row = quotes_of(text, reader)["“The quay is closed,”"]
    assert (row.speaker_text, row.speaker_name, row.speaker_role) == ("Vos", "Piet Vos", "harbour director")
    assert row.speaker_entity_id


def test_an_organisation_speaks(reader: Reader) -> None:
    row = quotes_of("“We have nothing to hide,” Maas Lines wrote in a letter.", reader)["“We have nothing to hide,”"]
    assert row.speaker_name == "Maas Lines"


def test_a_spokesman_without_a_name_is_no_entity_and_the_reason_says_so(reader: Reader) -> None:
    row = holding(quotes_of("A spokesman for the port said the quay was “shut.”", reader), "“shut.”")
    assert (row.speaker_text, row.speaker_name) == ("A spokesman for the port", None)
    assert row.reason
    assert row.reason.endswith("the source is not named")


def test_a_letter_speaks_for_the_one_it_is_from(reader: Reader) -> None:
    text = "She read out a letter from Henk Smit, a pilot.\n“Stand together and go home,” the letter says."
    row = quotes_of(text, reader)["“Stand together and go home,”"]
    assert (row.speaker_text, row.speaker_name) == ("the letter", "Henk Smit")


def test_the_coxswain_is_the_one_printed_with_this_description(reader: Reader) -> None:
    text = "Its coxswain, Dirk Vos, recalled a calm night.\n“It was dark and wet,” the coxswain said."
    row = quotes_of(text, reader)["“It was dark and wet,”"]
    assert (row.speaker_text, row.speaker_name) == ("the coxswain", "Dirk Vos")


def test_where_tagger_and_rules_differ_and_neither_is_sure_nobody_is_named(reader: Reader) -> None:
    row = holding(quotes_of("The film shows Anna Lind saying, “I never knew.”", reader), "“I never knew.”")
    assert row.speaker_text is None or "Anna Lind" in row.speaker_text
    assert row.reason


def test_a_name_inside_the_words_is_not_their_speaker(reader: Reader) -> None:
    row = quotes_of("“Anna Lind said nothing to us at all.”", reader)["“Anna Lind said nothing to us at all.”"]
    assert (row.speaker_text, row.cue) == (None, None)
    assert row.reason


def test_every_row_says_how_its_speaker_was_found_or_why_there_is_none(reader: Reader) -> None:
    for text, *_ in PATTERNS.values():
        assert all(row.reason for row in quotes_of(text.replace("/", "\n"), reader).values())


def test_a_heading_holds_no_quote(reader: Reader) -> None:
    text = "Mayor says: “I will go on”\nAnna Lind spoke on Monday."
    assert quotes_of(text, reader, headings=("Mayor says: “I will go on”",)) == {}


def test_an_article_that_no_parser_reads_has_no_quotes(reader: Reader) -> None:
    article = replace(article_of("„Das ist alles“, sagte Anna Lind."), language="de")
    (reading,) = reader.read([article])
    extraction, errors = extract(reading, EXTRACTORS)
    assert not extraction.findings
    assert not errors


PIECES = [
    "“",
    "”",
    '"',
    "‘",
    "’",
    "said",
    "Anna Lind",
    "he",
    "according to",
    "which",
    ",",
    ".",
    ":",
    "—",
    "\n",
    "(",
    ")",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40))
@settings(max_examples=40)
def test_no_text_breaks_it(reader: Reader, pieces: list[str]) -> None:
    text = " ".join(pieces)
    for words, row in quotes_of(text, reader).items():
        assert text[row.start_char : row.end_char] == words


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["“A b” said the ", "“A.” — Aaaaaaaaaa", "the letter from him said “so”, ", "“a\n"])
def test_time_grows_with_length_and_not_faster(unit: str, reader: Reader) -> None:
    def seconds(count: int) -> float:
        (reading,) = reader.read([article_of(unit * count)])
        start = time.perf_counter()
        extract(reading, EXTRACTORS)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(1_200) < 8 * (seconds(300) + 0.05)
