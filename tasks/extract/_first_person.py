"""«I», «me» and «my» inside quotations: whoever is quoted."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from tasks.extract._anaphora import Anaphor
from tasks.extract._clusters import Cluster, Clustering
from tasks.language.reading import Quotation, Reading, Span

FIRST_PERSON: Final = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")


def first_person(reading: Reading, clustering: Clustering, anaphors: Sequence[Anaphor]) -> Iterator[Anaphor]:
    """Pronouns of the first person in quotations whose speaker is a person named in the article."""
    pronouns = {anaphor.span: anaphor.cluster for anaphor in anaphors}
    names = {name: clustering.by_name.get(name) for name in reading.names if name.entity_type == "PERSON"}
    by_start = sorted(names, key=lambda name: name.start_char)

    def person(source: Span) -> Cluster | None:
        if source in pronouns:
            return pronouns[source]
        first = bisect_left(by_start, source.start_char, key=lambda name: name.start_char)
        inside = [name for name in by_start[first : first + 3] if name.end_char <= source.end_char]
        return names[inside[0]] if len(inside) == 1 else None

    seen: set[int] = set()
    for statement in reading.statements:
        speaker = person(statement.source) if statement.source else None
        for quotation in _inside(reading, statement.content) if speaker else ():
            for match in FIRST_PERSON.finditer(reading.text, quotation.start_char, quotation.end_char):
                if match.start() not in seen:
                    seen.add(match.start())
                    yield Anaphor(Span(*match.span()), True, speaker, "first person in the speaker's words")


def _inside(reading: Reading, content: Span) -> list[Quotation]:
    touched = reading.quotations_touching(content.start_char, content.end_char)
    return [q for q in touched if content.start_char <= q.start_char and q.end_char <= content.end_char]
