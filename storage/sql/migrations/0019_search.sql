-- The index of `search`: filled in published files, empty in the writer's.

CREATE TABLE search_docs (
    doc_id INTEGER NOT NULL,
    version_id VARCHAR NOT NULL,
    word_count INTEGER NOT NULL,
    stemmed BOOLEAN NOT NULL,
    segment INTEGER NOT NULL
);

COMMENT ON TABLE search_docs IS 'Index of `search`: the texts in it. Filled in published files only.';
COMMENT ON COLUMN search_docs.doc_id IS 'Number of the text in the index.';
COMMENT ON COLUMN search_docs.version_id IS 'The text: article_versions.version_id.';
COMMENT ON COLUMN search_docs.word_count IS 'Words in it, each word of the headline counted three times.';
COMMENT ON COLUMN search_docs.stemmed IS 'False: indexed without a stemmer, because the extension fts was not there.';
COMMENT ON COLUMN search_docs.segment IS 'The texts that were indexed together have the same number.';

CREATE TABLE search_words (
    word VARCHAR NOT NULL,
    stem VARCHAR NOT NULL,
    term_id INTEGER NOT NULL
);

COMMENT ON TABLE search_words IS 'Index of `search`: the words in it. Filled in published files only.';
COMMENT ON COLUMN search_words.word IS 'A word as it stands, in lower case and without accents.';
COMMENT ON COLUMN search_words.stem IS 'Its stem in the language of a text it stands in (Snowball).';
COMMENT ON COLUMN search_words.term_id IS 'Number of the stem.';

CREATE TABLE search_postings (
    term_id INTEGER NOT NULL,
    doc_id INTEGER NOT NULL,
    "count" INTEGER NOT NULL
);

COMMENT ON TABLE search_postings IS 'Index of `search`: how often a stem stands in a text. Filled in published files only.';
COMMENT ON COLUMN search_postings.term_id IS 'The stem: search_words.term_id.';
COMMENT ON COLUMN search_postings.doc_id IS 'The text: search_docs.doc_id.';
COMMENT ON COLUMN search_postings."count" IS 'How often, each time in the headline counted three times.';
