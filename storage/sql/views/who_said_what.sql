-- Who said what, and where it can be read: the view for people. Without an order of its own, which would be paid for by every query.
CREATE OR REPLACE VIEW who_said_what AS
SELECT
    q.speaker_name AS speaker,
    q.speaker_role AS "role",
    q.exact AS "words",
    q.cue,
    v.title,
    v.published_at,
    v.language,
    a.source_id,
    coalesce(a.canonical_url, a.first_url) AS url,
    q.kind,
    q.reason,
    q.version_id,
    q.start_char,
    q.end_char
FROM quotes AS q
INNER JOIN current_versions AS v ON q.version_id = v.version_id
INNER JOIN articles AS a ON v.article_id = a.article_id;
COMMENT ON VIEW who_said_what IS 'Quotes of the newest texts with speaker, role and where to read them; version_id and the offsets go into context().';
