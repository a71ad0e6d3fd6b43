-- Sources, loads, ledger, articles and their immutable versions, measured quality.

CREATE TABLE sources (
    source_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    country_iso3 VARCHAR,
    language VARCHAR,
    enabled BOOLEAN NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    load_id VARCHAR NOT NULL
);

COMMENT ON TABLE sources IS 'A configured source, one row for each time its configuration changed; the newest seen_at is in force.';
COMMENT ON COLUMN sources.source_id IS 'Stable id of the source: its key in sources.toml.';
COMMENT ON COLUMN sources.name IS 'Name for people.';
COMMENT ON COLUMN sources.kind IS 'How it is discovered: feed or files.';
COMMENT ON COLUMN sources.url IS 'Address of the feed, or of the folder for files.';
COMMENT ON COLUMN sources.country_iso3 IS 'Country of the publisher, ISO 3166-1 alpha-3. NULL: not configured.';
COMMENT ON COLUMN sources.language IS 'Main language, BCP 47. NULL: not configured.';
COMMENT ON COLUMN sources.enabled IS 'False: configured, but not polled.';
COMMENT ON COLUMN sources.seen_at IS 'When this configuration was first seen.';
COMMENT ON COLUMN sources.load_id IS 'The run that first saw it.';

CREATE TABLE loads (
    load_id VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    status VARCHAR NOT NULL,
    code_version VARCHAR NOT NULL,
    config_sha256 VARCHAR NOT NULL,
    counts MAP (VARCHAR, BIGINT),
    CHECK (status IN ('running', 'finished', 'failed', 'interrupted'))
);

COMMENT ON TABLE loads IS 'One run of a flow or of a command that writes.';
COMMENT ON COLUMN loads.load_id IS 'Id of the run; sorts by start time.';
COMMENT ON COLUMN loads.flow IS 'What ran: ingest, load, ...';
COMMENT ON COLUMN loads.started_at IS 'Start of the run.';
COMMENT ON COLUMN loads.finished_at IS 'End of the run. NULL: running, or killed before its end.';
COMMENT ON COLUMN loads.status IS 'running, finished, failed, or interrupted (killed; found by a later run).';
COMMENT ON COLUMN loads.code_version IS 'Version of Dateline.';
COMMENT ON COLUMN loads.config_sha256 IS 'Hash of the settings that can change rows.';
COMMENT ON COLUMN loads.counts IS 'Candidates by final status, and rows by table. NULL: not finished.';

CREATE TABLE ledger (
    load_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    source_id VARCHAR,
    status VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    detail VARCHAR,
    http_status INTEGER,
    bytes BIGINT,
    ms INTEGER,
    robots_rule VARCHAR,
    article_id VARCHAR,
    version_id VARCHAR,
    ended_at TIMESTAMPTZ NOT NULL,
    CHECK (status IN ('stored', 'not_modified', 'duplicate', 'unchanged', 'robots_denied', 'paywalled', 'too_short', 'not_article', 'wrong_type', 'too_large', 'blocked_address', 'timeout', 'http_error', 'parse_error', 'quarantined'))
);

COMMENT ON TABLE ledger IS 'One candidate in one run, with exactly one final status: why an article is in, or why it is not.';
COMMENT ON COLUMN ledger.load_id IS 'The run.';
COMMENT ON COLUMN ledger.url IS 'URL of the candidate; file: for local files.';
COMMENT ON COLUMN ledger.source_id IS 'The source that offered it. NULL: given by path.';
COMMENT ON COLUMN ledger.status IS 'Final status: stored, not_modified, duplicate, unchanged, robots_denied, paywalled, too_short, not_article, wrong_type, too_large, blocked_address, timeout, http_error, parse_error, quarantined.';
COMMENT ON COLUMN ledger.stage IS 'The step at which it ended.';
COMMENT ON COLUMN ledger.detail IS 'What happened, in one line. NULL: the status says it all.';
COMMENT ON COLUMN ledger.http_status IS 'HTTP status code. NULL: no HTTP, or no answer.';
COMMENT ON COLUMN ledger.bytes IS 'Size of the body. NULL: none read.';
COMMENT ON COLUMN ledger.ms IS 'Time to fetch or read, in milliseconds. NULL: not tried.';
COMMENT ON COLUMN ledger.robots_rule IS 'The robots.txt rule that decided. NULL: none asked.';
COMMENT ON COLUMN ledger.article_id IS 'The article it turned out to be. NULL: none.';
COMMENT ON COLUMN ledger.version_id IS 'The version stored, or the stored one it equals. NULL: none.';
COMMENT ON COLUMN ledger.ended_at IS 'When it ended.';

CREATE TABLE articles (
    article_id VARCHAR NOT NULL,
    canonical_url VARCHAR,
    first_url VARCHAR NOT NULL,
    source_id VARCHAR,
    first_seen_at TIMESTAMPTZ NOT NULL,
    load_id VARCHAR NOT NULL
);

COMMENT ON TABLE articles IS 'The identity of an article; what it says is in article_versions.';
COMMENT ON COLUMN articles.article_id IS 'Hash of the canonical URL, or of the first URL where none is stated.';
COMMENT ON COLUMN articles.canonical_url IS 'URL that the document states as its own. NULL: states none.';
COMMENT ON COLUMN articles.first_url IS 'Where it was first read; file: for local files.';
COMMENT ON COLUMN articles.source_id IS 'The source that first offered it. NULL: given by path.';
COMMENT ON COLUMN articles.first_seen_at IS 'When it was first read.';
COMMENT ON COLUMN articles.load_id IS 'The run that first stored it.';

