-- The stem of each word by the language of the text (Snowball, from the extension fts); other languages keep the word.
CREATE OR REPLACE TEMP TABLE incoming_stems AS
SELECT
    word,
    "language",
    stem(
        word,
        coalesce(
            map {
                'ar': 'arabic', 'da': 'danish', 'de': 'german', 'el': 'greek', 'en': 'english', 'es': 'spanish', 'fi': 'finnish',
                'fr': 'french', 'hi': 'hindi', 'hu': 'hungarian', 'id': 'indonesian', 'it': 'italian', 'nl': 'dutch',
                'no': 'norwegian', 'pt': 'portuguese', 'ro': 'romanian', 'ru': 'russian', 'sv': 'swedish', 'tr': 'turkish'
            }["language"],
            'none'
        )
    ) AS stem
FROM (SELECT DISTINCT word, "language" FROM incoming_words);
