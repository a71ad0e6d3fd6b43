"""Pronouns and nominals («she», «the president») that mean a person named in the article."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tasks.extract._clusters import Cluster, Clustering
from tasks.extract._genders import Gender, genders, pronoun_gender
from tasks.extract._roles_printed import PrintedRole
from tasks.language.reading import Description, Name, Reading, Span, Token
from tasks.language.role_nouns import ROLE_MODIFIERS, ROLE_NOUNS

# A pronoun means somebody named in its own paragraph or the two before.
MAX_PARAGRAPHS_BACK: Final = 2
MAX_CLAUSES_UP: Final = 4
# Bounds the search in texts that are mostly pronouns.
MAX_REMEMBERED: Final = 100
# Pronouns tell a gender where one is this many times as frequent as the other.
VOTE_MAJORITY: Final = 2
# Nouns that say no more of a person than a pronoun does.
NOUN_GENDERS: Final[dict[str, Gender]] = {"boy": "male", "girl": "female", "man": "male", "woman": "female"}
SUBJECT_DEPS: Final = frozenset({"csubj", "nsubj", "nsubjpass"})
SALIENCE: Final = {"nsubj": 4, "nsubjpass": 4, "dobj": 2, "pobj": 1, "poss": 1, "conj": 2, "appos": 2, "agent": 2}


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or nominal with whom it means (None: not safe to say) and why."""

    span: Span
    is_pronoun: bool
    cluster: Cluster | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mention of a person that a later pronoun can mean."""

    start_char: int
    sentence_no: int
    paragraph: int
    salience: int
    cluster: Cluster


class Resolver:
    """Goes through the tokens once, remembering who was mentioned where."""

    def __init__(self, reading: Reading, clustering: Clustering, roles: Sequence[PrintedRole]) -> None:
        self._reading = reading
        self._clustering = clustering
        self._genders: dict[int, Gender] = genders(reading, clustering, roles)
        self._nouns = _role_nouns(reading, clustering, roles)
        self._seen: list[_Seen] = []
        self._head_of_name: dict[int, Name] = {name.end_char: name for name in reading.names}
        self._description_at = {d.end_char: d for d in reading.descriptions if not d.is_role}
        self._names_at = {name.start_char: name for name in reading.names}
        self._subjects: dict[int, Token] = {}
        for token in reading.tokens:
            if token.dep in SUBJECT_DEPS:
                self._subjects.setdefault(token.head, token)

    def learn(self) -> "Resolver":
        """Go through the text once for the genders that pronouns tell: a «she» in a paragraph that names one person."""
        votes: defaultdict[int, Counter[Gender]] = defaultdict(Counter)
        named: set[int] = set()
        paragraph = -1
        for token, number in self._tokens():
            if number != paragraph:
                paragraph, named = number, set()
            name = self._head_of_name.get(token.end_char)
            cluster = self._clustering.by_name.get(name) if name else None
            gender = pronoun_gender(token.text)
            if cluster and cluster.entity_type == "PERSON":
                named.add(id(cluster))
            elif gender and len(named) == 1:
                votes[next(iter(named))][gender] += 1
        for key, counts in votes.items():
            (gender, most), *others = counts.most_common(2)
            if not others or most > VOTE_MAJORITY * others[0][1]:
                self._genders.setdefault(key, gender)
        return self

    def _tokens(self) -> Iterator[tuple[Token, int]]:
        """Tokens outside quotations, with the number of their paragraph."""
        paragraphs = iter(enumerate(self._reading.paragraphs))
        number, paragraph = next(paragraphs, (0, None))
        for token in self._reading.tokens:
            while paragraph and token.start_char >= paragraph.end_char:
                number, paragraph = next(paragraphs, (number + 1, None))
            if token.quotation is None:
                yield token, number

    def anaphors(self) -> Iterator[Anaphor]:
        """Pronouns and nominals outside quotations, in order."""
        for token, paragraph in self._tokens():
            if anaphor := self._read(token, paragraph):
                yield anaphor

    def _read(self, token: Token, paragraph: int) -> Anaphor | None:
        name = self._head_of_name.get(token.end_char)
        if name is not None:
            cluster = self._clustering.by_name.get(name)
            if cluster and cluster.entity_type == "PERSON":
                self._remember(token, paragraph, cluster, name.start_char)
            return None
        if gender := pronoun_gender(token.text):
            return self._pronoun(token, paragraph, gender)
        description = self._description_at.get(token.end_char)
        return self._nominal(token, paragraph, description) if description else None

    def _remember(self, token: Token, paragraph: int, cluster: Cluster, start_char: int) -> None:
        salience = SALIENCE.get(token.dep, 1)
        self._seen.append(_Seen(start_char, token.sentence_no, paragraph, salience, cluster))

    def _pronoun(self, token: Token, paragraph: int, gender: Gender) -> Anaphor:
        span = Span(token.start_char, token.end_char)
        candidates = self._candidates(token, paragraph, gender)
        if not candidates:
            return Anaphor(span, True, None, "nobody named near that the pronoun can mean")
        best = max(candidates, key=lambda seen: self._rank(seen, token))
        # From here on we know: it settles later pronouns.
        self._genders.setdefault(id(best.cluster), gender)
        self._remember(token, paragraph, best.cluster, token.start_char)
        return Anaphor(span, True, best.cluster, "pronoun: most prominent person before it")

    def _candidates(self, token: Token, paragraph: int, gender: Gender) -> list[_Seen]:
        """Mentions near enough whose gender, if known, fits; known genders that fit beat unknown ones."""
        recent = self._seen[-MAX_REMEMBERED:]
        near = [seen for seen in recent if paragraph - seen.paragraph <= MAX_PARAGRAPHS_BACK]
        fitting = [seen for seen in near if self._genders.get(id(seen.cluster), gender) == gender]
        if not _may_be_own_subject(token):
            start = self._subject_of(token)
            own = {id(seen.cluster) for seen in recent if seen.start_char == start}
            fitting = [seen for seen in fitting if id(seen.cluster) not in own]
        return fitting

    def _rank(self, seen: _Seen, token: Token) -> tuple[float, int]:
        """Prominence, fading with sentences and paragraphs; of equals the nearest."""
        distance = token.sentence_no - seen.sentence_no
        known = 1.0 if id(seen.cluster) in self._genders else 0.0
        return seen.salience + known - 1.5 * distance, seen.start_char

    def _subject_of(self, token: Token) -> int | None:
        """Start of the subject of the clause in which a pronoun is an object; a clause without one («describing him»)
        has the subject of the clause it belongs to."""
        tokens = self._reading.tokens
        verb = tokens[token.head]
        for _ in range(MAX_CLAUSES_UP):
            subject = self._subjects.get(verb.index)
            if subject is not None:
                name = self._head_of_name.get(subject.end_char)
                return name.start_char if name else subject.start_char
            if verb.head == verb.index:
                return None
            verb = tokens[verb.head]
        return None

    def _nominal(self, token: Token, paragraph: int, description: Description) -> Anaphor:
        """«the president», «the woman», «a farmer, Anna Lind,»: resolved if it stands beside a name, if one person of the
        article has that role, or if it says no more than «he» or «she»."""
        span = Span(description.start_char, description.end_char)
        if beside := self._beside(span):
            return Anaphor(span, False, beside, "in apposition to the name")
        if self._reading.text[span.start_char : span.start_char + 4].lower() != "the ":
            return Anaphor(span, False, None, "nobody named that it stands for")
        owners = self._nouns.get(token.lemma, [])
        gender = NOUN_GENDERS.get(token.lemma)
        if gender and not owners and (candidates := self._candidates(token, paragraph, gender)):
            best = max(candidates, key=lambda seen: self._rank(seen, token))
            return Anaphor(span, False, best.cluster, "noun of this gender: most prominent person before it")
        if len(owners) != 1 or self._has_complement(token):
            found = "nobody" if not owners else f"{len(owners)} people"
            return Anaphor(span, False, None, f"{found} in this article printed with the role {token.lemma!r}")
        self._remember(token, paragraph, owners[0], span.start_char)
        return Anaphor(span, False, owners[0], "the one person printed with this role")

    def _beside(self, span: Span) -> Cluster | None:
        """The person whose name follows behind a comma."""
        text = self._reading.text
        name = self._names_at.get(span.end_char + 2) if text[span.end_char : span.end_char + 2] == ", " else None
        cluster = self._clustering.by_name.get(name) if name else None
        return cluster if cluster and cluster.entity_type == "PERSON" else None

    def _has_complement(self, token: Token) -> bool:
        """«the mayor of Gent» is somebody else than «the mayor»; followed by a name it belongs to that name."""
        following = self._reading.tokens[token.index + 1 : token.index + 2]
        return any(t.lemma in {"of", "for"} or t.pos == "PROPN" for t in following)


def _may_be_own_subject(token: Token) -> bool:
    """Subjects and possessives may repeat the subject of their clause; objects («saw him») may not."""
    return token.dep not in {"dobj", "dative"} or token.text.lower().endswith("self")


def _role_nouns(reading: Reading, clustering: Clustering, roles: Sequence[PrintedRole]) -> dict[str, list[Cluster]]:
    """Role noun -> people printed with it."""
    owners: defaultdict[str, dict[int, Cluster]] = defaultdict(dict)
    for role in roles:
        cluster = clustering.by_name.get(role.person)
        words = [word.lower().strip(".,") for word in reading.words(role.role).split()]
        for noun in {word for word in words if word in ROLE_NOUNS and word not in ROLE_MODIFIERS}:
            if cluster:
                owners[noun][id(cluster)] = cluster
    return {noun: list(clusters.values()) for noun, clusters in owners.items()}
