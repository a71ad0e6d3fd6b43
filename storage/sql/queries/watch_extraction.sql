-- What was found in an article, on average, in the newest block of the first texts that ingest brought of each source, and what was usual in the blocks
-- before. A block has as many articles as came in the last day, but no fewer than $size. Numbers are averaged as ln(1 + number), so
-- that one long article does not outweigh twenty.
WITH texts AS (
    SELECT
        a.source_id,
        v.version_id,
        v.seen_at,
        v.word_count,
        v.title,
        v.published_at,
        row_number() OVER (PARTITION BY a.source_id ORDER BY v.seen_at DESC, v.version_id ASC) - 1 AS place
    FROM article_versions AS v
    INNER JOIN articles AS a ON v.article_id = a.article_id
    SEMI JOIN loads AS l ON v.load_id = l.load_id AND l.flow = 'ingest'
    WHERE v.seen_at > $since AND v.seen_at <= $now AND v.version_no = 1 AND a.source_id IS NOT NULL
),

-- Not as a second window: that takes fifteen times as long.
sizes AS (
    SELECT
        source_id,
        greatest($size, count(*) FILTER (WHERE seen_at > $now - INTERVAL 1 DAY)) AS size
    FROM texts
    GROUP BY source_id
),

-- A row that was extracted again has a later load, never an earlier one than its text.
quoted AS (
    SELECT
        version_id,
        count(*) AS quotes,
        count(speaker_name) AS speakers
    FROM quotes
    WHERE load_id >= $first_load
    GROUP BY version_id
),

named AS (
    SELECT
        version_id,
        count(*) AS names
    FROM mentions
    WHERE load_id >= $first_load AND mention_kind = 'name'
    GROUP BY version_id
),

blocks AS (
    SELECT
        t.source_id,
        t.place // s.size AS block,
        any_value(s.size)::INTEGER AS size,
        min(t.seen_at) AS since,
        avg(ln(1 + t.word_count)) AS words,
        avg(ln(1 + coalesce(q.quotes, 0))) AS quotes,
        avg(ln(1 + coalesce(q.speakers, 0))) AS speakers,
        avg(ln(1 + coalesce(n.names, 0))) AS names,
        avg((t.title IS NOT NULL)::INTEGER) AS titles,
        avg((t.published_at IS NOT NULL)::INTEGER) AS dates
    FROM texts AS t
    INNER JOIN sizes AS s ON t.source_id = s.source_id
    LEFT JOIN quoted AS q ON t.version_id = q.version_id
    LEFT JOIN named AS n ON t.version_id = n.version_id
    GROUP BY t.source_id, t.place // s.size
    HAVING count(*) = any_value(s.size) AND block <= $blocks
),

measured AS (
    UNPIVOT blocks
    ON words, quotes, speakers, names, titles, dates
    INTO NAME measure VALUE value
)

SELECT
    source_id,
    measure,
    any_value(value) FILTER (WHERE block = 0) AS now,
    median(value) FILTER (WHERE block > 0) AS usual,
    greatest(
        mad(value) FILTER (WHERE block > 0),
        (quantile_cont(value, 0.75) FILTER (WHERE block > 0) - quantile_cont(value, 0.25) FILTER (WHERE block > 0)) / 2
    ) AS spread,
    count(*) FILTER (WHERE block > 0) AS blocks,
    any_value(size) AS size,
    any_value(since) FILTER (WHERE block = 0) AS since,
    NULL::VARCHAR AS detail
FROM measured
GROUP BY source_id, measure
HAVING count(*) FILTER (WHERE block > 0) >= $enough AND count(*) FILTER (WHERE block = 0) = 1
ORDER BY source_id, measure;
