-- What was stored, by day, source and language.
CREATE OR REPLACE VIEW daily_coverage AS
SELECT
    coalesce(v.published_day, cast(coalesce(v.published_at, v.seen_at) AS DATE)) AS "day",
    a.source_id,
    s.country_iso3,
    v.language,
    count(*) AS articles,
    sum(v.word_count) AS "words"
FROM current_versions AS v
INNER JOIN articles AS a ON v.article_id = a.article_id
LEFT JOIN
    (SELECT * FROM sources QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY seen_at DESC) = 1) AS s
    ON a.source_id = s.source_id
GROUP BY ALL
ORDER BY "day" DESC, articles DESC, a.source_id, v.language;
COMMENT ON VIEW daily_coverage IS 'Articles and words by day of publication (else of the first sight), source, its country, and language of the text.';
