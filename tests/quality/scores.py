"""How well the extractors do on the gold answers beside the seeds: precision and recall by kind of fact."""

import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection
from gold import Gold, all_gold, named

# Names that a row gives in their full form.
FULL_NAMES = {"U.S.": "United States", "Britain": "United Kingdom", "UK": "United Kingdom", "UN": "United Nations"}
QUOTED = re.compile(r"“[^”]*”|‘.*?’(?!\w)|«[^»]*»|\"[^\"]*\"")
MARKS = '“”‘’"„«» ,.?!'


class Score(NamedTuple):
    """Facts in the gold answers, facts found, and facts in both."""

    gold: int
    found: int
    both: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.both / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what there is that was found."""
        return self.both / self.gold if self.gold else 0.0


def score(con: DuckDBPyConnection, folder: Path, language: str = "en") -> dict[str, Score]:
    """Scores over all stored documents of one language."""
    golden: Counter[tuple[str, object]] = Counter()
    found: Counter[tuple[str, object]] = Counter()
    for gold in all_gold(folder):
        if gold.one("status") != "stored" or gold.one("language") != language:
            continue
        golden.update((kind, (gold.name, fact)) for kind, fact in _gold_facts(gold))
        found.update((kind, (gold.name, fact)) for kind, fact in _found_facts(con, gold))
    kinds = sorted({kind for kind, _ in golden})
    return {kind: _score(kind, golden, found) for kind in kinds}


def _score(kind: str, golden: Counter[tuple[str, object]], found: Counter[tuple[str, object]]) -> Score:
    mine = Counter({fact: n for fact, n in golden.items() if fact[0] == kind})
    theirs = Counter({fact: n for fact, n in found.items() if fact[0] == kind})
    return Score(mine.total(), theirs.total(), (mine & theirs).total())


def _gold_facts(gold: Gold) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = []
    for fields in gold.all("quote"):
        facts.append(("quote", _bare(fields[0])))
        if speaker := named(fields, "speaker"):
            facts.append(("speaker", (_bare(fields[0]), speaker)))
    facts += [("person", fields[0]) for fields in gold.all("person")]
    facts += [("organisation", _without_article(fields[0])) for fields in gold.all("org")]
    facts += [("place", _without_article(FULL_NAMES.get(fields[0], fields[0]))) for fields in gold.all("place")]
    facts += [("role", (fields[0], fields[1].lower())) for fields in gold.all("role")]
    facts += [("time", tuple(fields[:3])) for fields in gold.all("time")]
    facts += [("quantity", tuple(fields[:4])) for fields in gold.all("quantity")]
    facts += [("credit", fields[0]) for fields in gold.all("credit")]
    return facts


def _found_facts(con: DuckDBPyConnection, gold: Gold) -> list[tuple[str, object]]:
    [version] = con.execute(
        "SELECT DISTINCT version_id FROM ledger WHERE url = ? AND version_id IS NOT NULL", [gold.document.as_uri()]
    ).fetchall()

    def rows(query: str) -> list[tuple[Any, ...]]:
        return con.execute(query, version).fetchall()

    facts: list[tuple[str, object]] = []
    said = "SELECT exact, kind, speaker_name FROM quotes WHERE version_id = ? AND kind <> 'indirect'"
    for words, kind, speaker in rows(said):
        # The gold answers have what stands between the marks, also of a clause that is quoted in part.
        for quoted in [words] if kind == "direct" else QUOTED.findall(words):
            facts.append(("quote", _bare(quoted)))
            if speaker:
                facts.append(("speaker", (_bare(quoted), speaker)))
    named_entities = (
        "SELECT DISTINCT e.name, e.entity_type FROM mentions m JOIN entities e USING (entity_id) "
        "WHERE m.version_id = ? AND mention_kind = 'name'"
    )
    kinds = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
    named = [(name.removesuffix(" (government)"), kind) for name, kind in rows(named_entities)]
    facts += [(kinds[kind], name) for name, kind in named if kind in kinds]
    facts += [
        ("role", row)
        for row in rows(
            "SELECT coalesce(e.name, person_text), role FROM roles r "
            "LEFT JOIN entities e ON e.entity_id = person_entity_id WHERE r.version_id = ?"
        )
    ]
    times = "SELECT exact, timex_type, coalesce(timex_value, '-') FROM times WHERE version_id = ?"
    facts += [("time", row) for row in rows(times)]
    quantities = (
        "SELECT exact, kind, value, value_high, coalesce(currency, unit, '-') FROM quantities WHERE version_id = ?"
    )
    facts += [("quantity", (w, kind, _number(low, high), unit)) for w, kind, low, high, unit in rows(quantities)]
    facts += [("credit", kind) for (kind,) in rows("SELECT kind FROM credits WHERE version_id = ?")]
    return facts


def _number(low: float | None, high: float | None) -> str:
    if low is None:
        return "-"
    return f"{low:.10g}" if high is None else f"{low:.10g}..{high:.10g}"


def _bare(words: str) -> str:
    return words.strip(MARKS)


def _without_article(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ") if name != "The Hague" else name
