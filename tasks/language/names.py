"""Names as the tagger gives them, brought into one form.

The rule: a name has no leading article, no leading title of a person, no trailing possessive and no punctuation around
it; it holds at least one capital letter or is written in a script without capitals; it crosses no quotation mark.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from tasks.language.gazetteer import countries_in, is_large_place
from tasks.language.kinds import settled
from tasks.language.reading import EntityType, Name, Span

TITLE: Final = re.compile(
    r"(?:(?:Acting|Deputy|Former|Lord|Prime|Vice)\s+)*"
    r"(?:Adm|Adv|Alhaja|Alhaji|Ambassador|Archbishop|Attorney General|Atty|Auntie|Barr|Baroness|Bishop|Capt|Captain|Chairman|Chancellor|Chief|Col|Colonel|Cmdr"
    r"|Commissioner|Congressman|Congresswoman|Councillor|Dame|Director|Dr|Foreign Minister|Foreign Secretary|Gen"
    r"|General|Gov|Governor|Inspector|Judge|Justice|Lady|Lord|Lt|Maj|Major|Mayor|Minister|Miss|Mr|Mrs|Ms|Mx"
    r"|Officer|Pope|President|Prince|Princess|Prof|Professor|Queen|Rabbi|Rep|Representative|Rev|Secretary"
    r"|Sen|Senator|Sgt|Bapak|Brig|Brigadier|Cardinal|Chairperson|Commodore|Constable|Corporal|Datin|Dato|Datuk|Detective|Encik|Engr|Father|Hajiya|Ibu|Imam|King|Oba|Haji|Herr|Frau|Madame|Monsieur|Puan|Ratu|Sergeant|Shri|Sister|Smt|Sri|Tan Sri|Tengku|Tun|Uncle|Begum|Sheikha|Ustaz|Sheikh|Sheriff|Sir|Speaker|Superintendent)\.?\s+(?=\w|$)"
)
# «Nur Izzati binti Kamaruddin», «Piet van der Berg»: taggers stop at the particle.
PARTICLE_NAME: Final = re.compile(
    r"\s(?:(?:al|bin|bint|binte|binti|da|de|del|della|den|der|di|dos|du|el|ibn|la|ten|ter|van|von|zu)\s)+"
    r"(?:[ad]l-)?[^\W\d_a-z][\w’'-]+"
)
SURNAME_PARTICLES: Final = re.compile(
    r"\s((?:(?:al|da|de|del|della|den|der|di|dos|du|la|ten|ter|van|von|zu)\s)+[^\W\d_a-z][\w’'-]+)$"
)
# The one place whose article belongs to its name.
ARTICLE: Final = re.compile(r"(?:the|a|an)\s+(?!Hague\b)", re.IGNORECASE)
POSSESSIVE: Final = re.compile(r"(?:['’]s|(?<=s)['’])$")
EDGES: Final = " \t\n\u00a0.,;:!?()[]{}<>*_“”„«»\"‘’'–—-…/|"
INNER_MARKS: Final = re.compile(r"[“”„«»\"\n]")
INITIAL_AT_END: Final = re.compile(r"(?:\b[^\W\d_]\.|\bJr\.|\bSr\.|\bInc\.|\bCorp\.|\bCo\.|\bLtd\.)$")
APPOSITION: Final = re.compile(r".*,\s+(?!Jr|Sr|I{2,3}\b)")
CALENDAR: Final = frozenset(
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"}
    | {"December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)
# A run of letters, digits and hyphens, or another sign: where words can begin that stand by themselves.
RUN: Final = re.compile(r"[\w-]+|[^\w\s-]")
IN_WORD: Final = re.compile(r"[\w-]")
MIN_SURNAME_CHARS: Final = 4
# Kinds that are found again where the tagger was this sure of them once.
FOUND_AGAIN: Final = frozenset({"GPE", "LOC", "NORP", "ORG"})
SURE: Final = 0.8
# Institutions whose name goes on with the place they are of.
INSTITUTIONS: Final = frozenset(
    "Academy Assembly Association Authority Bank Bar Board Bureau Chamber Church College Commission Confederation Congress Corporation Council Court"
    " Federation Government High House Institute League Ministry Museum Parliament Party Republic Society Synod Union University".split()
)


def tidy(text: str, name: Name) -> Name | None:
    """A tagged name in the form of the rule above, or None if nothing of a name is left."""
    start, end = name.start_char, name.end_char
    if INNER_MARKS.search(text, start, end):
        return None
    if name.entity_type == "PERSON" and (apposition := APPOSITION.search(text, start, end)):
        # «the mayor of Gent, Piet de Vos» tagged as one: the name is what stands last.
        start = apposition.end()
    start, end = _without_edges(text, start, end)
    if possessive := POSSESSIVE.search(text[start:end]):
        end = start + possessive.start()
    prefixes = (ARTICLE, TITLE) if name.entity_type == "PERSON" else (ARTICLE,)
    for prefix in prefixes:
        while match := prefix.match(text, start, end):
            start = match.end()
    start, end = _without_edges(text, start, end)
    words = text[start:end]
    if not words or words == words.lower() != words.upper() or not any(map(str.isalpha, words)):
        return None
    if name.entity_type == "PERSON" and TITLE.fullmatch(f"{words} "):
        return None
    return replace(name, start_char=start, end_char=end)


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in EDGES:
        start += 1
    while start < end and text[end - 1] in EDGES:
        if text[end - 1] == "." and (INITIAL_AT_END.search(text[start:end]) or text[start : end - 1].count(".")):
            break
        end -= 1
    return start, end


def complete(text: str, paragraphs: Sequence[Span], names: Iterable[Name]) -> tuple[Name, ...]:
    """Names with corrections from the article itself and from the gazetteer:

    - a surname tagged as something else is the person named in full elsewhere;
    - a single word tagged as a person that is no part of a full name here, but a country or large city, is the place;
    - a name goes on behind a particle («binti», «van der»);
    - «U.S.-Russia» is two names, «Supreme Court of Nigeria» one;
    - all names with the same words are of one kind;
    - full names, surnames, countries, and what the tagger is sure of elsewhere are found by their words.
    """
    names = [part for name in names for part in _split_pair(text, _with_particle(text, name))]
    names = [tidied for name in settled(text, _with_place(text, names)) if (tidied := tidy(text, name))]
    people = {text[n.start_char : n.end_char] for n in names if n.entity_type == "PERSON"}
    name_parts = {part for words in people if " " in words for part in words.split()}
    surnames = {surname for words in people if " " in words for surname in _surnames(words)} - CALENDAR
    places = {words for words in people if " " not in words and words not in name_parts and is_large_place(words)}
    corrected = [_corrected(text[name.start_char : name.end_char], name, surnames, places) for name in names]
    kinds: dict[str, EntityType] = dict.fromkeys(countries_in(text), "GPE")
    kinds |= {text[n.start_char : n.end_char]: n.entity_type for n in corrected if _is_sure(n)}
    kinds |= dict.fromkeys((people | surnames) - places, "PERSON")
    wanted = {words: kind for words, kind in kinds.items() if len(words) >= MIN_SURNAME_CHARS and words not in CALENDAR}
    return _without_overlaps(text, [*corrected, *_found_again(text, paragraphs, wanted)])


def _is_sure(name: Name) -> bool:
    return name.entity_type in FOUND_AGAIN and (name.confidence or 0.0) >= SURE


def _surnames(words: str) -> tuple[str, ...]:
    """Last word of a full name, and with its particle («van der Staay») as it stands inside and begins a sentence."""
    match = SURNAME_PARTICLES.search(words)
    if not match:
        return (words.split()[-1],)
    return words.split()[-1], match[1], match[1][0].upper() + match[1][1:]


def _corrected(words: str, name: Name, surnames: set[str], places: set[str]) -> Name:
    if words in surnames:
        return replace(name, entity_type="PERSON")
    if words in places and name.entity_type == "PERSON":
        return replace(name, entity_type="GPE")
    return name


def _with_particle(text: str, name: Name) -> Name:
    """A person's name with the particle and the word behind it that belong to it."""
    match = PARTICLE_NAME.match(text, name.end_char) if name.entity_type == "PERSON" else None
    if not match:
        return name
    end = match.end() - len("’s") if match[0].endswith(("’s", "'s")) else match.end()
    return replace(name, end_char=end)


