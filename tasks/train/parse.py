"""A spaCy parse of masked text as tokens of the article."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tasks.language.reading import Span, Token
from tasks.train.masking import Mask, Masked

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken


class Parse(NamedTuple):
    """Tokens and sentences of one piece; indexes count from 0 within the piece."""

    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]


def as_parse(doc: "Doc", masked: Masked, text: str) -> Parse:
    """Tokens with offsets into the article; all tokens of a mask become one, which stands for the quotation."""
    masks = [masked.mask_at(token.idx) for token in doc]
    kept = [token for token in doc if _stands(token, masks) and not token.is_space]
    index_of = {token.i: index for index, token in enumerate(kept)}
    last = 0
    for token in doc:
        if token.i in index_of:
            last = index_of[token.i]
        else:
            index_of[token.i] = _stand_in(token, masks, index_of, last)
    sentence_of, sentences = _sentences(doc, kept, masked, masks)
    tokens = []
    for token in kept:
        mask = masks[token.i]
        start, end = _offsets(token, mask, masked)
        tokens.append(
            Token(
                index=index_of[token.i],
                start_char=start,
                end_char=end,
                text=text[start:end],
                lemma=token.lemma_.lower(),
                pos=token.pos_,
                tag=token.tag_,
                dep=token.dep_,
                head=index_of[token.head.i],
                sentence_no=sentence_of[token.i],
                quotation=mask.number if mask else None,
            )
        )
    return Parse(tuple(tokens), sentences)


def joined(parse: Parse, first_token: int, first_sentence: int) -> Iterator[Token]:
    """Tokens of a piece renumbered for the whole article."""
    for token in parse.tokens:
        yield replace(
            token,
            index=token.index + first_token,
            head=token.head + first_token,
            sentence_no=token.sentence_no + first_sentence,
        )


def _stands(token: "SpacyToken", masks: list[Mask | None]) -> bool:
    """True for tokens outside of masks, and for the one token of each mask that stands for it: the one whose head is
    outside, else the mask's second token (the first is its mark)."""
    mask = masks[token.i]
    if mask is None:
        return True
    members = _members(token, masks)
    outside = [m for m in members if not m.is_punct and (m.head.i == m.i or masks[m.head.i] is not mask)]
    return token.i == (outside or members[1:] or members)[0].i


def _members(token: "SpacyToken", masks: list[Mask | None]) -> list["SpacyToken"]:
    """All tokens of the mask that holds a token."""
    first = last = token.i
    while first > 0 and masks[first - 1] is masks[token.i]:
        first -= 1
    while last + 1 < len(masks) and masks[last + 1] is masks[token.i]:
        last += 1
    return list(token.doc[first : last + 1])


def _stand_in(token: "SpacyToken", masks: list[Mask | None], index_of: dict[int, int], last: int) -> int:
    """Index of the kept token that stands for one that is not kept; `last` is the one kept before it."""
    if masks[token.i] is not None:
        return next(index_of[m.i] for m in _members(token, masks) if m.i in index_of)
    # White space: its head, or the token before it.
    return index_of.get(token.head.i, last)


def _sentences(
    doc: "Doc", kept: list["SpacyToken"], masked: Masked, masks: list[Mask | None]
) -> tuple[dict[int, int], tuple[Span, ...]]:
    """Sentence number by token, and the sentences' spans; a sentence that would end inside a mask goes on."""
    numbers: dict[int, int] = {}
    spans: list[Span] = []
    current: object = None
    for token in kept:
        start, end = _offsets(token, masks[token.i], masked)
        if token.sent.start != current and not (spans and start < spans[-1].end_char):
            current = token.sent.start
            spans.append(Span(start, end))
        else:
            spans[-1] = Span(spans[-1].start_char, max(end, spans[-1].end_char))
        numbers[token.i] = len(spans) - 1
    return numbers, tuple(spans)


def _offsets(token: "SpacyToken", mask: Mask | None, masked: Masked) -> tuple[int, int]:
    if mask is not None:
        return mask.original.start_char, mask.original.end_char
    start = masked.original_offset(token.idx)
    return start, start + len(token.text)
