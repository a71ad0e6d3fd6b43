-- Words of a text, so that adding them up does not read all texts.

ALTER TABLE article_versions ADD COLUMN word_count INTEGER;
UPDATE article_versions SET word_count = len(string_split_regex(trim("text"), '\s+'));

COMMENT ON COLUMN article_versions.word_count IS 'Words of the text, cut at white space. NULL: taken over from an export without it.';