def _with_place(text: str, names: Sequence[Name]) -> list[Name]:
    """«Supreme Court» and «Nigeria» with «of» between are one name; so are «Bank» and «Uganda»."""
    joined: list[Name] = []
    for name in sorted(names, key=lambda name: name.start_char):
        before = joined[-1] if joined else None
        between = text[before.end_char : name.start_char] if before else ""
        head = text[before.start_char : before.end_char].rsplit(" ", 1)[-1] if before else ""
        place = name.entity_type in {"GPE", "LOC"}
        if (
            before
            and place
            and between in {" of ", " of the "}
            and before.entity_type == "ORG"
            and head in INSTITUTIONS
        ):
            joined[-1] = replace(before, end_char=name.end_char)
        else:
            joined.append(name)
    return joined


def _split_pair(text: str, name: Name) -> list[Name]:
    """Two places joined by a hyphen or dash as two names; any other name as it is."""
    words = text[name.start_char : name.end_char]
    pair = re.fullmatch(r"([^-–]+)[-–]([^-–]+)", words)
    if name.entity_type != "GPE" or not pair or not (is_large_place(pair[1]) and is_large_place(pair[2])):
        return [name]
    first_end = name.start_char + len(pair[1])
    return [Name(name.start_char, first_end, "GPE"), Name(first_end + 1, name.end_char, "GPE")]


