"""What the article says that somebody said: the tagger's statements and the rules' quotations brought together.

The tagger sees indirect speech and reads content, source and cue; the rules never lose a quotation and know speech tags and
floating quotations. A quotation that both see has the tagger's words and, where the rules are surer, the rules' source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise
from typing import Final

from tasks.extract._cues import CUE_NOUNS
from tasks.extract._floating import Attributed, attribute_all
from tasks.extract._frame import Frame
from tasks.extract._quotes_by_cue import Attribution
from tasks.extract._quotes_subjects import FINITE
from tasks.extract._quotes_unsaid import is_unsaid
from tasks.language.reading import Quotation, Reading, Span, Statement, Token

# A statement that covers this share of a quotation is about the quotation, and takes all of it.
MIN_COVERED: Final = 0.05
# A statement of the tagger alone is kept from this confidence on.
MIN_CONFIDENCE: Final = 0.7
# Of one that has no source, which is rare: «it was alleged that …».
MIN_CONFIDENCE_ALONE: Final = 0.9
# Where the rules name somebody else than the tagger, and the tagger is less sure than this, nobody is named.
MIN_SURE: Final = 0.98
MIN_WORDS: Final = 2
MIN_BESIDE_QUOTATION: Final = 5
# Characters between two pieces of one statement that are not quotations: room for «, the mayor of Gent said on Monday,».
MAX_GAP: Final = 80
# Ways of the rules that are surer than the tagger.
SURER: Final = frozenset(
    {
        "according to",
        "inverted subject",
        "name and cue right behind",
        "name right behind the cue",
        "noun and cue right behind",
        "owner of the claim",
        "owner of the statement",
        "pronoun and cue right behind",
        "pronoun right behind the cue",
        "same speaker as the words before in this paragraph",
        "subject of cue",
    }
)
CERTAIN: Final = frozenset({"signature behind a dash"})
TRAILING: Final = " ,;:.\t\u00a0"
POSSESSIVES: Final = frozenset({"'s", "’s", "'", "’"})
TAGGER: Final = "tagger: source linked to the words"


@dataclass(frozen=True, slots=True)
class Utterance:
    """A piece of what somebody said. `head` is the head of the source where the rules found it."""

    content: Span
    source: Span | None
    cue: Span | None
    how: str
    confidence: float | None = None
    head: Token | None = None


def utterances(frame: Frame) -> list[Utterance]:
    """All pieces of statements of an article, in order of the text; pieces of equal content are given once."""
    reading = frame.reading
    by_rule = {found.quotation: found for found in attribute_all(frame)}
    found: list[Utterance] = []
    covered: set[Quotation] = set()
    for statement in reading.statements:
        inside = _touched(reading, statement.content)
        whole = [q for q in inside if _share(statement.content, q) >= MIN_COVERED]
        covered.update(whole)
        if whole and _is_only(statement.content, whole) and all(is_unsaid(frame, q) for q in whole):
            continue
        rule = next((by_rule[q] for q in whole if q in by_rule), None)
        if utterance := _joined(frame, statement, whole, rule):
            found.append(utterance)
    alone = [rule for quotation, rule in by_rule.items() if quotation not in covered]
    found += [_from_rule(rule) for rule in alone]
    return _borrowed(frame, _settled(_without_scraps(reading, found)))


def _borrowed(frame: Frame, found: Sequence[Utterance]) -> list[Utterance]:
    """«Lind welcomed the plan, calling it “a gift”»: a participle has the source of the first statement before it in its
    sentence whose cue is finite."""
    leading: dict[int, Utterance] = {}
    borrowed: list[Utterance] = []
    for utterance in found:
        verb = _verb(frame, utterance.cue)
        borrowed.append(_with_source_before(utterance, verb, leading))
        if utterance.source and verb and verb.tag in FINITE:
            leading.setdefault(verb.sentence_no, utterance)
    return borrowed


def _with_source_before(utterance: Utterance, verb: Token | None, leading: Mapping[int, Utterance]) -> Utterance:
    if utterance.source or utterance.head or verb is None or verb.tag != "VBG":
        return utterance
    first = leading.get(verb.sentence_no)
    how = "source of the clause that the participle belongs to"
    return replace(utterance, source=first.source, how=how) if first else utterance


def _verb(frame: Frame, cue: Span | None) -> Token | None:
    """The first word of a cue."""
    return next(iter(frame.tokens_in(cue)), None) if cue else None


def _is_only(content: Span, quotations: Sequence[Quotation]) -> bool:
    """True for a statement of nothing but what stands between the marks."""
    return quotations[0].start_char <= content.start_char + 1 and content.end_char <= quotations[-1].end_char + 1


def _touched(reading: Reading, content: Span) -> list[Quotation]:
    return list(reading.quotations_touching(content.start_char, content.end_char))


def _share(content: Span, quotation: Quotation) -> float:
    both = min(content.end_char, quotation.end_char) - max(content.start_char, quotation.start_char)
    return both / (quotation.end_char - quotation.start_char)


def _joined(
    frame: Frame, statement: Statement, whole: Sequence[Quotation], rule: Attributed | None
) -> Utterance | None:
    """The tagger's statement, its edges moved to those of the quotations it covers."""
    reading = frame.reading
    few = len(reading.words(statement.content).split()) < MIN_WORDS
    least = MIN_CONFIDENCE if statement.source else MIN_CONFIDENCE_ALONE
    if not whole and (few or statement.cue is None or statement.confidence < least):
        return None
    start = min([statement.content.start_char, *(q.start_char for q in whole)])
    end = max([statement.content.end_char, *(q.end_char for q in whole)])
    while not whole and end > start + 1 and reading.text[end - 1] in TRAILING:
        end -= 1
    content = Span(start, end)
    source = _outside(content, statement.source)
    source = frame.in_one_sentence(_whole_phrase(frame, _whole_names(frame, source))) if source else None
    utterance = Utterance(content, source, _outside(content, statement.cue), TAGGER, statement.confidence)
    if owner := _owner_beside(frame, utterance):
        return replace(utterance, source=None, head=owner, how="owner of the claim")
    return _with_rule(frame, utterance, rule.attribution) if rule else utterance


