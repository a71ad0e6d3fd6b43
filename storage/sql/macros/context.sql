-- The text around a span, with the span between » and «: context(version_id, start_char, end_char).
CREATE OR REPLACE MACRO context(version, from_char, to_char, around := 100) AS (
    SELECT
        concat(
            substr(v.text, greatest(from_char - around, 0) + 1, least(around, from_char)),
            '»',
            substr(v.text, from_char + 1, to_char - from_char),
            '«',
            substr(v.text, to_char + 1, around)
        )
    FROM article_versions AS v
    WHERE v.version_id = version
);