def _found_again(text: str, paragraphs: Sequence[Span], wanted: dict[str, EntityType]) -> list[Name]:
    """Where the wanted words stand by themselves, the longest that stand at a place. Looked up by their beginnings: a pattern of all
    of them costs more to compile than to use, and takes quadratic time on a long text."""
    starts: defaultdict[str, list[str]] = defaultdict(list)
    for words in sorted(wanted, key=len, reverse=True):
        starts[RUN.findall(words)[0]].append(words)
    found: list[Name] = []
    for run in RUN.finditer(text) if starts else ():
        for words in starts.get(run[0], ()):
            start, end = run.start(), run.start() + len(words)
            if (
                text.startswith(words, start)
                and not IN_WORD.match(text, end)
                and not (found and start < found[-1].end_char)
            ):
                found.append(Name(start, end, wanted[words]))
                break
    return _inside(paragraphs, found)


def _inside(paragraphs: Sequence[Span], names: Iterable[Name]) -> list[Name]:
    """The names that stand in a paragraph; both in the order of the text."""
    remaining = iter(paragraphs)
    paragraph = next(remaining, None)
    inside: list[Name] = []
    for name in names:
        while paragraph and paragraph.end_char < name.end_char:
            paragraph = next(remaining, None)
        if paragraph and paragraph.start_char <= name.start_char:
            inside.append(name)
    return inside


def _without_overlaps(text: str, names: Sequence[Name]) -> tuple[Name, ...]:
    """The first of overlapping names (the tagger's come before those found again), sorted."""
    kept: list[Name] = []
    taken = bytearray(len(text))
    for name in names:
        if taken.find(1, name.start_char, name.end_char) < 0:
            taken[name.start_char : name.end_char] = b"\1" * (name.end_char - name.start_char)
            kept.append(name)
    return tuple(sorted(kept, key=lambda name: name.start_char))