def _whole_phrase(frame: Frame, source: Span) -> Span:
    """A source that is only an article, with the noun that it belongs to."""
    tokens = frame.tokens_in(source)
    if len(tokens) != 1 or tokens[0].dep != "det":
        return source
    noun = frame.head(tokens[0])
    return frame.phrase(noun) if noun.start_char > source.start_char else source


def _whole_names(frame: Frame, source: Span) -> Span:
    """The source with all of each name of which it has a part: «Lind» of «Anna Lind» is she."""
    cut = frame.names_touching(source.start_char, source.end_char)
    return Span(
        min([source.start_char, *(n.start_char for n in cut)]), max([source.end_char, *(n.end_char for n in cut)])
    )


def _owner_beside(frame: Frame, utterance: Utterance) -> Token | None:
    """«Harris’s remark that …»: the owner right before the noun is who said it, whomever the tagger linked."""
    words = frame.tokens_in(utterance.cue) if utterance.cue else ()
    noun = next((token for token in words if token.lemma in CUE_NOUNS and token.pos == "NOUN"), None)
    if noun is None or noun.index < 2 or frame.tokens[noun.index - 1].text not in POSSESSIVES:
        return None
    owner = frame.tokens[noun.index - 2]
    named = utterance.source and utterance.source.start_char < owner.end_char <= utterance.source.end_char
    return None if named or owner.sentence_no != noun.sentence_no else owner


def _somebody_between(frame: Frame, utterance: Utterance) -> bool:
    """True for a source in an earlier line with another person named between it and the words."""
    source, start = utterance.source, utterance.content.start_char
    if source is None or "\n" not in frame.reading.text[source.end_char : start]:
        return False
    own = frame.reading.words(source)
    names = frame.names_touching(source.end_char, start)
    between = (n for n in names if source.end_char <= n.start_char and n.entity_type == "PERSON")
    return any(frame.last_token(name) and frame.reading.words(name).rsplit(" ", 1)[-1] not in own for name in between)


def _outside(content: Span, span: Span | None) -> Span | None:
    """A source or cue, unless it stands inside the very words that it is of."""
    inside = span and content.start_char <= span.start_char and span.end_char <= content.end_char
    return None if inside else span


def _with_rule(frame: Frame, utterance: Utterance, rule: Attribution) -> Utterance:
    """The source by the rules where the tagger has none or they are surer; none where both differ and neither is sure."""
    if rule.source is None:
        nothing = utterance.source is None and utterance.cue is None
        if nothing or _somebody_between(frame, utterance):
            return replace(utterance, source=None, cue=rule.cue, how=rule.how)
        return utterance
    by_rule = replace(utterance, source=None, cue=rule.cue or utterance.cue, head=rule.source, how=rule.how)
    if utterance.source is None or rule.how in CERTAIN:
        return by_rule
    named = frame.phrase(rule.source)
    agree = named.start_char < utterance.source.end_char and utterance.source.start_char < named.end_char
    if not agree and rule.how in SURER:
        return by_rule
    if agree or (utterance.confidence or 0.0) >= MIN_SURE:
        return replace(utterance, cue=utterance.cue or rule.cue) if agree else utterance
    words = frame.reading.words
    return replace(
        utterance, source=None, cue=None, how=f"not sure: {words(utterance.source)!r} or {words(named)!r} said it"
    )


def _from_rule(rule: Attributed) -> Utterance:
    attribution, quotation = rule.attribution, rule.quotation
    content = Span(quotation.start_char, quotation.end_char)
    return Utterance(content, None, attribution.cue, attribution.how, head=attribution.source)


def _without_scraps(reading: Reading, found: Sequence[Utterance]) -> list[Utterance]:
    """Without the few words outside of the marks that the tagger takes for more of a quotation's content."""
    quoting = {(u.source, u.cue) for u in found if _touched(reading, u.content)}
    return [
        u
        for u in found
        if (u.source, u.cue) not in quoting
        or _touched(reading, u.content)
        or len(reading.words(u.content).split()) >= MIN_BESIDE_QUOTATION
    ]


def _settled(found: list[Utterance]) -> list[Utterance]:
    ordered = sorted(found, key=lambda u: (u.content.start_char, -u.content.end_char))
    kept = ordered[:1]
    for before, utterance in pairwise(ordered):
        if utterance.content != before.content:
            kept.append(utterance)
    return kept


def statement_numbers(reading: Reading, said: Sequence[Utterance]) -> list[int]:
    """A number for each piece; pieces of one statement share it: they have one cue and source, and are all quotations or
    stand close together."""
    numbers: list[int] = []
    following = count()
    last: dict[object, int] = {}
    for position, utterance in enumerate(said):
        key = (utterance.cue, utterance.source or utterance.head)
        before = last.get(key) if utterance.cue or utterance.source else None
        joined = before is not None and _one_statement(reading, said[before].content, utterance.content)
        numbers.append(numbers[before] if before is not None and joined else next(following))
        last[key] = position
    return numbers


def _one_statement(reading: Reading, before: Span, content: Span) -> bool:
    both_quoted = all(_touched(reading, span) for span in (before, content))
    return both_quoted or content.start_char - before.end_char <= MAX_GAP
