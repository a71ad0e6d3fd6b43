"""Stored texts read back as articles, as extractors take them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.queries import statement
from storage.records import Article, Block, Candidate, Published, Version
from storage.warehouse import Warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle(Article):
    """An article read back: it keeps the id under which it was stored."""

    stored_id: str

    @property
    def article_id(self) -> str:
        """The stored id."""
        return self.stored_id


def read_texts(warehouse: Warehouse, version_ids: Sequence[str]) -> tuple[Version, ...]:
    """These versions, oldest first; of what else their documents state, only what extractors use. Unknown ids give nothing."""
    with warehouse.reading() as con:
        table = con.execute(statement("stored_texts"), {"version_ids": list(version_ids)}).to_arrow_table()
    return tuple(_version(row) for row in table.to_pylist())


def _version(row: Mapping[str, Any]) -> Version:
    article = StoredArticle(
        stored_id=row["article_id"],
        candidate=Candidate(url=row["document_url"]),
        published=_published(row),
        blocks=_blocks(row),
        **{
            name: row[name]
            for name in (
                "document_url", "text", "title", "language", "raw_sha256", "archive_key", "cleaner", "cleaner_version", "seen_at"
            )
        },
    )  # fmt: skip
    return Version(article=article, version_id=row["version_id"], version_no=row["version_no"])


def _published(row: Mapping[str, Any]) -> Published | None:
    if row["published_at"] is None:
        return None
    return Published(
        at=row["published_at"],
        precision=row["published_precision"],
        tz_known=row["published_tz_known"],
        origin=row["published_origin"],
        printed="",
        day=row["published_day"],
    )


def _blocks(row: Mapping[str, Any]) -> tuple[Block, ...]:
    """The lines that are no paragraphs; of texts stored before these were noted, the headings."""
    if row["blocks"] is not None:
        return tuple(Block(**block) for block in row["blocks"])
    return tuple(Block(kind="heading", **heading) for heading in row["headings"] or ())
