-- Words as their own stems, where there is no stemmer.
CREATE OR REPLACE TEMP TABLE incoming_stems AS
SELECT DISTINCT
    word,
    "language",
    word AS stem
FROM incoming_words;
