-- The live web: polls of sources, requests made, what sites state about themselves, where raw bodies are, tries to come.

CREATE TABLE polls (
    source_id VARCHAR NOT NULL,
    configured_url VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    polled_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR NOT NULL,
    status VARCHAR,
    http_status INTEGER,
    detail VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    body_sha256 VARCHAR,
    polls_since_full INTEGER NOT NULL,
    entries INTEGER,
    new_entries INTEGER,
    failures DOUBLE NOT NULL,
    interval_minutes DOUBLE NOT NULL,
    next_poll_at TIMESTAMPTZ NOT NULL,
    retired BOOLEAN NOT NULL,
    bytes BIGINT,
    milliseconds INTEGER,
    load_id VARCHAR NOT NULL,
    CHECK (outcome IN ('read', 'not_modified', 'temporary', 'soft', 'hard', 'gone'))
);

COMMENT ON TABLE polls IS 'One look at a source that is polled; the newest row of a source is its state, the older ones its history.';
COMMENT ON COLUMN polls.source_id IS 'The source: sources.source_id.';
COMMENT ON COLUMN polls.configured_url IS 'Its address as configured at that time.';
COMMENT ON COLUMN polls.url IS 'The address to ask next: another one after a permanent redirect (301, 308).';
COMMENT ON COLUMN polls.polled_at IS 'When it was asked.';
COMMENT ON COLUMN polls.outcome IS 'read, not_modified, or a failure: temporary (will pass), soft (may pass), hard (will stay), gone (HTTP 410).';
COMMENT ON COLUMN polls.status IS 'For failures: the final status, as in ledger.status. NULL: no failure.';
COMMENT ON COLUMN polls.http_status IS 'HTTP status code. NULL: no answer.';
COMMENT ON COLUMN polls.detail IS 'What happened, in one line. NULL: the outcome says it all.';
COMMENT ON COLUMN polls.etag IS 'ETag to send with the next request. NULL: none given.';
COMMENT ON COLUMN polls.last_modified IS 'Last-Modified to send with the next request. NULL: none given.';
COMMENT ON COLUMN polls.body_sha256 IS 'SHA-256 of the last body read, in hex: the same body is no news, whatever its headers say. NULL: none read yet.';
COMMENT ON COLUMN polls.polls_since_full IS 'Requests since the last one without conditions.';
COMMENT ON COLUMN polls.entries IS 'Entries in what was read. NULL: nothing was read.';
COMMENT ON COLUMN polls.new_entries IS 'Of these, entries not seen before, or changed since. NULL: nothing was read.';
COMMENT ON COLUMN polls.failures IS 'Weighted failures since the last success: hard 1, soft 0.5, temporary 0.25.';
COMMENT ON COLUMN polls.interval_minutes IS 'Interval between looks, adapted to the share of news, in minutes.';
COMMENT ON COLUMN polls.next_poll_at IS 'Not asked again before: interval, failures, cache headers and Retry-After together.';
COMMENT ON COLUMN polls.retired IS 'True: the server said that it is gone for good (410); asked every 30 days only.';
COMMENT ON COLUMN polls.bytes IS 'Size of the body, decompressed. NULL: none read.';
COMMENT ON COLUMN polls.milliseconds IS 'Time of the request. NULL: no answer.';
COMMENT ON COLUMN polls.load_id IS 'The run: loads.load_id.';

CREATE TABLE visits (
    url VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    waited_ms BIGINT NOT NULL,
    milliseconds INTEGER,
    bytes BIGINT,
    http_status INTEGER,
    http_version VARCHAR,
    robots_decision VARCHAR NOT NULL,
    robots_rule VARCHAR,
    crawl_delay DOUBLE,
    cache_control VARCHAR,
    retry_after VARCHAR,
    paused_until TIMESTAMPTZ,
    tdm_reserved BOOLEAN,
    ai_agents_denied VARCHAR[] NOT NULL,
    detail VARCHAR,
    load_id VARCHAR NOT NULL,
    CHECK (purpose IN ('page', 'robots', 'tdmrep')),
    CHECK (robots_decision IN ('allowed', 'denied', 'unreachable', 'not asked'))
);

