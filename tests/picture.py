"""docs/schema.svg: the tables as boxes, and lines from each key to what it names."""

from html import escape
from typing import NamedTuple

from codebook import schema

# Where each table stands, column by column, so that keys lead to the neighbour; and what each column is about. The last ones of the
# outer columns are nobody's neighbours.
PLACES = {
    "Sources and operation": ("sources", "polls", "loads", "visits", "site_files", "upkeep", "alarms", "tombstones"),
    "Articles": ("articles", "ledger", "archived_bodies", "story_articles", "stories"),
    "Texts": ("article_versions",),
    "What stands in them": (
        "quotes", "roles", "mentions", "places", "times", "quantities", "credits", "topics", "entity_aliases", "event_mentions", "replaced_rows",
        "search_docs",
    ),
    "What they are about": ("entities", "events", "search_postings", "search_words", "quality", "schema_migrations"),
}  # fmt: skip
COLOURS = ("#8250df", "#0969da", "#0550ae", "#1a7f37", "#bc4c00")
# Columns that name a row of another table, whatever table they are in.
KEYS = {
    "article_id": "articles", "version_id": "article_versions", "source_id": "sources", "entity_id": "entities", "speaker_entity_id": "entities",
    "person_entity_id": "entities", "organisation_entity_id": "entities", "actor_entity_id": "entities", "recipient_entity_id": "entities",
    "event_id": "events", "story_id": "stories", "raw_sha256": "archived_bodies", "doc_id": "search_docs", "term_id": "search_words",
}  # fmt: skip
TARGETS = {
    "articles": "article_id", "article_versions": "version_id", "sources": "source_id", "entities": "entity_id", "events": "event_id",
    "stories": "story_id", "archived_bodies": "raw_sha256", "search_docs": "doc_id", "search_words": "term_id",
}  # fmt: skip
WIDTH, GAP, LINE, HEAD, TOP, LEFT, APART = 200, 110, 16, 24, 60, 20, 22
MOST_SHOWN = {"article_versions": 99}
STYLE = (
    "text{font:12px sans-serif;fill:#1f2328}.h{font-weight:bold;fill:#fff}.c{font-size:15px;font-weight:bold}.k{font-weight:bold}"
    ".m{fill:#59636e;font-style:italic}.box{fill:#fff;stroke:#8c959f}path{fill:none;stroke:#57606a;opacity:.75}"
)


class Box(NamedTuple):
    """A table in the picture: where it stands, in which column, and the lines in it."""

    x: int
    y: int
    column: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """Height with the head."""
        return HEAD + len(self.lines) * LINE + 8

    def middle_of(self, line: str) -> int:
        """Where a line's key starts or ends."""
        return self.y + HEAD + self.lines.index(line) * LINE + LINE // 2 + 3


def shown(table: str) -> tuple[str, ...]:
    """Keys first, then some of the other columns."""
    names = [column.name for column in schema().of(table)]
    keys = [name for name in names if name in KEYS]
    others = [name for name in names if name not in keys]
    most = MOST_SHOWN.get(table, 4)
    more = [f"and {len(others) - most} more"] if len(others) > most + 1 else []
    return (*keys, *others[: most + (not more)], *more)


def boxes() -> dict[str, Box]:
    """Every table's place."""
    placed: dict[str, Box] = {}
    for column, tables in enumerate(PLACES.values()):
        y = TOP
        for table in tables:
            placed[table] = Box(LEFT + column * (WIDTH + GAP), y, column, shown(table))
            y += placed[table].height + APART
    return placed


def picture() -> str:
    """The whole picture."""
    placed = boxes()
    lines = [
        line(placed, table, name)
        for table, box in placed.items()
        for name in box.lines
        if name in KEYS and KEYS[name] != table and KEYS[name] in placed
    ]
    drawn = [draw(table, box) for table, box in placed.items()]
    heads = [
        f'<text class="c" x="{LEFT + n * (WIDTH + GAP)}" y="{TOP - 22}">{title}</text>'
        for n, title in enumerate(PLACES)
    ]
    width = LEFT + len(PLACES) * WIDTH + (len(PLACES) - 1) * GAP + GAP // 2
    height = max(box.y + box.height for box in placed.values()) + LEFT
    body = "\n".join(
        [f"<style>{STYLE}</style>", f'<rect width="{width}" height="{height}" fill="#fff"/>', *heads, *lines, *drawn]
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">\n{body}\n</svg>\n'


def draw(table: str, box: Box) -> str:
    """A box with its head and lines; keys are bold."""
    rows = "".join(
        f'<text class="{"k" if name in KEYS else "m" if name.startswith("and ") else ""}" x="{box.x + 8}" y="{box.middle_of(name) + 4}">{escape(name)}</text>'
        for name in box.lines
    )
    head = f'<path d="M{box.x},{box.y + HEAD} v{4 - HEAD} q0,-4 4,-4 h{WIDTH - 8} q4,0 4,4 v{HEAD - 4} z" style="fill:{COLOURS[box.column]};stroke:none;opacity:1"/>'
    frame = f'<rect class="box" x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}" rx="4"/>'
    return f'{frame}{head}<text class="h" x="{box.x + 8}" y="{box.y + 16}">{table}</text>{rows}'


def line(placed: dict[str, Box], table: str, key: str) -> str:
    """From a key to what it names: a crow's foot at the many, a bar at the one; in one column it bows out on the right."""
    start, end = placed[table], placed[KEYS[key]]
    y1, y2 = start.middle_of(key), end.middle_of(TARGETS[KEYS[key]])
    to_left, same = end.column < start.column, end.column == start.column
    side = -1 if to_left else 1
    x1 = start.x if to_left else start.x + WIDTH
    x2 = end.x + WIDTH if to_left or same else end.x
    other = 1 if same else -side
    bend = GAP // 3 if same else GAP // 2
    foot = f"M{x1},{y1 - 4} L{x1 + 8 * side},{y1} L{x1},{y1 + 4}"
    bar = f"M{x2 + 6 * other},{y2 - 4} v8"
    return f'<path d="{foot} M{x1},{y1} C{x1 + bend * side},{y1} {x2 + bend * other},{y2} {x2},{y2} {bar}"/>'
