-- Words that the index does not have with this stem; a stem that it knows keeps its number. Stems are words, too, so that who asks
-- for `strike` finds a text that only has `strikes`, although nothing stems what is asked for.
INSERT INTO search_words (word, stem, term_id)
WITH known AS (
    SELECT DISTINCT
        stem,
        term_id
    FROM search_words
),

fresh AS (
    SELECT
        stem,
        (SELECT coalesce(max(term_id), 0) FROM search_words) + row_number() OVER (ORDER BY stem)::INTEGER AS term_id
    FROM (SELECT DISTINCT stem FROM incoming_stems)
    ANTI JOIN known USING (stem)
),

numbered AS (
    FROM known
    UNION ALL
    FROM fresh
)

SELECT
    pairs.word,
    pairs.stem,
    numbered.term_id
FROM (
    SELECT
        word,
        stem
    FROM incoming_stems
    UNION
    SELECT
        stem AS word,
        stem
    FROM incoming_stems
) AS pairs
INNER JOIN numbered ON pairs.stem = numbered.stem
ANTI JOIN search_words AS had ON pairs.word = had.word AND pairs.stem = had.stem
ORDER BY pairs.word;