COMMENT ON TABLE visits IS 'One HTTP request of ours, or one not made because the site does not want it: politeness as data.';
COMMENT ON COLUMN visits.url IS 'What was asked for; each redirect is a row of its own.';
COMMENT ON COLUMN visits.host IS 'Its host name.';
COMMENT ON COLUMN visits.purpose IS 'page (also feeds), robots (robots.txt) or tdmrep (tdmrep.json).';
COMMENT ON COLUMN visits.requested_at IS 'When it was asked for.';
COMMENT ON COLUMN visits.waited_ms IS 'How long we had waited for our turn with this host, in milliseconds.';
COMMENT ON COLUMN visits.milliseconds IS 'Time until the whole answer was there. NULL: no answer, or not asked.';
COMMENT ON COLUMN visits.bytes IS 'Size of the body, decompressed. NULL: none read.';
COMMENT ON COLUMN visits.http_status IS 'HTTP status code. NULL: no answer, or not asked.';
COMMENT ON COLUMN visits.http_version IS 'HTTP/1.1 or HTTP/2. NULL: no answer, or not asked.';
COMMENT ON COLUMN visits.robots_decision IS 'allowed, denied, unreachable (robots.txt could not be had: nothing is fetched), or not asked (the well-known files themselves).';
COMMENT ON COLUMN visits.robots_rule IS 'The line of robots.txt that decided, with its group. NULL: no line matches.';
COMMENT ON COLUMN visits.crawl_delay IS 'Seconds between requests that robots.txt wants (Crawl-delay or Request-rate). NULL: does not say.';
COMMENT ON COLUMN visits.cache_control IS 'Cache-Control of the answer. NULL: none.';
COMMENT ON COLUMN visits.retry_after IS 'Retry-After of the answer. NULL: none.';
COMMENT ON COLUMN visits.paused_until IS 'After this request the host is left alone until then, also by later runs. NULL: no pause.';
COMMENT ON COLUMN visits.tdm_reserved IS 'Text and data mining is reserved (TDM Reservation Protocol: meta, header or tdmrep.json). NULL: not stated.';
COMMENT ON COLUMN visits.ai_agents_denied IS 'Agents of AI training that robots.txt names and keeps away from this URL; empty: none.';
COMMENT ON COLUMN visits.detail IS 'What went wrong, or which words against AI training the page states. NULL: nothing.';
COMMENT ON COLUMN visits.load_id IS 'The run: loads.load_id.';

CREATE TABLE site_files (
    origin VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    read_at TIMESTAMPTZ NOT NULL,
    http_status INTEGER,
    "text" VARCHAR,
    load_id VARCHAR NOT NULL
);

COMMENT ON TABLE site_files IS 'What sites stated in their well-known files, as read: the evidence behind visits.robots_decision.';
COMMENT ON COLUMN site_files.origin IS 'Scheme, host and port.';
COMMENT ON COLUMN site_files.path IS '/robots.txt or /.well-known/tdmrep.json.';
COMMENT ON COLUMN site_files.read_at IS 'When it was read; it is valid for 24 hours.';
COMMENT ON COLUMN site_files.http_status IS 'HTTP status code. NULL: no answer.';
COMMENT ON COLUMN site_files."text" IS 'The file, up to 500 KiB. NULL: could not be had.';
COMMENT ON COLUMN site_files.load_id IS 'The run: loads.load_id.';

CREATE TABLE archived_bodies (
    raw_sha256 VARCHAR NOT NULL,
    archive_key VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL
);

COMMENT ON TABLE archived_bodies IS 'Where in the archive each raw body is: one row a body, whatever became of it.';
COMMENT ON COLUMN archived_bodies.raw_sha256 IS 'SHA-256 of the body, in hex.';
COMMENT ON COLUMN archived_bodies.archive_key IS 'WARC file below archive/, a number sign, and the offset of the record in it.';
COMMENT ON COLUMN archived_bodies.load_id IS 'The run: loads.load_id.';

ALTER TABLE ledger ADD COLUMN url_key VARCHAR;
ALTER TABLE ledger ADD COLUMN entry_sha256 VARCHAR;
ALTER TABLE ledger ADD COLUMN attempt INTEGER;
ALTER TABLE ledger ADD COLUMN retry_at TIMESTAMPTZ;
ALTER TABLE ledger ADD COLUMN entry STRUCT(feed_url VARCHAR, title VARCHAR, published VARCHAR, updated VARCHAR, authors VARCHAR[], summary VARCHAR);

COMMENT ON COLUMN ledger.url_key IS 'The URL without what does not matter (scheme, www, mobile or AMP form, tracking parameters). NULL: a local file.';
COMMENT ON COLUMN ledger.entry_sha256 IS 'Hash of what the feed said of it: another one means that it is fetched again. NULL: no feed.';
COMMENT ON COLUMN ledger.attempt IS 'The number of this try. NULL: a local file.';
COMMENT ON COLUMN ledger.retry_at IS 'When it is tried again. NULL: this was final.';
COMMENT ON COLUMN ledger.entry IS 'What the feed said of it, kept for the next try. NULL: no next try.';
COMMENT ON COLUMN sources.kind IS 'How it is discovered: a module of tasks/discover, such as feed, sitemap, page, files.';