CREATE TABLE article_versions (
    version_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    version_no INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    content_sha256 VARCHAR NOT NULL,
    title VARCHAR,
    authors VARCHAR[] NOT NULL,
    published_at TIMESTAMPTZ,
    published_precision VARCHAR,
    published_tz_known BOOLEAN,
    published_origin VARCHAR,
    published_candidates STRUCT("at" TIMESTAMPTZ, "precision" VARCHAR, tz_known BOOLEAN, origin VARCHAR, printed VARCHAR)[] NOT NULL,
    modified_at TIMESTAMPTZ,
    language VARCHAR,
    section VARCHAR,
    keywords VARCHAR[] NOT NULL,
    is_accessible_for_free BOOLEAN,
    headings STRUCT(start_char INTEGER, end_char INTEGER, "level" INTEGER)[] NOT NULL,
    reasons MAP (VARCHAR, VARCHAR) NOT NULL,
    document_url VARCHAR NOT NULL,
    archive_key VARCHAR NOT NULL,
    raw_sha256 VARCHAR NOT NULL,
    cleaner VARCHAR NOT NULL,
    cleaner_version VARCHAR NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    boring BOOLEAN NOT NULL,
    load_id VARCHAR NOT NULL
);

COMMENT ON TABLE article_versions IS 'One immutable text of an article. A changed text is a new row, never an update.';
COMMENT ON COLUMN article_versions.version_id IS 'Hash of article, content and preceding version.';
COMMENT ON COLUMN article_versions.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_versions.version_no IS '1 for the first text stored, then 2, 3, ...';
COMMENT ON COLUMN article_versions.text IS 'The cleaned text; all offsets count its Unicode code points. Lines are paragraphs or headings.';
COMMENT ON COLUMN article_versions.content_sha256 IS 'SHA-256 of title, NUL and text, in hex.';
COMMENT ON COLUMN article_versions.title IS 'Headline. NULL: not stated; reasons[''title''] says so.';
COMMENT ON COLUMN article_versions.authors IS 'Authors as stated, in order; empty: none stated.';
COMMENT ON COLUMN article_versions.published_at IS 'Publication time. NULL: not stated.';
COMMENT ON COLUMN article_versions.published_precision IS 'year, month, day, minute or second: finer parts of published_at are filled with zeros.';
COMMENT ON COLUMN article_versions.published_tz_known IS 'False: no zone was printed, UTC is assumed.';
COMMENT ON COLUMN article_versions.published_origin IS 'Where published_at was stated, such as json-ld or feed.';
COMMENT ON COLUMN article_versions.published_candidates IS 'Every publication date stated, best first.';
COMMENT ON COLUMN article_versions.modified_at IS 'Time of the last change as stated. NULL: not stated.';
COMMENT ON COLUMN article_versions.language IS 'Language of the text, ISO 639-1. NULL: too little text to tell.';
COMMENT ON COLUMN article_versions.section IS 'Section as stated. NULL: not stated.';
COMMENT ON COLUMN article_versions.keywords IS 'Keywords as stated; empty: none stated.';
COMMENT ON COLUMN article_versions.is_accessible_for_free IS 'As stated in JSON-LD. NULL: not stated.';
COMMENT ON COLUMN article_versions.headings IS 'Headings inside the text: spans that are not read as sentences.';
COMMENT ON COLUMN article_versions.reasons IS 'By column: why a value is NULL or was chosen.';
COMMENT ON COLUMN article_versions.document_url IS 'Where this text was read; file: for local files.';
COMMENT ON COLUMN article_versions.archive_key IS 'Key of the raw bytes in the archive.';
COMMENT ON COLUMN article_versions.raw_sha256 IS 'SHA-256 of the raw bytes, in hex.';
COMMENT ON COLUMN article_versions.cleaner IS 'Name of what cleaned the document.';
COMMENT ON COLUMN article_versions.cleaner_version IS 'Its version.';
COMMENT ON COLUMN article_versions.seen_at IS 'When the document was read.';
COMMENT ON COLUMN article_versions.boring IS 'True: differs from the preceding version in white space or encoding only.';
COMMENT ON COLUMN article_versions.load_id IS 'The run that stored it.';

CREATE TABLE quality (
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    dataset VARCHAR NOT NULL,
    split VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    n BIGINT NOT NULL,
    measured_at TIMESTAMPTZ NOT NULL
);

COMMENT ON TABLE quality IS 'A measured figure of an extractor.';
COMMENT ON COLUMN quality.extractor IS 'Name of the extractor, or clean.';
COMMENT ON COLUMN quality.extractor_version IS 'Its version.';
COMMENT ON COLUMN quality.dataset IS 'Gold data it was measured on.';
COMMENT ON COLUMN quality.split IS 'Part of the data set.';
COMMENT ON COLUMN quality.metric IS 'Name of the metric.';
COMMENT ON COLUMN quality.value IS 'The figure.';
COMMENT ON COLUMN quality.n IS 'Number of items measured.';
COMMENT ON COLUMN quality.measured_at IS 'When.';
