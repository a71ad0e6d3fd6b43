"""The records that everything passes around: frozen, typed, and free of Prefect, SQL and language technology.

Offsets are Unicode code points into `Article.text`, end exclusive: `text[start_char:end_char]` are the words meant.
All datetimes are aware. NULL (None) means unknown; the reason stands beside it.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import ClassVar, Final, Literal, NamedTuple

Status = Literal[
    "stored",
    "not_modified",
    "duplicate",
    "unchanged",
    "robots_denied",
    "paywalled",
    "too_short",
    "not_article",
    "wrong_type",
    "too_large",
    "blocked_address",
    "timeout",
    "http_error",
    "parse_error",
    "quarantined",
]

# Why something that was taken down (`dateline forget`) is not taken in again.
TAKEN_DOWN: Final = "taken down; see tombstones"
BlockKind = Literal["heading", "list_item", "quote", "caption", "table_row", "code"]
# Lines that are not written in sentences, or not part of the running text.
UNREAD_KINDS: frozenset[BlockKind] = frozenset({"heading", "caption", "table_row", "code"})
# What a page is. Articles and live blogs are stored, the others end in the ledger.
PageType = Literal[
    "article", "live_blog", "video", "audio", "gallery", "listing", "paywall_teaser", "error_page", "consent_wall", "search_page", "other"
]  # fmt: skip
Precision = Literal["year", "month", "day", "minute", "second"]


ENTRY_FIELDS = ("feed_url", "title", "published", "updated", "authors", "summary")


def identifier(*parts: str) -> str:
    """A stable id: 128 bits of SHA-256 over the parts, in hex; parts are length-prefixed, so no two lists collide."""
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:32]


HALVES: Final = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """A text with U+FFFD for what no file and no database takes: halves of surrogate pairs, as JSON can escape them."""
    return text if text.isascii() else HALVES.sub("\N{REPLACEMENT CHARACTER}", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where articles come from. `kind` names a module of tasks/discover; `source_id` is None for paths given by hand."""

    source_id: str | None
    name: str
    kind: str
    url: str
    country_iso3: str | None = None
    language: str | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """What a feed says of an item; all of it as claimed, nothing checked. `content`: the whole article, where the feed has it."""

    feed_url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    content: str | None = None

    @property
    def said(self) -> dict[str, object]:
        """All but the whole article, by name: what is kept of an entry."""
        return {name: getattr(self, name) for name in ENTRY_FIELDS}

    @property
    def sha256(self) -> str:
        """Hash of what the feed says about the text; another one means that the text may have changed."""
        return identifier(*(value or "" for value in (self.title, self.published, self.updated, self.summary)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A URL (http, https or file) that may hold an article. A run sees each URL once.

    `url_key` names the article whatever address leads to it, None for local files; `attempt` counts tries.
    """

    url: str
    source_id: str | None = None
    entry: FeedEntry | None = None
    url_key: str | None = None
    attempt: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The raw bytes of a candidate and how we got them; headers are (lower-case name, value), empty without HTTP.

    `from_feed`: the page could not be had, and these bytes are what the feed has of it.
    """

    candidate: Candidate
    url: str
    body: bytes
    media_type: str
    fetched_at: datetime
    charset: str | None = None
    http_status: int | None = None
    milliseconds: int | None = None
    from_feed: bool = False
    request_headers: tuple[tuple[str, str], ...] = ()
    response_headers: tuple[tuple[str, str], ...] = ()

    @property
    def raw_sha256(self) -> str:
        """SHA-256 of the body, in hex."""
        return sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How one candidate ended: its one row in the ledger. An expected failure is such a value, not an exception.

    `retry_at` is set where the candidate is to be tried again.
    """

    candidate: Candidate
    status: Status
    stage: str
    detail: str | None = None
    http_status: int | None = None
    bytes: int | None = None
    milliseconds: int | None = None
    robots_rule: str | None = None
    article_id: str | None = None
    version_id: str | None = None
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text that is no paragraph. `level` of headings, 1 to 6, None if not known."""

    kind: BlockKind
    start_char: int
    end_char: int
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A publication date with its precision and where it was stated; `tz_known` False means taken as UTC.

    `day` is the calendar day in the publisher's own zone, None where the date is less precise.
    """

    at: datetime
    precision: Precision
    tz_known: bool
    origin: str
    printed: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A cleaned article: immutable text and what its document states about it.

    `identity` is the key of its own URL where the document states one, else of where it was read.
    `reasons` says, by column name, why a value is None or was chosen; `stated` (JSON) has every value stated, best first.
    `blocks` are the lines of the text that are no paragraphs.
    """

    candidate: Candidate
    document_url: str
    text: str
    raw_sha256: str
    archive_key: str
    cleaner: str
    cleaner_version: str
    seen_at: datetime
    identity: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: Published | None = None
    published_candidates: tuple[Published, ...] = ()
    modified_at: datetime | None = None
    language: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    is_accessible_for_free: bool | None = None
    blocks: tuple[Block, ...] = ()
    page_type: PageType = "article"
    is_partial: bool = False
    from_feed: bool = False
    author_organisations: tuple[str, ...] = ()
    site_name: str | None = None
    image_url: str | None = None
    license_url: str | None = None
    stated: str = "{}"
    next_url: str | None = None
    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def headings(self) -> tuple[Block, ...]:
        """The headings inside the text."""
        return tuple(block for block in self.blocks if block.kind == "heading")

    @property
    def article_id(self) -> str:
        """Hash of the article's identity, without one of its URL."""
        return identifier("article", self.identity or self.canonical_url or self.document_url)

    @property
    def content_sha256(self) -> str:
        """Hash of what readers see (title and text); another hash is another version."""
        return sha256(f"{self.title or ''}\0{self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Something an extractor found. `table` is the table it goes to; the fields are its columns."""

    table: ClassVar[str]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Record):
    """A record that stands in the text: no offsets, no row.

    Further spans come in threes, `x_start_char`, `x_end_char` and the words in `x` or `x_text`, all None or none.
    """

    start_char: int
    end_char: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A record with its evidence (`exact`, None for records without offsets) and who found it."""

    record: Record
    extractor: str
    extractor_version: str
    exact: str | None = None
    sentence_no: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """An article with everything that was found in it; `failed`: rows are missing, because an extractor failed on it or because it
    killed whoever extracted it."""

    article: Article
    findings: tuple[Finding, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVersion:
    """What the warehouse already has, as far as it is needed to tell new from known; or, of an article that was taken down, only
    that it was."""

    article_id: str
    version_id: str = ""
    version_no: int = 0
    content_sha256: str = ""
    document_url: str = ""
    stated_url: bool = False
    taken_down: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAlias:
    """A name in the registry of entities. `block` is the key it is looked up by, `context` what stood around it."""

    entity_id: str
    entity_type: str
    alias: str
    block: str
    context: tuple[str, ...] = ()
    reason: str | None = None


class AskedName(NamedTuple):
    """A name of an entity that the registry may know, and the key it is looked up by."""

    entity_id: str
    alias: str
    block: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A new text of an article, with its place in the article's history."""

    article: Article
    version_id: str
    version_no: int
    boring: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFigure:
    """A measured figure of an extractor; `n` is the number of documents."""

    extractor: str
    extractor_version: str
    dataset: str
    split: str
    metric: str
    value: float
    n: int
    measured_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One run."""

    load_id: str
    flow: str
    started_at: datetime
    code_version: str
    config_sha256: str
