"""Extracted articles made into others: another address and text, and names written in another alphabet, with all rows where they belong."""

from dataclasses import fields, replace
from functools import cache
from math import isqrt
from typing import Any

from storage.evidence import spans
from storage.records import Candidate, Extraction, Finding, Record, identifier

VOWELS, SOME, OTHERS = "aeiou", "bcdfghjklm", "npqrstvwxz"
# Columns with words of the text that are no evidence.
WORDS = frozenset({"name", "prefix", "suffix", "speaker_name"})


def copied(extraction: Extraction, url: str, number: int) -> Extraction:
    """The article number `number` of a warehouse, at this address. The alphabets in use grow with the root of the number, as names do in the
    news: most of those in an article have been met before."""
    alphabet = number * 7919 % (1 + isqrt(number))
    article = replace(
        extraction.article, text=f"{extraction.article.text.translate(letters(alphabet))}\n{url}", candidate=Candidate(url=url),
        document_url=url, canonical_url=url, identity=url[8:], raw_sha256=f"{number}",
    )  # fmt: skip
    return Extraction(article=article, findings=tuple(rewritten(found, alphabet) for found in extraction.findings))


@cache
def letters(alphabet: int) -> dict[int, int]:
    """How letters are exchanged; the words keep their lengths."""
    parts = ((VOWELS, alphabet % 5), (SOME, alphabet // 5 % 10), (OTHERS, alphabet // 50 % 10))
    both = [(part, part[turn:] + part[:turn]) for part, turn in parts]
    old, new = ("".join(side) for side in zip(*both, strict=True))
    return str.maketrans(old + old.upper(), new + new.upper())


def rewritten(found: Finding, alphabet: int) -> Finding:
    """A finding in another alphabet: other words, other people."""
    record, table = found.record, letters(alphabet)
    words, ids = _columns(type(record))
    changed = {name: value.translate(table) for name in words if (value := getattr(record, name))}
    changed |= {name: identifier(value, f"{alphabet}") for name in ids if (value := getattr(record, name))}
    return replace(found, record=replace(record, **changed), exact=found.exact and found.exact.translate(table))


@cache
def _columns(kind: type[Record]) -> tuple[list[str], list[str]]:
    """The fields of a record with words, and those with ids of entities."""
    names: set[str] = {field.name for field in fields(kind)}
    words: set[Any] = {span.words for span in spans(names)} | WORDS
    return sorted(words & names), sorted(name for name in names if name.endswith("entity_id"))
