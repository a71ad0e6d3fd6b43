"""Articles as ninjs 3.1, IPTC's «News in JSON»: one object a line. https://iptc.org/std/ninjs/userguide/"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from duckdb import DuckDBPyConnection

from storage.queries import statement

STANDARD: Final = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
GEONAMES: Final = "https://sws.geonames.org/{}/"
FILE: Final = "articles.ninjs.jsonl"
ROWS_AT_ONCE: Final = 1_000


def write_ninjs(con: DuckDBPyConnection, folder: Path) -> int:
    """Write the newest text of each article; gives the number of articles. Raises duckdb.Error, OSError."""
    count = 0
    with (folder / FILE).open("w", encoding="utf-8") as file:
        for row in _rows(con):
            file.write(json.dumps(ninjs(row), ensure_ascii=False) + "\n")
            count += 1
    return count


def _rows(con: DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    result = con.execute(statement("export_ninjs"))
    names = [str(column[0]) for column in result.description or ()]
    while batch := result.fetchmany(ROWS_AT_ONCE):
        yield from (dict(zip(names, row, strict=True)) for row in batch)


def ninjs(row: Mapping[str, Any]) -> dict[str, Any]:
    """One article as an object; what is not known is left out."""
    speakers = set(row["speakers"] or ())
    people = sorted({*(row["people"] or ()), *speakers})
    article = {
        "uri": row["uri"],
        "standard": STANDARD,
        "type": "text",
        "representationType": "partial" if row["is_partial"] else "full",
        "version": str(row["version_no"]),
        "firstCreated": _time(row["first_seen_at"]),
        "versionCreated": _time(row["seen_at"]),
        "contentCreated": _time(row["published_at"]),
        "pubStatus": "usable",
        "language": row["language"],
        "headlines": [{"value": row["title"], "contentType": "text/plain"}] if row["title"] else None,
        "bodies": [_body(row)],
        "by": ", ".join(row["authors"]) or None,
        "located": row["located"],
        "people": [{"name": name, "rel": "speaker" if name in speakers else "mention"} for name in people],
        "organisations": [{"name": name, "rel": "mention"} for name in row["organisations"] or ()],
        "places": [_place(place) for place in sorted(row["places"] or (), key=_by_name)],
        "subjects": [{"name": word, "creator": row["site_name"] or "publisher"} for word in row["keywords"]],
        "infoSources": [{"name": name, "role": "wire"} for name in row["agencies"] or ()],
        "rightsInfo": {"linkedRights": row["license_url"]} if row["license_url"] else None,
        "altIds": [
            {"role": "dateline-article", "value": row["article_id"]},
            {"role": "dateline-version", "value": row["version_id"]},
        ],
    }
    return {name: value for name, value in article.items() if value not in (None, [])}


def _body(row: Mapping[str, Any]) -> dict[str, Any]:
    text = row["text"]
    return {"value": text, "contentType": "text/plain", "charCount": len(text), "wordCount": row["word_count"]}


def _place(place: Mapping[str, Any]) -> dict[str, Any]:
    told = {"name": place["name"], "rel": "mention", "uri": GEONAMES.format(place["geonames_id"])}
    if place["lon"] is None or place["lat"] is None:
        return told
    return {**told, "geoJSON": {"type": "Point", "coordinates": [place["lon"], place["lat"]]}}


def _by_name(place: Mapping[str, Any]) -> tuple[str, int]:
    return place["name"], place["geonames_id"]


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
