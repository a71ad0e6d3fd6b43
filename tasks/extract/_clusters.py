"""Which names of one article mean the same person, organisation or place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from tasks.language.reading import EntityType, Name

# Names that are written in several ways everywhere; the first is the name we give (ISO 3166 short names, UN names).
ALIASES: Final = (
    ("United States", "U.S.", "US", "U.S.A.", "USA", "United States of America", "America"),
    ("United Kingdom", "U.K.", "UK", "Britain", "Great Britain"),
    ("European Union", "E.U.", "EU"),
    ("United Nations", "U.N.", "UN"),
    ("United Arab Emirates", "U.A.E.", "UAE"),
)
CANONICAL: Final = {alias.casefold(): names[0] for names in ALIASES for alias in names}
Words = tuple[str, ...]
GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(slots=True)
class Cluster:
    """Names that mean one entity. `name` is the fullest, `alone` is True for a person known by one word only."""

    entity_type: EntityType
    name: str
    names: list[Name] = field(default_factory=list)

    @property
    def alone(self) -> bool:
        """True for a person of whom only one word is known."""
        return self.entity_type == "PERSON" and len(name_words(self.name)) < 2


@dataclass(frozen=True, slots=True)
class Clustering:
    """Clusters in order of first name, and by name; names that several clusters claim have none and a reason."""

    clusters: tuple[Cluster, ...]
    by_name: dict[Name, Cluster]
    reasons: dict[Name, str]


@lru_cache(maxsize=10_000)
def name_words(words: str) -> tuple[str, ...]:
    """Words of a person's name that tell people apart: case-folded, without initials and generations."""
    parts = (part.strip(".,").casefold() for part in words.split())
    return tuple(part for part in parts if len(part) > 1 and part not in GENERATIONS)


def cluster_names(text: str, names: Sequence[Name]) -> Clustering:
    """Names grouped by entity."""
    printed = {name: text[name.start_char : name.end_char] for name in names}
    people = [name for name in names if name.entity_type == "PERSON"]
    others = [name for name in names if name.entity_type != "PERSON"]
    by_name, reasons = _cluster_people(people, printed)
    by_name.update(_cluster_others(others, printed, text))
    ordered = dict.fromkeys(id(by_name[name]) for name in names if name in by_name)
    clusters = {id(cluster): cluster for cluster in by_name.values()}
    return Clustering(tuple(clusters[key] for key in ordered), by_name, reasons)


def _cluster_people(people: Iterable[Name], printed: dict[Name, str]) -> tuple[dict[Name, Cluster], dict[Name, str]]:
    """Full names first, then names of fewer words that fit exactly one of them."""
    by_name: dict[Name, Cluster] = {}
    reasons: dict[Name, str] = {}
    known = _People()
    for name in sorted(people, key=lambda name: (-len(name_words(printed[name])), name.start_char)):
        fitting = known.fitting(printed[name])
        if len(fitting) > 1:
            reasons[name] = f"{len(fitting)} people here share this name"
            continue
        if not fitting:
            fitting = [Cluster("PERSON", printed[name])]
            known.add(fitting[0])
        by_name[name] = fitting[0]
        fitting[0].names.append(name)
    return by_name, reasons


class _People:
    """Clusters of people, by the words that a name can be short for."""

    def __init__(self) -> None:
        self._same: defaultdict[Words, list[Cluster]] = defaultdict(list)
        self._by_end: defaultdict[Words, list[Cluster]] = defaultdict(list)
        self._by_start: defaultdict[Words, list[Cluster]] = defaultdict(list)
        self._by_ends: defaultdict[tuple[Words, Words], list[Cluster]] = defaultdict(list)
        self._by_word: defaultdict[str, list[Cluster]] = defaultdict(list)

    def add(self, cluster: Cluster) -> None:
        """Knows one more."""
        words = name_words(cluster.name)
        self._same[words].append(cluster)
        self._by_ends[words[:1], words[-1:]].append(cluster)
        for size in range(1, len(words)):
            self._by_end[words[size:]].append(cluster)
            self._by_start[words[:size]].append(cluster)
        for word in set(words):
            self._by_word[word].append(cluster)

    def fitting(self, words: str) -> Sequence[Cluster]:
        """Clusters whose fullest name a name can be short for; a match of the surname beats one of another part."""
        short = name_words(words)
        if found := self._same.get(short) or self._by_end.get(short):
            return found
        if len(short) == 1:
            return self._by_word.get(short[0], ())
        # «Ahmad Zulkifli» for «Ahmad Zulkifli bin Hassan»; «Anna Lind» for «Anna Maria Lind»: same first word, same last word.
        return (self._by_start.get(short) or self._by_ends.get((short[:1], short[-1:])) or ()) if short else ()


def _cluster_others(others: Sequence[Name], printed: dict[Name, str], text: str) -> dict[Name, Cluster]:
    """Organisations, places and the rest: by canonical spelling; an acronym goes with the name it stands for."""
    full_forms = _acronyms(others, printed, text)
    types: defaultdict[str, Counter[EntityType]] = defaultdict(Counter)
    fullest: dict[Name, str] = {}
    for name in others:
        words = printed[name]
        fullest[name] = full_forms.get(words) or CANONICAL.get(words.casefold(), words)
        types[fullest[name].casefold()][name.entity_type] += 1
    clusters: dict[str, Cluster] = {}
    by_name: dict[Name, Cluster] = {}
    for name in others:
        words = fullest[name]
        key = words.casefold()
        if key not in clusters:
            # A place is not merged with an organisation of the same name that was tagged more than once.
            clusters[key] = Cluster(types[key].most_common(1)[0][0], words)
        cluster = clusters[key]
        if cluster.name.isupper() and not words.isupper():
            # A dateline shouts the name of a place.
            cluster.name = words
        cluster.names.append(name)
        by_name[name] = cluster
    return by_name


def _acronyms(names: Sequence[Name], printed: dict[Name, str], text: str) -> dict[str, str]:
    """Acronym -> full name, where the article prints the acronym in brackets behind the name, or both as names and the
    letters fit."""
    full_names = {printed[name] for name in names if " " in printed[name]}
    short_names = {printed[name] for name in names if printed[name].isupper() and " " not in printed[name]}
    full_forms = {}
    for name in names:
        bracket = text[name.end_char : name.end_char + 12]
        if bracket.startswith(" (") and ")" in bracket and bracket[2 : bracket.index(")")].isupper():
            full_forms[bracket[2 : bracket.index(")")]] = printed[name]
    by_initials: defaultdict[str, list[str]] = defaultdict(list)
    for full in full_names:
        by_initials[_initials(full)].append(full)
    for short in short_names - set(full_forms):
        fitting = by_initials.get(short.replace(".", ""), ())
        if len(fitting) == 1:
            full_forms[short] = fitting[0]
    return full_forms


def _initials(words: str) -> str:
    return "".join(word[0] for word in words.split() if word[0].isupper())
