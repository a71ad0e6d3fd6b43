"""What a text says about the gender of the people in it: titles and role nouns. No dictionary of first names."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final, Literal

from tasks.extract._clusters import Cluster, Clustering
from tasks.extract._roles_printed import PrintedRole
from tasks.language.reading import Reading
from tasks.language.role_nouns import FEMALE_NOUNS, MALE_NOUNS

Gender = Literal["female", "male"]

FEMALE_TITLE: Final = re.compile(r"(?:Ms|Mrs|Miss|Dame|Lady|Queen|Princess|Baroness|Madam)\.?\s$")
MALE_TITLE: Final = re.compile(r"(?:Mr|Sir|Lord|King|Prince|Pope)\.?\s$")
PRONOUNS: Final[dict[str, Gender]] = {
    "he": "male",
    "her": "female",
    "hers": "female",
    "herself": "female",
    "him": "male",
    "himself": "male",
    "his": "male",
    "she": "female",
}
TITLE_CHARS: Final = 12


def pronoun_gender(word: str) -> Gender | None:
    """Gender of a third-person singular pronoun, None for any other word."""
    return PRONOUNS.get(word.lower())


def genders(reading: Reading, clustering: Clustering, roles: Iterable[PrintedRole]) -> dict[int, Gender]:
    """Gender by id() of the cluster, where titles and role nouns agree on one."""
    votes: defaultdict[int, Counter[Gender]] = defaultdict(Counter)
    for cluster in clustering.clusters:
        for name in cluster.names if cluster.entity_type == "PERSON" else ():
            before = reading.text[max(0, name.start_char - TITLE_CHARS) : name.start_char]
            if FEMALE_TITLE.search(before):
                votes[id(cluster)]["female"] += 1
            elif MALE_TITLE.search(before):
                votes[id(cluster)]["male"] += 1
    for role in roles:
        owner: Cluster | None = clustering.by_name.get(role.person)
        nouns = set(reading.words(role.role).lower().split())
        if owner and nouns & FEMALE_NOUNS:
            votes[id(owner)]["female"] += 1
        elif owner and nouns & MALE_NOUNS:
            votes[id(owner)]["male"] += 1
    return {key: next(iter(counts)) for key, counts in votes.items() if len(counts) == 1}
